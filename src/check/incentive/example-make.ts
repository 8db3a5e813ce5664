import { compute } from '../../engine/compute.ts';
import { Sink } from '../../findings/sink.ts';
import { tableFromRows } from '../../io/rows-memory.ts';
import { TextPool } from '../../io/text-pool.ts';
import type { Plan } from '../../rules/plan.ts';
import type { Table } from '../../rules/table-data.ts';
import { TABLES, type TableName } from '../../rules/tables.ts';
import { add, equal, type Num } from '../../values/num.ts';
import type { Period } from '../../values/period.ts';
import type { ExampleCase, ExamplePaid, ExampleRow, ExampleRows } from '../counterexample.ts';
import { exampleCell, exampleColumns } from '../example-text.ts';
import { onePeriod, type Trials } from '../scene/trial.ts';

/** Rows that are shown, before anything that does not matter is left out. */
export interface Draft {
  readonly name: string;
  readonly rows: ExampleRows;
}

export interface Showing {
  readonly plan: Plan;
  readonly from: Period;
  readonly to: Period;
  readonly trials: Trials;
  /** Of whom the payouts are shown; undefined: of everybody. */
  readonly person: string | undefined;
  /** The plan as the hint mends it. */
  readonly mended: Plan | undefined;
}

type Payouts = ReadonlyMap<string, Num>;

const keyOf = (person: string, reward: string): string => `${person}\n${reward}`;

const paidOn = (
  rows: ExampleRows,
  { from, to, trials, person, ...showing }: Showing,
  plan: Plan = showing.plan,
): Payouts | undefined => {
  const { computation } = trials.pay(plan, rows, { periods: onePeriod(from, to) });
  if (computation === undefined) return undefined;
  const paid = new Map<string, Num>();
  for (const { payouts } of computation.periods) {
    for (const { person: one, rewardName, amount } of payouts) {
      if (person !== undefined && one.id !== person) continue;
      const key = keyOf(one.id, rewardName);
      paid.set(key, add(paid.get(key) ?? 0, amount));
    }
  }
  return paid;
};

/** Whether the same people are paid the same; where nobody can be paid, that stays so. */
const same = (a: Payouts | undefined, b: Payouts | undefined): boolean => {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && [...b].every(([key, amount]) => a.has(key) && equal(a.get(key) as Num, amount));
};

const REQUIRED: ReadonlySet<string> = new Set(
  TABLES.flatMap(({ name, columns }) => columns.filter(({ required }) => required).map((one) => `${name}.${one.name}`)),
);

/** Leaves a table, rows or a column out of all drafts at once, as long as everybody is paid what they were. */
const shrunk = (drafts: readonly Draft[], showing: Showing): readonly Draft[] => {
  const { mended } = showing;
  const paidBoth = ({ rows }: Draft): readonly (Payouts | undefined)[] => [
    paidOn(rows, showing),
    ...(mended === undefined ? [] : [paidOn(rows, showing, mended)]),
  ];
  const paid = drafts.map(paidBoth);
  if (paid.some(([one]) => one === undefined)) return drafts;
  let current = drafts;
  const attempt = (change: (rows: ExampleRows) => ExampleRows): boolean => {
    if (showing.trials.spent) return false;
    const changed = current.map((draft) => ({ ...draft, rows: change(draft.rows) }));
    const stays = changed.every((draft, i) => paidBoth(draft).every((now, k) => same(now, paid[i]?.[k])));
    if (!stays) return false;
    current = changed;
    return true;
  };
  const rowsIn = (table: TableName): number => Math.max(0, ...current.map(({ rows }) => rows.get(table)?.length ?? 0));
  const columnsIn = (table: TableName): readonly string[] =>
    exampleColumns(
      table,
      current.flatMap(({ rows }) => rows.get(table) ?? []),
    );
  // What others point to comes last.
  for (const table of [
    'results',
    'leads',
    'attributions',
    'splits',
    'campaigns',
    'quotas',
    'deals',
    'people',
  ] as const) {
    if (rowsIn(table) === 0) continue;
    if (table !== 'deals' && attempt(without(table))) continue;
    dropRows(table, rowsIn(table), attempt);
    for (const column of columnsIn(table))
      if (!REQUIRED.has(`${table}.${column}`)) attempt(withoutColumn(table, column));
  }
  return current;
};

