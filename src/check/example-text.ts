import type { Known } from '../rules/expression/typed.ts';
import type { Plan } from '../rules/plan.ts';
import { TABLES, type TableName } from '../rules/tables.ts';
import { formatDay } from '../values/date.ts';
import { formatMinor } from '../values/money.ts';
import { type Num, toText } from '../values/num.ts';
import type { ExampleRow } from './counterexample.ts';
import { columnsRead, columnType } from './scene/columns.ts';

/** A cell as a file or a plan test has it. */
export const exampleCell = (plan: Plan, table: TableName, row: ExampleRow, column: string): string => {
  const value = row.get(column);
  if (value === undefined) return '';
  const isGoal = table === 'quotas' && column === 'amount';
  const measure = isGoal ? plan.measures.get(String(row.get('measure')))?.value.type : undefined;
  const type = isGoal ? (measure ?? 'money') : columnType(plan, table, column);
  return cellText(value, type, plan.digits);
};

const cellText = (value: Known, type: string | undefined, digits: number): string => {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (type === 'date') return formatDay(value as number);
  if (type === 'money') return formatMinor(value as Num, digits);
  return toText(value, 30);
};

/** The columns that a file of a table must have for a plan: what every row needs, and what the plan reads. */
export const fileColumns = (plan: Plan, table: TableName, rows: readonly ExampleRow[]): readonly string[] => {
  const needed = TABLES.find(({ name }) => name === table)?.columns.filter(({ required }) => required) ?? [];
  return exampleColumns(table, rows, [...needed.map(({ name }) => name), ...(columnsRead(plan).get(table) ?? [])]);
};

/** The columns that some row of a table has, and others that are asked for; the table's own first. */
export const exampleColumns = (
  table: TableName,
  rows: readonly ExampleRow[],
  asked: readonly string[] = [],
): readonly string[] => {
  const own = TABLES.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
  const present = new Set([
    ...rows.flatMap((row) => [...row].flatMap(([name, value]) => (value === undefined ? [] : [name]))),
    ...asked,
  ]);
  return [...own.filter((name) => present.has(name)), ...[...present].filter((name) => !own.includes(name))];
};
