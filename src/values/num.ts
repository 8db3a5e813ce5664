/**
 * Exact numbers. A `Num` is a whole number held as a JavaScript number while it is provably exact (a safe integer),
 * else a `Ratio` of two bigints. Nothing here ever rounds, except the functions that say so.
 *
 * Why ratios rather than decimals: a third of a quota times three is the quota again, so a figure that stands exactly on
 * a threshold or on half a cent is seen to stand there.
 */
export type Num = number | Ratio;

/** A quotient of whole numbers; `d` is above zero. Not always in lowest terms: see `ratio`. */
export class Ratio {
  readonly n: bigint;
  readonly d: bigint;
  constructor(n: bigint, d: bigint) {
    this.n = n;
    this.d = d;
  }
}

/** How halves are rounded: away from zero, or to the even neighbour. */
export type Rounding = 'half_up' | 'half_even';

/** Above this many bits a quotient is brought to lowest terms, so that chains of products stay small. */
const REDUCE_ABOVE = 1n << 96n;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

const gcd = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
};

/** n ÷ d as a Num; `d` must not be zero. Whole results come out as numbers where they are safe. */
export const ratio = (n: bigint, d: bigint): Num => {
  let top = n;
  let bottom = d;
  if (bottom < 0n) {
    top = -top;
    bottom = -bottom;
  }
  if (bottom !== 1n) {
    if (top % bottom === 0n) {
      top = top / bottom;
      bottom = 1n;
    } else if (bottom > REDUCE_ABOVE) {
      const common = gcd(top, bottom);
      top /= common;
      bottom /= common;
    }
  }
  if (bottom === 1n && top <= MAX_SAFE && top >= -MAX_SAFE) return Number(top);
  return new Ratio(top, bottom);
};

/** A whole bigint as a Num. */
export const fromBigInt = (n: bigint): Num => (n <= MAX_SAFE && n >= -MAX_SAFE ? Number(n) : new Ratio(n, 1n));

export const numerator = (x: Num): bigint => (typeof x === 'number' ? BigInt(x) : x.n);
export const denominator = (x: Num): bigint => (typeof x === 'number' ? 1n : x.d);

// Beyond the safe integers the sum of two doubles may be rounded, but then it is never itself a safe integer.
const whole = (x: number): Num => (x === 0 ? 0 : x);

export const add = (a: Num, b: Num): Num => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    return Number.isSafeInteger(sum) ? whole(sum) : fromBigInt(BigInt(a) + BigInt(b));
  }
  const ad = denominator(a);
  const bd = denominator(b);
  if (ad === bd) return ratio(numerator(a) + numerator(b), ad);
  return ratio(numerator(a) * bd + numerator(b) * ad, ad * bd);
};

export const neg = (a: Num): Num => (typeof a === 'number' ? whole(-a) : new Ratio(-a.n, a.d));

export const sub = (a: Num, b: Num): Num => {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return whole(difference);
  }
  return add(a, neg(b));
};

export const mul = (a: Num, b: Num): Num => {
  if (typeof a === 'number') {
    if (typeof b !== 'number') return scaled(a, b);
    const product = a * b;
    return Number.isSafeInteger(product) ? whole(product) : fromBigInt(BigInt(a) * BigInt(b));
  }
  if (typeof b === 'number') return scaled(b, a);
  return ratio(numerator(a) * numerator(b), denominator(a) * denominator(b));
};

/** A whole number times a quotient; without bigints where small ones, which doubles hold exactly, will do. */
const scaled = (a: number, b: Ratio): Num => {
  const product = a * Number(b.n);
  const d = Number(b.d);
  if (Number.isSafeInteger(product) && Number.isSafeInteger(d)) {
    // A product that is safe has factors that are.
    return product % d === 0 ? whole(product / d) : new Ratio(BigInt(product), b.d);
  }
  return ratio(BigInt(a) * b.n, b.d);
};

