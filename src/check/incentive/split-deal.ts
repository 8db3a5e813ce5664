import type { Place } from '../../findings/finding.ts';
import { constantOf as constantIn } from '../../rules/expression/constant.ts';
import type { CreditReward, Plan, Reward } from '../../rules/plan.ts';
import { compare, div, mul, type Num, sub, toPercent } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { rowsOf } from '../scene/rows.ts';
import { Trials } from '../scene/trial.ts';
import { goalOf } from '../scene/usual.ts';
import { moneyText } from './amounts.ts';
import type { Incentives } from './context.ts';
import { dealsOfWhole } from './driver-deal.ts';
import { examplesOf } from './example-make.ts';
import { exactOf, toleranceOf } from './explore.ts';
import { constantOf, withReward } from './mend.ts';
import { type Sample, sampleOf } from './sample.ts';

/** In how many deals one amount is sold. */
const PARTS = [1, 2, 4, 8] as const;

/** A payment per deal: the same amount, sold in twice as many deals, pays it twice as often. */
export const splitDealEarns = (incentives: Incentives): readonly Found[] => {
  const found = new Map<string, Found>();
  for (const staged of incentives.staged) {
    if (!paysPerDeal(incentives.plan)) break;
    const driver = dealsOfWhole(incentives.stage, incentives.neutral, staged, PARTS[3]);
    const samples = PARTS.map((x) => sampled(incentives, x, driver.sceneAt));
    if (samples.some(({ failed }) => failed !== undefined)) continue;
    const [one, two, four, eight] = samples as [Sample, Sample, Sample, Sample];
    for (const { person, reward } of one.paid) {
      if (found.has(reward.name) || !isOfDeals(incentives.plan, reward)) continue;
      const at = (sample: Sample): Num => exactOf(sample, person, reward.name);
      const first = sub(at(two), at(one));
      const last = sub(at(eight), at(four));
      // What only helps up to a threshold stops; what is paid per deal goes on: four more deals, four more payments.
      if (compare(first, toleranceOf(eight)) <= 0 || compare(last, mul(first, 3)) < 0) continue;
      const made = foundOf(incentives, { driver, person, reward, one, two });
      if (made !== undefined) found.set(reward.name, made);
    }
  }
  return [...found.values()];
};

/** Whether any reward could depend on how many deals there are. */
const paysPerDeal = (plan: Plan): boolean =>
  [...plan.rewards.values()].some(
    (reward) => reward.body !== 'credit' || reward.unit === 'pay' || reward.links.length > 0,
  );

const isOfDeals = (plan: Plan, reward: Reward): boolean => {
  const each = reward.body === 'credit' ? plan.credits.get(reward.credit)?.each : 'deal';
  return each === 'deal' || each === 'split';
};

const sampled = (
  { plan, stage, forks, trials }: Incentives,
  x: number,
  sceneAt: (x: number) => Parameters<typeof rowsOf>[1],
): Sample =>
  sampleOf(x, rowsOf(stage, sceneAt(x)), {
    plan,
    forks,
    trials,
    from: stage.calendar.period,
    to: stage.calendar.period,
  });

/** So many runs may be spent on making one example small. */
const EXAMPLE_RUNS = 300;

interface Multiplied {
  readonly driver: ReturnType<typeof dealsOfWhole>;
  readonly person: string;
  readonly reward: Reward;
  readonly one: Sample;
  readonly two: Sample;
}

const foundOf = (incentives: Incentives, { driver, person, reward, one, two }: Multiplied): Found | undefined => {
  const { plan, stage } = incentives;
  const { mended, hint } = remedyOf(plan, reward);
  const cases = examplesOf(
    [one, two].map(({ x }) => ({ name: driver.nameAt(x), rows: rowsOf(stage, driver.sceneAt(x)) })),
    { plan, from: stage.calendar.period, to: stage.calendar.period, trials: new Trials(EXAMPLE_RUNS), person, mended },
  );
  if (cases === undefined) return undefined;
  const said = (sample: Sample): string =>
    moneyText(sample.paid.find((paid) => paid.person === person && paid.reward === reward)?.amount ?? 0, plan.digits);
  return {
    code: 'split-deal-earns',
    message: `splitting a deal multiplies ${reward.name}: ${driver.nameAt(one.x)} pays ${person} ${said(one)}, ${driver.nameAt(two.x)} ${said(two)}`,
    place: placeOf(reward),
    path: `rewards > ${reward.name}`,
    hint,
    counterexample: { cases },
  };
};

const placeOf = (reward: Reward): Place => {
  if (reward.body === 'payee') return reward.pay.place;
  if (reward.body === 'pool') return reward.pool.place;
  return reward.rate.kind === 'value' ? reward.rate.value.place : reward.rate.place;
};

const remedyOf = (plan: Plan, reward: Reward): { readonly hint: string; readonly mended: Plan | undefined } => {
  const general = 'pay a share of the amount (rate:), or count customers: count_distinct(...)';
  if (reward.body !== 'credit' || reward.rate.kind !== 'value' || reward.unit !== 'pay')
    return { hint: general, mended: undefined };
  const pay = constantIn(reward.rate.value.node, plan.params) as Num | undefined;
  const rate = pay && div(pay, goalOf(plan));
  if (rate === undefined) return { hint: general, mended: undefined };
  const text = toPercent(rate, 4);
  const mended = withReward(plan, reward, (one) => ({
    ...(one as CreditReward),
    unit: 'rate',
    rate: { kind: 'value', value: constantOf(plan, 'number', rate, text) },
  }));
  return {
    hint: `pay a share of the amount: rate: ${text} is as much on a deal of ${moneyText(goalOf(plan), plan.digits)}`,
    mended,
  };
};
