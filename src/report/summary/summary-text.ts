import type { PeriodResult } from '../../engine/result.ts';
import { formatGrouped } from '../../values/money.ts';
import { add, type Num } from '../../values/num.ts';
import { linkTotals } from '../figures/link-totals.ts';
import { type PeriodTotals, totalsOf } from '../figures/totals.ts';
import { creditControls, tablesRead } from '../period/control-totals.ts';
import type { PayoutChange } from '../period/payout-changes.ts';
import type { ReportContext } from '../period/report.ts';
import { harmless } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { type TextRow, textTable } from '../terminal/text-table.ts';
import { changesText } from './summary-changes.ts';
import { controlText, mergeControls } from './summary-control.ts';
import { linksText } from './summary-links.ts';
import { departmentText, headerLines, payoutsText, type SummaryLayout } from './summary-payouts.ts';

export interface SummaryOptions {
  readonly style: Style;
  readonly width: number;
  /** By a period's label, where an earlier run's payouts differ. */
  readonly changes: ReadonlyMap<string, readonly PayoutChange[]>;
  /** Said at the end: where the files are. */
  readonly files: readonly string[];
}

/** More periods than these are shown as one table. */
const MOST_SECTIONS = 4;
const MOST_PEOPLE = 40;
const MOST_PEOPLE_OF_SEVERAL = 15;

/** What a head of finance wants to see first: who is paid what, how departments moved each other's pay, and whether it adds up. */
export const summaryText = (context: ReportContext, options: SummaryOptions): string => {
  const { computation, held } = context;
  const { plan, periods } = computation;
  const { style, width } = options;
  const layout: SummaryLayout = { style, width, digits: plan.digits };
  const totals = periods.map((result) => totalsOf(result, held, plan.rewards.keys()));
  const blocks: string[][] = [];
  if (periods.length > MOST_SECTIONS) {
    blocks.push([title(context, `${periods[0]?.period.label} to ${periods.at(-1)?.period.label}`, style)]);
    blocks.push(periodsText(periods, totals, layout));
    blocks.push(linksText(linkTotals(periods, held), layout));
  } else {
    const most = periods.length === 1 ? MOST_PEOPLE : MOST_PEOPLE_OF_SEVERAL;
    periods.forEach((result, i) => {
      blocks.push([title(context, result.period.label, style)]);
      blocks.push(payoutsText(totals[i] ?? totalsOf(result, held, []), layout, most));
      blocks.push(linksText(linkTotals([result], held), layout));
    });
  }
  blocks.push(heldText(totals, plan.currency, layout));
  for (const { period } of periods)
    blocks.push(changesText(period.label, options.changes.get(period.label) ?? [], layout));
  const controls = mergeControls(periods.map((result) => creditControls(computation, result)));
  blocks.push(controlText(tablesRead(computation), controls, layout));
  blocks.push([...options.files]);
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

const title = ({ computation: { plan } }: ReportContext, period: string, style: Style): string =>
  style.bold(`${harmless(plan.name)} · ${period} · ${plan.currency}`);

const heldText = (totals: readonly PeriodTotals[], currency: string, { style, digits }: SummaryLayout): string[] => {
  const people = Math.max(0, ...totals.map(({ held }) => held.people));
  if (people === 0) return [];
  const amount = totals.reduce<Num>((sum, { held }) => add(sum, held.amount), 0);
  const who = people === 1 ? '1 person is' : `${people} people are`;
  return [
    style.yellow(`${who} held: ${formatGrouped(amount, digits)} ${currency} not in the payouts, but in held.csv`),
  ];
};

/** A row a period, a column a department. */
const periodsText = (
  periods: readonly PeriodResult[],
  totals: readonly PeriodTotals[],
  { style, width, digits }: SummaryLayout,
): string[] => {
  const money = (amount: Num): string => formatGrouped(amount, digits);
  const departments = [
    ...new Set(totals.flatMap((each) => each.departments.map(({ department }) => department))),
  ].sort();
  const amountOf = (each: PeriodTotals, department: string): Num =>
    each.departments.find((one) => one.department === department)?.amount ?? 0;
  const sum = (amounts: readonly Num[]): Num => amounts.reduce<Num>((all, amount) => add(all, amount), 0);
  const everything = sum(totals.map(({ amount }) => amount));
  const rows: TextRow[] = totals.map((each, i) => ({
    cells: [
      periods[i]?.period.label ?? '',
      ...departments.map((department) => money(amountOf(each, department))),
      money(each.amount),
    ],
  }));
  const last = departments.map((department) => money(sum(totals.map((each) => amountOf(each, department)))));
  rows.push({ cells: ['total', ...last, money(everything)], mark: style.bold });
  const head = [['period'], ...departments.map((department) => headerLines(departmentText(department))), ['total']];
  const table = textTable({ head, rows, markHead: style.dim }, width);
  if (table !== undefined) return table;
  const narrow = rows.map(({ cells, mark }): TextRow => {
    const row = { cells: [cells[0] ?? '', cells.at(-1) ?? ''] };
    return mark === undefined ? row : { ...row, mark };
  });
  return textTable({ head: [['period'], ['total']], rows: narrow, markHead: style.dim }, width) ?? [];
};
