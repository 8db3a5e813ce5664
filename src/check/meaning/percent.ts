import type { Place, Related } from '../../findings/finding.ts';
import { constantOf } from '../../rules/expression/constant.ts';
import { placeInside } from '../../rules/expression/places.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { CreditReward, Expression, Link, Plan, Reward } from '../../rules/plan.ts';
import { compare, type Num, toPercent, toText } from '../../values/num.ts';
import type { Found } from '../found.ts';
import { formOf } from '../logic/atoms.ts';
import { readingOf } from '../logic/bounds.ts';
import { farConstant, isFar, kindOf, leavesOf } from './percent-slip.ts';

/** A factor above ten times what is paid is no factor. */
const MOST_FACTOR = 10;

/** Numbers where percentages were meant: `rate: 6`, `up_to: 100` of a quota, `attainment >= 80`, `factor: 102`. */
export const percentMeant = (plan: Plan): readonly Found[] => [
  ...[...plan.rewards.values()].flatMap((reward) => [
    ...(reward.body === 'credit' ? inRate(reward, plan) : inPay(reward, plan)),
    ...reward.links.flatMap((link) => inLink(link, `rewards > ${reward.name} > links > ${link.name}`, plan)),
  ]),
  ...inComparisons(plan),
];

const slip = (what: string, value: Num, place: Place, path: string, related: readonly Related[] = []): Found => ({
  code: 'percent-meant',
  message: `${what} ${toText(value)} is ${toPercent(value)}`,
  place,
  path,
  related,
  hint: `write ${toText(value)}%`,
});

interface Constant {
  readonly value: Num;
  readonly place: Place;
  readonly text: string;
  readonly path: string | undefined;
  readonly related: readonly Related[];
}

/** The constants that an expression may come to, each where it is written: a param where the plan gives it. */
const constantsIn = (expression: Expression, plan: Plan): readonly Constant[] =>
  leavesOf(expression.node).flatMap((leaf): readonly Constant[] => {
    const value = constantOf(leaf, plan.params);
    if (value === undefined || typeof value === 'string' || typeof value === 'boolean') return [];
    const here = placeInside(expression, leaf);
    const param = leaf.kind === 'param' ? plan.params.get(leaf.name) : undefined;
    if (param === undefined) return [{ value, place: here, text: expression.text, path: undefined, related: [] }];
    const related = [{ ...here, message: `${param.name} is read here` }];
    return [{ value, place: param.place, text: param.text, path: `params > ${param.name}`, related }];
  });

const inExpression = (
  what: string,
  expression: Expression | undefined,
  path: string,
  plan: Plan,
  isWrong: (value: Num, text: string) => boolean,
): readonly Found[] =>
  expression === undefined
    ? []
    : constantsIn(expression, plan)
        .filter(({ value, text }) => isWrong(value, text))
        .map((one) => slip(what, one.value, one.place, one.path ?? path, one.related));

/** More than the deal is worth; exactly as much where it is not written as a percentage. */
const isNoRate = (value: Num, text: string): boolean =>
  compare(value, 1) > 0 || (compare(value, 1) === 0 && !text.includes('%'));

const inRate = (reward: CreditReward, plan: Plan): readonly Found[] => {
  const { rate, unit } = reward;
  const path = `rewards > ${reward.name} > ${unit}`;
  const asRate = (expression: Expression | undefined): readonly Found[] =>
    unit === 'pay' ? [] : inExpression('a rate of', expression, path, plan, isNoRate);
  switch (rate.kind) {
    case 'value':
      return asRate(rate.value);
    case 'table':
      return [...[...rate.rows.values()].flatMap(asRate), ...asRate(rate.otherwise)];
    case 'curve':
      return rate.curve.points.flatMap(({ x, y, place }) => [
        ...(kindOf(rate.by.node, plan) === 'share' && isFar(x) ? [slip('the point at', x, place, path)] : []),
        ...(unit === 'rate' && compare(y, 1) > 0 ? [slip('a rate of', y, place, path)] : []),
      ]);
    case 'steps':
      return rate.steps.flatMap((step) => [
        ...(rate.of === undefined ? [] : inExpression('a threshold of', step.end, path, plan, isFar)),
        ...asRate(step.rate),
      ]);
  }
};

