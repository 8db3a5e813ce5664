import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inWholeCents, shapleyValues } from '../../src/change/shapley.ts';
import { abs, add, compare, equal, fraction, mul, type Num, sub } from '../../src/values/num.ts';

const permutations = (items: readonly number[]): number[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item) => permutations(items.filter((each) => each !== item)).map((rest) => [item, ...rest]));

/** The definition itself: the mean gain over all orders. */
const byOrders = (players: number, worth: (set: number) => Num): readonly Num[] => {
  const orders = permutations(Array.from({ length: players }, (_, i) => i));
  const sums = Array.from({ length: players }, (): Num => 0);
  for (const order of orders) {
    let set = 0;
    for (const player of order) {
      sums[player] = add(sums[player] ?? 0, sub(worth(set | (1 << player)), worth(set)));
      set |= 1 << player;
    }
  }
  return sums.map((sum) => mul(sum, fraction(1, orders.length)));
};

test('a worked example: a base rate of 6% becomes 7%, and a factor of 100% becomes 110%, on 1,000.00', () => {
  // 60.00 → 77.00: alone 10.00 and 6.00; together 1.00 more, of which each has half
  const worths = [6000, 7000, 6600, 7700];
  expect(shapleyValues(2, (set) => worths[set] ?? 0)).toEqual([1050, 650]);
});

test('values are the mean over all orders, and add up', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: -9999, max: 9999 }), { minLength: 32, maxLength: 32 }),
      (players, worths) => {
        const worth = (set: number): Num => worths[set] ?? 0;
        const values = shapleyValues(players, worth);
        byOrders(players, worth).forEach((value, i) => {
          expect(equal(value, values[i] ?? 0)).toBe(true);
        });
        const whole = sub(worth(2 ** players - 1), worth(0));
        const cents = inWholeCents(values);
        expect(cents.reduce<Num>(add, 0)).toBe(whole);
        cents.forEach((cent, i) => {
          expect(compare(abs(sub(cent, values[i] ?? 0)), 1)).toBeLessThan(0);
        });
      },
    ),
    { numRuns: 60 },
  );
});
