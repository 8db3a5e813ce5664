import type { Computed } from '../engine/compute.ts';
import type { CreditRow, Line, Payout, PeriodResult, Person } from '../engine/result.ts';
import { limit } from '../engine/reward.ts';
import { payCredits } from '../engine/reward-credit.ts';
import { add, compare, type Num, sign, sub } from '../values/num.ts';
import { periodOf, shiftPeriod } from '../values/period.ts';

/** What one more deal would pay somebody, on top of what the period has paid. */
export interface NextDeal {
  /** The deal that it is like: the median of the person's deals of the last four quarters. */
  readonly like: CreditRow;
  /** How many deals it is the median of. */
  readonly of: number;
  readonly amount: Num;
  /** By reward, in the plan's order; those that such a deal adds nothing to are left out. */
  readonly rewards: readonly { readonly reward: string; readonly pays: Num }[];
  readonly pays: Num;
}

/**
 * What the person's median deal of the last four quarters would pay if it were won once more on the last day of the period:
 * worked out by the engine, on top of what is accumulated, through steps, links as they stand, and caps. Undefined for
 * whoever has had no deal, or is paid for none.
 */
export const nextDealOf = (computed: Computed, result: PeriodResult, person: Person): NextDeal | undefined => {
  const own = result.payouts.filter((payout) => payout.person === person);
  const deals = dealsOf(computed, result, person, own);
  const like = deals[(deals.length - 1) >> 1];
  if (like?.amount === undefined) return undefined;
  const asked = own.flatMap((payout) => {
    const pays = oneMore(computed, payout, like.deal);
    return pays === undefined ? [] : [{ reward: payout.rewardName, pays }];
  });
  if (asked.length === 0) return undefined;
  const rewards = asked.filter(({ pays }) => sign(pays) !== 0);
  const pays = rewards.reduce<Num>((sum, each) => add(sum, each.pays), 0);
  return { like, of: deals.length, amount: like.amount, rewards, pays };
};

/** Credits over deals that a reward pays the person for, one a deal, of the last four quarters, by amount. */
const dealsOf = (
  { engine, plan }: Computed,
  { period }: PeriodResult,
  person: Person,
  own: readonly Payout[],
): readonly CreditRow[] => {
  const quarter = periodOf(period.to, 'quarter', plan.fiscalYearStarts);
  const { from } = shiftPeriod(quarter, -3, plan.fiscalYearStarts);
  const byDeal = new Map<number, CreditRow>();
  const takenBack = new Set<number>();
  for (const { reward } of own) {
    if (reward?.body !== 'credit') continue;
    for (const row of engine.ledger.of(reward.credit, person)) {
      if (row.credit.each !== 'deal' && row.credit.each !== 'split') continue;
      if (row.count < 0) takenBack.add(row.rootDeal);
      const counts = row.date >= from && row.date <= period.to && row.deal === row.rootDeal;
      if (counts && row.amount !== undefined && sign(row.amount) > 0 && !byDeal.has(row.deal))
        byDeal.set(row.deal, row);
    }
  }
  return [...byDeal.values()]
    .filter(({ deal }) => !takenBack.has(deal))
    .sort((a, b) => compare(a.amount as Num, b.amount as Num) || a.date - b.date || a.deal - b.deal);
};

/** What a reward would pay more for the person's credits over a deal, dated on the period's last day. */
const oneMore = ({ engine }: Computed, payout: Payout, deal: number): Num | undefined => {
  const { payee, reward, person } = payout;
  if (payee === undefined || reward?.body !== 'credit') return undefined;
  const { to } = payee.period;
  const more = engine.ledger
    .of(reward.credit, person)
    .filter((row) => row.deal === deal && row.deal === row.rootDeal && row.credit.each !== 'lead')
    .map((row): CreditRow => ({ ...row, date: to }));
  if (more.length === 0) return undefined;
  const before = engine.sink.count('error');
  const lines: Line[] = [];
  payCredits(engine, payee, lines, more);
  // Whoever is not in the reward's who on that day is paid for none of them.
  if (lines.length === payout.lines.filter(({ kind, tail }) => kind === 'credit' && !tail).length) return undefined;
  limit(engine, payee, lines);
  if (engine.sink.count('error') > before) return undefined;
  const sum = (all: readonly Line[]): Num =>
    all.filter(({ tail }) => !tail).reduce<Num>((total, { amount }) => add(total, amount), 0);
  return sub(sum(lines), sum(payout.lines));
};
