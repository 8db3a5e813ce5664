import type { Sink } from '../findings/sink.ts';
import { isScalarPart, type Part } from '../rules/document/part.ts';
import { placeOf } from '../rules/document/raw.ts';
import { refuse } from '../rules/document/shapes.ts';
import { div, mul, type Num, parseDecimal, powerOfTen } from '../values/num.ts';
import type { Figure } from './test-file.ts';

const DECIMAL = /^([+-]?\d+(?:\.\d+)?)(%?)(?: *\/ *(\d+(?:\.\d+)?))?$/;
const MOST_DIGITS = 60;

const decimal = (text: string): Num | undefined => (text.length > MOST_DIGITS ? undefined : parseDecimal(text));

/** `90%`, `0.9`, or a quotient for what no decimal shows: `280% / 3`. */
const numberIn = (text: string): Num | undefined => {
  const match = DECIMAL.exec(text);
  const above = decimal(match?.[1] ?? '');
  if (match === null || above === undefined) return undefined;
  const whole = match[2] === '%' ? mul(above, powerOfTen(-2)) : above;
  const below = match[3] === undefined ? 1 : decimal(match[3]);
  return below && div(whole, below);
};

/** A factor or a rate: `90%`. */
export const readFactor = (part: Part, sink: Sink): Figure | undefined => {
  const expected = 'a figure such as 90% or 0.9';
  if (!isScalarPart(part)) return refuse(part, sink, expected);
  const text = part.value.text.trim();
  const value = numberIn(text);
  if (value === undefined)
    return refuse(part, sink, expected, 'what no decimal shows is written as a quotient: 280% / 3');
  return { value, text, place: placeOf(part.value) };
};

const AMOUNT = /^([+-]?\d+(?:\.\d+)?)(?: +[A-Z]{3})?$/;

/** An amount in the plan's currency, which may stand behind it: `6800.00`, `6800 USD`. */
export const readAmount = (part: Part, sink: Sink): Figure | undefined => {
  const expected = 'an amount such as 6800.00';
  if (!isScalarPart(part)) return refuse(part, sink, expected);
  const text = part.value.text.trim();
  const value = decimal(AMOUNT.exec(text)?.[1] ?? '');
  if (value === undefined) {
    const hint = /^[+-]?[\d,' ]+(?:\.\d+)?$/.test(text) ? 'amounts have no thousands marks' : undefined;
    return refuse(part, sink, expected, hint);
  }
  return { value, text, place: placeOf(part.value) };
};
