import type { Place } from '../findings/finding.ts';
import type { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { TableDefinition } from '../rules/tables.ts';
import { nearest } from '../values/nearest.ts';
import type { BoundColumn } from './columns.ts';
import { type CsvRecord, PLAIN } from './csv-record.ts';
import type { ReadTable } from './read-options.ts';
import { TableBuilder } from './table-builder.ts';
import { TextPool } from './text-pool.ts';

/** A row given in memory: canonical or declared column → what the cell says, and where that stands. */
export interface MemoryRow {
  readonly cells: ReadonlyMap<string, string>;
  readonly place: Place;
}

const encoder = new TextEncoder();

/** The columns of a table that some row has, the plan's declared ones included. */
const presentColumns = (
  definition: TableDefinition,
  rows: readonly MemoryRow[],
  plan: Plan,
): readonly BoundColumn[] => {
  const declared = plan.data.get(definition.name)?.columns;
  const present = new Set(rows.flatMap((row) => [...row.cells.keys()]));
  const columns: BoundColumn[] = [];
  const add = (name: string, type: BoundColumn['type']): void => {
    if (!present.has(name)) return;
    // What the plan says of the file's own values and units does not hold for rows in canonical form.
    columns.push({ name, type, index: columns.length, field: name, spec: undefined, preset: undefined });
  };
  for (const column of definition.columns) add(column.name, column.type);
  for (const said of declared?.values() ?? []) {
    if (said.type !== undefined && !columns.some((column) => column.name === said.name)) add(said.name, said.type);
  }
  return columns;
};

const recordOf = (row: MemoryRow, columns: readonly BoundColumn[]): CsvRecord => {
  const parts = columns.map((column) => encoder.encode(row.cells.get(column.name) ?? ''));
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  const starts = new Int32Array(parts.length);
  const ends = new Int32Array(parts.length);
  let at = 0;
  parts.forEach((part, i) => {
    bytes.set(part, at);
    starts[i] = at;
    at += part.length;
    ends[i] = at;
  });
  const marks = new Uint8Array(parts.length).fill(PLAIN);
  return { bytes, starts, ends, marks, count: parts.length, line: row.place.line ?? 0, recordStart: 0, recordEnd: at };
};

/** Types rows given in memory as `readTable` types those of a file; their findings stand at the rows' own places. */
export const tableFromRows = (
  definition: TableDefinition,
  rows: readonly MemoryRow[],
  plan: Plan,
  sink: Sink,
  pool: TextPool = new TextPool(),
): ReadTable => {
  const columns = presentColumns(definition, rows, plan);
  const table = definition.name;
  const known = new Set(columns.map((column) => column.name));
  const names = [...definition.columns.map((column) => column.name), ...(plan.data.get(table)?.columns.keys() ?? [])];
  for (const { cells, place } of rows) {
    for (const name of cells.keys()) {
      if (known.has(name)) continue;
      const near = nearest(name, names);
      const hint = near === undefined ? `${table} has: ${names.join(', ')}` : `did you mean ${near}?`;
      sink.add('unknown-column', `${table} has no column ${name}`, { ...place, table, field: name, hint });
    }
  }
  const file = rows[0]?.place.file ?? '';
  const builder = new TableBuilder(definition, columns, undefined, plan, pool, file);
  for (const row of rows) builder.row(recordOf(row, columns));
  return builder.finish(sink, (row) => rows[row]?.place ?? { file });
};
