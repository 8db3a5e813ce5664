import { type Day, dayOf } from './date.ts';

/** A way of writing dates, such as `DD/MM/YYYY`, as the steps in which a text is read. */
export interface DatePattern {
  readonly text: string;
  readonly steps: readonly Step[];
}

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'half';

type Step =
  | { readonly kind: 'digits'; readonly field: Field; readonly least: number; readonly most: number }
  | { readonly kind: 'month-name' }
  | { readonly kind: 'half-day' }
  | { readonly kind: 'letter'; readonly code: number };

const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TOKEN = /Y{4}|y{4}|Y{2}|y{2}|M{3}|MM?|D{2}|d{2}|D|d|HH|hh|H|h|mm?|ss|[Aa]|[^A-Za-z]/gy;

/** The step of one token; `m` is a month until an hour was named, then a minute. */
const stepOf = (token: string, hourSeen: boolean): Step => {
  switch (token) {
    case 'YYYY':
    case 'yyyy':
      return { kind: 'digits', field: 'year', least: 4, most: 4 };
    case 'YY':
    case 'yy':
      return { kind: 'digits', field: 'year', least: 2, most: 2 };
    case 'MMM':
      return { kind: 'month-name' };
    case 'MM':
      return { kind: 'digits', field: 'month', least: 2, most: 2 };
    case 'M':
      return { kind: 'digits', field: 'month', least: 1, most: 2 };
    case 'DD':
    case 'dd':
      return { kind: 'digits', field: 'day', least: 2, most: 2 };
    case 'D':
    case 'd':
      return { kind: 'digits', field: 'day', least: 1, most: 2 };
    case 'HH':
    case 'hh':
      return { kind: 'digits', field: 'hour', least: 2, most: 2 };
    case 'H':
    case 'h':
      return { kind: 'digits', field: 'hour', least: 1, most: 2 };
    case 'mm':
      return { kind: 'digits', field: hourSeen ? 'minute' : 'month', least: 2, most: 2 };
    case 'm':
      return { kind: 'digits', field: hourSeen ? 'minute' : 'month', least: 1, most: 2 };
    case 'ss':
      return { kind: 'digits', field: 'second', least: 2, most: 2 };
    case 'A':
    case 'a':
      return { kind: 'half-day' };
    default:
      return { kind: 'letter', code: token.charCodeAt(0) };
  }
};

const names = (steps: readonly Step[], field: Field): number =>
  steps.filter(
    (step) => (step.kind === 'digits' && step.field === field) || (step.kind === 'month-name' && field === 'month'),
  ).length;

/**
 * Reads a pattern of YYYY, MM or M or MMM (Jan), DD or D, hh or h, mm, ss, A (AM, PM) and the marks between them;
 * YY is a year of this century. Undefined where it is not one, or does not name year, month and day once each.
 */
export const parseDatePattern = (text: string): DatePattern | undefined => {
  const steps: Step[] = [];
  let hourSeen = false;
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const step = stepOf(match[0], hourSeen);
    if (step.kind === 'digits' && step.field === 'hour') hourSeen = true;
    steps.push(step);
    at += match[0].length;
  }
  const once = names(steps, 'year') === 1 && names(steps, 'month') === 1 && names(steps, 'day') === 1;
  return once ? { text, steps } : undefined;
};

const LIMITS: Readonly<Partial<Record<Field, number>>> = { hour: 24, minute: 59, second: 60 };

/** The day that a text written in this pattern names; undefined where it is written otherwise or is no date. */
export const readPatternDay = (text: string, pattern: DatePattern): Day | undefined => {
  let at = 0;
  let year = 0;
  let month = 0;
  let day = 0;
  for (const step of pattern.steps) {
    if (step.kind === 'letter') {
      if (text.charCodeAt(at) !== step.code) return undefined;
      at++;
    } else if (step.kind === 'month-name') {
      month = MONTH_NAMES.indexOf(text.slice(at, at + 3).toLowerCase()) + 1;
      at += 3;
    } else if (step.kind === 'half-day') {
      if (!/^[AaPp][Mm]$/.test(text.slice(at, at + 2))) return undefined;
      at += 2;
    } else {
      let value = 0;
      let count = 0;
      for (; count < step.most; count++) {
        const digit = text.charCodeAt(at + count) - 48;
        if (!(digit >= 0 && digit <= 9)) break;
        value = value * 10 + digit;
      }
      if (count < step.least) return undefined;
      at += count;
      if (step.field === 'year') year = step.most === 2 ? 2000 + value : value;
      else if (step.field === 'month') month = value;
      else if (step.field === 'day') day = value;
      else if (value > (LIMITS[step.field] ?? value)) return undefined;
    }
  }
  return at === text.length ? dayOf(year, month, day) : undefined;
};
