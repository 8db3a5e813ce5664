import type { Known } from './expression/typed.ts';
import type { TableName } from './tables.ts';

/** The cells of one column, a value a row; undefined where the cell is empty. Money is in minor units of its currency. */
export type Cells = readonly (Known | undefined)[];

/** A table as read: typed, by column. Rows count from 0; only good rows are in it. */
export interface Table {
  readonly table: TableName;
  /** The file as the reader named it, for findings and sources; `plan test` rows have the test file. */
  readonly file: string;
  readonly rowCount: number;
  /** The line of the file, from 1, on which each row begins. */
  readonly lines: ArrayLike<number>;
  /** By canonical or declared name; a column that the file does not have is not in it. */
  readonly columns: ReadonlyMap<string, Cells>;
}

export type Tables = ReadonlyMap<TableName, Table>;
