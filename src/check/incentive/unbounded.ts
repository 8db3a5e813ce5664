import type { Curve } from '../../rules/curve.ts';
import type { Reward } from '../../rules/plan.ts';
import { formatMinor } from '../../values/money.ts';
import { add, ceil, compare, div, fraction, mul, type Num, powerOfTen, sign, sub } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { rowsOf } from '../scene/rows.ts';
import { Trials } from '../scene/trial.ts';
import { goalOf } from '../scene/usual.ts';
import { moneyText } from './amounts.ts';
import { type Cause, causeOfSlope } from './cause.ts';
import type { Incentives } from './context.ts';
import { examplesOf } from './example-make.ts';
import { type Explored, exactOf, toleranceOf } from './explore.ts';
import { constantOf, withCap } from './mend.ts';
import type { Sample } from './sample.ts';

/** Pay that grows for ever, and faster than it began to: an accelerator, a factor, a curve that continues; without a cap. */
export const unboundedPay = (incentives: Incentives): readonly Found[] => {
  const found = new Map<string, Found>();
  for (const explored of incentives.explored) {
    for (const one of judge(incentives, explored)) {
      const key = JSON.stringify([one.place, one.path]);
      if (!found.has(key)) found.set(key, one);
    }
  }
  return [...found.values()];
};

const judge = (incentives: Incentives, explored: Explored): readonly Found[] => {
  const { samples, driver } = explored;
  const last = samples.at(-1);
  if (driver.everyUnit || last === undefined || last.x / 2 <= driver.from) return [];
  const before = explored.sampleAt(Math.floor(last.x / 2));
  if (last.failed !== undefined || before.failed !== undefined) return [];
  return last.paid.flatMap(({ person, reward }) => {
    const growth = sub(wholeOf(last, person, reward), wholeOf(before, person, reward));
    if (reward.cap !== undefined || compare(growth, toleranceOf(last)) <= 0) return [];
    const cause = accelerates(explored, { before, last, person, reward, growth });
    return cause === undefined ? [] : foundOf(incentives, explored, { person, reward, cause });
  });
};

/** What a reward pays somebody; of a pool all of it, since a part may grow for a while as those of others become less. */
const wholeOf = (sample: Sample, person: string, reward: Reward): Num =>
  reward.body === 'pool'
    ? sample.paid.reduce<Num>((sum, one) => (one.reward === reward ? add(sum, one.exact) : sum), 0)
    : exactOf(sample, person, reward.name);

interface Growing {
  readonly before: Sample;
  readonly last: Sample;
  readonly person: string;
  readonly reward: Reward;
  readonly growth: Num;
}

/** By which rule pay speeds up without an end; undefined where it only goes on as it began. */
const accelerates = (explored: Explored, growing: Growing): Cause | undefined => {
  const { before, last, reward } = growing;
  const grows = reward.links.some((link) => {
    const then = before.ways.factors.get(link);
    const now = last.ways.factors.get(link);
    return then !== undefined && now !== undefined && compare(now, then) > 0;
  });
  if (grows) return causeOfSlope(before, last, reward, true);
  if (reward.body === 'credit' && reward.rate.kind === 'curve')
    return continues(reward.rate.curve) && isReadBeyond(reward.rate.curve, before, last, reward)
      ? causeOfSlope(before, last, reward, true)
      : undefined;
  // Of what is no amount nobody knows how much of it there can be.
  if (!explored.driver.open) return undefined;
  return isFaster(explored, growing) ? causeOfSlope(before, last, reward, true) : undefined;
};

const continues = ({ beyond, points }: Curve): boolean => {
  const [a, b] = points.slice(-2);
  return beyond === 'continue' && a !== undefined && b !== undefined && compare(b.y, a.y) > 0;
};

/** Whether a rate is read beyond its last point, ever further. */
const isReadBeyond = ({ points }: Curve, before: Sample, last: Sample, reward: Reward): boolean => {
  const then = before.ways.readBy.get(reward);
  const now = last.ways.readBy.get(reward);
  const end = points.at(-1)?.x;
  return (
    then !== undefined && now !== undefined && end !== undefined && compare(now, then) > 0 && compare(now, end) > 0
  );
};

