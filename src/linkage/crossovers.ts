import type { Computed } from '../engine/compute.ts';
import type { CreditRow, Payout, Person } from '../engine/result.ts';
import type { Day } from '../values/date.ts';
import { add, compare, type Num } from '../values/num.ts';
import { soldCredits } from './bookings.ts';
import type { DealParts } from './deal-parts.ts';
import { departmentOn } from './departments.ts';
import type { Days } from './handed-over.ts';

/** What somebody brought in and earned in one department. Amounts in minor units. */
export interface Side {
  readonly department: string;
  /** The first day there, and the last where it is over. */
  readonly from: Day;
  readonly to: Day;
  /** Deals, or parts of them, credited to the person; and parts of deals credited through touches. */
  readonly won: Num;
  readonly touched: Num;
  readonly earned: Num;
}

/** Somebody who moved from one department to another, with each side of the move in order. */
export interface Mover {
  readonly person: Person;
  readonly sides: readonly Side[];
}

/** An idea carried from the drawing board to the conversion: who thought the campaign up won deals that it touched. */
export interface Carried {
  readonly person: Person;
  readonly department: string | undefined;
  /** Row of the campaign. */
  readonly campaign: number;
  readonly deals: number;
  /** What of these deals is credited to the campaign. */
  readonly bookings: Num;
  /** What of the person's pay stems from that: all of what is paid for the touch, of a deal's the campaign's part. */
  readonly earned: Num;
}

/** People who had moved by the end of some days, and what they brought in and earned in them, by department. */
export const moversOf = (
  computed: Computed,
  parts: DealParts,
  days: Days,
  payouts: readonly Payout[],
): readonly Mover[] => {
  const moved = computed.people.filter((person) => departmentsUntil(person, days.to).size > 1);
  if (moved.length === 0) return [];
  const deals = soldCredits(computed);
  return moved.flatMap((person): readonly Mover[] => {
    const won = byDepartment(person, deals, days);
    const touched = byDepartment(person, parts.credits, days);
    const earned = new Map<string, Num>();
    for (const payout of payouts) {
      if (payout.person !== person) continue;
      for (const { stay, amount } of payout.lines) {
        const name = stay.department ?? '';
        earned.set(name, add(earned.get(name) ?? 0, amount));
      }
    }
    const sides = [...departmentsUntil(person, days.to)].map(
      ([department, { from, to }]): Side => ({
        department,
        from,
        to,
        won: won.get(department) ?? 0,
        touched: touched.get(department) ?? 0,
        earned: earned.get(department) ?? 0,
      }),
    );
    return sides.some(({ to }) => to >= days.from) ? [{ person, sides }] : [];
  });
};

/** The departments that somebody has worked in by a day, in order of the first day there. */
const departmentsUntil = (
  { stays }: Person,
  day: Day,
): ReadonlyMap<string, { readonly from: Day; readonly to: Day }> => {
  const found = new Map<string, { readonly from: Day; readonly to: Day }>();
  for (const { department, from, to } of [...stays].sort((a, b) => a.from - b.from)) {
    if (department === undefined || from > day) continue;
    const known = found.get(department);
    found.set(department, known === undefined ? { from, to } : { from: known.from, to: Math.max(known.to, to) });
  }
  return found;
};

const byDepartment = (person: Person, rows: readonly CreditRow[], { from, to }: Days): ReadonlyMap<string, Num> => {
  const sums = new Map<string, Num>();
  for (const row of rows) {
    if (row.person !== person || row.date < from || row.date > to) continue;
    const name = departmentOn(person, row.date) ?? '';
    sums.set(name, add(sums.get(name) ?? 0, row.amount ?? 0));
  }
  return sums;
};

/** Who carried which idea through in some days, by what it brought in; the largest first. */
export const carriedThrough = (
  { tables, people }: Computed,
  parts: DealParts,
  days: Days,
  payouts: readonly Payout[],
): readonly Carried[] => {
  const byId = new Map(people.map((person) => [person.id, person]));
  const originators = tables.get('campaigns')?.columns.get('originator') ?? [];
  const owners = tables.get('deals')?.columns.get('owner') ?? [];
  const ideas = new Map<string, { person: Person; campaign: number; deals: Map<number, number>; bookings: Num }>();
  for (const { campaign, deal, rootDeal, date, count, amount } of parts.credits) {
    const originator = campaign < 0 ? undefined : originators[campaign];
    const person = typeof originator === 'string' ? byId.get(originator) : undefined;
    if (person === undefined || owners[rootDeal] !== originator || date < days.from || date > days.to) continue;
    const key = `${person.index}/${campaign}`;
    const idea = ideas.get(key) ?? { person, campaign, deals: new Map<number, number>(), bookings: 0 as Num };
    ideas.set(key, idea);
    idea.deals.set(deal, count);
    idea.bookings = add(idea.bookings, amount ?? 0);
  }
  const earned = (person: Person, campaign: number, deals: ReadonlyMap<number, number>): Num => {
    let sum: Num = 0;
    for (const payout of payouts) {
      if (payout.person !== person) continue;
      for (const line of payout.lines) {
        if (line.credit === undefined || !(deals.has(line.credit.deal) || deals.has(line.credit.rootDeal))) continue;
        for (const tied of parts.tied(line)) if (tied.campaign === campaign) sum = add(sum, tied.amount);
      }
    }
    return sum;
  };
  return [...ideas.values()]
    .map(
      ({ person, campaign, deals, bookings }): Carried => ({
        person,
        department: departmentOn(person, days.to),
        campaign,
        deals: [...deals.values()].reduce((sum, count) => sum + count, 0),
        bookings,
        earned: earned(person, campaign, deals),
      }),
    )
    .sort((a, b) => compare(b.bookings, a.bookings));
};
