import type { TableSpec } from '../rules/plan.ts';
import type { Table } from '../rules/table-data.ts';
import type { FileSetting, Surroundings } from './csv-rows.ts';
import type { TextPool } from './text-pool.ts';

/** What reading a table may be given beyond the plan. */
export interface ReadOptions extends Surroundings {
  /** Rows that are left out without a word, by the line on which they begin. */
  readonly rejected?: ReadonlySet<number> | undefined;
  /** The texts of tables read before, so that equal ids are one string everywhere. */
  readonly pool?: TextPool | undefined;
}

/** A table, and how many rows its file has, bad ones and left out ones included. */
export type ReadTable = Table & { readonly rowsRead: number };

/** How a table's file is written, as the plan says. */
export const fileSetting = (spec: TableSpec | undefined): FileSetting => ({
  delimiter: spec?.delimiter,
  encoding: spec?.encoding,
});
