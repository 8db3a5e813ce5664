import type { Day } from '../values/date.ts';
import type { CreditRow, Person } from './result.ts';

const NO_ROWS: readonly CreditRow[] = [];

/** Lists are made once for the rows of a credit, whichever ledgers these stand in. */
const byPerson = new WeakMap<readonly CreditRow[], ReadonlyMap<Person | undefined, readonly CreditRow[]>>();
const byDeal = new WeakMap<readonly CreditRow[], ReadonlyMap<number, readonly CreditRow[]>>();

const once = <T>(
  known: WeakMap<readonly CreditRow[], T>,
  rows: readonly CreditRow[],
  make: (rows: readonly CreditRow[]) => T,
): T => {
  let made = known.get(rows);
  if (made === undefined) {
    made = make(rows);
    known.set(rows, made);
  }
  return made;
};

const listed = <K>(lists: Map<K, CreditRow[]>, key: K, row: CreditRow): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [row]);
  else list.push(row);
};

const listedByPerson = (rows: readonly CreditRow[]): ReadonlyMap<Person | undefined, readonly CreditRow[]> => {
  const lists = new Map<Person | undefined, CreditRow[]>();
  for (const row of rows) listed(lists, row.person, row);
  for (const list of lists.values()) list.sort(byDateThenRow);
  return lists;
};

const listedByDeal = (rows: readonly CreditRow[]): ReadonlyMap<number, readonly CreditRow[]> => {
  const lists = new Map<number, CreditRow[]>();
  for (const row of rows) if (!isRefund(row) && row.deal >= 0) listed(lists, row.deal, row);
  return lists;
};

/** All credits, ready to be looked up by whose they are, by date and by deal. */
export class Ledger {
  readonly credits: ReadonlyMap<string, readonly CreditRow[]>;

  constructor(credits: ReadonlyMap<string, readonly CreditRow[]>) {
    this.credits = credits;
  }

  /** A person's (or the company's) credits of one kind, by date, then input row. */
  of(credit: string, person: Person | undefined): readonly CreditRow[] {
    return this.byPerson(credit).get(person) ?? [];
  }

  byPerson(credit: string): ReadonlyMap<Person | undefined, readonly CreditRow[]> {
    return once(byPerson, this.credits.get(credit) ?? NO_ROWS, listedByPerson);
  }

  /** The credits over a deal, whoever they belong to and whenever they are dated, refunds aside. */
  forDeal(credit: string, deal: number): readonly CreditRow[] {
    return once(byDeal, this.credits.get(credit) ?? NO_ROWS, listedByDeal).get(deal) ?? NO_ROWS;
  }

  /** The first and the last date of any credit. */
  span(): { from: Day; to: Day } | undefined {
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (const rows of this.credits.values()) {
      for (const { date } of rows) {
        if (date < from) from = date;
        if (date > to) to = date;
      }
    }
    return from > to ? undefined : { from, to };
  }
}

/**
 * A ledger in which people's credits are others than those of its base: a list of credits, sorted by date, gives another. What is
 * asked of one deal stays as it is.
 */
class DerivedLedger extends Ledger {
  readonly #base: Ledger;
  readonly #derive: (rows: readonly CreditRow[]) => readonly CreditRow[];
  readonly #derived = new Map<string, ReadonlyMap<Person | undefined, readonly CreditRow[]>>();

  constructor(base: Ledger, derive: (rows: readonly CreditRow[]) => readonly CreditRow[]) {
    super(base.credits);
    this.#base = base;
    this.#derive = derive;
  }

  override byPerson(credit: string): ReadonlyMap<Person | undefined, readonly CreditRow[]> {
    let lists = this.#derived.get(credit);
    if (lists === undefined) {
      lists = new Map([...this.#base.byPerson(credit)].map(([person, rows]) => [person, this.#derive(rows)]));
      this.#derived.set(credit, lists);
    }
    return lists;
  }

  override forDeal(credit: string, deal: number): readonly CreditRow[] {
    return this.#base.forDeal(credit, deal);
  }
}

/**
 * A ledger in which each credit stands so often as `times` says: what would have been credited had some deals come several
 * times and others not at all. A deal that comes twice is two deals, each with what points to it.
 */
export const repeatedLedger = (base: Ledger, times: (row: CreditRow) => number): Ledger =>
  new DerivedLedger(base, (rows) => {
    const repeated: CreditRow[] = [];
    for (const row of rows) for (let i = times(row); i > 0; i--) repeated.push(row);
    return repeated;
  });

/** Whether a credit stems from the row of a refund. */
export const isRefund = (row: CreditRow): boolean => row.credit.each !== 'lead' && row.deal !== row.rootDeal;

/** The row of the input that a credit stands in, first by its own table. */
const rowOf = (row: CreditRow): number => {
  switch (row.credit.each) {
    case 'attribution':
      return row.attribution;
    case 'lead':
      return row.lead;
    default:
      return row.deal;
  }
};

const byDateThenRow = (a: CreditRow, b: CreditRow): number =>
  a.date - b.date || rowOf(a) - rowOf(b) || a.deal - b.deal || a.split - b.split;

/** The part of a list sorted by date that lies between two days. */
export const between = (rows: readonly CreditRow[], from: Day, to: Day): readonly CreditRow[] => {
  const start = firstFrom(rows, from);
  const end = firstFrom(rows, to + 1);
  return start === 0 && end === rows.length ? rows : rows.slice(start, end);
};

/** The position of the first row of a list sorted by date that is not before a day. */
export const firstFrom = (rows: readonly CreditRow[], day: Day): number => {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as CreditRow).date < day) low = middle + 1;
    else high = middle;
  }
  return low;
};
