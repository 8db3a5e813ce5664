import { Decimal } from 'decimal.js';

/** Digits kept of a power: the language asks for at least 30 significant ones. */
const DIGITS = 60;
const Exact = Decimal.clone({
  precision: DIGITS + 10,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpPos: 9e15,
  toExpNeg: -9e15,
});
const SCALE = new Exact(10).pow(DIGITS);
const known = new Map<string, bigint>();

/**
 * 2^(−age ÷ halfLife) in units of 10^−60, never below one such unit, so that a very old touch keeps a share however
 * small. Ages are in days and not below zero; half-lives above zero.
 */
export const halving = (age: number, halfLife: number): bigint => {
  const key = `${age}/${halfLife}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = new Exact(2).pow(new Exact(-age).div(halfLife)).mul(SCALE);
  const units = BigInt(value.toFixed(0));
  const weight = units < 1n ? 1n : units;
  known.set(key, weight);
  return weight;
};
