import type { Known, Node } from '../../rules/expression/typed.ts';
import type { Credit, Plan, Reward } from '../../rules/plan.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { type Actor, type Cast, castOf } from './cast.ts';
import { columnsRead, countedCells } from './columns.ts';
import type { Facts } from './facts.ts';
import { oneForSameWork, POINTERS, type Pointer, type Roles, rolesOf } from './roles.ts';
import { type Goal, type Solving, solve } from './solve.ts';
import { usualValue } from './usual.ts';

/** A deal and what belongs to it, as conditions ask for it: the same for however many deals of the kind. */
export interface Kind {
  /** Cells of `deal`, `attribution`, `campaign`, `lead` and `split`; what is not in it is as usual. */
  readonly facts: Facts;
  /** The credits that such a deal, its touches or its lead give. */
  readonly credits: ReadonlySet<string>;
}

/** Everything of a plan's scenes that is the same for all of them. */
export interface Stage {
  readonly plan: Plan;
  readonly calendar: Calendar;
  readonly cast: Cast;
  readonly roles: Roles;
  readonly columns: ReturnType<typeof columnsRead>;
  /** Cells of which each deal has its own, unless a condition asks for one. */
  readonly counted: ReadonlySet<string>;
  readonly usual: (cell: string) => Known | undefined;
}

export const stageOf = (plan: Plan, on?: number): Stage => {
  const calendar = calendarOf(plan, on);
  const usual = usualValue(plan, calendar.period);
  const cast = oneForSameWork(plan, castOf(plan, usual));
  return {
    plan,
    calendar,
    cast,
    roles: rolesOf(plan, cast),
    columns: columnsRead(plan),
    counted: countedCells(plan),
    usual,
  };
};

export const solvingOf = ({ plan, usual, cast }: Stage, payee: Actor | undefined): Solving => ({
  plan,
  payee: payee?.id,
  usual,
  people: cast.actors.map(({ id }) => id),
});

/** Who does what around one deal. */
export type Doers = Readonly<Record<Pointer, Actor>>;

/** Whoever does it as a rule, around a deal of somebody. */
export const doersOf = ({ roles }: Stage, owner: Actor): Doers => {
  const [runner] = roles['campaign.owner'];
  const [originator] = roles['campaign.originator'];
  const [worker] = roles['lead.assigned_to'];
  const works = roles['lead.assigned_to'].find(({ department }) => department === owner.department);
  return {
    'deal.owner': owner,
    'campaign.owner': runner as Actor,
    'campaign.originator': originator as Actor,
    'lead.assigned_to': works ?? (worker as Actor),
  };
};

const pointed = (stage: Stage, doers: { readonly [P in Pointer]?: Actor | undefined }): Facts => {
  const facts = new Map<string, Known | undefined>(stage.cast.facts);
  for (const pointer of POINTERS) {
    const actor = doers[pointer];
    if (actor !== undefined) facts.set(pointer, actor.id);
  }
  return facts;
};

/** A deal without splits has one, its owner's; where a condition asks for another, there is one more. */
const PART = 'split.person_id';

const goalsOf = (...nodes: readonly (Node | undefined)[]): readonly Goal[] =>
  nodes.flatMap((node) => (node === undefined ? [] : [{ node, want: true }]));

/** What a row must meet for a credit to be given. */
export const goalsOfCredit = ({ calendar }: Stage, credit: Credit): readonly Goal[] => [
  ...goalsOf(credit.when?.node, credit.announced?.node, credit.shareAmong?.node),
  // The credit counts in the period that is paid.
  ...within(credit.date.node, calendar.period.from, calendar.period.to),
];

const within = (node: Node, from: number, to: number): readonly Goal[] => {
  const bound = (op: '>=' | '<=', value: number): Node => ({
    kind: 'binary',
    type: 'boolean',
    op,
    left: node,
    right: { kind: 'literal', type: 'date', value, start: 0, end: 0 },
    start: 0,
    end: 0,
  });
  return goalsOf(bound('>=', from), bound('<=', to));
};

