import type { Computed } from '../engine/compute.ts';
import { stayOn } from '../engine/people.ts';
import type { Payout, Person } from '../engine/result.ts';
import type { Day } from '../values/date.ts';
import { add, div, type Num, sign } from '../values/num.ts';
import type { DealParts } from './deal-parts.ts';
import { type Days, type HandedOver, leadsHandedOver, leadsWithoutNotice } from './handed-over.ts';

/** A campaign, from launch to cash: any action of a department that costs or promises something. Amounts in minor units. */
export interface Action {
  readonly id: string;
  readonly name: string;
  /** The department of whoever runs it, on its first day; undefined where that is not known. */
  readonly department: string | undefined;
  readonly owner: string | undefined;
  readonly startsOn: Day | undefined;
  readonly announcedOn: Day | undefined;
  readonly acknowledgedOn: Day | undefined;
  /** Days from announcement to acknowledgement; undefined where either is not there. */
  readonly daysToAcknowledge: number | undefined;
  readonly cost: Num | undefined;
  /** Leads that count as handed over, and those of them that were worked in time; undefined where the plan credits no leads. */
  readonly handedOver: readonly HandedOver[] | undefined;
  readonly worked: number | undefined;
  readonly withoutNotice: readonly HandedOver[];
  /** Deals credited through its touches (what was taken back whole is none), and how much; undefined where the plan shares none out. */
  readonly deals: number | undefined;
  readonly bookings: Num | undefined;
  /** What was paid for its touches, leads and parts of deals, by department of whoever was paid. */
  readonly incentives: ReadonlyMap<string, Num>;
  readonly paid: Num;
  /** bookings ÷ (cost + paid); undefined where something of it is missing. */
  readonly return: Num | undefined;
  /** Whether it began before the days that are looked at, so that some of what it brought may lie before them. */
  readonly beganBefore: boolean;
}

/** What a department's actions returned together. */
export interface DepartmentReturn {
  readonly department: string;
  readonly actions: number;
  /** How many of them have no cost. */
  readonly withoutCost: number;
  readonly cost: Num | undefined;
  readonly bookings: Num | undefined;
  readonly paid: Num;
  readonly return: Num | undefined;
}

export interface Actions {
  readonly actions: readonly Action[];
  readonly departments: readonly DepartmentReturn[];
  /** What was paid for no action: target pay, pools, caps, deals that no campaign touched; by department. */
  readonly tiedToNone: ReadonlyMap<string, Num>;
}

/** What is gathered of each campaign. */
interface Tally {
  readonly handedOver: HandedOver[];
  readonly withoutNotice: HandedOver[];
  readonly deals: Map<number, number>;
  bookings: Num;
  readonly incentives: Map<string, Num>;
}

/**
 * What became of campaigns in some days, and what these payouts paid for them: of those that something became of in the last
 * of these days (from `since` on), or that were under way in them.
 */
export const actionsOf = (
  computed: Computed,
  parts: DealParts,
  days: Days & { readonly since: Day },
  payouts: readonly Payout[],
): Actions => {
  const table = computed.tables.get('campaigns');
  const latest = new Set<number>();
  const seen = (campaign: number, day: Day): void => {
    if (day >= days.since) latest.add(campaign);
  };
  const tallies = new Map<number, Tally>();
  const tallyOf = (campaign: number): Tally => {
    let tally = tallies.get(campaign);
    if (tally === undefined) {
      tally = { handedOver: [], withoutNotice: [], deals: new Map(), bookings: 0, incentives: new Map() };
      tallies.set(campaign, tally);
    }
    return tally;
  };
  const { ledger, world } = computed.engine;
  for (const lead of leadsHandedOver({ ledger, world }, days)) {
    if (lead.campaign < 0) continue;
    tallyOf(lead.campaign).handedOver.push(lead);
    seen(lead.campaign, lead.date);
  }
  for (const lead of leadsWithoutNotice(computed, days)) {
    tallyOf(lead.campaign).withoutNotice.push(lead);
    seen(lead.campaign, lead.date);
  }
  for (const { campaign, date, deal, count, amount } of parts.credits) {
    if (campaign < 0 || date < days.from || date > days.to) continue;
    const tally = tallyOf(campaign);
    tally.deals.set(deal, count);
    tally.bookings = add(tally.bookings, amount ?? 0);
    seen(campaign, date);
  }
  const tiedToNone = new Map<string, Num>();
  for (const { lines } of payouts) {
    for (const line of lines) {
      const department = line.stay.department ?? '';
      for (const { campaign, amount } of parts.tied(line)) {
        const sums = campaign < 0 ? tiedToNone : tallyOf(campaign).incentives;
        sums.set(department, add(sums.get(department) ?? 0, amount));
        if (line.credit !== undefined) seen(campaign, line.credit.date);
      }
    }
  }
  const byId = new Map(computed.people.map((person) => [person.id, person]));
  const creditsLeads = [...computed.plan.credits.values()].some(({ each }) => each === 'lead');
  const actions = Array.from({ length: table?.rowCount ?? 0 }, (_, row) => row)
    .filter((row) => latest.has(row) || isUnderWay(computed, row, { from: days.since, to: days.to }))
    .map((row) => actionOf(computed, row, tallyOf(row), days, { creditsLeads, sharesDeals: parts.known, byId }));
  return { actions, departments: departmentReturns(actions), tiedToNone };
};

