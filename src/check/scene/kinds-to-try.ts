import { type Known, type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import { expressionsOf as expressionsOfLink } from '../../rules/link/expressions.ts';
import type { Credit, CreditReward, Plan } from '../../rules/plan.ts';
import { numText } from '../logic/number.ts';
import { readByRewards } from '../meaning/unused.ts';
import { type Actor, rewardsOf } from './cast.ts';
import type { Facts } from './facts.ts';
import { POINTERS, type Pointer, pointerOf } from './roles.ts';
import type { Goal } from './solve.ts';
import { type Doers, doersOf, type Kind, kindFor, type Stage } from './stage.ts';

/** A kind of deal, and who does what around it. */
export interface Staged {
  readonly kind: Kind;
  readonly doers: Doers;
  /** The credit that it is made for. */
  readonly credit: Credit;
}

/** Why no rows could be made for something. */
export interface NotStaged {
  readonly credit: Credit;
}

/** A plan may branch into more kinds than anyone would read; the first ones are tried. */
const MOST_KINDS = 32;

const wants = (node: Node | undefined, want: boolean): readonly Goal[] => (node === undefined ? [] : [{ node, want }]);

const equals = (left: Node, value: Known): Node => ({
  kind: 'binary',
  type: 'boolean',
  op: '==',
  left,
  right: { kind: 'literal', type: left.type, value, start: 0, end: 0 },
  start: 0,
  end: 0,
});

/** Whether a condition asks rows, so that other rows decide it otherwise. */
const readsRows = (node: Node): boolean => {
  let reads = false;
  walk(node, (one) => {
    if (one.kind === 'column' || one.kind === 'person') reads = true;
  });
  return reads;
};

/** The conditions inside of an expression. */
const ifsIn = (node: Node): readonly Node[] => {
  const found: Node[] = [];
  walk(node, (one) => {
    const [condition] = one.kind === 'call' && one.name === 'if' ? one.args : [];
    if (condition !== undefined && readsRows(condition)) found.push(condition);
  });
  return found;
};

/** The ways in which lines of a reward can differ: rows of its table, arms of its conditions, links that apply or not. */
const branchesOf = (plan: Plan, reward: CreditReward): readonly (readonly Goal[])[] => {
  const { rate } = reward;
  const when = wants(reward.when?.node, true);
  const branches: (readonly Goal[])[] = [when];
  if (rate.kind === 'table') {
    const keys = [...rate.rows.keys()].map((key) => equals(rate.by.node, key));
    for (const key of keys) branches.push([...when, ...wants(key, true)]);
    if (rate.otherwise !== undefined) branches.push([...when, ...keys.flatMap((key) => wants(key, false))]);
  }
  const expressions = expressionsOf(plan).filter(({ path }) => path.startsWith(`rewards > ${reward.name} >`));
  const conditions = [
    ...expressions.flatMap(({ expression }) => ifsIn(expression.node)),
    ...reward.links.flatMap(({ when: applies }) => (applies === undefined ? [] : [applies.node])),
    ...reward.links
      .flatMap((link) => expressionsOfLink(link))
      .filter(({ type }) => type === 'boolean')
      .map(({ node }) => node),
  ].filter(readsRows);
  for (const condition of conditions)
    for (const want of [true, false]) branches.push([...when, ...wants(condition, want)]);
  return branches;
};

/** The conditions under which a credit is added up, by the plan's measures and rewards. */
const wheresOf = (plan: Plan, credit: Credit): readonly (readonly Goal[])[] => {
  const found: (readonly Goal[])[] = [];
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      if (node.kind === 'aggregate' && node.credit === credit.name && node.where !== undefined)
        found.push(wants(node.where, true), wants(node.where, false));
    });
  }
  return found;
};

const actorAt = (stage: Stage, facts: Facts, pointer: Pointer): Actor | undefined =>
  stage.cast.actors.find(({ id }) => id === facts.get(pointer));

/** A kind with whoever does it as a rule, else with whoever its conditions ask for. */
const staged = (
  stage: Stage,
  credit: Credit,
  { owner, set }: { readonly owner: Actor; readonly set: Partial<Doers> },
  goals: readonly Goal[],
): Staged | undefined => {
  const usual = { ...doersOf(stage, owner), ...set };
  const found = kindFor(stage, credit, usual, goals);
  if (found !== undefined) return { kind: found, doers: usual, credit };
  const free = kindFor(stage, credit, set, goals);
  if (free === undefined) return undefined;
  const doers = Object.fromEntries(
    POINTERS.map((pointer) => [pointer, actorAt(stage, free.facts, pointer) ?? usual[pointer]]),
  ) as Record<Pointer, Actor>;
  return { kind: free, doers, credit };
};

/** Whoever could be credited: those who do it as a rule, and for a reward of others somebody of theirs. */
const creditedActors = (stage: Stage, credit: Credit): readonly Partial<Doers>[] => {
  const pointer = pointerOf(credit);
  if (pointer === undefined) return [{}];
  const usual = stage.roles[pointer];
  const covers = (actor: Actor): ReadonlySet<string> =>
    new Set(rewardsOf(stage.plan, stage.cast, actor).map(({ name }) => name));
  const covered = new Set(usual.flatMap((actor) => [...covers(actor)]));
  const more: Actor[] = [];
  for (const reward of stage.plan.rewards.values()) {
    if (reward.body !== 'credit' || reward.credit !== credit.name || covered.has(reward.name)) continue;
    const actor = stage.cast.actors.find((one) => covers(one).has(reward.name));
    if (actor === undefined) continue;
    more.push(actor);
    for (const name of covers(actor)) covered.add(name);
  }
  return [...usual, ...more].map((actor) => ({ [pointer]: actor }));
};

/** The kinds of deals on which a plan can pay differently, and the credits for which no rows could be made. */
export const kindsToTry = (
  stage: Stage,
): { readonly staged: readonly Staged[]; readonly not: readonly NotStaged[] } => {
  const { plan } = stage;
  const used = readByRewards(plan).credits;
  const found = new Map<string, Staged>();
  const not: NotStaged[] = [];
  const [first] = stage.roles['deal.owner'];
  if (first === undefined) return { staged: [], not };
  for (const credit of plan.credits.values()) {
    if (!used.has(credit.name)) continue;
    const rewards = [...plan.rewards.values()].filter(
      (reward): reward is CreditReward => reward.body === 'credit' && reward.credit === credit.name,
    );
    const branches = [[], ...rewards.flatMap((reward) => branchesOf(plan, reward)), ...wheresOf(plan, credit)];
    let any = false;
    for (const set of creditedActors(stage, credit)) {
      for (const goals of branches) {
        if (found.size >= MOST_KINDS) break;
        const one = staged(stage, credit, { owner: set['deal.owner'] ?? first, set }, goals);
        if (one === undefined) continue;
        any = true;
        found.set(keyOf(one), one);
      }
    }
    if (!any) not.push({ credit });
  }
  return { staged: [...found.values()], not };
};

/** What tells kinds apart: the cells of their rows, and who does what. */
const keyOf = ({ kind, doers }: Staged): string =>
  JSON.stringify([
    [...kind.facts]
      .filter(([cell]) => !cell.startsWith('@'))
      .map(([cell, value]) => [cell, numText(value)])
      .sort(),
    POINTERS.map((pointer) => doers[pointer].id),
  ]);
