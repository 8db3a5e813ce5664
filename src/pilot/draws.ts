import { payAmounts } from '../engine/compute.ts';
import type { Credited } from '../engine/credit-tables.ts';
import { repeatedLedger } from '../engine/ledger.ts';
import { Sink } from '../findings/sink.ts';
import { compare, type Num } from '../values/num.ts';
import { Chance } from '../values/random.ts';
import { totalOf } from './paid.ts';
import type { Condition, Payable, Runs } from './runs.ts';

/** The seed of every run, so that the same plan and data give the same draws. */
const SEED = 20_260_101;

/** What a plan would have cost had other deals come: sorted totals of the draws that have an answer. */
export interface Draws {
  readonly totals: readonly Num[];
  /** Draws in which some payout has no answer, such as a mean over no deal. */
  readonly unanswered: number;
  /** How many deals each draw takes. */
  readonly deals: number;
}

/**
 * Draws as many deals as there are, with replacement, again and again, and pays each draw whole (the bootstrap; Efron and Tibshirani 1993). A
 * deal comes with all that points to it: refunds, splits, touches, leads. What points to no deal (a lead that led to none)
 * stays as it is, and so do people, quotas and results. Nothing is approximated: a draw is paid as any data is.
 */
export const drawn = (
  runs: Runs,
  payable: Payable,
  condition: Condition,
  count: number,
  progress: (done: number) => void,
): Draws => {
  const { plan, credited } = payable;
  const deals = dealsOf(credited);
  const chance = Chance.seeded(SEED);
  const totals: Num[] = [];
  let unanswered = 0;
  const times = new Map<number, number>();
  for (let draw = 0; draw < count; draw++) {
    times.clear();
    for (let i = 0; i < deals.length; i++) {
      const deal = deals[chance.below(deals.length)] ?? 0;
      times.set(deal, (times.get(deal) ?? 0) + 1);
    }
    const ledger = repeatedLedger(credited.ledger, ({ rootDeal }) => (rootDeal < 0 ? 1 : (times.get(rootDeal) ?? 0)));
    const options = { ...runs.optionsOf(payable, condition), kept: undefined };
    const paid = payAmounts({ ...credited, ledger }, plan, options, new Sink());
    if (paid === undefined) unanswered++;
    else totals.push(totalOf(paid));
    progress((draw + 1) / count);
  }
  return { totals: totals.sort(compare), unanswered, deals: deals.length };
};

/** The deals that some credit stems from, in the order of their rows; refunds belong to the deal they take back. */
const dealsOf = ({ ledger }: Credited): readonly number[] => {
  const deals = new Set<number>();
  for (const rows of ledger.credits.values()) for (const { rootDeal } of rows) if (rootDeal >= 0) deals.add(rootDeal);
  return [...deals].sort((a, b) => a - b);
};

/** The smallest total that at least so many percent of the draws do not exceed (nearest rank); undefined without draws. */
export const percentile = ({ totals }: Draws, percent: number): Num | undefined =>
  totals[Math.max(0, Math.ceil((totals.length * percent) / 100) - 1)];

/** How many draws do not cost more than a budget. */
export const within = ({ totals }: Draws, budget: Num): number =>
  totals.filter((total) => compare(total, budget) <= 0).length;
