import { payAmounts } from '../engine/compute.ts';
import { type Credited, creditBound } from '../engine/credit-tables.ts';
import { withDeals } from '../engine/world.ts';
import { Sink } from '../findings/sink.ts';
import { walk } from '../rules/expression/typed.ts';
import { expressionsOfCredit } from '../rules/expressions.ts';
import type { Credit, Plan } from '../rules/plan.ts';
import type { Cells, Table } from '../rules/table-data.ts';
import type { Day } from '../values/date.ts';
import { compare, type Num, sign, sub } from '../values/num.ts';
import { type Period, periodOf, shiftPeriod } from '../values/period.ts';
import { type Paid, paidOf } from './paid.ts';
import type { Condition, Payable, Runs } from './runs.ts';

/** A deal of a period's last days that would have paid one of its sellers more a week later. */
export interface Delay {
  readonly deal: string;
  readonly period: string;
  /** Of the deal's sellers, who alone can have it come later, the one who would have gained most. */
  readonly seller: string;
  readonly gain: Num;
  /** By how much the pay of everybody else would have been another. */
  readonly others: Num;
}

export interface Delays {
  /** Most first. */
  readonly delays: readonly Delay[];
  /** How many deals were moved, of how many in the last days of a period. */
  readonly moved: number;
  readonly late: number;
}

/** There were such deals, and of none can be said what a week would have done: that is not the same as 0. */
export const nothingTried = ({ moved, late }: Delays): boolean => moved === 0 && late > 0;

const WEEK = 7;
/** Each deal that is moved is credited and paid anew: the largest are tried. */
const MOST_MOVED = 25;

interface Late {
  readonly deal: number;
  readonly amount: Num;
  readonly sellers: readonly string[];
  readonly period: Period;
}

/**
 * What the sellers of a deal would have gained, had it come a week later, into the next period: it is credited and paid anew with
 * its dates moved, so that whatever reads a date of it is asked again, as `compute` would.
 */
export const delaysOf = (runs: Runs, payable: Payable, periods: readonly Period[], condition: Condition): Delays => {
  const late = lateDeals(payable, periods);
  const ask = late.length === 0 ? undefined : askedOf(runs, payable, periods, condition);
  if (ask === undefined) return { delays: [], moved: 0, late: late.length };
  const tried = late.filter(({ period }) => period.to < ask.to).slice(0, MOST_MOVED);
  const dates = datesOfDeals(payable.plan);
  const ids = payable.credited.world.tables.get('deals')?.columns.get('deal_id');
  const delays: Delay[] = [];
  let moved = 0;
  for (const { deal, sellers, period } of tried) {
    const credited = movedDeal(payable, deal, dates);
    const after = credited && ask.paid(credited);
    if (after === undefined) continue;
    moved++;
    const gainOf = (id: string): Num => sub(after.byPerson.get(id) ?? 0, ask.before.byPerson.get(id) ?? 0);
    const [most] = sellers
      .map((seller) => ({ seller, gain: gainOf(seller) }))
      .sort((a, b) => compare(b.gain, a.gain) || (a.seller < b.seller ? -1 : 1));
    if (most === undefined || sign(most.gain) <= 0) continue;
    const others = sub(sub(after.total, ask.before.total), most.gain);
    delays.push({ deal: String(ids?.[deal] ?? deal), period: period.label, ...most, others });
  }
  delays.sort((a, b) => compare(b.gain, a.gain) || (a.deal < b.deal ? -1 : 1));
  return { delays, moved, late: late.length };
};

interface Asked {
  /** The last day of what is paid: what comes after it is not seen. */
  readonly to: Day;
  readonly before: Paid;
  readonly paid: (credited: Credited) => Paid | undefined;
}

/** Pays as things are until the deals of the last period can have come a week later; where that has no answer, as long as is paid. */
const askedOf = (runs: Runs, payable: Payable, periods: readonly Period[], condition: Condition): Asked | undefined => {
  const { plan, credited } = payable;
  const [from] = periods;
  const last = periods.at(-1);
  if (from === undefined || last === undefined) return undefined;
  for (const to of [nextPaid(plan, last), last]) {
    // What is kept of other runs holds for the credits as they are.
    const options = { ...runs.optionsOf(payable, condition), periods: { from, to }, kept: undefined };
    const paid = (of: Credited): Paid | undefined => {
      const amounts = payAmounts(of, plan, options, new Sink());
      return amounts && paidOf(amounts);
    };
    const before = paid(credited);
    if (before !== undefined) return { to: to.to, before, paid };
  }
  return undefined;
};