/** By how much the links of a reward change its pay. */
const factorOf = ({ ways }: Sample, { links }: Reward): Num => {
  const blended = links.filter(({ weight }) => weight !== undefined);
  const factor = (link: Reward['links'][number]): Num => ways.factors.get(link) ?? 1;
  const blend = blended.reduce<Num>((sum, link) => add(sum, mul(link.weight ?? 0, factor(link))), 0);
  return links
    .filter(({ weight }) => weight === undefined)
    .reduce<Num>((all, link) => mul(all, factor(link)), blended.length === 0 ? 1 : blend);
};

/** What is less than a thousandth faster is rounding. */
const FASTER = fraction(1001, 1000);

/** Whether pay grows faster in the end than it did somewhere before. */
const isFaster = ({ samples }: Explored, { before, last, person, reward }: Growing): boolean => {
  // Links that have come to their end lift all that comes after by the same.
  const riseOf = (left: Sample, right: Sample): Num =>
    sub(
      div(wholeOf(right, person, reward), factorOf(right, reward)) ?? 0,
      div(wholeOf(left, person, reward), factorOf(left, reward)) ?? 0,
    );
  const inTheEnd = div(riseOf(before, last), last.x - before.x) as Num;
  return samples.some((right, i) => {
    const left = samples[i - 1];
    if (left === undefined || right.x > before.x || right.x - left.x < 100) return false;
    const rise = riseOf(left, right);
    if (compare(rise, toleranceOf(right)) <= 0) return false;
    const atMost = div(add(rise, toleranceOf(right)), right.x - left.x) as Num;
    return compare(inTheEnd, mul(atMost, FASTER)) > 0;
  });
};

/** So many runs may be spent on making one example small. */
const EXAMPLE_RUNS = 300;

const foundOf = (
  incentives: Incentives,
  { driver, sampleAt, samples }: Explored,
  { person, reward, cause }: { readonly person: string; readonly reward: Reward; readonly cause: Cause },
): readonly Found[] => {
  const { plan, stage } = incentives;
  const goal = Number(goalOf(plan));
  const last = samples.at(-1)?.x ?? 0;
  const [usual, far] = driver.open ? [goal, 10 * goal] : [Math.floor(last / 3), last];
  const twice = sampleAt(driver.open ? 2 * goal : Math.floor((2 * last) / 3));
  const cap = rounded(exactOf(twice, person, reward.name));
  if (sign(cap) <= 0) return [];
  const text = `${formatMinor(cap, plan.digits).replace(/\.0+$/, '')} ${plan.currency}`;
  const mended = withCap(plan, reward, constantOf(plan, 'money', cap, text));
  const said = (x: number): string =>
    moneyText(sampleAt(x).paid.find((one) => one.person === person && one.reward === reward)?.amount ?? 0, plan.digits);
  const drafts = [usual, far].map((x) => ({ name: driver.nameAt(x), rows: rowsOf(stage, driver.sceneAt(x)) }));
  const cases = examplesOf(drafts, {
    plan,
    from: stage.calendar.period,
    to: stage.calendar.period,
    trials: new Trials(EXAMPLE_RUNS),
    person,
    mended,
  });
  if (cases === undefined) return [];
  return [
    {
      code: 'unbounded-pay',
      message: `${reward.name} grows without bound: ${driver.nameAt(usual)} pays ${person} ${said(usual)}, ${driver.nameAt(far)} ${said(far)}`,
      place: cause.place,
      path: cause.path,
      related: [{ ...reward.place, message: `${reward.name} has no cap` }],
      hint: `add cap: to ${reward.name}, such as ${text}, what twice the goal pays${cause.kind === 'link' ? '; or at_most: to the link' : ''}`,
      counterexample: { cases },
    },
  ];
};

/** Rounded up to two digits that count. */
const rounded = (amount: Num): Num => {
  const digits = String(ceil(amount)).length;
  const unit = powerOfTen(Math.max(0, digits - 2));
  return mul(ceil(div(amount, unit) as Num), unit);
};
