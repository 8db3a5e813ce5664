import { type Curve, type CurvePoint, curveAt } from '../../rules/curve.ts';
import type { Known, Node, Type } from '../../rules/expression/typed.ts';
import type { MatrixRow } from '../../rules/link/link-matrix.ts';
import type { CreditReward, Expression, Link, Plan, Reward } from '../../rules/plan.ts';
import { compare, max, type Num } from '../../values/num.ts';
import type { Cause } from './cause.ts';

/** The plan with another reward in the place of one. */
export const withReward = (plan: Plan, reward: Reward, change: (reward: Reward) => Reward): Plan => ({
  ...plan,
  rewards: new Map([...plan.rewards].map(([name, one]) => [name, one.name === reward.name ? change(one) : one])),
});

const withLink = (plan: Plan, reward: Reward, link: Link, change: (link: Link) => Link | undefined): Plan =>
  withReward(plan, reward, (one) => ({
    ...one,
    links: one.links.flatMap((each) => (each.name === link.name ? (change(each) ?? []) : [each])),
  }));

export const constantOf = (plan: Plan, type: Type, value: Known, text: string): Expression => {
  const node: Node = { kind: 'literal', type, value, start: 0, end: 0 };
  return { type, text, place: { file: plan.file }, node };
};

/** Each part at the rate of its step. */
export const asMarginal = (plan: Plan, reward: Reward): Plan =>
  withReward(plan, reward, (one) =>
    one.body === 'credit' && one.rate.kind === 'steps' ? { ...one, rate: { ...one.rate, method: 'marginal' } } : one,
  );

/** A step at the rate of the one before it, or at nothing. */
export const withStepRate = (plan: Plan, reward: Reward, step: number, rate: Expression): Plan =>
  withReward(plan, reward, (one) =>
    one.body === 'credit' && one.rate.kind === 'steps'
      ? {
          ...one,
          rate: { ...one.rate, steps: one.rate.steps.map((each, i) => (i === step ? { ...each, rate } : each)) },
        }
      : one,
  );

/** Every point at least as high as those before it. */
const notFalling = (curve: Curve): Curve => {
  let highest: Num | undefined;
  const points = curve.points.map((point) => {
    highest = highest === undefined ? point.y : max(highest, point.y);
    return compare(point.y, highest) < 0 ? { ...point, y: highest } : point;
  });
  return { ...curve, points };
};

/** The curve of a link or rate, changed. */
export const withCurve = (plan: Plan, cause: Cause, change: (curve: Curve) => Curve): Plan | undefined => {
  if (cause.kind === 'link') {
    const { factor } = cause.link;
    if (factor.kind !== 'curve') return undefined;
    return withLink(plan, cause.reward, cause.link, (link) => ({
      ...link,
      factor: { ...factor, curve: change(factor.curve) },
    }));
  }
  if (cause.reward.body !== 'credit' || cause.reward.rate.kind !== 'curve') return undefined;
  const { rate } = cause.reward;
  return withReward(plan, cause.reward, (one) => ({
    ...(one as CreditReward),
    rate: { ...rate, curve: change(rate.curve) },
  }));
};

export const risingCurve = (plan: Plan, cause: Cause): Plan | undefined => withCurve(plan, cause, notFalling);
/** The matrix of a link in which no row and no column falls. */
export const risingMatrix = (plan: Plan, cause: Cause): Plan | undefined => {
  if (cause.kind !== 'link' || cause.link.factor.kind !== 'matrix') return undefined;
  const { factor } = cause.link;
  const rows: MatrixRow[] = [];
  for (const row of factor.rows) {
    const above = rows.at(-1);
    const atLeast = (point: CurvePoint): CurvePoint =>
      above === undefined
        ? point
        : {
            ...point,
            y: max(point.y, curveAt({ points: above.points, shape: factor.shape, beyond: 'flat' }, point.x)),
          };
    const { points } = notFalling({ points: row.points.map(atLeast), shape: factor.shape, beyond: 'flat' });
    rows.push({ ...row, points });
  }
  return withFactor(plan, cause.reward, cause.link, { ...factor, rows });
};

export const straightCurve = (plan: Plan, cause: Cause): Plan | undefined =>
  withCurve(plan, cause, (curve) => ({ ...curve, shape: 'line' }));

export const withoutLink = (plan: Plan, reward: Reward, link: Link): Plan =>
  withLink(plan, reward, link, () => undefined);

/** A link that is held down whatever else is reached. */
export const withoutUnless = (plan: Plan, reward: Reward, link: Link): Plan =>
  withLink(plan, reward, link, (one) => ({ ...one, unless: undefined }));

/** A link whose factor is another one. */
export const withFactor = (plan: Plan, reward: Reward, link: Link, factor: Link['factor']): Plan =>
  withLink(plan, reward, link, (one) => ({ ...one, factor }));

export const withCap = (plan: Plan, reward: Reward, cap: Expression): Plan =>
  withReward(plan, reward, (one) => ({ ...one, cap }));

export const withoutReward = (plan: Plan, reward: Reward): Plan => ({
  ...plan,
  rewards: new Map([...plan.rewards].filter(([name]) => name !== reward.name)),
  rewardOrder: plan.rewardOrder.filter((name) => name !== reward.name),
});

/** An expression with another node in the place of one of its own. */
const exchanged = (node: Node, from: Node, to: Node): Node => {
  if (node === from) return to;
  const of = (one: Node): Node => exchanged(one, from, to);
  switch (node.kind) {
    case 'unary':
    case 'presence':
      return { ...node, operand: of(node.operand) };
    case 'binary':
      return { ...node, left: of(node.left), right: of(node.right) };
    case 'in':
      return { ...node, operand: of(node.operand), items: node.items.map(of) };
    case 'call':
      return { ...node, args: node.args.map(of) };
    default:
      return node;
  }
};

/** The plan in which a condition of a credit or a reward is met whatever one of its comparisons says. */
export const withoutCondition = (plan: Plan, node: Node): Plan => {
  const met: Node = { kind: 'literal', type: 'boolean', value: true, start: 0, end: 0 };
  const change = (expression: Expression | undefined): Expression | undefined =>
    expression && { ...expression, node: exchanged(expression.node, node, met) };
  return {
    ...plan,
    credits: new Map([...plan.credits].map(([name, one]) => [name, { ...one, when: change(one.when) }])),
    rewards: new Map([...plan.rewards].map(([name, one]) => [name, { ...one, when: change(one.when) }])),
  };
};

/** A rate, or a row of a rate's table, that pays nothing instead of taking. */
export const withoutNegative = (plan: Plan, reward: Reward, isNegative: (rate: Expression) => boolean): Plan => {
  const zero = constantOf(plan, reward.body === 'credit' && reward.unit === 'pay' ? 'money' : 'number', 0, '0%');
  const raised = (rate: Expression): Expression => (isNegative(rate) ? zero : rate);
  return withReward(plan, reward, (one) => {
    if (one.body !== 'credit') return one;
    const { rate } = one;
    if (rate.kind === 'value') return { ...one, rate: { ...rate, value: raised(rate.value) } };
    if (rate.kind !== 'table') return one;
    const rows = new Map([...rate.rows].map(([key, row]) => [key, raised(row)]));
    return { ...one, rate: { ...rate, rows, otherwise: rate.otherwise && raised(rate.otherwise) } };
  });
};
