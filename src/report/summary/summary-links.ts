import { formatGrouped } from '../../values/money.ts';
import { type Num, toPercent } from '../../values/num.ts';
import type { LinkTotal } from '../figures/link-totals.ts';
import { harmless, wrap } from '../terminal/display-text.ts';
import { type TextRow, textTable } from '../terminal/text-table.ts';
import { departmentText, type SummaryLayout } from './summary-payouts.ts';

const HEAD = [[''], ['people'], ['factor'], ['added'], ['took'], ['net']];

/** For each link: why it is there, whom it touched, its average factor, and what it added and took in money. */
export const linksText = (totals: readonly LinkTotal[], { style, width, digits }: SummaryLayout): string[] => {
  if (totals.length === 0) return [];
  const money = (amount: Num): string => formatGrouped(amount, digits);
  const rows: TextRow[] = [];
  // What stands before and below the rows of a table: these are not cut to the width of a column.
  const before: string[][] = [];
  for (const { reward, link, crosses, touches } of totals) {
    const name = `${style.bold(link.name)} on ${reward}${crosses ? ` ${style.cyan('⇄ crosses')}` : ''}`;
    const because = wrap(harmless(link.because), width - 2).map((line) => `  ${style.dim(line)}`);
    const heading = [name, ...because, ...(touches.length === 0 ? [`  ${style.dim('applied to nobody')}`] : [])];
    touches.forEach(({ department, people, averageFactor, added, took, effect }, i) => {
      const factor = averageFactor === undefined ? '' : toPercent(averageFactor, 2);
      const cells = [departmentText(department), String(people), factor, money(added), money(took), money(effect)];
      before[rows.length] = [...(before[rows.length] ?? []), ...(i === 0 ? heading : [])];
      rows.push({ cells, indent: 2 });
    });
    if (touches.length === 0) before[rows.length] = [...(before[rows.length] ?? []), ...heading];
  }
  const table = textTable({ head: HEAD, rows, markHead: style.dim }, width) ?? narrow(rows);
  const [head = '', ...lines] = table;
  const body = lines.flatMap((line, i) => [...(before[i] ?? []), line]);
  return [style.bold("How the departments moved each other's pay"), head, ...body, ...(before[rows.length] ?? [])];
};

/** Where amounts are so large that no table fits. */
const narrow = (rows: readonly TextRow[]): string[] => [
  '',
  ...rows.map(({ cells: [who = '', people = '', factor = '', added = '', took = '', net = ''] }) =>
    [`  ${who}`, `${people} people`, `factor ${factor}`, `added ${added}`, `took ${took}`, `net ${net}`].join(', '),
  ),
];