const cellOf = (computed: Computed, row: number) => (column: string) =>
  computed.tables.get('campaigns')?.columns.get(column)?.[row];

const isUnderWay = (computed: Computed, row: number, { from, to }: Days): boolean => {
  const cell = cellOf(computed, row);
  const first = (cell('starts_on') ?? cell('announced_on')) as Day | undefined;
  const last = (cell('ends_on') ?? first) as Day | undefined;
  return first !== undefined && last !== undefined && first <= to && last >= from;
};

const actionOf = (
  computed: Computed,
  row: number,
  { handedOver, withoutNotice, deals, bookings, incentives }: Tally,
  days: Days,
  {
    creditsLeads,
    sharesDeals,
    byId,
  }: { readonly creditsLeads: boolean; readonly sharesDeals: boolean; readonly byId: ReadonlyMap<string, Person> },
): Action => {
  const cell = cellOf(computed, row);
  const day = (column: string): Day | undefined => cell(column) as Day | undefined;
  const text = (column: string): string | undefined => cell(column) as string | undefined;
  const id = text('campaign_id') ?? '';
  const [startsOn, announcedOn, acknowledgedOn] = [day('starts_on'), day('announced_on'), day('acknowledged_on')];
  const owner = byId.get(text('owner') ?? '');
  const first = startsOn ?? announcedOn;
  const cost = cell('cost') as Num | undefined;
  const paid = [...incentives.values()].reduce<Num>(add, 0);
  const booked = sharesDeals ? bookings : undefined;
  return {
    id,
    name: text('name') ?? id,
    department: owner && departmentAround(owner, first ?? days.to),
    owner: owner?.name ?? text('owner'),
    startsOn,
    announcedOn,
    acknowledgedOn,
    daysToAcknowledge:
      announcedOn === undefined || acknowledgedOn === undefined ? undefined : acknowledgedOn - announcedOn,
    cost,
    handedOver: creditsLeads ? handedOver : undefined,
    worked: creditsLeads ? handedOver.filter(({ worked }) => worked).length : undefined,
    withoutNotice,
    deals: sharesDeals ? [...deals.values()].reduce((sum, count) => sum + count, 0) : undefined,
    bookings: booked,
    incentives,
    paid,
    return: returnOf(booked, cost, paid),
    beganBefore: first !== undefined && first < days.from,
  };
};

/** Credited bookings ÷ (cost + incentives): undefined where one of them is missing, or where nothing was spent. */
const returnOf = (bookings: Num | undefined, cost: Num | undefined, paid: Num): Num | undefined => {
  if (bookings === undefined || cost === undefined) return undefined;
  const spent = add(cost, paid);
  return sign(spent) > 0 ? div(bookings, spent) : undefined;
};

/** Where somebody works on a day; outside of all stays, in the one that is nearest to it. */
const departmentAround = ({ stays }: Person, day: Day): string | undefined => {
  const distance = ({ from, to }: { readonly from: Day; readonly to: Day }): number =>
    Math.max(from - day, day - to, 0);
  return (stayOn(stays, day) ?? [...stays].sort((a, b) => distance(a) - distance(b))[0])?.department;
};

const departmentReturns = (actions: readonly Action[]): readonly DepartmentReturn[] => {
  const names = [...new Set(actions.map(({ department }) => department ?? ''))].sort();
  return names.map((department) => {
    const own = actions.filter((action) => (action.department ?? '') === department);
    const sum = (of: (action: Action) => Num | undefined): Num | undefined => {
      let total: Num = 0;
      for (const action of own) {
        const value = of(action);
        if (value === undefined) return undefined;
        total = add(total, value);
      }
      return total;
    };
    const cost = sum((action) => action.cost);
    const bookings = sum((action) => action.bookings);
    const paid = sum((action) => action.paid) ?? 0;
    return {
      department,
      actions: own.length,
      withoutCost: own.filter((action) => action.cost === undefined).length,
      cost,
      bookings,
      paid,
      return: returnOf(bookings, cost, paid),
    };
  });
};
