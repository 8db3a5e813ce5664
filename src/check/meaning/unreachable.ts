import type { Place } from '../../findings/finding.ts';
import type { Curve } from '../../rules/curve.ts';
import { constantOf } from '../../rules/expression/constant.ts';
import type { Known, Node } from '../../rules/expression/typed.ts';
import type { CreditReward, Expression, Link, Plan, Reward } from '../../rules/plan.ts';
import type { RateSteps } from '../../rules/rate/kinds.ts';
import { walkSteps } from '../../rules/rate/steps.ts';
import { formatMinor } from '../../values/money.ts';
import { add, compare, isZero, max, mul, type Num, sign, toPercent, toText } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { readingOf } from '../logic/bounds.ts';
import type { Reading } from '../logic/key.ts';
import { canBe } from '../logic/reach.ts';
import { lineOf } from './conditions.ts';
import { isFar, kindOf } from './percent-slip.ts';

/** Steps, points of curves, rows of matrices and tables that no value can reach, whatever the data. */
export const unreachable = (plan: Plan): readonly Found[] =>
  [...plan.rewards.values()].flatMap((reward) => {
    const place = placeIn(plan, reward);
    return [
      ...(reward.body === 'credit' ? inRate(reward, place) : []),
      ...reward.links.flatMap((link) => inLink(link, place, `rewards > ${reward.name} > links > ${link.name}`)),
    ];
  });

interface Standing {
  readonly plan: Plan;
  readonly given: readonly Node[];
  readonly reading: Reading;
}

const placeIn = (plan: Plan, reward: Reward): Standing =>
  reward.body === 'credit' ? { plan, ...lineOf(plan, reward) } : { plan, given: [], reading: readingOf(plan) };

const dead = (message: string, place: Place, path: string, hint: string): Found => ({
  code: 'unreachable',
  message,
  place,
  path,
  hint,
});

/** A value in the units that its type is written in. */
const shown = (value: Num, node: Node, plan: Plan): string => {
  if (node.type === 'money') return `${formatMinor(value, plan.digits)} ${plan.currency}`;
  if (node.type === 'days') return `${toText(value)} days`;
  return kindOf(node, plan) === 'share' ? toPercent(value, 4) : toText(value);
};

const inRate = (reward: CreditReward, standing: Standing): readonly Found[] => {
  const { rate } = reward;
  const path = `rewards > ${reward.name} > ${reward.unit}`;
  switch (rate.kind) {
    case 'value':
      return [];
    case 'curve':
      return inCurve(rate.curve, rate.by.node, standing, path);
    case 'table':
      return inTable(rate.by.node, rate.rows, standing, path);
    case 'steps':
      return [...inSteps(reward, rate, standing, path), ...beyondCap(reward, rate, standing, path)];
  }
};

const inCurve = (curve: Curve, by: Node, { plan, given, reading }: Standing, path: string): readonly Found[] =>
  curve.points.flatMap(({ x, place }, i) => {
    // A point that is written without its % is said as that.
    if (kindOf(by, plan) === 'share' && isFar(x)) return [];
    const next = curve.points[i + 1];
    const tooHigh = i > 0 && !canBe(by, '>=', x, given, reading);
    const tooLow = next !== undefined && !canBe(by, '<', next.x, given, reading);
    if (!tooHigh && !tooLow) return [];
    const at = shown(x, by, plan);
    const why = tooHigh
      ? `what it is read by is always below ${at}`
      : `what it is read by is never below the next point`;
    return [
      dead(
        `the point at ${at} is never reached: ${why}`,
        place,
        path,
        'leave the point out, or read the curve by what is meant',
      ),
    ];
  });

const inTable = (
  by: Node,
  rows: ReadonlyMap<Known, Expression>,
  { given, reading }: Standing,
  path: string,
): readonly Found[] =>
  [...rows].flatMap(([key, { place }]) => {
    if (typeof key === 'boolean' || canBe(by, '==', key, given, reading)) return [];
    const row = typeof key === 'string' ? `"${key}"` : toText(key);
    const message = `the row ${row} of the rate table is never reached: no line of this reward has it`;
    return [dead(message, place, path, 'leave the row out, or widen the conditions of the credit and of the reward')];
  });

/** What walks up the steps of a rate, where every line stands alone. */
const countedAlone = (reward: CreditReward, rate: RateSteps, plan: Plan): Node | undefined => {
  if (rate.counting !== undefined) return rate.counting.node;
  if (reward.unit === 'pay') return { kind: 'literal', type: 'number', value: 1, start: 0, end: 0 };
  const credit = plan.credits.get(reward.credit);
  return credit?.share === undefined ? credit?.amount?.node : undefined;
};

