import { denominator, type Num, numerator, Ratio } from '../../values/num.ts';

/** A number in lowest terms, so that equal ones have equal texts. */
export const numText = (value: unknown): string => {
  if (!(value instanceof Ratio)) return String(value);
  let a = value.n < 0n ? -value.n : value.n;
  let b = value.d;
  while (b !== 0n) [a, b] = [b, a % b];
  const common = a === 0n ? 1n : a;
  const d = value.d / common;
  return d === 1n ? String(value.n / common) : `${value.n / common}/${d}`;
};

/** Whether a number is whole, however it is held. */
export const isInteger = (value: Num): boolean => numerator(value) % denominator(value) === 0n;
