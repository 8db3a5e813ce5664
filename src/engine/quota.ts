import type { Plan } from '../rules/plan.ts';
import type { Table } from '../rules/table-data.ts';
import type { Day } from '../values/date.ts';
import { Missing } from '../values/missing.ts';
import { add, div, equal, fraction, isZero, mul, type Num } from '../values/num.ts';
import {
  daysIn,
  MONTHS,
  PERIOD_KINDS,
  type Period,
  parsePeriod,
  partsOf,
  periodOf,
  periodsBetween,
} from '../values/period.ts';
import { daysWithin, type Segment } from './people.ts';
import { placeOfRow, type World } from './world.ts';

interface QuotaRow {
  readonly row: number;
  readonly amount: Num;
}

/** For which days a quota is read: those days' part of each row is kept. */
export interface QuotaDays {
  /** The days concerned; undefined for all of them (a group's own quota, or `prorate: none` on the reward). */
  readonly segments: readonly Segment[] | undefined;
  /** The days on which there was any stay, so that a row may lack where there was none. */
  readonly stays: readonly Segment[] | undefined;
}

/** What is kept of a row of quotas for the days concerned. */
export interface QuotaPart {
  /** The row of quotas, from 0. */
  readonly row: number;
  /** The period that is asked for, or the shorter one in it that the row is for. */
  readonly period: Period;
  /** The row's amount, evenly divided where the row is for a longer period. */
  readonly amount: Num;
  readonly kept: Num;
  /** The days concerned, each with its share; undefined where nothing is taken off. */
  readonly days: Num | undefined;
}

/** Is told each row of quotas that a quota takes. */
export type HearQuota = (part: QuotaPart) => void;

/** The rows by measure and name, then by period. */
type QuotaIndex = ReadonlyMap<string, ReadonlyMap<string, QuotaRow>>;

/** Made once for a table and a calendar: a pilot pays the same quotas again and again. */
const known = new WeakMap<Table, Map<number, QuotaIndex>>();

const indexOf = (table: Table, fiscalYearStarts: number): QuotaIndex => {
  const before = known.get(table)?.get(fiscalYearStarts);
  if (before !== undefined) return before;
  const index = new Map<string, Map<string, QuotaRow>>();
  const cells = (name: string) => table.columns.get(name) ?? [];
  for (let row = 0; row < table.rowCount; row++) {
    const period = parsePeriod(cells('period')[row] as string, fiscalYearStarts);
    const amount = cells('amount')[row] as Num | undefined;
    if (period === undefined || amount === undefined) continue;
    const key = `${cells('measure')[row]}/${cells('for')[row]}`;
    let rows = index.get(key);
    if (rows === undefined) {
      rows = new Map();
      index.set(key, rows);
    }
    rows.set(keyOf(period), { row, amount });
  }
  const calendars = known.get(table) ?? new Map<number, QuotaIndex>();
  known.set(table, calendars.set(fiscalYearStarts, index));
  return index;
};

/** Quotas, by measure, by whom they are for and by period. */
export class Quotas {
  readonly #plan: Plan;
  readonly #world: World;
  readonly #table: Table | undefined;
  readonly #rows: QuotaIndex;
  readonly #said = new Set<number>();

  constructor(world: World) {
    this.#world = world;
    this.#plan = world.plan;
    this.#table = world.tables.get('quotas');
    this.#rows = this.#table === undefined ? new Map() : indexOf(this.#table, this.#plan.fiscalYearStarts);
  }

  /** Whether anything is set for this name and measure for a stretch of time: the whole of it, a part, or something around it. */
  has(measure: string, name: string, { from, to }: { readonly from: Day; readonly to: Day }): boolean {
    const rows = this.#rows.get(`${measure}/${name}`);
    const starts = this.#plan.fiscalYearStarts;
    return (
      rows !== undefined &&
      PERIOD_KINDS.some((kind) =>
        periodsBetween(from, to, kind, starts).some((candidate) => rows.has(keyOf(candidate))),
      )
    );
  }