const isNoFactor = (value: Num): boolean => compare(value, MOST_FACTOR) > 0;

const inLink = (link: Link, path: string, plan: Plan): readonly Found[] => {
  const { factor } = link;
  const asFactor = (expression: Expression | undefined): readonly Found[] =>
    inExpression('a factor of', expression, path, plan, isNoFactor);
  const points = (all: readonly { x: Num; y: Num; place: Place }[], by: Node): readonly Found[] =>
    all.flatMap(({ x, y, place }) => [
      ...(kindOf(by, plan) === 'share' && isFar(x) ? [slip('the point at', x, place, path)] : []),
      ...(isNoFactor(y) ? [slip('a factor of', y, place, path)] : []),
    ]);
  const own = (): readonly Found[] => {
    switch (factor.kind) {
      case 'factor':
        return asFactor(factor.value);
      case 'gate':
        return asFactor(factor.otherwise);
      case 'curve':
        return points(factor.curve.points, factor.by.node);
      case 'matrix':
        return [
          ...factor.rows
            .filter(({ x }) => kindOf(factor.by[0].node, plan) === 'share' && isFar(x))
            .map(({ x, place }) => slip('the row at', x, place, path)),
          ...factor.rows.flatMap((row) => points(row.points, factor.by[1].node)),
        ];
    }
  };
  return [...own(), ...asFactor(link.whenMissing), ...asFactor(link.atMost)];
};

/** `pay: 6 * bookings`: more is paid than was sold. */
const inPay = (reward: Exclude<Reward, CreditReward>, plan: Plan): readonly Found[] => {
  const expression = reward.body === 'pool' ? reward.pool : reward.pay;
  const reading = readingOf(plan);
  return leavesOf(expression.node).flatMap((leaf) => {
    const results = new Set<string>();
    walk(leaf, (node) => {
      const isSold = node.type === 'money' && (node.kind === 'aggregate' || node.kind === 'measure');
      if (isSold) for (const key of formOf(node, reading).terms.keys()) results.add(key);
    });
    const above = [...formOf(leaf, reading).terms].find(([key, value]) => results.has(key) && compare(value, 1) > 0);
    if (above === undefined) return [];
    const path = `rewards > ${reward.name} > ${reward.body === 'pool' ? 'pool' : 'pay'}`;
    return [slip('a share of', above[1], placeInside(expression, leaf), path)];
  });
};

const COMPARED: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', '+', '-']);

/** What a share stands beside, as if it were a share: `attainment >= 80`, `attainment - 80`, `min(attainment, 200)`. */
const pairsOf = (node: Node): readonly (readonly [Node, Node])[] => {
  if (node.kind === 'binary' && COMPARED.has(node.op)) {
    return [
      [node.left, node.right],
      [node.right, node.left],
    ];
  }
  if (node.kind !== 'call' || (node.name !== 'min' && node.name !== 'max')) return [];
  return node.args.flatMap((share) =>
    node.args.filter((other) => other !== share).map((other) => [share, other] as const),
  );
};

/** `attainment >= 80`: a share beside a number that no share reaches. */
const inComparisons = (plan: Plan): readonly Found[] =>
  expressionsOf(plan).flatMap(({ expression, path }) => {
    const found: Found[] = [];
    walk(expression.node, (node) => {
      for (const [share, other] of pairsOf(node)) {
        const value = farConstant(other, plan);
        if (value === undefined || kindOf(share, plan) !== 'share') continue;
        const param = other.kind === 'param' ? plan.params.get(other.name) : undefined;
        const here = placeInside(expression, other);
        found.push(
          param === undefined
            ? slip('a share is held against', value, here, path)
            : slip(`${param.name} is held against a share, and`, value, param.place, `params > ${param.name}`, [
                { ...here, message: 'it is read here' },
              ]),
        );
      }
    });
    return found;
  });
