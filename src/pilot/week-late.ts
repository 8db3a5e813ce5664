import { payAmounts } from '../engine/compute.ts';
import { type Credited, creditBound } from '../engine/credit-tables.ts';
import { withDeals } from '../engine/world.ts';
import { Sink } from '../findings/sink.ts';
import { walk } from '../rules/expression/typed.ts';
import { expressionsOfCredit } from '../rules/expressions.ts';
import type { Credit, Plan } from '../rules/plan.ts';
import type { Cells, Table } from '../rules/table-data.ts';
import type { Day } from '../values/date.ts';
import { add, compare, type Num, sign, sub } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import { paidOf, totalOf } from './paid.ts';
import type { Condition, Payable, Runs } from './runs.ts';

/** A deal of a period's last days that would have paid its people more a week later. */
export interface Delay {
  readonly deal: string;
  readonly period: string;
  readonly people: readonly string[];
  readonly gain: Num;
}

export interface Delays {
  /** Most first. */
  readonly delays: readonly Delay[];
  /** How many deals were moved, of how many in the last days of a period. */
  readonly moved: number;
  readonly late: number;
}

const WEEK = 7;
/** Each deal that is moved is credited and paid anew: the largest are tried. */
const MOST_MOVED = 25;

interface Late {
  readonly deal: number;
  readonly amount: Num;
  readonly people: ReadonlySet<string>;
  readonly period: Period;
}

/**
 * What the people of a deal would have gained, had it come a week later, into the next period: it is credited and paid anew with
 * its dates moved, so that whatever reads a date of it is asked again, as `compute` would.
 */
export const delaysOf = (runs: Runs, payable: Payable, periods: readonly Period[], condition: Condition): Delays => {
  const late = lateDeals(payable, periods.slice(0, -1));
  const tried = late.slice(0, MOST_MOVED);
  const dates = datesOfDeals(payable.plan);
  const ids = payable.credited.world.tables.get('deals')?.columns.get('deal_id');
  const delays: Delay[] = [];
  for (const { deal, people, period } of tried) {
    const options = runs.optionsOf(payable, { ...condition, payees: people });
    const paid = (credited: Credited | undefined): Num | undefined => {
      const amounts = credited && payAmounts(credited, payable.plan, options, new Sink());
      if (amounts === undefined) return undefined;
      const { byPerson } = paidOf(amounts);
      return people.size === 0
        ? totalOf(amounts)
        : [...people].reduce<Num>((sum, id) => add(sum, byPerson.get(id) ?? 0), 0);
    };
    const before = paid(payable.credited);
    const after = paid(movedDeal(payable, deal, dates));
    if (before === undefined || after === undefined) continue;
    const gain = sub(after, before);
    if (sign(gain) > 0)
      delays.push({ deal: String(ids?.[deal] ?? deal), period: period.label, people: [...people].sort(), gain });
  }
  delays.sort((a, b) => compare(b.gain, a.gain) || (a.deal < b.deal ? -1 : 1));
  return { delays, moved: tried.length, late: late.length };
};

/** The deals that are credited in the last week of one of some periods, the largest first. */
const lateDeals = ({ credited: { ledger } }: Payable, ends: readonly Period[]): readonly Late[] => {
  const byDeal = new Map<number, { readonly day: Day; readonly amount: Num; readonly people: Set<string> }>();
  for (const rows of ledger.credits.values()) {
    for (const row of rows) {
      if (row.credit.each === 'lead' || row.deal < 0 || row.deal !== row.rootDeal) continue;
      const deal = byDeal.get(row.deal) ?? { day: row.date, amount: row.amount ?? 0, people: new Set() };
      if (row.person !== undefined) deal.people.add(row.person.id);
      byDeal.set(row.deal, deal);
    }
  }
  const late = [...byDeal].flatMap(([deal, { day, amount, people }]): Late[] => {
    const period = ends.find(({ from, to }) => from <= day && day <= to);
    return period === undefined || period.to - day >= WEEK ? [] : [{ deal, amount, people, period }];
  });
  return late.sort((a, b) => compare(b.amount, a.amount) || a.deal - b.deal);
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
