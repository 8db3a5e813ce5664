import { type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf as expressionsOfPlan } from '../../rules/expressions.ts';
import { expressionsOf as expressionsOfLink } from '../../rules/link/expressions.ts';
import type { Credit, CreditReward, Expression, Plan, Reward } from '../../rules/plan.ts';
import { readingOf } from '../logic/bounds.ts';
import { keyOf, type Reading } from '../logic/key.ts';

/** A condition of a plan, and what certainly holds where it is asked. */
export interface Condition {
  readonly expression: Expression;
  /** The whole expression, or a condition inside of it. */
  readonly node: Node;
  readonly path: string;
  /** `credits > won > when`, or what stands inside of an expression: `where`, `if`. */
  readonly role: string;
  readonly given: readonly Node[];
  readonly reading: Reading;
}

const nodesOf = (...expressions: readonly (Expression | undefined)[]): readonly Node[] =>
  expressions.flatMap((expression) => (expression === undefined ? [] : [expression.node]));

/** What holds for every row that a credit is given for. */
export const givenBy = (credit: Credit | undefined): readonly Node[] =>
  nodesOf(credit?.when, credit?.announced, credit?.shareAmong);

/** What holds for every line of a reward, and how its expressions are understood: whoever a credit goes to is the payee. */
export const lineOf = (
  plan: Plan,
  reward: CreditReward,
): { readonly given: readonly Node[]; readonly reading: Reading } => {
  const credit = plan.credits.get(reward.credit);
  const plain = readingOf(plan);
  // In a tail the payee has left already, and the people row of that day says something else.
  const known = credit !== undefined && credit.to !== 'company' && reward.tail === undefined;
  const reading = known ? readingOf(plan, keyOf((credit.to as Expression).node, plain)) : plain;
  return { given: [...givenBy(credit), ...nodesOf(reward.when, reward.who)], reading };
};

/** All conditions of a plan, in its order. */
export const conditionsOf = (plan: Plan): readonly Condition[] => {
  const found: Condition[] = [];
  const plain = readingOf(plan);
  const add = (
    expression: Expression | undefined,
    at: { readonly path: string; readonly role: string; readonly given?: readonly Node[]; readonly reading?: Reading },
  ): void => {
    if (expression === undefined) return;
    const { path, role, given = [], reading = plain } = at;
    const isCondition = expression.type === 'boolean';
    if (isCondition) found.push({ expression, node: expression.node, path, role, given, reading });
    found.push(...inside(expression, { path, given, reading }, plain));
  };
  const done = new Set<Expression>();
  const take = (expression: Expression | undefined): Expression | undefined => {
    if (expression !== undefined) done.add(expression);
    return expression;
  };
  for (const group of plan.groups.values())
    add(take(group.when), { path: `groups > ${group.name}`, role: 'condition' });
  for (const credit of plan.credits.values()) {
    const path = `credits > ${credit.name}`;
    add(take(credit.when), { path: `${path} > when`, role: 'when' });
    add(take(credit.shareAmong), { path: `${path} > share_among`, role: 'share_among' });
    // What announced_only asks is the language's own.
    take(credit.announced);
  }
  for (const reward of plan.rewards.values()) addReward(plan, reward, { add, take, plain });
  // What is left are figures, with conditions inside of them at most.
  for (const { expression, path } of expressionsOfPlan(plan)) {
    if (done.has(expression)) continue;
    const credit = plan.credits.get(/^credits > (\S+)/.exec(path)?.[1] ?? '');
    add(expression, { path, role: 'condition', given: givenBy(credit) });
  }
  return found;
};

interface Adding {
  readonly add: (
    expression: Expression | undefined,
    at: { readonly path: string; readonly role: string; readonly given?: readonly Node[]; readonly reading?: Reading },
  ) => void;
  readonly take: (expression: Expression | undefined) => Expression | undefined;
  readonly plain: Reading;
}

const addReward = (plan: Plan, reward: Reward, { add, take, plain }: Adding): void => {
  const path = `rewards > ${reward.name}`;
  const ofLine = reward.body === 'credit' ? lineOf(plan, reward) : undefined;
  const reading = ofLine?.reading ?? plain;
  const credit = reward.body === 'credit' ? plan.credits.get(reward.credit) : undefined;
  const given = ofLine?.given ?? nodesOf(reward.who, reward.when);
  add(take(reward.who), { path: `${path} > who`, role: 'who', given: givenBy(credit), reading });
  const before = reward.body === 'credit' ? [...givenBy(credit), reward.who.node] : [reward.who.node];
  add(take(reward.when), { path: `${path} > when`, role: 'when', given: before, reading });
  for (const link of reward.links) {
    const at = `${path} > links > ${link.name}`;
    add(take(link.when), { path: `${at} > when`, role: 'when', given, reading });
    const applied = [...given, ...nodesOf(link.when)];
    for (const expression of expressionsOfLink(link)) {
      if (expression === link.when) continue;
      const role = expression === link.unless ? 'unless' : 'gate';
      add(take(expression), { path: at, role, given: applied, reading });
    }
  }
  if (reward.body !== 'credit') return;
  for (const { expression, path: at } of expressionsOfPlan(plan)) {
    if (at === `${path} > ${reward.unit}`) add(take(expression), { path: at, role: 'condition', given, reading });
  }
};

/** Conditions inside of an expression: those of `if`, and the `where` of what is added up. */
const inside = (
  expression: Expression,
  at: { readonly path: string; readonly given: readonly Node[]; readonly reading: Reading },
  plain: Reading,
): readonly Condition[] => {
  const found: Condition[] = [];
  walk(expression.node, (node) => {
    if (node.kind === 'call' && node.name === 'if') {
      const [condition] = node.args;
      if (condition !== undefined) found.push({ expression, node: condition, role: 'if', ...at });
    }
    if (node.kind === 'aggregate' && node.where !== undefined) {
      const given = givenBy(plain.plan.credits.get(node.credit));
      found.push({ expression, node: node.where, role: 'where', path: at.path, given, reading: plain });
    }
  });
  return found;
};
