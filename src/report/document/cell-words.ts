import { formatDay } from '../../values/date.ts';
import { formatGrouped, formatMinor } from '../../values/money.ts';
import { mul, type Num, powerOfTen, sign, toText, truncate } from '../../values/num.ts';
import { numberWords, percentWords } from '../explain/value-words.ts';
import { dayWords } from '../figures/day-words.ts';
import { amountText } from '../html/figures.ts';
import type { Cell } from './document.ts';

/** A cell for people: 1,234.50, +64.50, 97.5%, 13 Jan 2026. */
export const cellWords = (cell: Cell, digits: number): string => {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'money': {
      const amount = amountText(cell.minor, digits);
      return cell.signed === true && sign(cell.minor) > 0 ? `+${amount}` : amount;
    }
    case 'percent':
      return (
        cell.decimals === undefined ? percentWords(cell.value) : `${cutTo(mul(cell.value, 100), cell.decimals)}%`
      ).replace('-', '−');
    case 'number':
      return (cell.decimals === undefined ? numberWords(cell.value) : cutTo(cell.value, cell.decimals)).replace(
        '-',
        '−',
      );
    case 'date':
      return dayWords(cell.day);
    case 'missing':
      return 'missing';
    case 'empty':
      return '';
  }
};

/** The first decimals of a number, thousands apart. */
const cutTo = (x: Num, decimals: number): string => formatGrouped(truncate(mul(x, powerOfTen(decimals))), decimals);

/** A cell for machines: 1234.50, 0.975, 2026-01-13; what is missing is empty. */
export const cellPlain = (cell: Cell, digits: number): string => {
  switch (cell.kind) {
    case 'text':
      return cell.id ?? cell.text;
    case 'money':
      return formatMinor(cell.minor, digits);
    case 'percent':
    case 'number':
      return toText(cell.value);
    case 'date':
      return formatDay(cell.day);
    case 'missing':
    case 'empty':
      return '';
  }
};
