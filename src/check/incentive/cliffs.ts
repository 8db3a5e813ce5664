import { constantOf as constantIn } from '../../rules/expression/constant.ts';
import { describe } from '../../rules/expression/describe.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import type { Plan, Reward } from '../../rules/plan.ts';
import { abs, compare, div, fraction, isZero, max, mul, type Num, sign, sub, toPercent } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { rowsOf } from '../scene/rows.ts';
import { Trials } from '../scene/trial.ts';
import { amountOf, moneyText, peopleIn, totalOf } from './amounts.ts';
import { type Cause, causeKey, causeOfJump } from './cause.ts';
import type { Incentives } from './context.ts';
import type { Driver } from './driver.ts';
import { examplesOf } from './example-make.ts';
import { type Explored, toleranceOf } from './explore.ts';
import { asMarginal, straightCurve, withFactor, withoutCondition, withoutUnless } from './mend.ts';
import { type Sample, sampleOf, tookSameWays } from './sample.ts';

/** A unit more changes what somebody is paid by a part of it. */
interface Jump {
  readonly driver: Driver;
  readonly person: string;
  readonly left: Sample;
  readonly right: Sample;
  readonly cause: Cause;
  /** As a part of what they have at that point. */
  readonly size: Num;
}

/** So many runs may be spent on making one example small. */
const EXAMPLE_RUNS = 400;

/** Nothing below this is kept, whatever a plan's threshold. */
const SMALLEST = fraction(1, 1000);

/** Places at which a cent, a deal, a lead or a hundredth of a percent more changes the pay by a jump. */
export const cliffs = (incentives: Incentives): readonly Found[] => {
  const jumps = new Map<string, Jump>();
  for (const explored of incentives.explored) {
    // Of more deals each brings its own; whether their number alone decides is seen where it is all that changes.
    if (explored.driver.unit === 'deals' && explored.driver.isMore) continue;
    for (const jump of explored.driver.everyUnit ? jumpsByUnit(incentives, explored) : jumpsIn(incentives, explored)) {
      const key = causeKey(jump.cause);
      const before = jumps.get(key);
      if (before === undefined || compare(jump.size, before.size) > 0) jumps.set(key, jump);
    }
  }
  return [...jumps.values()].flatMap((jump) => foundOf(incentives, jump));
};

const sizeOf = (change: Num, of: Num): Num => (isZero(of) ? 1 : (div(abs(change), abs(of)) as Num));

const jumpsIn = (incentives: Incentives, explored: Explored): readonly Jump[] => {
  const { driver, samples } = explored;
  const found: Jump[] = [];
  for (let i = 1; i < samples.length; i++) {
    const left = samples[i - 1] as Sample;
    const right = samples[i] as Sample;
    if (right.x - left.x !== 1 || left.x <= driver.from || tookSameWays(left, right)) continue;
    if (left.failed !== undefined || right.failed !== undefined) continue;
    for (const person of peopleIn(right)) {
      const change = sub(totalOf(right, person, true), totalOf(left, person, true));
      if (compare(abs(change), toleranceOf(right)) <= 0) continue;
      // Who is paid less for more is told so.
      if (driver.isMore && sign(change) < 0) continue;
      const jump = jumpOf(incentives, driver, { left, right, person, change });
      if (jump !== undefined) found.push(jump);
    }
  }
  return found;
};

/** A jump that one deal makes beside nine others is measured by what these bring as well. */
const jumpOf = (
  incentives: Incentives,
  driver: Driver,
  { left, right, person, change }: { left: Sample; right: Sample; person: string; change: Num },
): Jump | undefined => {
  const reward = jumpedReward(left, right, person);
  if (reward === undefined) return undefined;
  const plain = {
    driver,
    person,
    left,
    right,
    cause: causeOfJump(left, right, reward, { ...incentives, unit: driver.unit }),
    size: sizeOf(change, totalOf(left, person, true)),
  };
  const { amongOthers } = driver;
  if (amongOthers === undefined || compare(plain.size, SMALLEST) < 0) return plain;
  const [a, b] = [left.x, right.x].map((x) => sampled(incentives, amongOthers, x)) as [Sample, Sample];
  const among = sub(totalOf(b, person, true), totalOf(a, person, true));
  if (compare(mul(abs(among), 2), abs(change)) < 0) return plain;
  return { ...plain, driver: amongOthers, left: a, right: b, size: sizeOf(among, totalOf(a, person, true)) };
};

