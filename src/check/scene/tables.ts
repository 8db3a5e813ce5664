import type { Known } from '../../rules/expression/typed.ts';
import type { Table, Tables } from '../../rules/table-data.ts';
import { TABLES, type TableName } from '../../rules/tables.ts';
import type { ExampleRow, ExampleRows } from '../counterexample.ts';

const tableOf = (table: TableName, rows: readonly ExampleRow[]): Table => {
  const names = new Set(
    TABLES.find(({ name }) => name === table)?.columns.flatMap((one) => (one.required ? [one.name] : [])),
  );
  for (const row of rows) for (const name of row.keys()) names.add(name);
  const columns = new Map<string, readonly (Known | undefined)[]>();
  for (const name of names)
    columns.set(
      name,
      rows.map((row) => row.get(name)),
    );
  return { table, file: `${table}.csv`, rowCount: rows.length, lines: rows.map((_, i) => i + 2), columns };
};

/** Rows of a scene as the engine takes them: typed already, so that nothing is written and read again. */
export const tablesOf = (rows: ExampleRows): Tables =>
  new Map([...rows].map(([table, own]) => [table, tableOf(table, own)]));
