import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abs, add, compare, div, mul, type Num, parseDecimal, ratio, sub } from '../../src/values/num.ts';
import { shareOut, shareOutByWeight, shareOutEqually } from '../../src/values/share-out.ts';

const total = (parts: readonly Num[]): Num => parts.reduce<Num>(add, 0);

describe('sharing out', () => {
  it('gives the missing cent to the first of equals', () => {
    expect(shareOutEqually(1000, 3)).toEqual([334, 333, 333]);
    expect(shareOutByWeight(1000, [1, 1, 1])).toEqual([334, 333, 333]);
    expect(shareOutEqually(-1000, 3)).toEqual([-334, -333, -333]);
  });

  it('gives it to the largest remainder first', () => {
    // 100 over 1 : 2 : 4 is 14.28…, 28.57…, 57.14…
    expect(shareOutByWeight(100, [1, 2, 4])).toEqual([14, 29, 57]);
  });

  it('shares out less than the whole where the shares add up to less', () => {
    const share = (text: string): Num => parseDecimal(text) as Num;
    expect(shareOut(1001, [share('0.25'), share('0.25')], 'half_up')).toEqual([251, 250]);
  });

  it('adds up to the whole, each part within one unit of its exact share', () => {
    const weights = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }).filter((list) => list.some((w) => w > 0));
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), weights, (n, list) => {
        const whole = ratio(n, 1n);
        const parts = shareOutByWeight(whole, list);
        expect(compare(total(parts), whole)).toBe(0);
        const sum = list.reduce((a, b) => a + b, 0);
        for (const [i, part] of parts.entries()) {
          const exact = div(mul(whole, list[i] as number), sum) as Num;
          expect(compare(abs(sub(part, exact)), 1)).toBeLessThan(0);
        }
      }),
    );
  });

  it('shares out equally as by equal weights', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 50 }), (whole, n) => {
        expect(shareOutEqually(whole, n)).toEqual(shareOutByWeight(whole, new Array<Num>(n).fill(1)));
      }),
    );
  });
});
