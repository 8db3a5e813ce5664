import { parseIsoDay } from '../../values/date.ts';
import { toMinor } from '../../values/money.ts';
import { div, type Num, neg, parseDecimal } from '../../values/num.ts';
import type { Known, Type } from '../expression/typed.ts';

export interface Literal {
  readonly type: Type;
  readonly value: Known;
}

/** What a text was nearly: the literal it ought to be, in the reader's words. */
export interface NearMiss {
  readonly expected: string;
  readonly hint: string;
}

const NUMBER = /^(-?)(\d+(?:\.\d+)?)(%?)$/;
const MONEY = /^(-?)(\d+(?:\.\d+)?) +([A-Z]{3})$/;
const DAYS = /^(\d+) +days?$/;
const NEARLY_DAYS = /^[-+]?[\d.,]+\s*(?:d|days?)$/i;
const MOST_DIGITS = 60;

const signed = (minus: string | undefined, value: Num): Num => (minus === '-' ? neg(value) : value);

/**
 * The literal that an unquoted text is: `6%`, `4000 USD`, `2026-01-31`, `30 days`, `true`; a text where it looks like
 * none of these, and a near miss where it looks like one but isn't, so that no slip becomes a text unnoticed.
 */
export const literalOf = (text: string, currency: string, digits: number): Literal | NearMiss => {
  if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' };
  const number = NUMBER.exec(text);
  if (number !== null) {
    if (text.length > MOST_DIGITS)
      return { expected: `a number of at most ${MOST_DIGITS} digits`, hint: 'is it meant?' };
    const value = signed(number[1], parseDecimal(number[2] ?? '') ?? 0);
    return { type: 'number', value: number[3] === '%' ? (div(value, 100) ?? 0) : value };
  }
  const money = MONEY.exec(text);
  if (money !== null && text.length <= MOST_DIGITS) {
    if (money[3] !== currency) {
      return {
        expected: `an amount in ${currency}`,
        hint: `amounts in a plan are in its currency: ${money[2]} ${currency}`,
      };
    }
    return { type: 'money', value: toMinor(signed(money[1], parseDecimal(money[2] ?? '') ?? 0), digits) };
  }
  const days = DAYS.exec(text);
  if (days !== null && (days[1]?.length ?? 0) <= 6) return { type: 'days', value: Number(days[1]) };
  if (text.length < MOST_DIGITS && NEARLY_DAYS.test(text)) {
    return {
      expected: 'whole days, 0 to 999999, such as 30 days',
      hint: 'a length of time has no fractions; a text needs quotes',
    };
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const day = parseIsoDay(text);
    return day === undefined
      ? { expected: 'a date', hint: 'there is no such day in the calendar' }
      : { type: 'date', value: day };
  }
  // The patterns below take time with the square of the length.
  if (text.length > 200) return { type: 'text', value: text.normalize('NFC') };
  if (/^[+-]?[\d.,'_]*\d[\d.,'_]*(?:[eE][+-]?\d+)?\s*%?$/.test(text)) {
    return {
      expected: 'a number such as 12, 0.5 or 6%',
      hint: 'numbers have no thousands marks, blanks or exponents; a text needs quotes',
    };
  }
  if (/^[+-]?[\d.,']*\d[\d.,']*\s*(?:[A-Z]{3}|[$€£¥])$|^[$€£¥]\s*[\d.,']+$/.test(text)) {
    return {
      expected: `an amount such as 4000 ${currency}`,
      hint: 'write digits, a blank and the currency; a text needs quotes',
    };
  }
  return { type: 'text', value: text.normalize('NFC') };
};
