import type { Check, Compared } from '../../plan-test/check.ts';
import { formatMinor } from '../../values/money.ts';
import { isWhole, neg, sign } from '../../values/num.ts';
import { moneyText, percentText } from '../figures/cell-text.ts';

/** A figure as it would stand in the test. */
export const comparedText = ({ unit, value, words }: Compared, digits: number): string => {
  if (words !== undefined) return words;
  if (value === undefined) return '';
  if (unit === 'percent') return percentText(value);
  return isWhole(value) ? formatMinor(value, digits) : moneyText(value, digits);
};

/** `100.00 too little` */
export const differenceText = ({ difference }: Check, digits: number): string | undefined => {
  if (difference?.value === undefined) return undefined;
  const side = sign(difference.value);
  if (side === 0) return undefined;
  const amount = { ...difference, value: side < 0 ? neg(difference.value) : difference.value };
  return `${comparedText(amount, digits)} too ${side < 0 ? 'little' : 'much'}`;
};

/** `sales_commission of ana: expected 7900.00, got 7800.00 (100.00 too little)` */
export const checkText = (check: Check, digits: number): string => {
  const difference = differenceText(check, digits);
  const by = difference === undefined ? '' : ` (${difference})`;
  const why = check.hint === undefined ? '' : `; ${check.hint}`;
  return `${check.subject}: expected ${comparedText(check.expected, digits)}, got ${comparedText(check.actual, digits)}${by}${why}`;
};
