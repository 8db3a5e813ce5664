import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf, dayOf, formatDay, parseIsoDay } from '../../src/values/date.ts';
import { parsePeriod, partsOf, periodOf, periodsBetween, shiftPeriod } from '../../src/values/period.ts';

const day = (text: string): number => parseIsoDay(text) as number;

describe('days', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '1900-02-29',
    '2026-1-01',
    '2026-01-01 ',
    '0000-01-01',
  ])('has no %j', (text) => {
    expect(parseIsoDay(text)).toBeUndefined();
  });

  it('agrees with the calendar of JavaScript in UTC over nine thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719162, max: 2932896 }), (n) => {
        const date = new Date(n * 86_400_000);
        expect(calendarOf(n)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(parseIsoDay(formatDay(n))).toBe(n);
      }),
    );
  });

  it('knows leap years', () => {
    expect(dayOf(2000, 2, 29)).toBe(day('2000-03-01') - 1);
  });
});

describe('periods', () => {
  it('names a fiscal year after the calendar year it ends in', () => {
    const april = periodOf(day('2026-05-10'), 'quarter', 4);
    expect([april.label, formatDay(april.from), formatDay(april.to)]).toEqual(['2027-Q1', '2026-04-01', '2026-06-30']);
    expect(periodOf(day('2026-03-31'), 'year', 4).label).toBe('2026');
    expect(periodOf(day('2026-05-10'), 'month', 4).label).toBe('2026-05');
  });

  it.each(['2026', '2026-H2', '2026-Q3', '2026-11'])('reads and writes %s, whenever the year starts', (label) => {
    for (const starts of [1, 2, 4, 7, 10, 12]) expect(parsePeriod(label, starts)?.label).toBe(label);
  });

  it.each(['2026-Q5', '2026-13', '26', '2026-H3', '2026Q1', '2026-1', ''])('has no period %j', (label) => {
    expect(parsePeriod(label, 1)).toBeUndefined();
  });

  it('is made up of its parts without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20000, max: 40000 }), fc.integer({ min: 1, max: 12 }), (n, starts) => {
        const year = periodOf(n, 'year', starts);
        for (const kind of ['month', 'quarter', 'half'] as const) {
          const parts = partsOf(year, kind, starts);
          expect(parts[0]?.from).toBe(year.from);
          expect(parts[parts.length - 1]?.to).toBe(year.to);
          for (const [i, part] of parts.entries()) if (i > 0) expect(part.from).toBe((parts[i - 1]?.to ?? 0) + 1);
          const own = periodOf(n, kind, starts);
          expect(own.from <= n && n <= own.to).toBe(true);
          expect(shiftPeriod(shiftPeriod(own, 3, starts), -3, starts)).toEqual(own);
          expect(parsePeriod(own.label, starts)).toEqual(own);
        }
      }),
    );
  });

  it('lists periods between two days', () => {
    expect(periodsBetween(day('2025-12-31'), day('2026-04-01'), 'quarter', 1).map((p) => p.label)).toEqual([
      '2025-Q4',
      '2026-Q1',
      '2026-Q2',
    ]);
  });
});
