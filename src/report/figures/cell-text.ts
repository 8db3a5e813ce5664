import type { Place } from '../../findings/finding.ts';
import type { Known, Type } from '../../rules/expression/typed.ts';
import { type Day, formatDay } from '../../values/date.ts';
import { isMissing, type Missing } from '../../values/missing.ts';
import { formatMinor } from '../../values/money.ts';
import { isWhole, mul, type Num, powerOfTen, type Ratio, toPercent, toText } from '../../values/num.ts';

/** Rates and factors are few objects on many lines: what one is written as is worked out once. */
export const remembering = (write: (x: Num) => string): ((x: Num) => string) => {
  const known = new WeakMap<Ratio, string>();
  return (x) => {
    if (typeof x === 'number') return write(x);
    let text = known.get(x);
    if (text === undefined) {
      text = write(x);
      known.set(x, text);
    }
    return text;
  };
};

/** A number as reports show it: exact where it ends within 12 decimals. */
export const numberText = remembering((x) => toText(x));

/** A number as a percentage: 0.06 → `6%`. */
export const percentText = remembering((x) => toPercent(x));

/** Money with its currency's digits; an amount that was not rounded shows up to 12 decimals. */
export const moneyText = (minor: Num, digits: number): string => {
  if (typeof minor === 'number' || isWhole(minor)) return formatMinor(minor, digits);
  const exact = toText(mul(minor, powerOfTen(-digits)));
  const decimals = exact.includes('.') ? exact.length - exact.indexOf('.') - 1 : 0;
  return decimals >= digits ? exact : formatMinor(minor, digits);
};

/** A value of the language as a cell; an absent one is empty. */
export const valueText = (value: Known | Missing | undefined, type: Type, digits: number): string => {
  if (value === undefined || isMissing(value)) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (type === 'money') return moneyText(value, digits);
  if (type === 'date' && typeof value === 'number') return formatDay(value);
  return numberText(value);
};

/** `deals.csv:12` */
export const placeText = (place: Place | undefined, shown: (file: string) => string): string => {
  if (place === undefined) return '';
  return place.line === undefined ? shown(place.file) : `${shown(place.file)}:${place.line}`;
};

/** Days as text, each written once. */
export const dayTexts = (): ((day: Day) => string) => {
  const known = new Map<Day, string>();
  return (day) => {
    let text = known.get(day);
    if (text === undefined) {
      text = formatDay(day);
      known.set(day, text);
    }
    return text;
  };
};

/** The text of a cell in a table's column; empty where there is no such row or column. */
export const cellReader = (cells: readonly (Known | undefined)[] | undefined): ((row: number) => string) => {
  if (cells === undefined) return () => '';
  return (row) => {
    const value = row < 0 ? undefined : cells[row];
    return typeof value === 'string' ? value : '';
  };
};

/** Whether two texts come in this order, by code unit: the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
