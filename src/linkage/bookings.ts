import type { Computed } from '../engine/compute.ts';
import type { CreditRow } from '../engine/result.ts';
import { add, type Num } from '../values/num.ts';
import type { Days } from './handed-over.ts';

/**
 * Of several lists of credits, those of each deal from the first list that has any: a deal that several credits take is counted
 * once. Refunds go with their deal.
 */
export const onceADeal = (lists: readonly (readonly CreditRow[])[]): readonly CreditRow[] => {
  const takenBy = new Map<number, number>();
  return lists.flatMap((rows, list) =>
    rows.filter(({ rootDeal }) => {
      if (rootDeal < 0) return false;
      const taken = takenBy.get(rootDeal);
      if (taken === undefined) takenBy.set(rootDeal, list);
      return taken === undefined || taken === list;
    }),
  );
};

/** What was sold: each deal once, by the first credit over deals or splits in the plan's order that takes it. */
export const soldCredits = ({ plan, credits }: Computed): readonly CreditRow[] =>
  onceADeal(
    [...plan.credits.values()]
      .filter(({ each }) => each === 'deal' || each === 'split')
      .map(({ name }) => credits.get(name) ?? []),
  );

/** What these credits come to in some days, less refunds, in minor units. */
export const bookedIn = (rows: readonly CreditRow[], { from, to }: Days): Num => {
  let sum: Num = 0;
  for (const { date, amount } of rows) if (date >= from && date <= to) sum = add(sum, amount ?? 0);
  return sum;
};
