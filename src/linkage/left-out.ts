import { type Computed, payAmounts } from '../engine/compute.ts';
import type { Kept, LinksLeftOut } from '../engine/engine.ts';
import type { Line } from '../engine/result.ts';
import { NO_REWARDS_KEPT } from '../engine/reward-amounts.ts';
import { Sink } from '../findings/sink.ts';
import { walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import type { Plan, Reward } from '../rules/plan.ts';
import { add, type Num } from '../values/num.ts';
import type { Period } from '../values/period.ts';

/** What people are paid by the same plan without some links. */
export interface PaidWithout {
  /** Of a reward that the person has a payout of; undefined where the plan has no answer without the links. */
  readonly amount: (period: Period, person: string, reward: string) => Num | undefined;
  /** Of everybody but some people in a department, by their stays; undefined where the plan has no answer without the links. */
  readonly inDepartment: (period: Period, department: string, held: ReadonlySet<string>) => Num | undefined;
}

/** Pays the credits of a run once more with links left out: those that cross, or all. The run itself is not touched. */
export const paidWithout = (computed: Computed, leftOut: LinksLeftOut): PaidWithout => {
  const { engine, plan, periods } = computed;
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return NO_ANSWER;
  // What no link reaches is paid as it was.
  const same = rewardsWithoutLinks(plan);
  const kept: Kept = {
    ...NO_REWARDS_KEPT,
    shared: engine.shared,
    own: () => new Map(),
    forDeal: () => undefined,
    reward: (reward, period) =>
      same.has(reward.name) ? engine.reward(plan.rewards.get(reward.name) as Reward, period) : undefined,
    measureKey: (name) => name,
  };
  const { inForce, paidBefore } = engine;
  const options = { periods: { from: first.period, to: last.period }, inForce, paidBefore, leftOut, kept };
  const paid = payAmounts({ world: engine.world, ledger: engine.ledger }, plan, options, new Sink());
  if (paid === undefined) return NO_ANSWER;
  const amounts = new Map<string, Num>();
  const byDepartment = new Map<string, Map<string, Num>>();
  const take = ({ person, stay, amount }: Line, { label }: Period): void => {
    const key = JSON.stringify([label, stay.department ?? '']);
    const people = byDepartment.get(key) ?? new Map<string, Num>();
    byDepartment.set(key, people);
    people.set(person.id, add(people.get(person.id) ?? 0, amount));
  };
  for (const { reward, period, result } of paid.rewards) {
    for (const [{ id }, lines] of result.lines) {
      const amount = lines.reduce<Num>((sum, line) => add(sum, line.amount), 0);
      amounts.set(keyOf(period, id, reward.name), amount);
      for (const line of lines) take(line, period);
    }
  }
  // Adjustments are outside of all links.
  for (const { period, payouts } of periods) {
    for (const { person, reward, rewardName, amount, lines } of payouts) {
      if (reward !== undefined) continue;
      amounts.set(keyOf(period, person.id, rewardName), amount);
      for (const line of lines) take(line, period);
    }
  }
  return {
    amount: (period, person, reward) => amounts.get(keyOf(period, person, reward)) ?? 0,
    inDepartment: ({ label }, department, held) => {
      let sum: Num = 0;
      for (const [person, amount] of byDepartment.get(JSON.stringify([label, department])) ?? [])
        if (!held.has(person)) sum = add(sum, amount);
      return sum;
    },
  };
};

const NO_ANSWER: PaidWithout = { amount: () => undefined, inDepartment: () => undefined };

/** The rewards that have no links and read no reward that has some. */
const rewardsWithoutLinks = (plan: Plan): ReadonlySet<string> => {
  const reads = new Map<string, Set<string>>();
  for (const { expression, path } of expressionsOf(plan)) {
    const [section, name = ''] = path.split(' > ');
    if (section !== 'rewards') continue;
    walk(expression.node, (node) => {
      if (node.kind === 'pay') reads.set(name, (reads.get(name) ?? new Set()).add(node.reward));
    });
  }
  const free = new Set<string>();
  for (const name of plan.rewardOrder) {
    const readsLinked = [...(reads.get(name) ?? [])].some((other) => !free.has(other));
    if (plan.rewards.get(name)?.links.length === 0 && !readsLinked) free.add(name);
  }
  return free;
};

const keyOf = (period: Period, person: string, reward: string): string =>
  JSON.stringify([period.label, person, reward]);