const sampled = ({ plan, stage, forks, trials }: Incentives, driver: Driver, x: number): Sample =>
  sampleOf(x, rowsOf(stage, driver.sceneAt(x)), {
    plan,
    forks,
    trials,
    from: stage.calendar.period,
    to: stage.calendar.period,
  });

const jumpedReward = (left: Sample, right: Sample, person: string): Reward | undefined => {
  let found: Reward | undefined;
  let most: Num = 0;
  for (const { person: one, reward, exact } of right.paid) {
    if (one !== person) continue;
    const before = left.paid.find((paid) => paid.person === person && paid.reward === reward)?.exact ?? 0;
    const change = abs(sub(exact, before));
    if (compare(change, most) > 0) {
      found = reward;
      most = change;
    }
  }
  return found;
};

/** Where each unit is a row: one that changes far more than the one before it and the one after it. */
const jumpsByUnit = (incentives: Incentives, explored: Explored): readonly Jump[] => {
  const { driver, samples } = explored;
  const found: Jump[] = [];
  for (let i = 2; i < samples.length; i++) {
    const left = samples[i - 1] as Sample;
    const right = samples[i] as Sample;
    if (samples.slice(i - 2, i + 2).some(({ failed }) => failed !== undefined)) continue;
    for (const person of peopleIn(right)) {
      const step = (k: number): Num | undefined => {
        const from = samples[k - 1];
        const to = samples[k];
        return from === undefined || to === undefined
          ? undefined
          : sub(totalOf(to, person, true), totalOf(from, person, true));
      };
      const change = step(i) ?? 0;
      const beside = max(step(i - 1) ?? 0, step(i + 1) ?? 0);
      if (sign(change) <= 0) continue;
      const jump = sub(change, max(beside, 0));
      if (compare(jump, toleranceOf(right)) <= 0) continue;
      const reward = jumpedReward(left, right, person);
      if (reward === undefined) continue;
      const size = sizeOf(jump, totalOf(left, person, true));
      const cause = causeOfJump(left, right, reward, { ...incentives, unit: driver.unit });
      found.push({ driver, person, left, right, cause, size });
    }
  }
  return found;
};

const UNITS: Readonly<Record<Driver['unit'], string>> = {
  money: 'a cent more',
  deals: 'one deal more',
  leads: 'one lead more',
  result: 'a hundredth of a percent more',
  days: 'a day more',
  number: 'a little more',
};

const foundOf = (incentives: Incentives, { driver, person, left, right, cause, size }: Jump): readonly Found[] => {
  const { plan, stage } = incentives;
  if (compare(size, SMALLEST) < 0) return [];
  const said = (sample: Sample): string => moneyText(amountOf(sample, person, true), plan.digits);
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
  const unit = driver.unit === 'money' && plan.digits === 0 ? `one ${plan.currency} more` : UNITS[driver.unit];
  return [
    {
      code: 'cliff',
      message: `${unit} changes the pay of ${person} by ${toPercent(size, 1)}: ${driver.nameAt(left.x)} pays ${said(left)}, ${driver.nameAt(right.x)} ${said(right)}`,
      place: cause.place,
      path: cause.path,
      hint,
      // What is held down until the other side has reached its goal is meant to be let go there.
      ...(cause.kind === 'link' && cause.held ? { severity: 'note' as const } : {}),
      size,
      counterexample: { cases },
    },
  ];
};

