import type { Credited } from '../engine/credit-tables.ts';
import { stayOn } from '../engine/people.ts';
import type { CreditRow, Person } from '../engine/result.ts';
import { leadsHandedOver } from '../linkage/handed-over.ts';
import { walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/link/expressions.ts';
import type { Link, Plan, Reward } from '../rules/plan.ts';
import type { Table } from '../rules/table-data.ts';
import type { Day } from '../values/date.ts';
import type { Period } from '../values/period.ts';

/** A campaign, and whether those who are to work it knew of it in time. */
export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly owner: string | undefined;
  readonly startsOn: Day | undefined;
  readonly endsOn: Day | undefined;
  /** Marketing's word. */
  readonly announcedOn: Day | undefined;
  /** Sales' word, and whose. */
  readonly acknowledgedOn: Day | undefined;
  readonly acknowledgedBy: string | undefined;
  /** The last day on which it can be announced in time; undefined where it has no first day. */
  readonly due: Day | undefined;
  /** `known`: in time, by either word; `open`: it can still be; `short`: it cannot any more. */
  readonly notice: 'known' | 'open' | 'short';
}

/** What sales will be held to: a link that reads how leads of campaigns were worked, and the reward that it moves. */
export interface HeldTo {
  readonly reward: Reward;
  readonly link: Link;
}

/** Leads of campaigns that were known of in time: how many were handed over to a team, and how many it worked. */
export interface Worked {
  readonly team: string;
  readonly handedOver: number;
  readonly worked: number;
  /** Campaigns with leads that nobody worked, by how many. */
  readonly left: ReadonlyMap<string, number>;
}

/** Leads and touches that do not count, since nobody was told of their campaign in time. */
export interface Uncounted {
  readonly campaign: string;
  readonly leads: number;
  readonly touches: number;
}

/** All campaigns of the table, as of a day. */
export const campaignsOf = (table: Table | undefined, plan: Plan, asOf: Day): readonly Campaign[] => {
  if (table === undefined) return [];
  const cell = (column: string, row: number) => table.columns.get(column)?.[row];
  return Array.from({ length: table.rowCount }, (_, row): Campaign => {
    const day = (column: string): Day | undefined => cell(column, row) as Day | undefined;
    const text = (column: string): string | undefined => cell(column, row) as string | undefined;
    const id = text('campaign_id') ?? '';
    const startsOn = day('starts_on');
    const due = startsOn === undefined ? undefined : startsOn - (plan.campaignNotice ?? 0);
    const announcedOn = day('announced_on');
    const acknowledgedOn = day('acknowledged_on');
    return {
      id,
      name: text('name') ?? id,
      owner: text('owner'),
      startsOn,
      endsOn: day('ends_on'),
      announcedOn,
      acknowledgedOn,
      acknowledgedBy: text('acknowledged_by'),
      due,
      notice: noticeOf([announcedOn, acknowledgedOn], due, asOf),
    };
  });
};

const noticeOf = (words: readonly (Day | undefined)[], due: Day | undefined, asOf: Day): Campaign['notice'] => {
  // Without a first day the notice is counted to each lead's own.
  if (due === undefined) return words.some((day) => day !== undefined && day <= asOf) ? 'known' : 'open';
  // A word for a day to come is not given yet.
  if (words.some((day) => day !== undefined && day <= due && day <= asOf)) return 'known';
  return asOf <= due ? 'open' : 'short';
};

/** Those that start within so many days of a day, that day included; those without a first day that are announced, too. */
export const comingCampaigns = (campaigns: readonly Campaign[], asOf: Day, ahead: number): readonly Campaign[] =>
  campaigns
    .filter(
      ({ startsOn, endsOn, announcedOn }) =>
        (startsOn !== undefined && startsOn >= asOf && startsOn <= asOf + ahead) ||
        (startsOn === undefined &&
          announcedOn !== undefined &&
          announcedOn >= asOf - ahead &&
          (endsOn ?? asOf) >= asOf),
    )
    .sort(
      (a, b) =>
        (a.startsOn ?? Number.MAX_SAFE_INTEGER) - (b.startsOn ?? Number.MAX_SAFE_INTEGER) || (a.id < b.id ? -1 : 1),
    );

