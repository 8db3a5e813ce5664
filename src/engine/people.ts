import type { Sink } from '../findings/sink.ts';
import type { Cells, Table } from '../rules/table-data.ts';
import { type Day, formatDay } from '../values/date.ts';
import { add, compare, mul, type Num } from '../values/num.ts';
import type { Person, Stay } from './result.ts';

/** A stretch of days, both ends in it, each day counting with a share. */
export interface Segment {
  readonly from: Day;
  readonly to: Day;
  readonly share: Num;
}

/** Everybody who can be credited, and where they were when. */
export class People {
  readonly #byId = new Map<string, { -readonly [K in keyof Person]: Person[K] }>();
  /** Whether there is a people table, so that an unknown id is an error. */
  readonly known: boolean;
  readonly table: Table | undefined;

  constructor(table: Table | undefined, sink: Sink) {
    this.table = table;
    this.known = table !== undefined;
    if (table !== undefined) this.#read(table, sink);
  }

  #read(table: Table, sink: Sink): void {
    const cells = (name: string): Cells => table.columns.get(name) ?? [];
    const ids = cells('person_id') as readonly string[];
    const stays = new Map<string, Stay[]>();
    for (let row = 0; row < table.rowCount; row++) {
      const id = ids[row] as string;
      const text = (name: string): string | undefined => cells(name)[row] as string | undefined;
      let own = stays.get(id);
      if (own === undefined) {
        own = [];
        stays.set(id, own);
        this.#byId.set(id, { id, index: this.#byId.size, name: text('name'), stays: own });
      }
      own.push({
        person: this.#byId.get(id) as Person,
        row,
        from: (cells('starts_on')[row] as Day | undefined) ?? Number.NEGATIVE_INFINITY,
        to: (cells('ends_on')[row] as Day | undefined) ?? Number.POSITIVE_INFINITY,
        share: (cells('share')[row] as Num | undefined) ?? 1,
        department: text('department'),
        team: text('team'),
        manager: text('manager'),
        payrollId: text('payroll_id'),
        costCenter: text('cost_center'),
      });
    }
    for (const own of stays.values()) checkOverlaps(own, table, sink);
    for (const own of stays.values()) {
      for (const stay of own) {
        if (stay.manager !== undefined && !this.#byId.has(stay.manager)) {
          sink.add(
            'unknown-manager',
            `the manager "${stay.manager}" is not in people`,
            rowAt(table, stay.row, 'manager', stay.manager),
          );
        }
      }
    }
  }

  /** The person of that id. Without a people table everybody named is a payee, with an id alone. */
  find(id: string): Person | undefined {
    const found = this.#byId.get(id);
    if (found !== undefined || this.known) return found;
    const stays: Stay[] = [];
    const person = { id, index: this.#byId.size, name: undefined, stays };
    stays.push({
      person,
      row: -1,
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
      share: 1,
      department: undefined,
      team: undefined,
      manager: undefined,
      payrollId: undefined,
      costCenter: undefined,
    });
    this.#byId.set(id, person);
    return person;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** In the order of people; without a table, of their ids, once all credits are known. */
  list(): readonly Person[] {
    const all = [...this.#byId.values()];
    if (!this.known) {
      all.sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const [index, person] of all.entries()) person.index = index;
    }
    return all;
  }
}

const rowAt = (table: Table, row: number, field: string, value?: string) => ({
  table: table.table,
  file: table.file,
  line: table.lines[row],
  row,
  field,
  value,
});

/** Stays of a person overlap only where each says its share of working time, and these add up to at most 100%. */
const checkOverlaps = (stays: readonly Stay[], table: Table, sink: Sink): void => {
  if (stays.length < 2) return;
  const shares = table.columns.get('share');
  const bad = new Set<Stay>();
  const isUnsaid = (stay: Stay): boolean => shares?.[stay.row] === undefined;
  for (const stay of stays) {
    const other = stays.find(
      (one) => one !== stay && one.from <= stay.to && stay.from <= one.to && (isUnsaid(stay) || isUnsaid(one)),
    );
    if (other !== undefined) {
      bad.add(stay);
      sink.add('overlapping-stays', `${stay.person.id} has two stays on ${firstShared(stay, other)}`, {
        ...rowAt(table, stay.row, 'starts_on'),
        expected: 'stays that follow each other, or a share of working time in each',
        hint: 'end one before the other begins (ends_on is its last day), or give each a share such as 50%',
        related: [{ message: 'the other stay', file: table.file, line: table.lines[other.row] }],
      });
    }
  }
  if (bad.size > 0) return;
  for (const stay of stays) {
    // Somewhere in the overlap of all that meet on its first day the shares are highest.
    const onFirstDay = stays.filter((other) => other.from <= stay.from && stay.from <= other.to);
    const sum = onFirstDay.reduce<Num>((total, other) => add(total, other.share), 0);
    if (compare(sum, 1) > 0) {
      sink.add('shares-above-whole', `the shares of working time of ${stay.person.id} add up to more than 100%`, {
        ...rowAt(table, stay.row, 'share'),
        expected: 'at most 100% on any day',
      });
    }
  }
};

const firstShared = (a: Stay, b: Stay): string => {
  const day = Math.max(a.from, b.from);
  return Number.isFinite(day) ? formatDay(day) : 'the same days';
};

/** The stay that began last, in whatever order the rows are; of several of one day the first. */
export const latestStay = (stays: readonly Stay[]): Stay | undefined =>
  stays.reduce<Stay | undefined>(
    (latest, stay) => (latest === undefined || stay.from > latest.from ? stay : latest),
    undefined,
  );

/** The first of a person's stays that hold on a day. */
export const stayOn = (stays: readonly Stay[], day: Day): Stay | undefined => {
  for (const stay of stays) if (stay.from <= day && day <= stay.to) return stay;
  return undefined;
};

/** Whether a day lies in one of the segments. */
export const holdsOn = (segments: readonly Segment[], day: Day): boolean => {
  for (const segment of segments) if (segment.from <= day && day <= segment.to) return true;
  return false;
};

/** Days of the segments between two days, each with its share. */
export const daysWithin = (segments: readonly Segment[], from: Day, to: Day): Num => {
  let total: Num = 0;
  for (const segment of segments) {
    const days = Math.min(segment.to, to) - Math.max(segment.from, from) + 1;
    if (days > 0) total = add(total, segment.share === 1 ? days : mul(segment.share, days));
  }
  return total;
};

/** What of the segments lies between two days. */
export const clip = (segments: readonly Segment[], from: Day, to: Day): Segment[] => {
  const clipped: Segment[] = [];
  for (const segment of segments) {
    const start = Math.max(segment.from, from);
    const end = Math.min(segment.to, to);
    if (start <= end) clipped.push({ from: start, to: end, share: segment.share });
  }
  return clipped;
};

/** What of one segment no other covers, for stays that hold at once: a credit belongs to the first of them. */
export const without = (segment: Segment, others: readonly Segment[]): Segment[] => {
  let left: Segment[] = [segment];
  for (const other of others) {
    left = left.flatMap((part) => {
      if (other.to < part.from || part.to < other.from) return [part];
      const parts: Segment[] = [];
      // A part of a stay is none: it has no row.
      const { from, to, share } = part;
      if (from < other.from) parts.push({ from, to: other.from - 1, share });
      if (other.to < to) parts.push({ from: other.to + 1, to, share });
      return parts;
    });
  }
  return left;
};
