import { mul, type Num, powerOfTen, toFixed } from './num.ts';

/** Money is a whole number of minor units; `digits` is how many decimals the currency has (USD 2, JPY 0, KWD 3). */
export const formatMinor = (minor: Num, digits: number): string => {
  if (typeof minor === 'number' && digits === 2) {
    // The commonest case by far, without a bigint.
    const cents = Math.abs(minor);
    const rest = cents % 100;
    const text = `${(cents - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`;
    return minor < 0 ? `-${text}` : text;
  }
  return toFixed(mul(minor, powerOfTen(-digits)), digits);
};

/** With thousands apart, for people: 1,234,567.80. */
export const formatGrouped = (minor: Num, digits: number): string => {
  const text = formatMinor(minor, digits);
  // Most amounts have no thousands.
  if (text.length <= digits + 4 && text.charCodeAt(0) !== 45) return text;
  const [head = '', tail] = text.split('.');
  const grouped = head.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return tail === undefined ? grouped : `${grouped}.${tail}`;
};

/** An amount in major units (12.5) in minor ones (1250); not rounded. */
export const toMinor = (major: Num, digits: number): Num => mul(major, powerOfTen(digits));
