import { type Day, dayOf, parseIsoDay } from '../values/date.ts';
import { type DatePattern, readPatternDay } from '../values/date-pattern.ts';
import { type CellKind, Fault } from './cell.ts';
import type { Zone } from './zone.ts';

/** How dates are written in a column. */
export interface DateSetting {
  readonly pattern: DatePattern | undefined;
  /** In which zone the day of a timestamp with an offset is meant; the day as written without one. */
  readonly zone: Zone | undefined;
}

/** Years that a date in a file may have: what lies outside is a slip of the pen. */
const FIRST = dayOf(1900, 1, 1) ?? 0;
const LAST = dayOf(2200, 12, 31) ?? 0;
const OUT = new Fault('value-out-of-range', 'is too far away to be meant', 'a year from 1900 to 2200');

const STAMP =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?(Z|UTC|GMT|([+-])(\d\d):?(\d\d)?))?$/;

/** An ISO timestamp's day: as written, or in a zone where it has an offset. */
const stampDay = (text: string, zone: Zone | undefined): Day | undefined => {
  const match = STAMP.exec(text);
  if (match === null) return undefined;
  const [, date = '', hours, minutes, seconds, offset, sign, offsetHours, offsetMinutes] = match;
  const day = parseIsoDay(date);
  const clock = Number(hours) * 60 + Number(minutes);
  if (day === undefined || clock > 24 * 60 || Number(minutes) > 59 || Number(seconds ?? 0) > 60) return undefined;
  const ahead = (sign === '-' ? -1 : 1) * (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0));
  if (Math.abs(ahead) > 18 * 60) return undefined;
  if (zone === undefined || offset === undefined) return day;
  return zone.dayAt(day * 1440 + clock - ahead);
};

const two = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) - 48) * 10 + (bytes[at + 1] ?? 0) - 48;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** YYYY-MM-DD and nothing else, from the bytes. */
const fastDay = (bytes: Uint8Array, start: number, end: number): number => {
  if (end - start !== 10 || bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return Number.NaN;
  for (let i = 0; i < 10; i++) if (i !== 4 && i !== 7 && !isDigit(bytes[start + i])) return Number.NaN;
  const year = two(bytes, start) * 100 + two(bytes, start + 2);
  const day = dayOf(year, two(bytes, start + 5), two(bytes, start + 8));
  return day === undefined || day < FIRST || day > LAST ? Number.NaN : day;
};

/** Dates: YYYY-MM-DD, also at the beginning of an ISO timestamp; or in a pattern. */
export const dateCell = (setting: DateSetting): CellKind => {
  const { pattern, zone } = setting;
  const expected = pattern === undefined ? 'YYYY-MM-DD as in 2026-01-31' : `${pattern.text}, as the plan says`;
  const fault = new Fault('invalid-date', 'is not a date', expected);
  const dayFrom = (text: string): Day | undefined => {
    if (pattern !== undefined) return readPatternDay(text, pattern);
    return text.length === 10 ? parseIsoDay(text) : stampDay(text, zone);
  };
  const read = (text: string): Day | Fault => {
    const day = dayFrom(text);
    if (day === undefined) return fault;
    return day < FIRST || day > LAST ? OUT : day;
  };
  return pattern === undefined ? { read, fast: fastDay, steady: true } : { read, steady: true };
};
