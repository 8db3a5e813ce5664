/** A way of writing numbers that an example shows: `1.234,56 €`. */
export interface NumberFormat {
  readonly example: string;
  /** The thousands mark; '' where there is none. A blank stands for every kind of blank. */
  readonly group: string;
  /** Digits between two thousands marks left of the last three (2 where the example is 1,23,456.78). */
  readonly groupSize: number;
  /** The decimal mark; undefined where the example shows none, and then no decimals are read. */
  readonly decimal: string | undefined;
  /** Currency signs and the like that may stand before or behind. */
  readonly sign: string;
}

const BLANKS = /[\u0020\u00a0\u2007\u2009\u202f]/g;
const APOSTROPHES = /[\u0027\u2019]/g;
const MINUS = /\u2212/g;

/** All kinds of blanks as one, and so with apostrophes and minus signs, which exports mix. */
const plain = (text: string): string => text.replace(BLANKS, ' ').replace(APOSTROPHES, "'").replace(MINUS, '-');

const EXAMPLE = /^([^\d]*?)\s*(\d[\d.,' ]*\d|\d)\s*([^\d]*)$/;

/** Which mark groups and which is the decimal one, from the digits of an example. */
const marksOf = (digits: string): { group: string; decimal: string | undefined } | undefined => {
  const marks = [...digits.replace(/\d/g, '')];
  const last = marks.at(-1);
  if (last === undefined) return { group: '', decimal: undefined };
  const kinds = new Set(marks);
  if (kinds.size > 2) return undefined;
  const others = marks.slice(0, -1);
  if (kinds.size === 2) {
    const group = others[0];
    if (group === undefined || last === ' ' || last === "'" || others.includes(last)) return undefined;
    return { group, decimal: last };
  }
  const behind = digits.length - 1 - digits.lastIndexOf(last);
  const groups = last === ' ' || last === "'" || marks.length > 1 || behind === 3;
  if (groups) return behind === 3 ? { group: last, decimal: undefined } : undefined;
  return { group: '', decimal: last };
};

/** What an example of a number shows, or undefined where it is none (`1.2.3`, `abc`). */
export const parseNumberFormat = (example: string): NumberFormat | undefined => {
  const match = EXAMPLE.exec(plain(example).trim());
  if (match === null) return undefined;
  const [, before = '', digits = '', behind = ''] = match;
  const marks = marksOf(digits);
  if (marks === undefined) return undefined;
  const sign = `${before}${behind}`.replace(/[-+()%\s]/g, '');
  if (/[.,']/.test(sign) && sign.replace(/[.,']/g, '') === '') return undefined;
  const whole = marks.decimal === undefined ? digits : digits.slice(0, digits.lastIndexOf(marks.decimal));
  const groups = marks.group === '' ? [] : whole.split(marks.group);
  const middle = groups.slice(1, -1);
  const groupSize = middle.length > 0 && middle.every((group) => group.length === 2) ? 2 : 3;
  return { example, ...marks, groupSize, sign };
};

/** Whether the parts between thousands marks are as long as they should be: 1, 234, 567. */
const wellGrouped = (parts: readonly string[], size: number): boolean =>
  parts.every((part, i) => {
    if (!/^\d+$/.test(part)) return false;
    if (i === 0) return part.length <= size;
    return part.length === (i === parts.length - 1 ? 3 : size);
  });

/**
 * A number written in this format, as plain decimal text (`-1234.56`); undefined where it is written otherwise. Minus
 * (in front or behind) or parentheses mark what is negative; currency sign and thousands marks may be left out.
 */
export const readFormatted = (text: string, format: NumberFormat): string | undefined => {
  let rest = plain(text).trim();
  let negative = false;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    negative = true;
    rest = rest.slice(1, -1).trim();
  }
  const unsign = (): boolean => {
    if (format.sign === '') return false;
    if (rest.startsWith(format.sign)) rest = rest.slice(format.sign.length).trim();
    else if (rest.endsWith(format.sign)) rest = rest.slice(0, -format.sign.length).trim();
    else return false;
    return true;
  };
  const signed = unsign();
  const edge = /^([+-])\s*(.*)$/.exec(rest) ?? /^(.*?)\s*(-)$/.exec(rest);
  if (edge !== null) {
    if (negative) return undefined;
    const [, first = '', second = ''] = edge;
    const front = first === '+' || first === '-';
    negative = front ? first === '-' : true;
    rest = front ? second : first;
  }
  if (!signed) unsign();
  const cut = format.decimal === undefined ? -1 : rest.lastIndexOf(format.decimal);
  const whole = cut < 0 ? rest : rest.slice(0, cut);
  const decimals = cut < 0 ? undefined : rest.slice(cut + 1);
  if (decimals !== undefined && !/^\d+$/.test(decimals)) return undefined;
  const parts = format.group === '' ? [whole] : whole.split(format.group);
  if (parts.length === 1 ? !/^\d+$/.test(whole) : !wellGrouped(parts, format.groupSize)) return undefined;
  return `${negative ? '-' : ''}${parts.join('')}${decimals === undefined ? '' : `.${decimals}`}`;
};
