import { type RawRow, rawRows } from '../io/raw-rows.ts';
import type { LoadedTables } from '../io/tables-load.ts';
import type { Plan } from '../rules/plan.ts';
import { type TableName, tableNamed } from '../rules/tables.ts';

/** Rows of a table as they stand in its file. */
export const rawRowsOf = (
  table: TableName,
  lines: ReadonlySet<number>,
  loaded: LoadedTables,
  plan: Plan,
): ReadonlyMap<number, RawRow> => {
  const definition = tableNamed(table);
  const source = loaded.sources.get(table);
  if (definition === undefined || source === undefined) return new Map();
  return rawRows(definition, plan.data.get(table), source, lines, loaded.around);
};
