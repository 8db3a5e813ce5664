import { formatGrouped } from '../../values/money.ts';
import type { Num } from '../../values/num.ts';
import { differenceOf, type PayoutChange } from '../period/payout-changes.ts';
import { harmless } from '../terminal/display-text.ts';
import { type TextRow, textTable } from '../terminal/text-table.ts';
import type { SummaryLayout } from './summary-payouts.ts';

const MOST = 20;
const HEAD = [['changed'], ['before'], ['now'], ['difference']];

/** Who is paid otherwise than the reports of an earlier run said, from what to what. */
export const changesText = (
  period: string,
  changes: readonly PayoutChange[],
  { style, width, digits }: SummaryLayout,
): string[] => {
  if (changes.length === 0) return [];
  const money = (amount: Num | undefined): string => (amount === undefined ? 'none' : formatGrouped(amount, digits));
  const people = new Set(changes.map(({ personId }) => personId)).size;
  const title = `${period} comes out otherwise than before: ${people} ${people === 1 ? 'person' : 'people'}`;
  const shown = changes.slice(0, MOST);
  const rows = shown.map((change): TextRow => {
    const who = harmless(change.name === '' ? change.personId : change.name);
    const cells = [`${who}, ${change.reward}`, money(change.before), money(change.now), money(differenceOf(change))];
    return { cells, indent: 2 };
  });
  const table =
    textTable({ head: HEAD, rows, markHead: style.dim }, width) ??
    rows.map(({ cells: [who = '', before = '', now = ''] }) => `  ${who}: ${before} → ${now}`);
  const rest = changes.length - shown.length;
  return [style.yellow(title), ...table, ...(rest > 0 ? [style.dim(`  … and ${rest} more changes`)] : [])];
};
