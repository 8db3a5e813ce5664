import { Sink } from '../findings/sink.ts';
import type { TableSpec } from '../rules/plan.ts';
import { presetTable } from '../rules/presets/presets.ts';
import type { TableDefinition } from '../rules/tables.ts';
import { type BoundColumn, bindColumns } from './columns.ts';
import { headerOf } from './csv-header.ts';
import { type CsvRecord, cellPlace, cellText, rawText } from './csv-record.ts';
import { type Surroundings, scanRows } from './csv-rows.ts';
import { fileSetting } from './read-options.ts';
import type { Source } from './source.ts';

/** A cell as it stands in the file. */
export interface RawCell {
  /** The header as it stands in the file. */
  readonly field: string;
  readonly value: string;
  /** In characters from 1, in the line on which the cell begins. */
  readonly column: number;
}

/** A row as it stands in the file. */
export interface RawRow {
  /** The line on which it begins. */
  readonly line: number;
  /** Its own bytes, quotes and all, without the line end. */
  readonly text: string;
  /** Its cells by canonical or declared column; none where the row is cut into the wrong number of cells. */
  readonly cells: ReadonlyMap<string, RawCell>;
}

const rawRow = (record: CsvRecord, columns: readonly BoundColumn[]): RawRow => {
  const cells = new Map<string, RawCell>();
  for (const { name, index, field } of columns) {
    cells.set(name, { field, value: cellText(record, index), column: cellPlace(record, index).column });
  }
  return { line: record.line, text: rawText(record), cells };
};

/**
 * Looks rows of a file up again by the lines on which they begin, for findings that were made on typed values and for the
 * list of rejects: nothing of the text is kept while a table is read.
 */
export const rawRows = (
  definition: TableDefinition,
  spec: TableSpec | undefined,
  source: Source,
  lines: ReadonlySet<number>,
  around: Surroundings = {},
): ReadonlyMap<number, RawRow> => {
  const found = new Map<number, RawRow>();
  if (lines.size === 0) return found;
  const preset = presetTable(spec?.preset, definition.name);
  let columns: readonly BoundColumn[] = [];
  let width = 0;
  scanRows(source, fileSetting(spec), around, {
    header(record, delimiter) {
      width = record.count;
      const header = headerOf(record, source.file, delimiter);
      // What is wrong with the header was said when the table was read.
      if (preset?.shape !== 'ecb') columns = bindColumns(definition, spec, preset, header, new Sink()).columns;
      return true;
    },
    row(record) {
      if (lines.has(record.line)) found.set(record.line, rawRow(record, record.count === width ? columns : []));
    },
    fault(_, record) {
      if (lines.has(record.line))
        found.set(record.line, { line: record.line, text: rawText(record), cells: new Map() });
    },
    broken() {},
  });
  return found;
};