const inSteps = (
  reward: CreditReward,
  rate: RateSteps,
  { plan, given, reading }: Standing,
  path: string,
): readonly Found[] => {
  const counted = rate.accumulate === 'none' && rate.of === undefined ? countedAlone(reward, rate, plan) : undefined;
  return rate.steps.flatMap((step, i) => {
    const end = step.end && constantOf(step.end.node, plan.params);
    if (i === 0 && end !== undefined && isZero(end as Num))
      return [
        dead('this step ends at zero, where nothing has been counted yet', step.place, path, 'leave the step out'),
      ];
    const before = rate.steps[i - 1];
    if (counted === undefined || before?.end === undefined) return [];
    if (canBe(counted, before.holdsEnd ? '>' : '>=', before.end.node, given, reading)) return [];
    const message = `this step is never reached: every line stands alone (accumulate: none), and none counts more than ${before.end.text}`;
    return [dead(message, step.place, path, 'let lines add up: leave accumulate: none out')];
  });
};

/** Steps that begin where the cap has been reached already. */
const beyondCap = (reward: CreditReward, rate: RateSteps, { plan }: Standing, path: string): readonly Found[] => {
  const cap = reward.cap && (constantOf(reward.cap.node, plan.params) as Num | undefined);
  const simple = rate.method === 'marginal' && rate.of === undefined && reward.links.length === 0;
  if (cap === undefined || !simple || rate.accumulate !== reward.every) return [];
  if (reward.unit === 'rate' && rate.counting !== undefined) return [];
  const steps = rate.steps.map((step) => ({
    end: step.end && (constantOf(step.end.node, plan.params) as Num | undefined),
    holdsEnd: step.holdsEnd,
    rate: constantOf(step.rate.node, plan.params) as Num | undefined,
  }));
  const known = steps.flatMap((step) =>
    step.rate === undefined || sign(step.rate) < 0 ? [] : [{ ...step, rate: step.rate }],
  );
  if (known.length < steps.length) return [];
  return rate.steps.flatMap((step, i) => {
    const from = known[i - 1]?.end;
    if (i === 0 || from === undefined) return [];
    const paid = walkSteps(known, 0, from).reduce<Num>((sum, part) => add(sum, mul(part.amount, part.rate)), 0);
    if (compare(paid, cap) < 0) return [];
    const related = reward.cap === undefined ? [] : [{ ...reward.cap.place, message: 'the cap stands here' }];
    const message = `this step is never reached: the cap of ${reward.cap?.text} holds before it begins`;
    return [{ ...dead(message, step.place, path, 'raise the cap, or leave the step out'), related }];
  });
};

const inLink = (link: Link, standing: Standing, path: string): readonly Found[] => {
  const { factor } = link;
  const given = [...standing.given, ...(link.when === undefined ? [] : [link.when.node])];
  const here = { ...standing, given };
  const never = neverHolds(link, here, path);
  if (never !== undefined) return [never];
  if (factor.kind === 'curve')
    return [...inCurve(factor.curve, factor.by.node, here, path), ...heldDown(link, factor.curve, standing.plan, path)];
  if (factor.kind !== 'matrix') return [];
  const rows: Curve = {
    points: factor.rows.map(({ x, place }) => ({ x, y: 0, place })),
    shape: factor.shape,
    beyond: 'flat',
  };
  return [
    ...inCurve(rows, factor.by[0].node, here, path),
    ...factor.rows.flatMap(({ points }) =>
      inCurve({ points, shape: factor.shape, beyond: 'flat' }, factor.by[1].node, here, path),
    ),
  ];
};

/** What a factor can come to at most; undefined where that depends. */
const highestOf = ({ factor }: Link, { reading }: Standing): Num | undefined => {
  const highest = (values: readonly Num[]): Num => values.reduce((most, y) => max(most, y));
  switch (factor.kind) {
    case 'factor':
      return reading.boundsOf(factor.value.node).high;
    case 'gate':
      return undefined;
    case 'curve':
      return factor.curve.beyond === 'continue' ? undefined : highest(factor.curve.points.map(({ y }) => y));
    case 'matrix':
      return highest(factor.rows.flatMap(({ points }) => points.map(({ y }) => y)));
  }
};

/** An `at_most` that no factor of its link is above. */
const neverHolds = (link: Link, standing: Standing, path: string): Found | undefined => {
  const { atMost } = link;
  const most = atMost && (constantOf(atMost.node, standing.plan.params) as Num | undefined);
  const highest = highestOf(link, standing);
  if (atMost === undefined || most === undefined || highest === undefined || compare(highest, most) > 0)
    return undefined;
  const message = `at_most never holds anything down: the factor is ${toPercent(highest, 4)} at most`;
  return dead(message, atMost.place, path, 'leave it out, or let the link rise above it');
};

/** Points that lie where `at_most` holds the factor down anyway. */
const heldDown = (link: Link, curve: Curve, plan: Plan, path: string): readonly Found[] => {
  const most = link.atMost && (constantOf(link.atMost.node, plan.params) as Num | undefined);
  if (most === undefined || link.unless !== undefined) return [];
  return curve.points.flatMap(({ y, place }, i) => {
    const before = curve.points[i - 1];
    if (before === undefined || compare(before.y, most) < 0 || compare(y, most) <= 0) return [];
    const message = `the factor of ${toPercent(y, 4)} is never reached: at_most holds it down to ${toPercent(most, 4)}`;
    return [dead(message, place, path, 'leave the point out, or say with unless: when at_most: does not hold')];
  });
};
