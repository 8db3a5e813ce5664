import type { Related } from '../../findings/finding.ts';
import { constantOf as constantIn } from '../../rules/expression/constant.ts';
import type { CreditReward, Expression, Plan, Reward } from '../../rules/plan.ts';
import { compare, type Num, sign, sub } from '../../values/num.ts';
import type { Counterexample } from '../counterexample.ts';
import type { Found } from '../found.ts';
import { rowsOf } from '../scene/rows.ts';
import { Trials } from '../scene/trial.ts';
import { amountOf, moneyText, peopleIn, totalOf } from './amounts.ts';
import { type Cause, causeKey, causeOfJump, causeOfSlope } from './cause.ts';
import type { Incentives } from './context.ts';
import { examplesOf } from './example-make.ts';
import { type Explored, exactOf, toleranceOf } from './explore.ts';
import {
  asMarginal,
  constantOf,
  risingCurve,
  risingMatrix,
  withoutLink,
  withoutNegative,
  withStepRate,
} from './mend.ts';
import { type Sample, tookSameWays } from './sample.ts';

/** Somebody is paid less where more is sold, won or worked: between two samples, and by which rule. */
interface Fall {
  readonly explored: Explored;
  readonly person: string;
  readonly left: Sample;
  readonly right: Sample;
  readonly cause: Cause;
  readonly drop: Num;
}

/** Selling more pays less, anywhere in the range. */
export const sellingMorePaysLess = (incentives: Incentives): readonly Found[] => {
  const falls = new Map<string, Fall>();
  for (const explored of incentives.explored) {
    if (!explored.driver.isMore) continue;
    for (const fall of fallsIn(incentives, explored)) {
      const key = causeKey(fall.cause);
      const before = falls.get(key);
      // The first that was found is the simplest: later ones need more to be otherwise than usual.
      if (before === undefined || (before.explored === explored && isMoreTelling(fall, before))) falls.set(key, fall);
    }
  }
  return [...falls.values()].flatMap((fall) => foundOf(incentives, fall));
};

/** A cent that costs something says more than a stretch over which it is lost. */
const isMoreTelling = (one: Fall, other: Fall): boolean => {
  const jumps = (fall: Fall): boolean => fall.right.x - fall.left.x === 1;
  if (jumps(one) !== jumps(other)) return jumps(one);
  return compare(one.drop, other.drop) > 0;
};

const fallsIn = (incentives: Incentives, explored: Explored): readonly Fall[] => {
  const { driver, samples } = explored;
  const found: Fall[] = [];
  for (let i = 1; i < samples.length; i++) {
    const left = samples[i - 1] as Sample;
    const right = samples[i] as Sample;
    if (left.failed !== undefined || right.failed !== undefined) continue;
    for (const person of peopleIn(right)) {
      const own = driver.doers.includes(person);
      const drop = sub(totalOf(left, person, own), totalOf(right, person, own));
      if (compare(drop, Math.max(toleranceOf(left), toleranceOf(right))) <= 0) continue;
      const reward = fallenReward(left, right, person, own);
      if (reward === undefined) continue;
      const cause = tookSameWays(left, right)
        ? causeOfSlope(left, right, reward, false)
        : causeOfJump(left, right, reward, { ...incentives, unit: driver.unit });
      if (!own && isDiluted(cause, left, right)) continue;
      found.push({ explored, person, left, right, cause, drop });
    }
  }
  return found;
};

/** What others share in may well become less of a whole that grows; only a rule that turns down with more is meant. */
const isDiluted = (cause: Cause, left: Sample, right: Sample): boolean => {
  const of = cause.kind === 'link' ? cause.link : cause.reward;
  const before = left.ways.readBy.get(of);
  const after = right.ways.readBy.get(of);
  return before !== undefined && after !== undefined && compare(after, before) < 0;
};

const fallenReward = (left: Sample, right: Sample, person: string, pools: boolean): Reward | undefined => {
  let found: Reward | undefined;
  let most: Num = 0;
  for (const { person: one, reward, exact } of left.paid) {
    if (one !== person || (reward.body === 'pool' && !pools)) continue;
    const drop = sub(exact, exactOf(right, person, reward.name));
    if (compare(drop, most) > 0) {
      found = reward;
      most = drop;
    }
  }
  return found;
};

