import type { Counterexample, ExampleCase, ExamplePaid, ExampleRow, ExampleRows } from '../../check/counterexample.ts';
import { exampleCell, fileColumns } from '../../check/example-text.ts';
import type { Plan } from '../../rules/plan.ts';
import { TABLES, type TableName } from '../../rules/tables.ts';
import { formatGrouped, formatMinor } from '../../values/money.ts';
import { add, isZero, type Num } from '../../values/num.ts';
import { cutTo } from '../terminal/display-text.ts';

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const csvOf = (plan: Plan, table: TableName, rows: readonly ExampleRow[]): readonly string[] => {
  const columns = fileColumns(plan, table, rows);
  return [
    columns.join(','),
    ...rows.map((row) => columns.map((column) => quoted(exampleCell(plan, table, row, column))).join(',')),
  ];
};

/** Rows as CSV, a table after the other, each under its name. */
export const exampleCsv = (plan: Plan, rows: ExampleRows): readonly string[] =>
  TABLES.flatMap(({ name }) => {
    const own = rows.get(name) ?? [];
    return own.length === 0 ? [] : [`${name}.csv`, ...csvOf(plan, name, own).map((line) => `  ${line}`)];
  });

/** A table of more rows than this is cut on a terminal; `--format json` and `--write-tests` have all of it. */
const MOST_ROWS = 6;
/** The column in which rows stand beside the name of their file. */
const INDENT = 18;

/** A table of a counterexample: what is the same in all cases, and what each has of its own. */
interface Compared {
  readonly table: TableName;
  readonly head: string;
  readonly common: readonly string[];
  readonly own: readonly (readonly string[])[];
}

const compared = (plan: Plan, table: TableName, cases: readonly ExampleCase[]): Compared => {
  const all = cases.map(({ rows }) => rows.get(table) ?? []);
  const columns = fileColumns(plan, table, all.flat());
  const lineOf = (row: ExampleRow): string =>
    columns.map((column) => quoted(exampleCell(plan, table, row, column))).join(',');
  const lines = all.map((rows) => rows.map(lineOf));
  const [first = [], ...others] = lines;
  const common = others.length === 0 ? [] : first.filter((line) => others.every((other) => other.includes(line)));
  return {
    table,
    head: columns.join(','),
    common,
    own: lines.map((own) => own.filter((line) => !common.includes(line))),
  };
};

const tableLines = (table: TableName, head: string, rows: readonly string[], width: number): readonly string[] => {
  const more = rows.length - MOST_ROWS;
  const cut = more > 1 ? [...rows.slice(0, MOST_ROWS), `… and ${more} more rows`] : rows;
  return [head, ...cut].map((line, i) =>
    cutTo(`${(i === 0 ? `${table}.csv` : '').padEnd(INDENT)}${line}`, Math.max(40, width)),
  );
};

const paidText = (paid: readonly ExamplePaid[], digits: number): string => {
  const told = paid.filter(({ amount }) => !isZero(amount));
  const people = [...new Set((told.length === 0 ? paid : told).map(({ person }) => person))];
  return people
    .map((person) => {
      const own = told.filter((one) => one.person === person);
      const sum = own.reduce<Num>((total, { amount }) => add(total, amount), 0);
      const parts = own.map(({ reward, amount }) => `${reward ?? 'in all'} ${formatGrouped(amount, digits)}`);
      if (parts.length === 0) return `${person} nothing`;
      return `${person} ${parts.join(' + ')}${parts.length > 1 ? ` = ${formatGrouped(sum, digits)}` : ''}`;
    })
    .join('; ');
};

/** A counterexample as rows and payouts, to be checked by hand: first what all cases have, then what each has of its own. */
export const counterexampleLines = ({ cases }: Counterexample, plan: Plan, width: number): readonly string[] => {
  const [first] = cases;
  if (first === undefined) return [];
  const tables = TABLES.map(({ name }) => compared(plan, name, cases));
  const room = width - 4;
  return [
    `for example, in ${first.from === first.to ? first.from : `${first.from} to ${first.to}`}`,
    ...tables
      .flatMap(({ table, head, common, own }) =>
        common.length > 0 || (plan.needs.has(table) && own.every((rows) => rows.length === 0))
          ? tableLines(table, head, common, room)
          : [],
      )
      .map((line) => `  ${line}`),
    ...cases.flatMap(({ name, paid }, i) => [
      ...(cases.length > 1 ? [`${name}:`] : []),
      ...tables
        .flatMap(({ table, head, own }) =>
          (own[i] ?? []).length === 0 ? [] : tableLines(table, head, own[i] ?? [], room),
        )
        .map((line) => `  ${line}`),
      `  ${'pays'.padEnd(INDENT)}${paidText(paid, plan.digits)}`,
    ]),
  ].map((line) => `  ${line}`);
};

const paidData = (paid: readonly ExamplePaid[], digits: number) =>
  paid.map(({ person, reward, amount }) => ({ person, reward: reward ?? null, amount: formatMinor(amount, digits) }));

/** A counterexample for machines: cells as a file has them. */
export const counterexampleData = ({ cases }: Counterexample, plan: Plan) => ({
  cases: cases.map(({ name, from, to, rows, paid, mended }) => ({
    name,
    period: from === to ? from : `${from}..${to}`,
    tables: Object.fromEntries(
      [...rows].map(([table, own]) => {
        const columns = fileColumns(plan, table, own);
        return [
          table,
          own.map((row) =>
            Object.fromEntries(columns.map((column) => [column, exampleCell(plan, table, row, column)])),
          ),
        ];
      }),
    ),
    // What the head of each file is, also of those that must be there without a row.
    heads: Object.fromEntries(
      TABLES.flatMap(({ name }) =>
        rows.has(name) || plan.needs.has(name) ? [[name, fileColumns(plan, name, rows.get(name) ?? [])]] : [],
      ),
    ),
    paid: paidData(paid, plan.digits),
    mended: mended === undefined ? null : paidData(mended, plan.digits),
  })),
});
