import type { PeriodResult } from '../../engine/result.ts';
import { toMinor } from '../../values/money.ts';
import { abs, add, compare, equal, type Num, parseDecimal, sub } from '../../values/num.ts';
import { compareText } from '../figures/cell-text.ts';
import { payoutsOut } from '../figures/payout-parts.ts';

/** A row of a payouts.csv as an earlier run wrote it. */
export interface EarlierPayout {
  readonly personId: string;
  readonly name: string;
  readonly reward: string;
  /** A decimal, as in the file. */
  readonly amount: string;
}

/** Somebody whose pay comes out otherwise than before; undefined: there was, or is, no such payout. */
export interface PayoutChange {
  readonly personId: string;
  readonly name: string;
  readonly reward: string;
  readonly before: Num | undefined;
  readonly now: Num | undefined;
}

interface Pair {
  readonly personId: string;
  name: string;
  readonly reward: string;
  before: Num | undefined;
  now: Num | undefined;
}

/** How a period differs from what an earlier run wrote, the greatest differences first. */
export const payoutChanges = (
  earlier: readonly EarlierPayout[],
  result: PeriodResult,
  held: ReadonlySet<string>,
  digits: number,
): readonly PayoutChange[] => {
  const pairs = new Map<string, Pair>();
  const pairOf = (personId: string, reward: string, name: string): Pair => {
    const key = JSON.stringify([personId, reward]);
    const pair = pairs.get(key) ?? { personId, name, reward, before: undefined, now: undefined };
    pairs.set(key, pair);
    return pair;
  };
  for (const { personId, name, reward, amount } of earlier) {
    const major = parseDecimal(amount);
    if (major === undefined) continue;
    const pair = pairOf(personId, reward, name);
    pair.before = add(pair.before ?? 0, toMinor(major, digits));
  }
  for (const { person, rewardName, amount } of payoutsOut(result, held)) {
    const pair = pairOf(person.id, rewardName, person.name ?? '');
    pair.name = person.name ?? pair.name;
    pair.now = add(pair.now ?? 0, amount);
  }
  return [...pairs.values()]
    .filter(({ before, now }) => !equal(before ?? 0, now ?? 0))
    .sort(
      (a, b) =>
        compare(abs(differenceOf(b)), abs(differenceOf(a))) ||
        compareText(a.personId, b.personId) ||
        compareText(a.reward, b.reward),
    );
};

/** How much more (less, where below zero) is paid now. */
export const differenceOf = ({ before, now }: PayoutChange): Num => sub(now ?? 0, before ?? 0);
