import { mul, type Num, powerOfTen, sign, sub, toFixed } from '../../values/num.ts';
import { partOfWhole } from '../../values/part.ts';

/** What stands where a figure has no answer. */
export const NONE = '–';

/** A number with a minus as it is printed; one that rounds to nothing has none. */
export const minus = (text: string): string =>
  text.startsWith('-') ? `${/[1-9]/.test(text) ? '−' : ''}${text.slice(1)}` : text;

/** A part of something, to a tenth of a percent. */
export const partText = (part: Num | undefined): string =>
  part === undefined ? NONE : `${minus(toFixed(mul(part, 100), 1))}%`;

/** With its sign, for differences; one that rounds to nothing has none. */
export const signed = (text: string): string => {
  const told = minus(text);
  return told.startsWith('−') || /^[0,.]*%?$/.test(told) ? told : `+${told}`;
};

/** By which part an amount differs from another. */
export const changePart = (before: Num, after: Num): string => {
  const part = partOfWhole(sub(after, before), before);
  return part === undefined ? NONE : signed(partText(part));
};

/** Whole units of the currency, for a screen: 12,346. */
export const unitsText = (minor: Num, digits: number): string => groupedWhole(mul(minor, powerOfTen(-digits)));

const groupedWhole = (units: Num): string => minus(toFixed(units, 0)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A difference in whole units with its sign. */
export const gainText = (minor: Num, digits: number): string => signed(unitsText(minor, digits));

export const isGain = (amount: Num): boolean => sign(amount) > 0;
