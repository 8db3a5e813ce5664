import { walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import type { Plan } from '../rules/plan.ts';
import type { Named } from './rename.ts';

type Thing = `${Named} > ${string}`;

/** Which things of a plan read which others. */
const readsOf = (plan: Plan): ReadonlyMap<Thing, ReadonlySet<Thing>> => {
  const reads = new Map<Thing, Set<Thing>>();
  const add = (reader: Thing, read: Thing): void => {
    const known = reads.get(reader);
    if (known === undefined) reads.set(reader, new Set([read]));
    else known.add(read);
  };
  for (const { expression, path } of expressionsOf(plan)) {
    const reader = path.split(' > ').slice(0, 2).join(' > ') as Thing;
    walk(expression.node, (node) => {
      if (node.kind === 'param') add(reader, `params > ${node.name}`);
      if (node.kind === 'group') add(reader, `groups > ${node.name}`);
      if (node.kind === 'aggregate') add(reader, `credits > ${node.credit}`);
      if (node.kind === 'measure') add(reader, `measures > ${node.name}`);
      if (node.kind === 'quota') add(reader, `measures > ${node.measure}`);
      if (node.kind === 'pay') add(reader, `rewards > ${node.reward}`);
      if ('scope' in node && node.scope.kind === 'group') add(reader, `groups > ${node.scope.name}`);
    });
  }
  for (const reward of plan.rewards.values())
    if (reward.body === 'credit') add(`rewards > ${reward.name}`, `credits > ${reward.credit}`);
  return reads;
};

/** Answers which rewards read something, directly or through what they read; a reward reads itself. */
export const rewardsReading = (plan: Plan): ((kind: Named, name: string) => readonly string[]) => {
  const readers = new Map<Thing, Thing[]>();
  for (const [reader, read] of readsOf(plan)) {
    for (const one of read) {
      const known = readers.get(one);
      if (known === undefined) readers.set(one, [reader]);
      else known.push(reader);
    }
  }
  return (kind, name) => {
    const found = new Set<Thing>([`${kind} > ${name}`]);
    for (const thing of found) for (const reader of readers.get(thing) ?? []) found.add(reader);
    return [...plan.rewards.keys()].filter((reward) => found.has(`rewards > ${reward}`));
  };
};
