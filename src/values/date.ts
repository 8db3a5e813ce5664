/**
 * Dates as whole days since 1970-01-01 in the proleptic Gregorian calendar: no clock, no time zone, no locale.
 * The conversion follows Howard Hinnant's `days_from_civil` (http://howardhinnant.github.io/date_algorithms.html).
 */
export type Day = number;

/** Years that a date may have; the language's four digits. */
export const MIN_YEAR = 1;
export const MAX_YEAR = 9999;

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** How many days a month (1 to 12) has. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);

/** The day of a calendar date, or undefined where there is no such date (2026-02-30). */
export const dayOf = (year: number, month: number, day: number): Day | undefined => {
  if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    return undefined;
  }
  return civil(year, month, day);
};

const civil = (year: number, month: number, day: number): Day => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.trunc((y >= 0 ? y : y - 399) / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.trunc((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
};

export interface Calendar {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The calendar date of a day. */
export const calendarOf = (day: Day): Calendar => {
  const z = day + 719468;
  const era = Math.trunc((z >= 0 ? z : z - 146096) / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.trunc(
    (dayOfEra - Math.trunc(dayOfEra / 1460) + Math.trunc(dayOfEra / 36524) - Math.trunc(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100));
  const shifted = Math.trunc((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.trunc((153 * shifted + 2) / 5) + 1 };
};

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** YYYY-MM-DD. */
export const formatDay = (day: Day): string => {
  const { year, month, day: d } = calendarOf(day);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(d)}`;
};

const digit = (text: string, i: number): number => {
  const d = text.charCodeAt(i) - 48;
  return d >= 0 && d <= 9 ? d : Number.NaN;
};

/** The day that `YYYY-MM-DD` names, exactly ten characters; undefined for anything else, 2026-02-30 among it. */
export const parseIsoDay = (text: string): Day | undefined => {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  const year = digit(text, 0) * 1000 + digit(text, 1) * 100 + digit(text, 2) * 10 + digit(text, 3);
  const month = digit(text, 5) * 10 + digit(text, 6);
  const day = digit(text, 8) * 10 + digit(text, 9);
  if (Number.isNaN(year + month + day)) return undefined;
  return dayOf(year, month, day);
};
