import { type CsvRecord, cellPlace, cellText } from './csv-record.ts';

/** A file's first row. */
export interface Header {
  readonly file: string;
  readonly line: number;
  readonly names: readonly string[];
  /** The column, in characters from 1, at which a header stands. */
  columnOf(index: number): number;
  readonly delimiter: string;
}

/** The header of a file from its first row. */
export const headerOf = (record: CsvRecord, file: string, delimiter: string): Header => {
  const names = Array.from({ length: record.count }, (_, i) => cellText(record, i));
  const columns = names.map((_, i) => cellPlace(record, i).column);
  return { file, line: record.line, names, columnOf: (index) => columns[index] ?? 1, delimiter };
};
