import type { Node } from '../../rules/expression/typed.ts';
import type { CreditReward, Plan } from '../../rules/plan.ts';
import type { RateSteps } from '../../rules/rate/kinds.ts';
import type { Found } from '../found.ts';
import { readingOf } from '../logic/bounds.ts';
import { keyOf, type Reading } from '../logic/key.ts';
import { isSubset, type Rows } from '../logic/subset.ts';

/** Steps of a quota whose measure adds up something else than what walks up the steps. */
export const countingMismatch = (plan: Plan): readonly Found[] =>
  [...plan.rewards.values()].flatMap((reward) =>
    reward.body === 'credit' && reward.rate.kind === 'steps' ? judge(reward, reward.rate, plan) : [],
  );

type Aggregate = Extract<Node, { kind: 'aggregate' }>;

/** The measure of the quota that thresholds are shares of, where that is one plain sum or count. */
const measured = (rate: RateSteps, plan: Plan): { readonly name: string; readonly sum: Aggregate } | undefined => {
  const quota = rate.of?.node;
  if (quota?.kind !== 'quota' || quota.scope.kind !== 'own') return undefined;
  const sum = plan.measures.get(quota.measure)?.value.node;
  return sum?.kind === 'aggregate' && sum.scope.kind === 'own' ? { name: quota.measure, sum } : undefined;
};

const judge = (reward: CreditReward, rate: RateSteps, plan: Plan): readonly Found[] => {
  const goal = measured(rate, plan);
  if (goal === undefined || rate.of === undefined) return [];
  const reading = readingOf(plan);
  const counted: Rows = { credit: reward.credit, where: reward.when?.node };
  const { sum } = goal;
  const sameRows = isSubset(counted, sum, reading) && isSubset(sum, counted, reading);
  if (sameRows && countsTheSame(reward, rate, sum, plan, reading)) return [];
  const what = sameRows ? 'adds up something else of them' : 'adds up other rows than these';
  return [
    {
      code: 'counting-mismatch',
      message: `the steps count what ${reward.name} pays, but of: is the quota of ${goal.name}, which ${what}`,
      place: rate.of.place,
      path: `rewards > ${reward.name} > ${reward.unit}`,
      related: [{ ...(plan.measures.get(goal.name)?.place ?? rate.of.place), message: `${goal.name} stands here` }],
      hint: 'take the quota of a measure that adds up exactly what the reward pays',
    },
  ];
};

/** Whether each row counts in the steps what it counts in the measure. */
const countsTheSame = (
  reward: CreditReward,
  rate: RateSteps,
  sum: Aggregate,
  plan: Plan,
  reading: Reading,
): boolean => {
  const own = plan.credits.get(reward.credit);
  if (rate.counting === undefined) {
    if (reward.unit === 'pay') return sum.fn === 'count';
    return (
      sum.fn === 'sum' &&
      sum.value !== undefined &&
      isAmount(sum.value, own?.amount?.node, own?.share === undefined, reading)
    );
  }
  const { node } = rate.counting;
  if (node.kind === 'literal') return sum.fn === 'count';
  if (sum.fn !== 'sum' || sum.value === undefined) return false;
  return keyOf(sum.value, reading) === keyOf(node, reading) || isAmount(sum.value, node, true, reading);
};

const isAmount = (value: Node, amount: Node | undefined, whole: boolean, reading: Reading): boolean => {
  if (value.kind === 'credited') return value.what === 'amount';
  return whole && amount !== undefined && keyOf(value, reading) === keyOf(amount, reading);
};
