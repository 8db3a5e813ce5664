import type { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { Table } from '../rules/table-data.ts';
import { currencyDigits } from '../values/currency.ts';
import { type Day, formatDay } from '../values/date.ts';
import { formatMinor } from '../values/money.ts';
import { add, type Num, neg, sign } from '../values/num.ts';
import type { Pointers } from './pointers.ts';

/** What refunds mean, by row of deals. */
export interface Refunds {
  /** The row itself, or the deal that it takes back. */
  readonly root: Int32Array;
  /** 1 for a deal; for a refund 0, or −1 where it completes the taking back of the whole. */
  readonly count: Int8Array;
}

/** Checks refunds against the deals they take back, in order of date, and finds the ones that complete it. */
export const resolveRefunds = (deals: Table | undefined, pointers: Pointers, plan: Plan, sink: Sink): Refunds => {
  const rows = deals?.rowCount ?? 0;
  const root = Int32Array.from({ length: rows }, (_, row) => row);
  const count = new Int8Array(rows).fill(1);
  const originals = deals?.columns.get('refund_of');
  if (deals === undefined || originals === undefined) return { root, count };
  const byDeal = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    if (originals[row] === undefined) continue;
    count[row] = 0;
    const deal = pointers.refundOf[row] as number;
    if (deal < 0) continue;
    root[row] = deal;
    const known = byDeal.get(deal);
    if (known === undefined) byDeal.set(deal, [row]);
    else known.push(row);
  }
  for (const [deal, refunds] of byDeal) checkDeal(deals, deal, refunds, count, plan, sink);
  return { root, count };
};

const checkDeal = (deals: Table, deal: number, refunds: number[], count: Int8Array, plan: Plan, sink: Sink): void => {
  const amounts = deals.columns.get('amount') as readonly (Num | undefined)[];
  const dates = deals.columns.get('close_date') as readonly (Day | undefined)[];
  const ids = deals.columns.get('deal_id') as readonly string[];
  const originals = deals.columns.get('refund_of') as readonly (string | undefined)[];
  const currencies = deals.columns.get('currency') as readonly (string | undefined)[] | undefined;
  const currency = (row: number): string => currencies?.[row] ?? plan.currency;
  const complain = (row: number, field: string, message: string, expected: string): void => {
    sink.add('invalid-refund', message, {
      table: 'deals',
      file: deals.file,
      line: deals.lines[row],
      row,
      field,
      expected,
      related: [{ message: 'the deal it takes back', file: deals.file, line: deals.lines[deal] }],
    });
  };
  const whole = amounts[deal];
  const closed = dates[deal];
  let left: Num | undefined = whole;
  // In order of date; rows without one are said to be bad by the credit that needs it.
  const ordered = [...refunds].sort(
    (a, b) => (dates[a] ?? Number.POSITIVE_INFINITY) - (dates[b] ?? Number.POSITIVE_INFINITY) || a - b,
  );
  for (const row of ordered) {
    const id = ids[row] as string;
    const amount = amounts[row];
    const date = dates[row];
    if (originals[deal] !== undefined) {
      complain(
        row,
        'refund_of',
        `${id} takes back ${ids[deal]}, which is a refund itself`,
        `the deal: ${originals[deal]}`,
      );
      continue;
    }
    if (date !== undefined && closed !== undefined && date < closed) {
      complain(row, 'close_date', `${id} is dated before the deal it takes back`, `${formatDay(closed)} or later`);
    }
    if (currency(row) !== currency(deal)) {
      complain(row, 'currency', `${id} is in ${currency(row)}, its deal in ${currency(deal)}`, currency(deal));
      continue;
    }
    if (amount === undefined || left === undefined) continue;
    if (sign(amount) > 0) {
      complain(row, 'amount', `${id} is a refund, and its amount is above zero`, 'an amount of zero or below');
      continue;
    }
    const digits = currencyDigits(currency(deal)) ?? 2;
    const rest: Num = add(left, amount);
    if (sign(rest) < 0) {
      complain(
        row,
        'amount',
        `${id} takes back more than is left of ${ids[deal]}`,
        `at most ${formatMinor(neg(left), digits)}`,
      );
      continue;
    }
    if (sign(rest) === 0 && sign(left) !== 0) count[row] = -1;
    left = rest;
  }
};
