import { isZero, mul, type Num, parseDecimal, powerOfTen } from '../values/num.ts';
import { type NumberFormat, readFormatted } from '../values/number-format.ts';
import { type CellKind, Fault } from './cell.ts';

/** Digits that a number in a file may have. */
export const MOST_DIGITS = 60;

export const TOO_LONG = new Fault('number-too-long', 'is too long for a number', `at most ${MOST_DIGITS} digits`);

const PERCENT = powerOfTen(-2);

/** Whether a plain decimal text has more digits than a number may have. */
export const tooLong = (decimal: string): boolean =>
  decimal.length > MOST_DIGITS && decimal.replace(/\D/g, '').length > MOST_DIGITS;

/** How numbers are written in a column. */
export interface NumberSetting {
  readonly format: NumberFormat | undefined;
  /** 60 means 60%. */
  readonly percent: boolean;
}

/** A whole number of at most 15 digits, without a sign, between two positions; NaN for anything else. */
export const wholeDigits = (bytes: Uint8Array, start: number, end: number): number => {
  if (end - start > 15) return Number.NaN;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

/** Numbers: an optional sign, digits, at most one decimal point, `%` behind; or as an example shows. */
export const numberCell = (setting: NumberSetting): CellKind => {
  const { format, percent } = setting;
  const expected =
    format === undefined ? 'digits with at most one decimal point, as in 1234.5 or 60%' : `as in ${format.example}`;
  const fault = new Fault('invalid-number', 'is not a number', expected);
  const read = (text: string): Num | Fault => {
    const marked = text.endsWith('%');
    const body = marked ? text.slice(0, -1).trimEnd() : text;
    const plain = format === undefined ? body : readFormatted(body, format);
    if (plain === undefined || !/^[+-]?\d*\.?\d+$/.test(plain)) return fault;
    if (tooLong(plain)) return TOO_LONG;
    const value = parseDecimal(plain);
    if (value === undefined) return fault;
    return (marked || percent) && !isZero(value) ? mul(value, PERCENT) : value;
  };
  return percent || format !== undefined ? { read, steady: true } : { read, fast: wholeDigits, steady: true };
};
