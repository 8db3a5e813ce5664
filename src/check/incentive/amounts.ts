import type { Reward } from '../../rules/plan.ts';
import { formatGrouped } from '../../values/money.ts';
import { add, type Num } from '../../values/num.ts';
import type { Sample } from './sample.ts';

const isOfPool = ({ body }: Reward): boolean => body === 'pool';

/** What somebody is paid in all, before rounding; parts of pools may be left out. */
export const totalOf = (sample: Sample, person: string, pools: boolean): Num =>
  sample.paid.reduce<Num>(
    (sum, one) => (one.person === person && (pools || !isOfPool(one.reward)) ? add(sum, one.exact) : sum),
    0,
  );

/** What somebody is paid in all, as it is paid. */
export const amountOf = (sample: Sample, person: string, pools: boolean): Num =>
  sample.paid.reduce<Num>(
    (sum, one) => (one.person === person && (pools || !isOfPool(one.reward)) ? add(sum, one.amount) : sum),
    0,
  );

export const peopleIn = ({ paid }: Sample): readonly string[] => [...new Set(paid.map(({ person }) => person))];

export const moneyText = (amount: Num, digits: number): string => formatGrouped(amount, digits);
