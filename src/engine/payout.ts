import type { Plan, Reward } from '../rules/plan.ts';
import { add, type Num } from '../values/num.ts';
import type { RewardResult } from './engine.ts';
import type { Line, Payout, Person, Stay } from './result.ts';
import type { Payee } from './reward.ts';

/** What everyone is paid in a period, by person id and the plan's order of rewards; adjustments last. */
export const payoutsOf = (
  plan: Plan,
  due: ReadonlyMap<Reward, RewardResult>,
  adjustments: ReadonlyMap<Person, readonly Line[]>,
): Payout[] => {
  const payouts: Payout[] = [];
  const order = new Map<string, number>([...plan.rewards.keys()].map((name, i) => [name, i]));
  for (const [reward, { lines, members }] of due) {
    for (const [person, { lastStay, payee }] of members)
      payouts.push(payout(person, reward, reward.name, lines.get(person) ?? [], lastStay, payee));
  }
  for (const [person, lines] of adjustments) {
    payouts.push(payout(person, undefined, 'adjustments', lines, (lines[0] as Line).stay, undefined));
  }
  const position = (name: string): number => order.get(name) ?? plan.rewards.size;
  return payouts.sort((a, b) => {
    if (a.person.id !== b.person.id) return a.person.id < b.person.id ? -1 : 1;
    return position(a.rewardName) - position(b.rewardName);
  });
};

const payout = (
  person: Person,
  reward: Reward | undefined,
  rewardName: string,
  lines: readonly Line[],
  lastStay: Stay,
  payee: Payee | undefined,
): Payout => ({
  person,
  reward,
  rewardName,
  lines,
  amount: lines.reduce<Num>((total, line) => add(total, line.amount), 0),
  payee,
  lastStay,
});
