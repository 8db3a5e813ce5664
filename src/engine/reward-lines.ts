import type { CreditReward, Reward } from '../rules/plan.ts';
import { isMissing } from '../values/missing.ts';
import type { Period } from '../values/period.ts';
import type { Crossing } from './crossing.ts';
import type { Engine, RewardResult } from './engine.ts';
import { between } from './ledger.ts';
import type { Line, Person, Stay } from './result.ts';
import { limit, type Payee, payeeOf, sayMissing, stand } from './reward.ts';
import { AmountsPayer, type Groundwork } from './reward-amounts.ts';
import { payCredits, payTail } from './reward-credit.ts';
import { payStays } from './reward-payee.ts';
import { payPools } from './reward-pool.ts';

/**
 * Works out what a reward pays in one of its periods: lines, then cap and guarantee, for everyone in `who`. With a groundwork, a
 * per-credit reward pays the sums of its lines alone.
 */
export const rewardLines = (
  engine: Engine,
  reward: Reward,
  period: Period,
  crossing: Crossing,
  ground: Groundwork | undefined,
): RewardResult => {
  const lines = new Map<Person, Line[]>();
  const members = new Map<Person, { lastStay: Stay; payee: Payee | undefined }>();
  const payees: Payee[] = [];
  const amounts = ground && reward.body === 'credit' ? new AmountsPayer(engine, reward, ground) : undefined;
  const settle = (payee: Payee): void => {
    const own = lines.get(payee.person) ?? [];
    if (amounts !== undefined) amounts.pay(payee, own);
    else if (reward.body === 'credit') payCredits(engine, payee, own);
    if (reward.body === 'payee') payStays(engine, payee, own);
    if (takesPart(engine, payee, own)) limit(engine, payee, own);
    if (own.length > 0) lines.set(payee.person, own);
  };
  for (const person of engine.people) {
    if (!engine.asksFor(reward, person)) continue;
    const payee = payeeOf(engine, reward, period, person, crossing);
    if (payee === undefined) continue;
    // Where only amounts are asked for, nobody will ask how they came about.
    members.set(person, { lastStay: payee.lastStay, payee: engine.amountsOnly ? undefined : payee });
    if (reward.body === 'pool') payees.push(payee);
    else settle(payee);
  }
  if (reward.body === 'pool') {
    payPools(engine, reward, period, payees, lines);
    for (const payee of payees) settle(payee);
  }
  if (reward.body === 'credit' && reward.tail !== undefined) payTails(engine, reward, period, crossing, lines, members);
  return { lines, members };
};

/** Whoever a per-payee reward or a pool leaves out by its `when` has no guarantee either. */
const takesPart = (engine: Engine, payee: Payee, lines: readonly Line[]): boolean => {
  const { reward, frame } = payee;
  if (reward.body === 'credit' || reward.when === undefined || lines.length > 0) return true;
  stand(payee, payee.lastStay);
  return engine.compiler.compile(reward.when.node)(frame) === true;
};

/** Credits dated in the period, after `who` had ceased to hold, within the tail. */
const payTails = (
  engine: Engine,
  reward: CreditReward,
  period: Period,
  crossing: Crossing,
  lines: Map<Person, Line[]>,
  members: Map<Person, { lastStay: Stay; payee: Payee | undefined }>,
): void => {
  for (const person of engine.people) {
    if (!engine.asksFor(reward, person)) continue;
    const holding = engine.groups.holding(reward.who, person);
    if (holding.length === 0) continue;
    for (const row of between(engine.ledger.of(reward.credit, person), period.from, period.to)) {
      const ended = holding.filter((stay) => stay.to < row.date);
      if (ended.length === 0 || holding.some((stay) => stay.from <= row.date && row.date <= stay.to)) continue;
      const lastDay = Math.max(...ended.map((stay) => stay.to));
      if (row.date - lastDay > (reward.tail as number)) continue;
      const payeeIn = (of: Period): Payee | undefined => payeeOf(engine, reward, of, person, crossing);
      const line = payTail(engine, reward, period, payeeIn, row, lastDay);
      if (line === undefined) continue;
      if (isMissing(line)) {
        sayMissing(engine.sink, reward, person, period, line);
        break;
      }
      const own = lines.get(person);
      if (own === undefined) lines.set(person, [line]);
      else own.push(line);
      if (!members.has(person)) members.set(person, { lastStay: line.stay, payee: undefined });
    }
  }
};
