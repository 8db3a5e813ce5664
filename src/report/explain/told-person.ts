import type { Found } from '../../explain/asked.ts';
import { payoutOf } from '../../explain/payout.ts';
import { add, type Num } from '../../values/num.ts';
import { type Telling, type Told, told } from './told.ts';
import { tellPayout } from './told-payout.ts';

/** Payouts of one person, a piece for each period: what they come to, and how each came about. */
export const tellPerson = (found: readonly Found[], telling: Telling, most?: number): readonly Told[] => {
  const periods = [...new Set(found.map(({ result }) => result))];
  return periods.map((result) => {
    const own = found.filter((each) => each.result === result);
    const payouts = own.map(({ payout, meant }) =>
      tellPayout(payoutOf(telling.computed, result, payout, meant), telling, most),
    );
    const [first] = own;
    if (payouts.length === 1 || first === undefined) return payouts[0] ?? told('payout', '');
    const amount = own.reduce<Num>((sum, { payout }) => add(sum, payout.amount), 0);
    return told(
      'payout',
      `${telling.person(first.payout.person)} in ${result.period.label}, ${telling.computed.plan.currency}`,
      {
        amount,
        below: payouts,
      },
    );
  });
};
