import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  ceil,
  compare,
  denominator,
  div,
  floor,
  isExactText,
  mul,
  type Num,
  neg,
  numerator,
  parseDecimal,
  ratio,
  roundTo,
  roundWhole,
  sub,
  toFixed,
  toPercent,
  toText,
} from '../../src/values/num.ts';

const exact = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([n, d]) => ratio(n, d));
const small = fc.integer({ min: -1_000_000, max: 1_000_000 });
const num: fc.Arbitrary<Num> = fc.oneof(exact, small, fc.maxSafeInteger());
const same = (a: Num, b: Num): boolean => numerator(a) * denominator(b) === numerator(b) * denominator(a);

describe('exact numbers', () => {
  it('adds a tenth and two tenths to three tenths', () => {
    expect(toText(add(parseDecimal('0.1') as Num, parseDecimal('0.2') as Num))).toBe('0.3');
  });

  it('makes three thirds a whole, as a number again', () => {
    const third = div(1, 3) as Num;
    expect(add(add(third, third), third)).toBe(1);
  });

  it('keeps sums beyond the safe integers exact', () => {
    expect(toText(add(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER))).toBe('18014398509481982');
    expect(toText(mul(Number.MAX_SAFE_INTEGER, 3))).toBe('27021597764222973');
  });

  it('has no quotient by zero', () => {
    expect(div(5, 0)).toBeUndefined();
  });

  it('never gives a minus zero', () => {
    expect(Object.is(neg(0), 0)).toBe(true);
    expect(Object.is(mul(-5, 0), 0)).toBe(true);
    expect(toFixed(parseDecimal('-0.001') as Num, 2)).toBe('0.00');
  });

  it('agrees with whole fractions in all four operations', () => {
    fc.assert(
      fc.property(num, num, (a, b) => {
        const [an, ad, bn, bd] = [numerator(a), denominator(a), numerator(b), denominator(b)];
        expect(same(add(a, b), ratio(an * bd + bn * ad, ad * bd))).toBe(true);
        expect(same(sub(a, b), ratio(an * bd - bn * ad, ad * bd))).toBe(true);
        expect(same(mul(a, b), ratio(an * bn, ad * bd))).toBe(true);
        if (bn !== 0n) expect(same(div(a, b) as Num, ratio(an * bd, ad * bn))).toBe(true);
        expect(compare(a, b)).toBe(an * bd < bn * ad ? -1 : an * bd > bn * ad ? 1 : 0);
      }),
    );
  });
});

describe('rounding', () => {
  it.each([
    ['0.5', '1', '0'],
    ['1.5', '2', '2'],
    ['2.5', '3', '2'],
    ['-0.5', '-1', '0'],
    ['-2.5', '-3', '-2'],
    ['2.4999999999999999999999999', '2', '2'],
    ['2.5000000000000000000000001', '3', '3'],
  ])('takes %s to %s half up and to %s half even', (text, up, even) => {
    const value = parseDecimal(text) as Num;
    expect(toText(roundWhole(value, 'half_up'))).toBe(up);
    expect(toText(roundWhole(value, 'half_even'))).toBe(even);
  });

  it('rounds to digits before and behind the point', () => {
    expect(toText(roundTo(parseDecimal('1234.565') as Num, 2, 'half_up'))).toBe('1234.57');
    expect(toText(roundTo(1250, -2, 'half_even'))).toBe('1200');
  });

  it('floors and ceils on both sides of zero', () => {
    const x = parseDecimal('-1.2') as Num;
    expect([floor(x), ceil(x), floor(neg(x)), ceil(neg(x))]).toEqual([-2, -1, 1, 2]);
  });
});

describe('text', () => {
  it.each(['1e3', '0x1F', '1_000', 'Infinity', 'NaN', '', ' 1', '1.', '--1', '１２', '1,5'])(
    'does not read %j',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  it('reads signs, points and sixty digits', () => {
    expect(parseDecimal('+12')).toBe(12);
    expect(toText(parseDecimal('-.5') as Num)).toBe('-0.5');
    const long = '1'.repeat(60);
    expect(toText(parseDecimal(long) as Num)).toBe(long);
  });

  it('says when it shows a rounded value', () => {
    const third = div(1, 3) as Num;
    expect([toText(third), isExactText(third), isExactText(ratio(1n, 8n))]).toEqual(['0.333333333333', false, true]);
    expect(toPercent(ratio(1n, 16n))).toBe('6.25%');
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(12), (n, digits) => {
        const value = ratio(n, 10n ** BigInt(digits));
        expect(same(parseDecimal(toText(value)) as Num, value)).toBe(true);
      }),
    );
  });
});
