import type { Curve } from '../../rules/curve.ts';
import { constantOf } from '../../rules/expression/constant.ts';
import type { Node } from '../../rules/expression/typed.ts';
import type { Link, Plan, Reward } from '../../rules/plan.ts';
import { compare, equal, type Num } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { readingOf } from '../logic/bounds.ts';
import { verdictOf } from '../logic/holds.ts';
import type { Reading } from '../logic/key.ts';
import { canBe } from '../logic/reach.ts';
import { lineOf } from './conditions.ts';

/** Links whose factor is 100% whatever happens. What their conditions always or never say is said of those. */
export const idleLinks = (plan: Plan): readonly Found[] =>
  [...plan.rewards.values()].flatMap((reward) => {
    const idle = reward.links.filter((link) => isIdle(link, reward, plan));
    // Of blended links one with factor: 100% holds a part of the pay fixed: that is a meaning; to read nothing for it is none.
    const blend = reward.links.filter(({ weight }) => weight !== undefined);
    const wholeBlend = blend.every((link) => idle.includes(link));
    return idle
      .filter(({ weight, factor }) => weight === undefined || wholeBlend || factor.kind !== 'factor')
      .map((link) => ({
        code: 'idle-link',
        message: `the link ${link.name} never changes anything: its factor is always 100%`,
        place: link.place,
        path: `rewards > ${reward.name} > links > ${link.name}`,
        hint: 'let the factor move with what the link is about, or leave the link out',
      }));
  });

const isOne = (expression: { readonly node: Node } | undefined, plan: Plan): boolean => {
  const value = expression && constantOf(expression.node, plan.params);
  return value !== undefined && equal(value as Num, 1);
};

const isIdle = (link: Link, reward: Reward, plan: Plan): boolean => {
  const { factor } = link;
  const standing = reward.body === 'credit' ? lineOf(plan, reward) : { given: [], reading: readingOf(plan) };
  const given = [...standing.given, ...(link.when === undefined ? [] : [link.when.node])];
  const { reading } = standing;
  if (link.whenMissing !== undefined && !isOne(link.whenMissing, plan)) return false;
  const most = link.atMost && (constantOf(link.atMost.node, plan.params) as Num | undefined);
  switch (factor.kind) {
    case 'factor': {
      const { low, high } = reading.boundsOf(factor.value.node);
      return low !== undefined && equal(low, 1) && high !== undefined && equal(high, 1);
    }
    case 'gate':
      if (isOne(factor.otherwise, plan)) return true;
      // A gate that is open by itself is said as a condition that always holds.
      return (
        verdictOf(factor.condition.node, [], reading) === 'open' && isAlwaysOpen(factor.condition.node, given, reading)
      );
    case 'curve':
      return isFlat(factor.curve, factor.by.node, most, given, reading);
    case 'matrix':
      return factor.rows.every(({ points }) => points.every(({ y }) => equal(y, 1)));
  }
};

const isAlwaysOpen = (condition: Node, given: readonly Node[], reading: Reading): boolean =>
  given.length > 0 && verdictOf(condition, given, reading) === 'always';

/** Whether a curve gives 100% wherever it can be read. */
const isFlat = (curve: Curve, by: Node, most: Num | undefined, given: readonly Node[], reading: Reading): boolean => {
  if (curve.beyond === 'continue' && curve.points.some(({ y }) => !equal(y, 1))) return false;
  const isPlain = (y: Num): boolean => equal(y, 1) || (most !== undefined && equal(most, 1) && compare(y, 1) > 0);
  return curve.points.every(({ x, y }, i) => {
    if (isPlain(y)) return true;
    const before = curve.points[i - 1];
    const next = curve.points[i + 1];
    const from = curve.shape === 'step' ? (i === 0 ? undefined : x) : before?.x;
    const above = curve.shape === 'step' ? '>=' : '>';
    const reaches = from === undefined || canBe(by, above, from, given, reading);
    return !reaches || (next !== undefined && !canBe(by, '<', next.x, given, reading));
  });
};
