import type { Value } from '../../engine/frame.ts';
import { type Unit, unitOf } from '../../explain/unit.ts';
import type { Node, Type } from '../../rules/expression/typed.ts';
import type { Plan } from '../../rules/plan.ts';
import { type Day, formatDay } from '../../values/date.ts';
import { isMissing } from '../../values/missing.ts';
import { formatGrouped } from '../../values/money.ts';
import { equal, isWhole, mul, type Num, powerOfTen, sign, toText, truncate } from '../../values/num.ts';
import { remembering } from '../figures/cell-text.ts';

/** Decimals after which a number that goes on is cut for readers, with `…` to say so. */
const MOST_DECIMALS = 4;

/** Its first decimals, at least so many and at most so many, thousands apart, with `…` where it goes on. */
const cut = (x: Num, least: number, most: number): string => {
  const scale = powerOfTen(most);
  const kept = mul(truncate(mul(x, scale)), powerOfTen(-most));
  const [whole = '', tail = ''] = toText(kept, most).split('.');
  const minus = whole.startsWith('-') || sign(x) >= 0 || sign(kept) < 0 ? '' : '-';
  const head = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const goesOn = !equal(kept, x);
  const decimals = tail.padEnd(goesOn ? most : least, '0');
  return `${minus}${head}${decimals === '' ? '' : `.${decimals}`}${goesOn ? '…' : ''}`;
};

/** A number for people: 3, 0.25, 0.3333…; thousands apart. */
export const numberWords = remembering((x) => cut(x, 0, MOST_DECIMALS));

/** A part of something: 97.5%, 33.3333…%. */
export const percentWords = remembering((x) => `${cut(mul(x, 100), 0, MOST_DECIMALS)}%`);

/** Money with thousands apart; an amount that is no whole number of minor units shows where it goes on. */
export const moneyWords = (minor: Num, digits: number): string => {
  if (typeof minor === 'number' || isWhole(minor)) return formatGrouped(minor, digits);
  return cut(mul(minor, powerOfTen(-digits)), digits, digits + MOST_DECIMALS);
};

/** A value in the reader's words; `unit` says how a number is read. */
export const valueWords = (value: Value, type: Type, unit: Unit, digits: number): string => {
  if (isMissing(value)) return `missing (${value.reason})`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  switch (type) {
    case 'money':
      return moneyWords(value, digits);
    case 'date':
      return formatDay(value as Day);
    case 'days':
      return `${numberWords(value)} ${value === 1 ? 'day' : 'days'}`;
    default:
      return unit === 'percent' ? percentWords(value) : numberWords(value);
  }
};

/** The value of a node of an expression in the reader's words. */
export const nodeWords = (node: Node, value: Value, plan: Plan): string =>
  valueWords(value, node.type, unitOf(node, plan), plan.digits);
