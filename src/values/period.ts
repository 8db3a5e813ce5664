import { calendarOf, type Day, dayOf } from './date.ts';

export type PeriodKind = 'month' | 'quarter' | 'half' | 'year';

/** From the shortest to the longest. */
export const PERIOD_KINDS: readonly PeriodKind[] = ['month', 'quarter', 'half', 'year'];

/** How many months a period of each kind has. */
export const MONTHS: Readonly<Record<PeriodKind, number>> = { month: 1, quarter: 3, half: 6, year: 12 };

/**
 * A stretch of the fiscal calendar. `first` counts months since January of year 0, so that periods of one kind are
 * `MONTHS[kind]` apart; `from` and `to` are its first and last day, both in it.
 */
export interface Period {
  readonly kind: PeriodKind;
  readonly first: number;
  readonly from: Day;
  readonly to: Day;
  /** 2026-03, 2026-Q1, 2026-H1, 2026 */
  readonly label: string;
}

/** The fiscal year that holds a month count, named after the calendar year it ends in, and its first month. */
const fiscalYear = (month: number, startsIn: number): { year: number; first: number } => {
  const shift = startsIn - 1;
  const index = Math.floor((month - shift) / 12);
  return { year: shift === 0 ? index : index + 1, first: index * 12 + shift };
};

const startOf = (month: number): Day => dayOf(Math.floor(month / 12), (month % 12) + 1, 1) ?? Number.NaN;

const two = (n: number): string => String(n).padStart(2, '0');
const four = (n: number): string => String(n).padStart(4, '0');

const labelOf = (kind: PeriodKind, first: number, startsIn: number): string => {
  if (kind === 'month') return `${four(Math.floor(first / 12))}-${two((first % 12) + 1)}`;
  const { year, first: yearStart } = fiscalYear(first, startsIn);
  if (kind === 'year') return four(year);
  const part = (first - yearStart) / MONTHS[kind] + 1;
  return `${four(year)}-${kind === 'quarter' ? 'Q' : 'H'}${part}`;
};

const periods = new Map<string, Period>();

const make = (kind: PeriodKind, first: number, startsIn: number): Period => {
  const key = `${kind}/${first}/${startsIn}`;
  const known = periods.get(key);
  if (known !== undefined) return known;
  const period: Period = {
    kind,
    first,
    from: startOf(first),
    to: startOf(first + MONTHS[kind]) - 1,
    label: labelOf(kind, first, startsIn),
  };
  periods.set(key, period);
  return period;
};

/** The period of that kind that holds a day; `startsIn` is the month (1 to 12) in which fiscal years start. */
export const periodOf = (day: Day, kind: PeriodKind, startsIn: number): Period => {
  const { year, month } = calendarOf(day);
  const count = year * 12 + month - 1;
  if (kind === 'month') return make(kind, count, startsIn);
  const { first } = fiscalYear(count, startsIn);
  return make(kind, first + Math.floor((count - first) / MONTHS[kind]) * MONTHS[kind], startsIn);
};

/** The period so many periods later (earlier where below zero). */
export const shiftPeriod = (period: Period, by: number, startsIn: number): Period =>
  make(period.kind, period.first + by * MONTHS[period.kind], startsIn);

/** The periods of a shorter (or the same) kind that make up this one, in order. */
export const partsOf = (period: Period, kind: PeriodKind, startsIn: number): Period[] => {
  const parts: Period[] = [];
  for (let first = period.first; first < period.first + MONTHS[period.kind]; first += MONTHS[kind]) {
    parts.push(make(kind, first, startsIn));
  }
  return parts;
};

/** The periods of one kind from the one that holds `from` to the one that holds `to`. */
export const periodsBetween = (from: Day, to: Day, kind: PeriodKind, startsIn: number): Period[] => {
  const found: Period[] = [];
  const last = periodOf(to, kind, startsIn);
  for (
    let period = periodOf(from, kind, startsIn);
    period.first <= last.first;
    period = shiftPeriod(period, 1, startsIn)
  ) {
    found.push(period);
  }
  return found;
};

/** A stretch of whole months as periods, the longest that fit first: January to May is a quarter and two months. */
export const longestPeriods = (from: Day, to: Day, startsIn: number): Period[] => {
  const found: Period[] = [];
  for (let start = from; start <= to; ) {
    const around = PERIOD_KINDS.map((kind) => periodOf(start, kind, startsIn));
    const longest = around.findLast((period) => period.from === start && period.to <= to);
    if (longest === undefined) break;
    found.push(longest);
    start = longest.to + 1;
  }
  return found;
};

const LABEL = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?$/;

/** The period that a label such as 2026-Q1 names, or undefined for anything else. */
export const parsePeriod = (label: string, startsIn: number): Period | undefined => {
  const match = LABEL.exec(label);
  if (match === null) return undefined;
  const year = Number(match[1]);
  if (year < 1) return undefined;
  if (match[4] !== undefined) return make('month', year * 12 + Number(match[4]) - 1, startsIn);
  const yearStart = (startsIn === 1 ? year : year - 1) * 12 + startsIn - 1;
  if (match[2] !== undefined) return make('quarter', yearStart + (Number(match[2]) - 1) * 3, startsIn);
  if (match[3] !== undefined) return make('half', yearStart + (Number(match[3]) - 1) * 6, startsIn);
  return make('year', yearStart, startsIn);
};

/**
 * The first and the last period that `2026-Q1..2026-Q3` names, or `2026-Q1` alone; undefined where either is no label. Which
 * comes first is not asked.
 */
export const parsePeriods = (
  text: string,
  startsIn: number,
): { readonly from: Period; readonly to: Period } | undefined => {
  const labels = text.split('..');
  const [from, last] = labels.map((label) => parsePeriod(label, startsIn));
  const to = labels.length === 1 ? from : last;
  return from === undefined || to === undefined || labels.length > 2 ? undefined : { from, to };
};

/** How many days a period has. */
export const daysIn = (period: { readonly from: Day; readonly to: Day }): number => period.to - period.from + 1;