/** The period after one, or a later one: the one in which every reward has been paid for it. */
const nextPaid = ({ period, fiscalYearStarts, rewards }: Plan, last: Period): Period => {
  const next = shiftPeriod(last, 1, fiscalYearStarts);
  const ends = [...rewards.values()].map(({ every }) => periodOf(next.to, every, fiscalYearStarts).to);
  return periodOf(Math.max(next.to, ...ends), period, fiscalYearStarts);
};

/** The deals that are credited in the last week of one of some periods, the largest first. */
const lateDeals = ({ credited: { ledger, world } }: Payable, ends: readonly Period[]): readonly Late[] => {
  interface Found {
    readonly day: Day;
    readonly amount: Num;
    readonly split: Set<string>;
    readonly whole: Set<string>;
  }
  const byDeal = new Map<number, Found>();
  for (const rows of ledger.credits.values()) {
    for (const row of rows) {
      if (row.credit.each === 'lead' || row.deal < 0 || row.deal !== row.rootDeal) continue;
      let found = byDeal.get(row.deal);
      if (found === undefined) {
        found = { day: row.date, amount: row.amount ?? 0, split: new Set(), whole: new Set() };
        byDeal.set(row.deal, found);
      }
      if (row.person === undefined) continue;
      if (row.credit.each === 'split') found.split.add(row.person.id);
      if (row.credit.each === 'deal') found.whole.add(row.person.id);
    }
  }
  const owners = world.tables.get('deals')?.columns.get('owner');
  const late = [...byDeal].flatMap(([deal, { day, amount, split, whole }]): Late[] => {
    const period = ends.find(({ from, to }) => from <= day && day <= to);
    if (period === undefined || period.to - day >= WEEK) return [];
    return [{ deal, amount, sellers: sellersOf(owners?.[deal], split, whole), period }];
  });
  return late.sort((a, b) => compare(b.amount, a.amount) || a.deal - b.deal);
};

/**
 * Who can have a deal come later: its owner, and whoever has a split of it. Where the plan credits the owner with nothing for it,
 * whoever it credits with the deal; where nobody is, the owner still.
 */
const sellersOf = (owner: unknown, split: ReadonlySet<string>, whole: ReadonlySet<string>): readonly string[] => {
  const own = typeof owner === 'string' && (whole.has(owner) || split.has(owner)) ? [owner] : [];
  const sellers = new Set([...own, ...split]);
  if (sellers.size > 0) return [...sellers];
  if (whole.size > 0) return [...whole];
  return typeof owner === 'string' ? [owner] : [];
};

/** The dates by which a deal comes: when it was closed, and whatever date of it some credit is dated by. */
const datesOfDeals = ({ credits }: Plan): ReadonlySet<string> => {
  const dates = new Set(['close_date']);
  for (const { date } of credits.values()) {
    walk(date.node, (node) => {
      if (node.kind === 'column' && node.row === 'deal' && node.type === 'date') dates.add(node.column);
    });
  }
  return dates;
};

/** All credits with one deal a week later; undefined where it cannot be, as for a deal that was taken back before. */
const movedDeal = ({ credited, plan }: Payable, deal: number, dates: ReadonlySet<string>): Credited | undefined => {
  const { world, ledger } = credited;
  const deals = world.tables.get('deals');
  if (deals === undefined) return undefined;
  const sink = new Sink();
  const moved = withDeals(world, laterDeal(deals, deal, dates), sink);
  if (sink.hasErrors) return undefined;
  const known = (credit: Credit) => (readsDeals(credit) ? undefined : ledger.credits.get(credit.name));
  return creditBound(moved, plan, { known }, sink);
};

/** Leads may be credited without a look at any deal. */
const readsDeals = (credit: Credit): boolean => {
  if (credit.each !== 'lead') return true;
  let reads = false;
  for (const { expression } of expressionsOfCredit(credit)) {
    walk(expression.node, (node) => {
      if (node.kind === 'column' && node.row === 'deal') reads = true;
    });
  }
  return reads;
};

const laterDeal = (deals: Table, deal: number, dates: ReadonlySet<string>): Table => {
  const later = (cells: Cells): Cells => {
    const day = cells[deal];
    if (typeof day !== 'number') return cells;
    const moved = [...cells];
    moved[deal] = day + WEEK;
    return moved;
  };
  const columns = [...deals.columns].map(([name, cells]) => [name, dates.has(name) ? later(cells) : cells] as const);
  return { ...deals, columns: new Map(columns) };
};
