import type { Computation, PeriodResult } from '../../engine/result.ts';
import type { Table } from '../../rules/table-data.ts';
import { TABLES, type TableName } from '../../rules/tables.ts';
import { add, type Num } from '../../values/num.ts';
import { compareText } from '../figures/cell-text.ts';
import { creditsIn } from './credits-by-period.ts';

/** Rows of a table as read, and what its `amount` column adds up to, by currency. */
export interface TableRead {
  readonly table: TableName;
  readonly file: string;
  readonly rows: number;
  readonly amounts: readonly { readonly currency: string; readonly amount: Num }[];
}

/** Rows and money; leads may have no money. */
export interface Count {
  readonly rows: number;
  readonly amount: Num;
}

/** The credits of a period, and how many of them a reward paid. */
export interface CreditControl {
  readonly credit: string;
  /** Leads may be credited without money. */
  readonly hasAmounts: boolean;
  readonly credited: Count;
  readonly paid: Count;
  readonly unpaid: Count;
}

const ADDED_UP: ReadonlySet<TableName> = new Set<TableName>(['deals', 'adjustments']);

const amountsIn = (table: Table, planCurrency: string): TableRead['amounts'] => {
  const amounts = ADDED_UP.has(table.table) ? table.columns.get('amount') : undefined;
  if (amounts === undefined) return [];
  const currencies = table.columns.get('currency');
  const sums = new Map<string, Num>();
  for (let row = 0; row < table.rowCount; row++) {
    const amount = amounts[row];
    if (amount === undefined || typeof amount === 'string' || typeof amount === 'boolean') continue;
    const currency = currencies?.[row];
    const key = typeof currency === 'string' ? currency : planCurrency;
    sums.set(key, add(sums.get(key) ?? 0, amount));
  }
  return [...sums].sort(([a], [b]) => compareText(a, b)).map(([currency, amount]) => ({ currency, amount }));
};

/** What was read, table by table. */
export const tablesRead = ({ tables, plan }: Computation): readonly TableRead[] =>
  TABLES.flatMap(({ name }) => {
    const table = tables.get(name);
    if (table === undefined) return [];
    return [{ table: name, file: table.file, rows: table.rowCount, amounts: amountsIn(table, plan.currency) }];
  });

interface Tally {
  rows: number;
  amount: Num;
}

const count = (tally: Tally, amount: Num | undefined): void => {
  tally.rows++;
  if (amount !== undefined) tally.amount = add(tally.amount, amount);
};

const nothing = (): Tally => ({ rows: 0, amount: 0 });

/** What was credited in a period, paid, and credited but not paid, by the plan's order of credits. */
export const creditControls = (computation: Computation, result: PeriodResult): readonly CreditControl[] => {
  const tallies = new Map<string, { credited: Tally; paid: Tally; unpaid: Tally }>();
  for (const name of computation.plan.credits.keys()) {
    tallies.set(name, { credited: nothing(), paid: nothing(), unpaid: nothing() });
  }
  for (const row of creditsIn(computation, result)) {
    const tally = tallies.get(row.credit.name);
    if (tally === undefined) continue;
    count(tally.credited, row.amount);
    count((computation.paidBy.get(row)?.length ?? 0) > 0 ? tally.paid : tally.unpaid, row.amount);
  }
  return [...tallies].map(([credit, tally]) => {
    const hasAmounts = computation.plan.credits.get(credit)?.amount !== undefined;
    return { credit, hasAmounts, ...tally };
  });
};
