import { formatGrouped } from '../../values/money.ts';
import { fraction, mul, type Num, powerOfTen, sign, toFixed, truncate } from '../../values/num.ts';
import { percentWords } from '../explain/value-words.ts';
import { type Html, html } from './html.ts';

/** An amount as pages show it: thousands apart, with a real minus. */
export const amountText = (minor: Num, digits: number): string => formatGrouped(minor, digits).replace('-', '−');

/** What something added or took: with its sign, and marked as one or the other. */
export const effectHtml = (minor: Num, digits: number): Html => {
  const side = sign(minor);
  const text = amountText(minor, digits);
  if (side === 0) return html`${text}`;
  return html`<span class="${side > 0 ? 'plus' : 'minus'}">${side > 0 ? '+' : ''}${text}</span>`;
};

/** A part of something with one decimal, cut rather than rounded, so that 99.96% is not said to be 100%. */
export const partText = (share: Num): string => {
  const tenths = truncate(mul(share, 1000));
  return `${toFixed(mul(tenths, powerOfTen(-1)), 1).replace('-', '−')}%`;
};

/** A percentage in a column: digits before the point to the right, behind it to the left, so that points stand in line. */
export const percentHtml = (x: Num, decimals: number): Html => {
  const text = percentWords(x).replace('-', '−');
  const at = text.indexOf('.');
  const [head, tail] = at < 0 ? [text.slice(0, -1), '%'] : [text.slice(0, at), text.slice(at)];
  return html`${head}<span class="f f${decimals}">${tail}</span>`;
};

/** The room that the decimals of some percentages take in a column. */
export const decimalsOf = (values: readonly (Num | undefined)[]): number => {
  const tails = values.map((x) => {
    const text = x === undefined ? '' : percentWords(x);
    const at = text.indexOf('.');
    return at < 0 ? 0 : text.length - at - 1;
  });
  return Math.min(6, Math.max(0, ...tails));
};

/** A number for drawing, where the last digits of a large one do not matter. */
export const pixels = (x: Num): number => Number(toFixed(x, 6));

/** A length on a page with one decimal, so that drawings are the same bytes everywhere. */
export const px = (x: number): string => {
  const tenths = Math.round(x * 10);
  return toFixed(fraction(tenths, 10), 1).replace(/\.0$/, '');
};

/** `sales_commission` as people read it: Sales commission. */
export const titleOf = (name: string): string => {
  const words = name.replaceAll('_', ' ').trim();
  return words === '' ? name : words[0]?.toUpperCase() + words.slice(1);
};
