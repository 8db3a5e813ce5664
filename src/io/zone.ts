import type { Day } from '../values/date.ts';

/** A time zone by its name in the tz database (`Europe/Berlin`). */
export interface Zone {
  readonly name: string;
  /** The day there at a moment, in minutes since 1970-01-01T00:00Z. */
  dayAt(minute: number): Day;
}

/** Offsets change at quarters of an hour at the least, so that one look-up serves them all. */
const QUARTER = 15;

/** The zone of a name, or undefined where there is none. The machine's own zone and locale play no part. */
export const zoneNamed = (name: string): Zone | undefined => {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      era: 'short',
    });
  } catch {
    return undefined;
  }
  const offsets = new Map<number, number>();
  const offsetAt = (quarter: number): number => {
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const utc = quarter * QUARTER;
    const parts = new Map(format.formatToParts(utc * 60_000).map((part) => [part.type, Number(part.value)]));
    const local = Date.UTC(
      parts.get('year') ?? 0,
      (parts.get('month') ?? 1) - 1,
      parts.get('day') ?? 1,
      parts.get('hour') ?? 0,
      parts.get('minute') ?? 0,
    );
    const offset = Math.round(local / 60_000) - utc;
    offsets.set(quarter, offset);
    return offset;
  };
  return {
    name,
    dayAt: (minute) => Math.floor((minute + offsetAt(Math.floor(minute / QUARTER))) / 1440),
  };
};
