import { isWhole, mul, type Num, parseDecimal, powerOfTen, type Rounding, roundWhole } from '../values/num.ts';
import { type NumberFormat, readFormatted } from '../values/number-format.ts';
import { type CellKind, Fault, type RowState } from './cell.ts';
import { TOO_LONG, tooLong } from './cell-number.ts';

/** How amounts are written in a column. */
export interface MoneySetting {
  readonly format: NumberFormat | undefined;
  /** Where amounts may have more decimals than their currency: how they are rounded. */
  readonly round: Rounding | undefined;
}

const POWERS = [1, 10, 100, 1000, 10_000];

const MINUS = 45;
const POINT = 46;

/** Digits with at most as many decimals as the currency has, 15 in all: what nearly every amount looks like. */
const fast = (bytes: Uint8Array, start: number, end: number, row: RowState): number => {
  if (end - start > 17) return Number.NaN;
  const negative = bytes[start] === MINUS;
  let value = 0;
  let count = 0;
  let point = -1;
  for (let i = negative ? start + 1 : start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    const digit = byte - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      count++;
    } else if (byte === POINT && point < 0) {
      point = i;
    } else return Number.NaN;
  }
  const decimals = point < 0 ? 0 : end - point - 1;
  const scale = POWERS[row.digits - decimals];
  if (count + row.digits > 15 || count === 0 || (point >= 0 && decimals === 0) || scale === undefined)
    return Number.NaN;
  const minor = value * scale;
  return negative && minor !== 0 ? -minor : minor;
};

/** Money in minor units of its row's currency. */
export const moneyCell = (setting: MoneySetting): CellKind => {
  const { format, round } = setting;
  const expected =
    format === undefined ? 'digits with at most one decimal point, as in 1234.50' : `as in ${format.example}`;
  const fault = new Fault('invalid-number', 'is not an amount', expected);
  const read = (text: string, row: RowState): Num | Fault => {
    const plain = format === undefined ? text : readFormatted(text, format);
    if (plain === undefined || !/^[+-]?\d*\.?\d+$/.test(plain)) return fault;
    if (tooLong(plain)) return TOO_LONG;
    const value = parseDecimal(plain);
    if (value === undefined) return fault;
    const minor = mul(value, powerOfTen(row.digits));
    if (isWhole(minor)) return minor;
    if (round !== undefined) return roundWhole(minor, round);
    const most = row.digits === 0 ? 'no decimals' : `at most ${row.digits} decimals`;
    return new Fault(
      'too-many-decimals',
      `has more decimals than ${row.currency} has`,
      most,
      '`round: true` on this column rounds its amounts',
    );
  };
  return format === undefined ? { read, fast, steady: false } : { read, steady: false };
};