/** a ÷ b, or undefined where b is zero. */
export const div = (a: Num, b: Num): Num | undefined => {
  if (isZero(b)) return undefined;
  if (typeof a === 'number' && typeof b === 'number') {
    const quotient = a / b;
    // Exact only where it multiplies back to a: a rounded quotient of safe integers is never a whole number otherwise.
    if (Number.isSafeInteger(quotient) && quotient * b === a) return whole(quotient);
  }
  return ratio(numerator(a) * denominator(b), denominator(a) * numerator(b));
};

export const isZero = (a: Num): boolean => (typeof a === 'number' ? a === 0 : a.n === 0n);

export const sign = (a: Num): -1 | 0 | 1 => {
  if (typeof a === 'number') return a < 0 ? -1 : a > 0 ? 1 : 0;
  return a.n < 0n ? -1 : a.n > 0n ? 1 : 0;
};

/** Below zero, zero or above zero as a is below, at or above b. */
export const compare = (a: Num, b: Num): -1 | 0 | 1 => {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  const left = numerator(a) * denominator(b);
  const right = numerator(b) * denominator(a);
  return left < right ? -1 : left > right ? 1 : 0;
};

export const equal = (a: Num, b: Num): boolean => compare(a, b) === 0;
export const min = (a: Num, b: Num): Num => (compare(b, a) < 0 ? b : a);
export const max = (a: Num, b: Num): Num => (compare(b, a) > 0 ? b : a);
export const abs = (a: Num): Num => (sign(a) < 0 ? neg(a) : a);
export const isWhole = (a: Num): boolean => typeof a === 'number' || a.n % a.d === 0n;

/** Rounded towards zero. */
export const truncate = (a: Num): Num => (typeof a === 'number' ? a : fromBigInt(a.n / a.d));

export const floor = (a: Num): Num => {
  if (typeof a === 'number') return a;
  const towardsZero = a.n / a.d;
  return fromBigInt(a.n < 0n && a.n % a.d !== 0n ? towardsZero - 1n : towardsZero);
};

export const ceil = (a: Num): Num => neg(floor(neg(a)));

/** Rounded to a whole number; `mode` says where an exact half goes. Here, and in what it calls, an amount is rounded. */
export const roundWhole = (a: Num, mode: Rounding): Num => {
  if (typeof a === 'number') return a;
  return roundSafe(Number(a.n), Number(a.d), mode) ?? roundQuotient(a.n, a.d, mode);
};

/** a × b, rounded to a whole number once: `roundWhole(mul(a, b), mode)` without what is made on the way. */
export const roundProduct = (a: Num, b: Num, mode: Rounding): Num => {
  // Whole numbers of more than 53 bits are not held exactly, but then the product of two that are not zero is never safe.
  const top = typeof a === 'number' ? a : Number(a.n);
  const bottom = typeof a === 'number' ? 1 : Number(a.d);
  const [n, d] = typeof b === 'number' ? [b, 1] : [Number(b.n), Number(b.d)];
  return roundSafe(top * n, bottom * d, mode) ?? roundWhole(mul(a, b), mode);
};

/** A quotient rounded, where it is held exactly by numbers; else undefined. */
const roundSafe = (top: number, bottom: number, mode: Rounding): number | undefined => {
  if (!Number.isSafeInteger(top * 2) || !Number.isSafeInteger(bottom)) return undefined;
  // Both are held exactly, and so is what the one leaves of the other.
  const rest = top % bottom;
  const towardsZero = (top - rest) / bottom;
  const twice = Math.abs(rest) * 2;
  const away = twice > bottom || (twice === bottom && (mode === 'half_up' || towardsZero % 2 !== 0));
  const rounded = away ? towardsZero + (top < 0 ? -1 : 1) : towardsZero;
  return rounded === 0 ? 0 : rounded;
};

const roundQuotient = (top: bigint, bottom: bigint, mode: Rounding): Num => {
  const negative = top < 0n;
  const n = negative ? -top : top;
  const floored = n / bottom;
  const twice = (n - floored * bottom) * 2n;
  const up = twice > bottom || (twice === bottom && (mode === 'half_up' || floored % 2n === 1n));
  const rounded = up ? floored + 1n : floored;
  return fromBigInt(negative ? -rounded : rounded);
};

