/** Fractions in the plainest form, for the second implementation only: two whole numbers, the lower one above zero. */
export type Fraction = readonly [bigint, bigint];

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

export const fraction = (n: bigint | number, d: bigint | number = 1): Fraction => {
  const [top, bottom] = [BigInt(n), BigInt(d)];
  if (bottom === 0n) throw new RangeError('a fraction over zero');
  const common = gcd(top, bottom) * (bottom < 0n ? -1n : 1n);
  return [top / common, bottom / common];
};

export const ZERO = fraction(0);
export const ONE = fraction(1);

export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d + c * b, b * d);
export const minus = (x: Fraction, [c, d]: Fraction): Fraction => plus(x, [-c, d]);
export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d);
export const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d, b * c);
/** Below zero, zero or above, as x is less than, equal to or more than y. */
export const order = ([a, b]: Fraction, [c, d]: Fraction): number => {
  const [x, y] = [a * d, c * b];
  return x < y ? -1 : x > y ? 1 : 0;
};
export const sum = (list: readonly Fraction[]): Fraction => list.reduce(plus, ZERO);
export const least = (x: Fraction, y: Fraction): Fraction => (order(y, x) < 0 ? y : x);
export const most = (x: Fraction, y: Fraction): Fraction => (order(y, x) > 0 ? y : x);
const size = (n: bigint): bigint => (n < 0n ? -n : n);
export const absolute = ([a, b]: Fraction): Fraction => [size(a), b];

/** Down to the whole number below; `ceiling` up to the one above. */
export const floor = ([a, b]: Fraction): bigint => (a >= 0n ? a / b : -((-a + b - 1n) / b));
export const ceiling = ([a, b]: Fraction): bigint => -floor([-a, b]);

export type Rounding = 'half_up' | 'half_even';

/** To a whole number: halves away from zero, or to the even neighbour. */
export const rounded = ([a, b]: Fraction, how: Rounding): bigint => {
  const [whole, rest] = [size(a) / b, size(a) % b];
  const twice = rest * 2n;
  const up = twice > b || (twice === b && (how === 'half_up' || whole % 2n === 1n));
  const n = up ? whole + 1n : whole;
  return a < 0n ? -n : n;
};

/** `12.50` and `5%` as fractions. */
export const fromText = (text: string): Fraction => {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(%?)$/.exec(text.trim());
  if (match === null || `${match[2]}${match[3] ?? ''}` === '') throw new RangeError(`not a number: ${text}`);
  const [, sign, whole = '', decimals = '', percent] = match;
  const n = fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length) * (percent === '%' ? 100n : 1n));
  return sign === '-' ? minus(ZERO, n) : n;
};

/**
 * A whole shared out by shares that need not add up to 1: each part its exact share rounded towards zero, the missing
 * units one each to the largest remainders, equal ones in order.
 */
export const sharedOut = (amount: bigint, shares: readonly Fraction[], how: Rounding): bigint[] => {
  const total = fraction(size(amount));
  const exact = shares.map((share) => times(total, share));
  const parts = exact.map(([a, b]) => a / b);
  const missing = Number(rounded(times(total, sum(shares)), how) - parts.reduce((x, y) => x + y, 0n));
  const rest = exact.map((part, i) => minus(part, fraction(parts[i] ?? 0n)));
  const ranked = parts.map((_, i) => i).sort((i, j) => order(rest[j] ?? ZERO, rest[i] ?? ZERO) || i - j);
  for (const i of ranked.slice(0, missing)) parts[i] = (parts[i] ?? 0n) + 1n;
  return amount < 0n ? parts.map((part) => -part) : parts;
};