  /**
   * The quota of a name for a period: the row for exactly that period; else the sum of the rows for shorter periods in
   * it, none of which may lack where there is a stay; else its even part of the row for the smallest period around it.
   */
  of(measure: string, name: string, period: Period, days: QuotaDays, each?: HearQuota): Num | Missing {
    const rows = this.#rows.get(`${measure}/${name}`);
    if (rows === undefined) return new Missing(`there is no quota of ${measure} for ${name}`);
    const within = this.#within(rows, period, days, each);
    if (within === 'lacks') {
      return new Missing(`the quotas of ${measure} for ${name} do not cover all of ${period.label}`);
    }
    if (within !== undefined) return within;
    const starts = this.#plan.fiscalYearStarts;
    for (const kind of PERIOD_KINDS) {
      if (MONTHS[kind] <= MONTHS[period.kind]) continue;
      const around = rows.get(keyOf(periodOf(period.from, kind, starts)));
      if (around === undefined) continue;
      const even = mul(around.amount, fraction(MONTHS[period.kind], MONTHS[kind]));
      return this.#reduce({ row: around.row, amount: even }, period, days, each);
    }
    return new Missing(`there is no quota of ${measure} for ${name} in ${period.label}`);
  }

  /** The row of the period itself or the sum of shorter ones; undefined where there is none, `lacks` where some do. */
  #within(
    rows: ReadonlyMap<string, QuotaRow>,
    period: Period,
    days: QuotaDays,
    each: HearQuota | undefined,
  ): Num | Missing | 'lacks' | undefined {
    const exact = rows.get(keyOf(period));
    if (exact !== undefined) return this.#reduce(exact, period, days, each);
    const shorter = PERIOD_KINDS[PERIOD_KINDS.indexOf(period.kind) - 1];
    if (shorter === undefined) return undefined;
    let total: Num = 0;
    let found = false;
    let lacks = false;
    for (const part of partsOf(period, shorter, this.#plan.fiscalYearStarts)) {
      const quota = this.#within(rows, part, days, each);
      if (quota instanceof Missing) return quota;
      if (quota === 'lacks') {
        found = true;
        lacks = true;
      } else if (quota !== undefined) {
        found = true;
        total = add(total, quota);
      } else if (days.stays === undefined || !isZero(daysWithin(days.stays, part.from, part.to))) lacks = true;
    }
    if (!found) return undefined;
    return lacks ? 'lacks' : total;
  }

  /** What is kept of a row for the days concerned. */
  #reduce(
    { row, amount }: QuotaRow,
    period: Period,
    { segments }: QuotaDays,
    each: HearQuota | undefined,
  ): Num | Missing {
    const keep = (kept: Num, days: Num | undefined): Num => {
      each?.({ row, period, amount, kept, days });
      return kept;
    };
    if (segments === undefined || this.#plan.quotaProrate === 'none') return keep(amount, undefined);
    const held = daysWithin(segments, period.from, period.to);
    if (equal(held, daysIn(period))) return keep(amount, undefined);
    if (this.#plan.quotaProrate === 'days') return keep(mul(amount, div(held, daysIn(period)) as Num), held);
    this.#sayUnsaid(row, period);
    return new Missing('the plan does not say what is kept of a quota for a part of its period');
  }

  #sayUnsaid(row: number, period: Period): void {
    if (this.#said.has(row) || this.#table === undefined) return;
    this.#said.add(row);
    const name = this.#table.columns.get('for')?.[row];
    this.#world.sink.add(
      'missing-prorate',
      `this quota is read for a part of ${period.label} only, because ${name} did not have the job on all of its days; what is kept of it?`,
      {
        ...placeOfRow(this.#table, row, 'amount'),
        // The row is right: it is the plan that must say more.
        row: undefined,
        hint: 'write under data: quotas: { prorate: days } (its part by days) or { prorate: none } (all of it)',
      },
    );
  }
}

const keyOf = (period: Period): string => `${period.kind}/${period.first}`;