interface Remedy {
  readonly hint: string;
  readonly mended: Plan | undefined;
}

const remedyOf = (plan: Plan, cause: Cause): Remedy => {
  const { reward } = cause;
  if (cause.kind === 'step') {
    if (cause.rate.method === 'retroactive')
      return { hint: 'write method: marginal', mended: asMarginal(plan, reward) };
    return { hint: 'let the steps count what the rate is paid on', mended: undefined };
  }
  if (cause.kind === 'link' && cause.link.factor.kind === 'gate') {
    const ramp = rampOf(plan, cause.link.factor.condition.node, cause.link.factor.otherwise?.node);
    if (ramp === undefined) return { hint: 'write a curve in the place of the gate', mended: undefined };
    const { by, points, text } = ramp;
    const place = cause.place;
    const mended = withFactor(plan, reward, cause.link, {
      kind: 'curve',
      by: { type: by.type, text: describe(by), place, node: by },
      curve: { points: points.map((point) => ({ ...point, place })), shape: 'line', beyond: 'flat' },
    });
    return { hint: `instead of the gate write ${text}`, mended };
  }
  if (cause.kind === 'link' && cause.held)
    return {
      hint: 'let it rise with both results (by: [ own, theirs ], with a matrix:), or hold it down without unless:',
      mended: withoutUnless(plan, reward, cause.link),
    };
  const isStep =
    (cause.kind === 'link' && cause.link.factor.kind === 'curve' && cause.link.factor.curve.shape === 'step') ||
    (cause.kind === 'rate' &&
      reward.body === 'credit' &&
      reward.rate.kind === 'curve' &&
      reward.rate.curve.shape === 'step');
  if (isStep)
    return { hint: 'leave shape: step out: straight lines between the points', mended: straightCurve(plan, cause) };
  if (cause.kind === 'expression' && cause.node !== undefined && isCondition(plan, cause.node)) {
    const hint = 'leave this condition out, or let what it decides rise gradually';
    return { hint, mended: withoutCondition(plan, cause.node) };
  }
  return { hint: 'let it rise gradually: steps with method: marginal, or a curve', mended: undefined };
};

/** Whether a comparison decides which rows are credited or paid. */
const isCondition = (plan: Plan, node: Node): boolean =>
  [...plan.credits.values(), ...plan.rewards.values()].some(({ when }) => {
    let within = false;
    if (when !== undefined) {
      walk(when.node, (one) => {
        if (one === node) within = true;
      });
    }
    return within;
  });

interface Ramp {
  readonly by: Node;
  readonly points: readonly { readonly x: Num; readonly y: Num }[];
  readonly text: string;
}

/** How far below a gate its curve begins. */
const BEGINS = fraction(3, 4);

/** `gate: attainment >= 80%` as a curve that reaches 100% there. */
const rampOf = (plan: Plan, condition: Node, otherwise: Node | undefined): Ramp | undefined => {
  if (condition.kind !== 'binary') return undefined;
  const known = (node: Node): Num | undefined => {
    const value = constantIn(node, plan.params);
    return typeof value === 'string' || typeof value === 'boolean' ? undefined : value;
  };
  const isAtLeast = condition.op === '>=' || condition.op === '>';
  const isAtMost = condition.op === '<=' || condition.op === '<';
  const limit = isAtLeast ? known(condition.right) : isAtMost ? known(condition.left) : undefined;
  const by = isAtLeast ? condition.left : condition.right;
  const low = otherwise === undefined ? 0 : known(otherwise);
  if (limit === undefined || low === undefined || sign(limit) <= 0 || by.type !== 'number') return undefined;
  const from = mul(limit, BEGINS);
  const points = [
    { x: from, y: low },
    { x: limit, y: 1 as Num },
  ];
  const text = `by: ${describe(by)}, curve: { ${points.map(({ x, y }) => `${toPercent(x)}: ${toPercent(y)}`).join(', ')} }`;
  return { by, points, text };
};
