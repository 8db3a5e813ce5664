import type { Computed } from '../engine/compute.ts';
import type { Credited } from '../engine/credit-tables.ts';
import { emptyFrame, type Frame } from '../engine/frame.ts';
import type { CreditRow, Person } from '../engine/result.ts';
import type { World } from '../engine/world.ts';
import { type Node, walk } from '../rules/expression/typed.ts';
import type { Credit, Plan } from '../rules/plan.ts';
import type { Day } from '../values/date.ts';
import { MONTHS } from '../values/period.ts';
import { asksWorked } from './asks-worked.ts';

/** Days from the first to the last, both in it. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** A lead that was handed over, as the plan counts it. */
export interface HandedOver {
  /** Rows of the tables; −1 for a lead of no campaign. */
  readonly lead: number;
  readonly campaign: number;
  /** Who is to work it; undefined where that is nobody in people. */
  readonly person: Person | undefined;
  readonly date: Day;
  readonly worked: boolean;
}

const leadCredits = ({ credits }: Plan): readonly Credit[] =>
  [...credits.values()].filter(({ each }) => each === 'lead');

/** The credits that say which leads were handed over: where the plan promises notice, those that ask for it. */
const handingOver = (plan: Plan): readonly Credit[] => {
  const promised = [...plan.credits.values()].some(({ announced }) => announced !== undefined);
  return leadCredits(plan).filter((credit) => !asksWorked(credit) && (!promised || credit.announced !== undefined));
};

/**
 * The leads that count as handed over in some days, each once. A lead was worked where a credit that asks when it was followed
 * up takes it; where the plan has none, where it was followed up at all. Where the plan credits no leads, none are.
 */
export const leadsHandedOver = ({ ledger, world }: Credited, { from, to }: Days): readonly HandedOver[] => {
  const rows = (credits: readonly Credit[]): readonly CreditRow[] =>
    credits.flatMap(({ name }) => ledger.credits.get(name) ?? []).filter(({ date }) => date >= from && date <= to);
  const asking = leadCredits(world.plan).filter(asksWorked);
  const worked = new Set(rows(asking).map(({ lead }) => lead));
  const followed = world.tables.get('leads')?.columns.get('followed_up_on');
  const isWorked = (lead: number): boolean => (asking.length > 0 ? worked.has(lead) : followed?.[lead] !== undefined);
  const found = new Map<number, HandedOver>();
  for (const { lead, campaign, person, date } of rows(handingOver(world.plan))) {
    if (!found.has(lead)) found.set(lead, { lead, campaign, person, date, worked: isWorked(lead) });
  }
  return [...found.values()];
};

/**
 * The leads of campaigns assigned in some days that do not count as handed over, because nobody was told of their campaign in
 * time: the part of a credit's condition that asks when it was announced or acknowledged does not hold. Where no credit asks,
 * it was neither announced nor acknowledged on the day of the lead, less the plan's `campaign_notice`.
 */
export const leadsWithoutNotice = ({ engine, plan }: Computed, days: Days): readonly HandedOver[] => {
  const { world, ledger } = engine;
  const leads = world.tables.get('leads');
  if (leads === undefined) return [];
  const taken = new Set(leadsHandedOver({ ledger, world }, days).map(({ lead }) => lead));
  const asked = handingOver(plan).map((credit) => noticeAsked(credit).map((node) => engine.compiler.compile(node)));
  const asks = asked.some((conditions) => conditions.length > 0);
  const frame = emptyFrame(MONTHS[plan.period]);
  const found: HandedOver[] = [];
  for (let lead = 0; lead < leads.rowCount; lead++) {
    const date = leads.columns.get('assigned_on')?.[lead] as Day | undefined;
    const campaign = world.pointers.leadCampaign[lead] as number;
    if (date === undefined || date < days.from || date > days.to || campaign < 0 || taken.has(lead)) continue;
    pointAtLead(frame, world, lead, date);
    const untold = asks
      ? asked.some((conditions) => conditions.some((condition) => condition(frame) !== true))
      : !wasKnown(world, campaign, date - (plan.campaignNotice ?? 0));
    if (!untold) continue;
    const assigned = leads.columns.get('assigned_to')?.[lead];
    const person = typeof assigned === 'string' ? world.people.find(assigned) : undefined;
    const worked = leads.columns.get('followed_up_on')?.[lead] !== undefined;
    found.push({ lead, campaign, person, date, worked });
  }
  return found;
};

/** The parts of a credit's condition that ask when a campaign was announced or acknowledged. */
const noticeAsked = ({ when, announced }: Credit): readonly Node[] => {
  const parts = when === undefined ? [] : conjuncts(when.node).filter(readsNotice);
  return announced === undefined ? parts : [...parts, announced.node];
};

const conjuncts = (node: Node): readonly Node[] =>
  node.kind === 'binary' && node.op === 'and' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];

const readsNotice = (root: Node): boolean => {
  let reads = false;
  walk(root, (node) => {
    if (node.kind === 'column' && (node.column === 'announced_on' || node.column === 'acknowledged_on')) reads = true;
  });
  return reads;
};

const pointAtLead = (frame: Frame, { pointers, refunds }: World, lead: number, date: Day): void => {
  frame.lead = lead;
  frame.deal = pointers.leadDeal[lead] as number;
  frame.campaign = pointers.leadCampaign[lead] as number;
  frame.rootDeal = frame.deal < 0 ? -1 : (refunds.root[frame.deal] as number);
  frame.date = date;
  frame.fxDate = date;
};

const wasKnown = ({ tables }: World, campaign: number, by: Day): boolean =>
  ['announced_on', 'acknowledged_on'].some((column) => {
    const day = tables.get('campaigns')?.columns.get(column)?.[campaign];
    return typeof day === 'number' && day <= by;
  });
