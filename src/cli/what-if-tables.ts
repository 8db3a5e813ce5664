import type { Computed } from '../engine/compute.ts';
import { Sink } from '../findings/sink.ts';
import { bytesSource } from '../io/source.ts';
import { readTable } from '../io/table-read.ts';
import type { LoadedTables } from '../io/tables-load.ts';
import type { Table, Tables } from '../rules/table-data.ts';
import { TABLES } from '../rules/tables.ts';
import { nearest } from '../values/nearest.ts';
import { rawRowsOf } from './raw-rows-of.ts';
import { UsageError } from './usage-error.ts';

/** What a row is called here: as in the plan, and a person. */
const NAMES: ReadonlyMap<string, string> = new Map([['payee', 'person']]);

/** The tables of a run with one cell changed, as `deal d12 amount 90000` says: row, id, column, value as in the file. */
export const tablesWith = (computed: Computed, loaded: LoadedTables, change: string): Tables => {
  const wrong = (problem: string): UsageError => new UsageError(`--what-if "${change}": ${problem}`);
  const words = /^\s*(\S+)\s+(?:"([^"]*)"|(\S+))\s+(\S+)(?:\s+(.*?))?\s*$/.exec(change);
  if (words === null) throw wrong('write a row, its id, a column and a value, as in "deal d12 amount 90000"');
  const [, row = '', quoted, bare = '', column = '', value = ''] = words;
  const id = quoted ?? bare;
  const definition = TABLES.find((each) => (NAMES.get(each.row) ?? each.row) === row);
  if (definition === undefined) {
    const rows = TABLES.map((each) => NAMES.get(each.row) ?? each.row);
    throw wrong(`there is no ${row}; a row is a ${rows.join(', ')}`);
  }
  const table = computed.tables.get(definition.name);
  const [key] = definition.columns;
  if (table === undefined || key === undefined) throw wrong(`the run has read no ${definition.name}`);
  if (!table.columns.has(column)) {
    const near = nearest(column, table.columns.keys());
    const what = near === undefined ? `it has ${[...table.columns.keys()].join(', ')}` : `did you mean ${near}?`;
    throw wrong(`${table.file} has no column ${column}; ${what}`);
  }
  const ids = table.columns.get(key.name) ?? [];
  const found = ids.flatMap((each, at) => (each === id ? [at] : []));
  const [at] = found;
  if (at === undefined || found.length > 1) {
    const near = nearest(id, ids.filter((each) => typeof each === 'string').slice(0, 20_000));
    const hint = near === undefined || at !== undefined ? '' : `; did you mean ${near}?`;
    throw wrong(
      at === undefined
        ? `${table.file} has no ${key.name} ${id}${hint}`
        : `${found.length} rows of ${table.file} are of ${id}, and a change is of one`,
    );
  }
  const changed = changedTable(
    computed,
    loaded,
    table,
    { row: at, column, value: value.replace(/^"(.*)"$/, '$1') },
    wrong,
  );
  return new Map([...computed.tables, [definition.name, changed]]);
};

/** The table with one cell read anew, by the settings of its own file. */
const changedTable = (
  { plan }: Computed,
  loaded: LoadedTables,
  table: Table,
  { row: at, column, value }: { readonly row: number; readonly column: string; readonly value: string },
  wrong: (problem: string) => UsageError,
): Table => {
  const definition = TABLES.find(({ name }) => name === table.table);
  const line = table.lines[at] as number;
  const raw = rawRowsOf(table.table, new Set([line]), loaded, plan).get(line);
  if (raw === undefined || definition === undefined) throw wrong(`the row cannot be read again in ${table.file}`);
  // Several columns may be read from one of the file: it stands there once.
  const cells = new Map([...raw.cells.values()].map((cell) => [cell.field, cell.value]));
  const field = raw.cells.get(column)?.field;
  if (field !== undefined) cells.set(field, value);
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const text = [cells.keys(), cells.values()].map((row) => [...row].map(quoted).join(',')).join('\n');
  const spec = plan.data.get(table.table);
  const own = spec && { ...spec, delimiter: undefined, encoding: undefined };
  const sink = new Sink();
  const read = readTable(
    definition,
    own,
    bytesSource(table.file, new TextEncoder().encode(text)),
    plan,
    sink,
    loaded.around,
  );
  const [problem] = sink.all().filter(({ severity }) => severity === 'error');
  if (problem !== undefined || read.rowCount !== 1) throw wrong(problem?.message ?? `${column} cannot be read`);
  const columns = new Map([...table.columns].map(([name, old]) => [name, old.with(at, read.columns.get(name)?.[0])]));
  return { ...table, columns };
};