const without =
  (table: TableName) =>
  (rows: ExampleRows): ExampleRows =>
    new Map([...rows].filter(([name]) => name !== table));

const withRows = (
  rows: ExampleRows,
  table: TableName,
  keep: (row: ExampleRow, i: number) => ExampleRow | undefined,
): ExampleRows => {
  const own = rows.get(table);
  if (own === undefined) return rows;
  return new Map([...rows, [table, own.flatMap((row, i) => keep(row, i) ?? [])]]);
};

const withoutColumn =
  (table: TableName, column: string) =>
  (rows: ExampleRows): ExampleRows =>
    withRows(rows, table, (row) => new Map([...row].filter(([name]) => name !== column)));

/** Rows from the end, in ever smaller groups. */
const dropRows = (
  table: TableName,
  count: number,
  attempt: (change: (rows: ExampleRows) => ExampleRows) => boolean,
): void => {
  let left = count;
  for (let size = Math.max(1, left >> 1); size >= 1; size >>= 1) {
    for (let end = left; end > 0; end -= size) {
      const start = Math.max(0, end - size);
      if (attempt((rows) => withRows(rows, table, (row, i) => (i >= start && i < end ? undefined : row))))
        left -= end - start;
    }
  }
};

/** What the rows pay when they are written as text and read again, as those of a test or a file are. */
const paidAsText = (rows: ExampleRows, plan: Plan, { from, to }: Showing): Payouts | undefined => {
  const sink = new Sink();
  const pool = new TextPool();
  const tables = new Map<TableName, Table>();
  for (const definition of TABLES) {
    const own = rows.get(definition.name);
    if (own === undefined) continue;
    const columns = exampleColumns(definition.name, own);
    const memory = own.map((row, i) => ({
      cells: new Map(columns.map((column) => [column, exampleCell(plan, definition.name, row, column)])),
      place: { file: 'the example', line: i + 1 },
    }));
    tables.set(definition.name, tableFromRows(definition, memory, plan, sink, pool));
  }
  const computation = sink.hasErrors ? undefined : compute(plan, tables, { periods: { from, to } }, sink);
  if (computation === undefined) return undefined;
  const paid = new Map<string, Num>();
  for (const { payouts } of computation.periods)
    for (const { person, rewardName, amount } of payouts) {
      const key = keyOf(person.id, rewardName);
      paid.set(key, add(paid.get(key) ?? 0, amount));
    }
  return paid;
};

const listed = (paid: Payouts | undefined, person: string | undefined): readonly ExamplePaid[] | undefined =>
  paid === undefined
    ? undefined
    : [...paid]
        .map(([key, amount]) => {
          const [who = '', reward = ''] = key.split('\n');
          return { person: who, reward, amount };
        })
        .filter((one) => person === undefined || one.person === person);

/** The cases of a counterexample: what does not matter is left out, and what is left pays what it is said to pay. */
export const examplesOf = (drafts: readonly Draft[], showing: Showing): readonly ExampleCase[] | undefined => {
  const before = drafts.map(({ rows }) => paidOn(rows, showing));
  const small = shrunk(drafts, showing);
  const cases = small.flatMap(({ name, rows }, i) => {
    const paid = listed(paidAsText(rows, showing.plan, showing), showing.person);
    const wanted = before[i];
    const isTrue =
      paid !== undefined &&
      wanted !== undefined &&
      paid.every(({ person, reward = '', amount }) => equal(wanted.get(keyOf(person, reward)) ?? 0, amount));
    if (!isTrue || paid === undefined) return [];
    const mended = showing.mended && listed(paidAsText(rows, showing.mended, showing), showing.person);
    return [{ name, from: showing.from.label, to: showing.to.label, rows, paid, mended }];
  });
  return cases.length === drafts.length ? cases : undefined;
};