/** The links through which it matters how leads were worked. */
export const heldTo = (plan: Plan): readonly HeldTo[] => {
  const leads = new Set([...plan.credits.values()].filter(({ each }) => each === 'lead').map(({ name }) => name));
  return [...plan.rewards.values()].flatMap((reward) =>
    reward.links.filter((link) => readsCredit(link, leads, plan)).map((link) => ({ reward, link })),
  );
};

const readsCredit = (link: Link, credits: ReadonlySet<string>, plan: Plan): boolean => {
  const seen = new Set<string>();
  const left = expressionsOf(link).map(({ node }) => node);
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    let found = false;
    walk(node, (each) => {
      if (each.kind === 'aggregate' && credits.has(each.credit)) found = true;
      if (each.kind !== 'measure' || seen.has(each.name)) return;
      seen.add(each.name);
      const measure = plan.measures.get(each.name);
      if (measure !== undefined) left.push(measure.value.node);
    });
    if (found) return true;
  }
  return false;
};

/** By team, what became in a period of leads whose campaign was known of in time. */
export const workedByTeam = ({ ledger, world }: Credited, period: Period): readonly Worked[] => {
  const teams = new Map<string, { handedOver: number; worked: number; left: Map<string, number> }>();
  for (const { person, date, campaign, worked } of leadsHandedOver({ ledger, world }, period)) {
    const team = teamOf(person, date);
    const own = teams.get(team) ?? { handedOver: 0, worked: 0, left: new Map<string, number>() };
    teams.set(team, own);
    own.handedOver++;
    if (worked) {
      own.worked++;
      continue;
    }
    const name = campaignName(world.tables.get('campaigns'), campaign);
    own.left.set(name, (own.left.get(name) ?? 0) + 1);
  }
  return [...teams].map(([team, own]) => ({ team, ...own })).sort((a, b) => (a.team < b.team ? -1 : 1));
};

const teamOf = (person: Person | undefined, date: Day): string => {
  const stay = person && stayOn(person.stays, date);
  return stay?.team ?? stay?.department ?? 'no team';
};

const campaignName = (table: Table | undefined, row: number): string => {
  const cell = (column: string) => table?.columns.get(column)?.[row] as string | undefined;
  return cell('name') ?? cell('campaign_id') ?? 'no campaign';
};

/** The same plan without the promise: leads and touches count whether anybody was told of their campaign or not. */
export const withoutNotice = (plan: Plan): Plan => ({
  ...plan,
  credits: new Map([...plan.credits].map(([name, credit]) => [name, { ...credit, announced: undefined }])),
});

/** What does not count in a period, by campaign: what the same plan without the promise takes, and it does not. */
export const uncounted = (counted: Credited, all: Credited, period: Period): readonly Uncounted[] => {
  const found = new Map<string, { leads: Set<number>; touches: Set<number> }>();
  for (const [name, rows] of all.ledger.credits) {
    const credit = counted.world.plan.credits.get(name);
    if (credit?.announced === undefined) continue;
    const keyOf = ({ lead, attribution, deal }: CreditRow): string => `${lead}/${attribution}/${deal}`;
    const taken = new Set((counted.ledger.credits.get(name) ?? []).map(keyOf));
    for (const row of rows) {
      if (row.date < period.from || row.date > period.to || taken.has(keyOf(row))) continue;
      const campaign = campaignName(all.world.tables.get('campaigns'), row.campaign);
      const own = found.get(campaign) ?? { leads: new Set(), touches: new Set() };
      found.set(campaign, own);
      if (row.lead >= 0) own.leads.add(row.lead);
      else own.touches.add(row.attribution);
    }
  }
  return [...found]
    .map(([campaign, { leads, touches }]) => ({ campaign, leads: leads.size, touches: touches.size }))
    .sort((a, b) => (a.campaign < b.campaign ? -1 : 1));
};