const equals = (left: Node, value: Known): Node => ({
  kind: 'binary',
  type: 'boolean',
  op: '==',
  left,
  right: { kind: 'literal', type: left.type, value, start: 0, end: 0 },
  start: 0,
  end: 0,
});

/** What would make more of the plan apply to a line, where it can be had: its `when`, its links, a row of its rate table. */
const wishesOf = (reward: Reward): readonly (readonly Goal[])[] => {
  if (reward.body !== 'credit') return [];
  const { rate } = reward;
  const [row] = rate.kind === 'table' ? rate.rows.keys() : [];
  const table = rate.kind === 'table' && row !== undefined ? [goalsOf(equals(rate.by.node, row))] : [];
  return [
    goalsOf(reward.when?.node),
    ...table,
    ...reward.links.map((link) => goalsOf(link.when?.node)),
    ...reward.links.flatMap(({ factor }) => (factor.kind === 'gate' ? [goalsOf(factor.condition.node)] : [])),
  ];
};

/**
 * A deal of somebody that meets a credit's conditions and, as far as these leave room, those of the other credits and of
 * rewards as well. Undefined where the conditions could not be met.
 */
export const kindFor = (
  stage: Stage,
  credit: Credit | undefined,
  doers: Partial<Doers>,
  more: readonly Goal[] = [],
): Kind | undefined => {
  const { plan } = stage;
  const solving = solvingOf(stage, doers['deal.owner']);
  const owner = doers['deal.owner'];
  // Whoever is credited for a split is the one in question, whoever else owns the deal.
  const whole = credit?.each !== 'split' || doers['campaign.owner'] !== undefined;
  const start = new Map(pointed(stage, whole ? doers : { ...doers, 'deal.owner': undefined }));
  if (owner !== undefined) start.set(PART, owner.id);
  const first = [...(credit === undefined ? [] : goalsOfCredit(stage, credit)), ...more];
  let facts = solve(first, start, solving);
  if (facts === undefined) return undefined;
  const wish = (goals: readonly Goal[]): boolean => {
    const found = goals.length === 0 ? undefined : solve(goals, facts as Facts, solving);
    if (found !== undefined) facts = found;
    return found !== undefined;
  };
  for (const reward of plan.rewards.values())
    if (reward.body === 'credit' && reward.credit === credit?.name) for (const goals of wishesOf(reward)) wish(goals);
  const credits = new Set<string>(credit === undefined ? [] : [credit.name]);
  for (const other of plan.credits.values()) {
    const goals = goalsOfCredit(stage, other);
    if (solve(goals, facts, solving) !== undefined && wish(goals)) credits.add(other.name);
  }
  for (const reward of plan.rewards.values())
    if (reward.body === 'credit' && credits.has(reward.credit)) for (const goals of wishesOf(reward)) wish(goals);
  return { facts, credits };
};

const isOfDeal = ({ each }: Credit): boolean => each === 'deal' || each === 'split';

/** The kinds of deals that somebody makes: every credit of theirs over deals is in one of them, if it can be had at all. */
export const kindsOf = (stage: Stage, owner: Actor): readonly Kind[] => {
  const doers = doersOf(stage, owner);
  const kinds: Kind[] = [];
  const isMet = (name: string): boolean => kinds.some(({ credits }) => credits.has(name));
  const all = [...stage.plan.credits.values()];
  for (const credit of [...all.filter(isOfDeal), ...all.filter((one) => !isOfDeal(one))]) {
    if (isMet(credit.name)) continue;
    if (!isOfDeal(credit) && kinds.length > 0) continue;
    const kind = kindFor(stage, credit, doers);
    if (kind !== undefined) kinds.push(kind);
  }
  return kinds.length > 0 ? kinds : [{ facts: pointed(stage, doers), credits: new Set() }];
};
