import type { Computed } from '../engine/compute.ts';
import type { Engine } from '../engine/engine.ts';
import { emptyFrame, showCredit } from '../engine/frame.ts';
import type { CreditRow } from '../engine/result.ts';
import { isMissing } from '../values/missing.ts';
import { type Num, sub } from '../values/num.ts';
import { MONTHS } from '../values/period.ts';
import { ask } from './figure.ts';

/** Where a credit comes from, and who has the other parts of what it was shared out of. */
export interface CreditDerivation {
  readonly row: CreditRow;
  /** The amount that was shared out, or credited whole; undefined for leads without one. */
  readonly whole: Num | undefined;
  /** All credits of this kind over the same row of deals, this one among them, in order of the input. */
  readonly shared: readonly CreditRow[];
  /** What of the whole is nobody's. */
  readonly rest: Num;
  /** Other credits over the same row of deals. */
  readonly alongside: readonly CreditRow[];
}

const byDeal = new WeakMap<Engine, ReadonlyMap<number, readonly CreditRow[]>>();

/** The credits over a row of deals, whoever they belong to; leads aside. */
export const creditsOverDeal = (computed: Computed, deal: number): readonly CreditRow[] => {
  let known = byDeal.get(computed.engine);
  if (known === undefined) {
    const made = new Map<number, CreditRow[]>();
    for (const rows of computed.credits.values()) {
      for (const row of rows) {
        if (row.deal < 0 || row.credit.each === 'lead') continue;
        const list = made.get(row.deal);
        if (list === undefined) made.set(row.deal, [row]);
        else list.push(row);
      }
    }
    known = made;
    byDeal.set(computed.engine, made);
  }
  return known.get(deal) ?? [];
};

/** How a credit came about. */
export const creditOf = (computed: Computed, row: CreditRow): CreditDerivation => {
  const { credit } = row;
  const over = credit.each === 'lead' ? [row] : creditsOverDeal(computed, row.deal);
  // Touches of a deal in another currency may be dated apart: then each date shares out an amount of its own.
  const shared =
    credit.each === 'lead' ? over : over.filter((each) => each.credit === credit && each.fxDate === row.fxDate);
  const whole = wholeOf(computed, row);
  const rest = whole === undefined ? 0 : shared.reduce<Num>((left, each) => sub(left, each.amount ?? 0), whole);
  return { row, whole, shared, rest, alongside: over.filter((each) => each.credit !== credit) };
};

const wholeOf = (computed: Computed, row: CreditRow): Num | undefined => {
  const { amount, share } = row.credit;
  if (amount === undefined || share === undefined) return row.amount;
  const frame = emptyFrame(MONTHS[computed.plan.period]);
  showCredit(frame, row);
  const whole = ask(computed, amount.node, frame);
  return isMissing(whole) ? undefined : (whole as Num);
};
