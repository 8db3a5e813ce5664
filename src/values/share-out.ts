import { abs, add, denominator, fromBigInt, mul, type Num, numerator, type Rounding, roundWhole, sign } from './num.ts';

/**
 * Shares a whole number of minor units out in proportion to `shares` (each the part of the whole, 0.4 for 40%; none below
 * zero): every part is its exact share rounded towards zero, and the units still missing go one each to the parts with
 * the largest remainders, equal remainders in the order given. Parts add up to total × Σ shares, rounded by `mode`, which
 * is the total itself where the shares add up to 1.
 *
 * `exactSum` is Σ shares where it is known (1 for shares derived from a model).
 */
export const shareOut = (total: Num, shares: readonly Num[], mode: Rounding, exactSum?: Num): Num[] => {
  let common = 1n;
  for (const share of shares) {
    const d = denominator(share);
    if (common % d !== 0n) common *= d;
  }
  const weights = shares.map((share) => (numerator(share) * common) / denominator(share));
  const sum = exactSum ?? shares.reduce<Num>(add, 0);
  const whole = numerator(roundWhole(mul(abs(total), sum), mode));
  return spread(total, weights, common, whole);
};

/** Shares a total out over relative weights (2 : 1 : 1), exactly: the parts add up to the total. */
export const shareOutByWeight = (total: Num, weights: readonly Num[]): Num[] => {
  let common = 1n;
  for (const weight of weights) {
    const d = denominator(weight);
    if (common % d !== 0n) common *= d;
  }
  const scaled = weights.map((weight) => (numerator(weight) * common) / denominator(weight));
  const sum = scaled.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map(() => 0);
  return spread(total, scaled, sum, numerator(abs(total)));
};

const spread = (total: Num, weights: readonly bigint[], unit: bigint, whole: bigint): Num[] => {
  const negative = sign(total) < 0;
  const amount = numerator(abs(total));
  const parts: bigint[] = [];
  const remainders: bigint[] = [];
  let given = 0n;
  for (const weight of weights) {
    const exact = amount * weight;
    const part = exact / unit;
    parts.push(part);
    remainders.push(exact - part * unit);
    given += part;
  }
  const missing = whole - given;
  if (missing > 0n) {
    const order = weights.map((_, i) => i);
    // Array.prototype.sort is stable, so equal remainders stay in the order given.
    order.sort((a, b) => {
      const left = remainders[a] as bigint;
      const right = remainders[b] as bigint;
      return left > right ? -1 : left < right ? 1 : 0;
    });
    for (let k = 0; BigInt(k) < missing; k++) {
      const i = order[k % order.length] as number;
      parts[i] = (parts[i] as bigint) + 1n;
    }
  }
  return parts.map((part) => fromBigInt(negative ? -part : part));
};

/** The equal share of n rows, the commonest case, without a quotient: 10.00 over 3 → 3.34, 3.33, 3.33. */
export const shareOutEqually = (total: Num, n: number): Num[] => {
  if (typeof total !== 'number') return shareOutByWeight(total, new Array<Num>(n).fill(1));
  const amount = Math.abs(total);
  const rest = amount % n;
  const part = (amount - rest) / n;
  const parts = new Array<Num>(n);
  for (let i = 0; i < n; i++) {
    const value = i < rest ? part + 1 : part;
    parts[i] = total < 0 && value !== 0 ? -value : value;
  }
  return parts;
};
