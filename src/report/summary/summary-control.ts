import { currencyDigits } from '../../values/currency.ts';
import { formatGrouped } from '../../values/money.ts';
import { add, type Num } from '../../values/num.ts';
import type { Count, CreditControl, TableRead } from '../period/control-totals.ts';
import { wrap } from '../terminal/display-text.ts';
import { textTable } from '../terminal/text-table.ts';
import type { SummaryLayout } from './summary-payouts.ts';

const sumOf = (a: Count, b: Count): Count => ({ rows: a.rows + b.rows, amount: add(a.amount, b.amount) });

/** The control totals of several periods as those of one. */
export const mergeControls = (periods: readonly (readonly CreditControl[])[]): readonly CreditControl[] => {
  const merged = new Map<string, CreditControl>();
  for (const control of periods.flat()) {
    const before = merged.get(control.credit);
    merged.set(control.credit, {
      credit: control.credit,
      hasAmounts: control.hasAmounts,
      credited: before === undefined ? control.credited : sumOf(before.credited, control.credited),
      paid: before === undefined ? control.paid : sumOf(before.paid, control.paid),
      unpaid: before === undefined ? control.unpaid : sumOf(before.unpaid, control.unpaid),
    });
  }
  return [...merged.values()];
};

const readText = (read: readonly TableRead[], digits: number): string =>
  read
    .map(({ table, rows, amounts }) => {
      const sums = amounts.map(
        ({ currency, amount }) => `${formatGrouped(amount, currencyDigits(currency) ?? digits)} ${currency}`,
      );
      return `${table} ${rows} ${rows === 1 ? 'row' : 'rows'}${sums.length === 0 ? '' : ` (${sums.join(', ')})`}`;
    })
    .join(', ');

/** What was read and credited, what of it a reward of its own paid, and what none did. */
export const controlText = (
  read: readonly TableRead[],
  controls: readonly CreditControl[],
  { style, width, digits }: SummaryLayout,
): string[] => {
  const money = (amount: Num): string => formatGrouped(amount, digits);
  const rows = controls.map(({ credit, hasAmounts, credited, paid, unpaid }) => {
    const amounts = [credited, paid, unpaid].map(({ amount }) => (hasAmounts ? money(amount) : ''));
    return { cells: [credit, String(credited.rows), ...amounts], indent: 2 };
  });
  const head = [['credit'], ['rows'], ['credited'], ['paid'], ['unpaid']];
  return [
    style.bold('Control totals'),
    ...(read.length === 0 ? [] : wrap(`read: ${readText(read, digits)}`, width - 2).map((line) => `  ${line}`)),
    ...(textTable({ head, rows, markHead: style.dim }, width) ??
      rows.map(
        ({ cells: [credit, count, all, paid, unpaid] }) =>
          `  ${credit}: ${count} ${count === '1' ? 'row' : 'rows'}${all === '' ? '' : `, ${all} credited, ${paid} paid, ${unpaid} unpaid`}`,
      )),
  ];
};