/** 10^digits as a Num; `digits` may be below zero. */
export const powerOfTen = (digits: number): Num =>
  digits >= 0 ? fromBigInt(10n ** BigInt(digits)) : ratio(1n, 10n ** BigInt(-digits));

/** Rounded to so many decimal digits (below zero: to tens, hundreds, ...). */
export const roundTo = (a: Num, digits: number, mode: Rounding): Num => {
  const scale = powerOfTen(digits);
  return mul(roundWhole(mul(a, scale), mode), powerOfTen(-digits));
};

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$|^([+-]?)\.(\d+)$/;

/**
 * The number that a plain decimal text shows (`-12.50`), exactly; undefined for anything else (exponents, blanks,
 * thousands marks, hexadecimal, Infinity).
 */
export const parseDecimal = (text: string): Num | undefined => {
  if (text.length < 16) {
    // The fast path: short digits only, which a double holds exactly.
    let value = 0;
    let i = 0;
    for (; i < text.length; i++) {
      const digit = text.charCodeAt(i) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (i === text.length && i > 0 && Number.isSafeInteger(value)) return value;
  }
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const minus = (match[1] ?? match[4]) === '-';
  const digits = match[2] ?? '';
  const fraction = match[3] ?? match[5] ?? '';
  const n = BigInt(digits + fraction);
  return ratio(minus ? -n : n, 10n ** BigInt(fraction.length));
};

/** A number from whole digits that are known to be safe. */
export const fraction = (n: number, d: number): Num => ratio(BigInt(n), BigInt(d));

/** The exact value in lowest terms, so that equal numbers have equal texts: `6`, `3/50`. */
export const quotientText = (a: Num): string => {
  if (typeof a === 'number') return String(a);
  const common = gcd(a.n, a.d);
  return a.d === common ? String(a.n / common) : `${a.n / common}/${a.d / common}`;
};

/** How many decimals the exact value has, or undefined where it never ends (a third). */
const exactDecimals = (a: Ratio): number | undefined => {
  let d = a.d / gcd(a.n, a.d);
  let twos = 0;
  let fives = 0;
  while (d % 2n === 0n) {
    d /= 2n;
    twos++;
  }
  while (d % 5n === 0n) {
    d /= 5n;
    fives++;
  }
  return d === 1n ? Math.max(twos, fives) : undefined;
};

/** Written with exactly so many decimals; rounded half up where there are more. `-0.00` is never written. */
export const toFixed = (a: Num, decimals: number): string => {
  const scaled = numerator(roundWhole(mul(a, powerOfTen(decimals)), 'half_up'));
  const negative = scaled < 0n;
  const digits = (negative ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const head = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? head : `${head}.${digits.slice(digits.length - decimals)}`;
  return negative ? `-${text}` : text;
};

/** Written exactly where that takes at most `most` decimals, else rounded to that many; no trailing zeros. */
export const toText = (a: Num, most = 12): string => {
  if (typeof a === 'number') return String(a);
  const exact = exactDecimals(a);
  const text = toFixed(a, exact === undefined ? most : Math.min(exact, most));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};

/** Whether `toText` shows the value itself rather than a rounded one. */
export const isExactText = (a: Num, most = 12): boolean => {
  if (typeof a === 'number') return true;
  const exact = exactDecimals(a);
  return exact !== undefined && exact <= most;
};

/** As a quotient in lowest terms: `17 / 30`; a whole number as it is. */
export const toQuotient = (a: Num): string => {
  if (typeof a === 'number') return String(a);
  const common = gcd(a.n, a.d);
  return a.d === common ? String(a.n / common) : `${a.n / common} / ${a.d / common}`;
};

/** As a percentage: 0.06 → `6%`. */
export const toPercent = (a: Num, most = 10): string => `${toText(mul(a, 100), most)}%`;