/** Two places of a falling stretch that are easily read: round amounts, where there are some. */
const readable = ({ explored, left, right, person }: Fall): readonly [Sample, Sample] => {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, (right.x - left.x) / 3)));
  if (explored.driver.unit !== 'money' || unit < 10) return [left, right];
  const own = explored.driver.doers.includes(person);
  const from = Math.ceil(Math.max(left.x, 1) / unit) * unit;
  for (const to of [from + unit, Math.floor(right.x / unit) * unit]) {
    if (to <= from || to > right.x) continue;
    const a = explored.sampleAt(from);
    const b = explored.sampleAt(to);
    if (compare(totalOf(b, person, own), totalOf(a, person, own)) < 0) return [a, b];
  }
  return [left, right];
};

const foundOf = (incentives: Incentives, fall: Fall): readonly Found[] => {
  const { plan, stage } = incentives;
  const { explored, person, cause } = fall;
  const { driver } = explored;
  const [left, right] = readable(fall);
  const own = driver.doers.includes(person);
  const said = (sample: Sample): string => moneyText(amountOf(sample, person, own), plan.digits);
  const { hint, mended } = remedyOf(plan, cause);
  const drafts = [left, right].map(({ x }) => ({ name: driver.nameAt(x), rows: rowsOf(stage, driver.sceneAt(x)) }));
  const cases = examplesOf(drafts, {
    plan,
    from: stage.calendar.period,
    to: stage.calendar.period,
    trials: new Trials(EXAMPLE_RUNS),
    person,
    mended,
  });
  if (cases === undefined) return [];
  const counterexample: Counterexample = { cases };
  return [
    {
      code: 'selling-more-pays-less',
      message: `selling more pays less: ${driver.nameAt(left.x)} pays ${person} ${said(left)}, ${driver.nameAt(right.x)} ${said(right)}`,
      place: cause.place,
      path: cause.path,
      related: relatedOf(cause),
      hint,
      counterexample,
    },
  ];
};

/** So many runs may be spent on making one example small. */
const EXAMPLE_RUNS = 400;

const relatedOf = (cause: Cause): readonly Related[] => {
  if (cause.kind !== 'step' || cause.step === 0) return [];
  const before = cause.rate.steps[cause.step - 1];
  return before === undefined ? [] : [{ ...before.place, message: `it comes after ${before.rate.text}` }];
};

interface Remedy {
  readonly hint: string;
  readonly mended: Plan | undefined;
}

/** What to write instead, and the plan as it then is. */
const remedyOf = (plan: Plan, cause: Cause): Remedy => {
  const { reward } = cause;
  switch (cause.kind) {
    case 'step': {
      const own = cause.rate.steps[cause.step]?.rate;
      const before = cause.rate.steps[cause.step - 1]?.rate;
      if (isBelowZero(plan, own)) {
        const zero = constantOf(plan, reward.body === 'credit' && reward.unit === 'pay' ? 'money' : 'number', 0, '0%');
        return { hint: 'write a rate that is not below 0%', mended: withStepRate(plan, reward, cause.step, zero) };
      }
      const more = before === undefined ? '' : `, or a rate of ${before.text} and more`;
      return { hint: `write method: marginal${more}`, mended: asMarginal(plan, reward) };
    }
    case 'link': {
      if (cause.link.factor.kind === 'curve')
        return { hint: 'let the curve not fall as results rise', mended: risingCurve(plan, cause) };
      if (cause.link.factor.kind === 'matrix') {
        const hint = 'let no row and no column of the matrix fall as results rise';
        return { hint, mended: risingMatrix(plan, cause) };
      }
      const hint = `let ${cause.link.name} not fall as results rise: turn its condition round, or leave it out`;
      return { hint, mended: withoutLink(plan, reward, cause.link) };
    }
    case 'rate':
      return { hint: 'let the curve not fall so far that more is worth less', mended: risingCurve(plan, cause) };
    case 'expression': {
      const isNegative = (rate: Expression): boolean => isBelowZero(plan, rate);
      const rates = reward.body === 'credit' ? ratesOf(reward) : [];
      if (rates.some(isNegative))
        return { hint: 'write a rate that is not below 0%', mended: withoutNegative(plan, reward, isNegative) };
      return { hint: 'let this not fall as more is sold', mended: undefined };
    }
  }
};

const ratesOf = ({ rate }: CreditReward): readonly Expression[] => {
  if (rate.kind === 'value') return [rate.value];
  return rate.kind === 'table'
    ? [...rate.rows.values(), ...(rate.otherwise === undefined ? [] : [rate.otherwise])]
    : [];
};

const isBelowZero = (plan: Plan, expression: Expression | undefined): boolean => {
  const value = expression && constantIn(expression.node, plan.params);
  return value !== undefined && typeof value !== 'string' && typeof value !== 'boolean' && sign(value) < 0;
};
