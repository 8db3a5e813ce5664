import { walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import { inOrder } from '../rules/load/circles.ts';
import type { Plan } from '../rules/plan.ts';
import type { Diff } from './diff.ts';
import type { Difference } from './difference.ts';

/**
 * The old plan with all the names of both: what the new one defines in addition pays nothing before a rule reads it, and
 * what it does without is kept for the rules that do read it.
 */
const withAllNames = ({ before, after }: Diff): Plan => {
  const both = <V>(old: ReadonlyMap<string, V>, now: ReadonlyMap<string, V>): ReadonlyMap<string, V> =>
    new Map([...now, ...old]);
  return {
    ...before,
    params: both(before.params, after.params),
    groups: both(before.groups, after.groups),
    credits: both(before.credits, after.credits),
    measures: both(before.measures, after.measures),
    needs: new Set([...before.needs, ...after.needs]),
  };
};

/** The old plan with some of the differences taken over: with none it pays what the old one pays, with all what the new one does. */
export const hybridOf = (diff: Diff, taken: readonly Difference[]): Plan => {
  let plan = withAllNames(diff);
  for (const { take } of taken) if (take !== undefined) plan = take(plan);
  return { ...plan, rewardOrder: rewardOrderOf(plan) };
};

/** Rewards such that those come first that others read. */
const rewardOrderOf = (plan: Plan): readonly string[] => {
  const reads = new Map<string, string[]>([...plan.rewards.keys()].map((name) => [name, []]));
  for (const { expression, path } of expressionsOf(plan)) {
    const [section, name = ''] = path.split(' > ');
    if (section !== 'rewards') continue;
    walk(expression.node, (node) => {
      if (node.kind === 'pay' && plan.rewards.has(node.reward)) reads.get(name)?.push(node.reward);
    });
  }
  return inOrder(reads).order;
};
