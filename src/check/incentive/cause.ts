import type { Place } from '../../findings/finding.ts';
import type { CurvePoint } from '../../rules/curve.ts';
import { placeInside } from '../../rules/expression/places.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { Expression, Link, Plan, Reward } from '../../rules/plan.ts';
import type { RateSteps, RateTable } from '../../rules/rate/kinds.ts';
import { abs, add, compare, div, type Num, sub } from '../../values/num.ts';
import type { Fork, Forks, Ways } from './decisions.ts';
import type { Unit } from './driver.ts';
import type { Sample } from './sample.ts';

/** The rule of a plan by which pay changes as it does. */
export type Cause = {
  readonly place: Place;
  readonly path: string;
  readonly reward: Reward;
} & (
  | { readonly kind: 'step'; readonly rate: RateSteps; readonly step: number }
  /** A link; at one of its points, or where it is no more held down. */
  | { readonly kind: 'link'; readonly link: Link; readonly point: CurvePoint | undefined; readonly held: boolean }
  | { readonly kind: 'rate'; readonly point: CurvePoint | undefined }
  /** An expression, or a comparison in it that comes out otherwise. */
  | { readonly kind: 'expression'; readonly node: Node | undefined }
);

/** Where nodes stand, so that a comparison inside of an expression can be shown. */
export class NodePlaces {
  readonly #known = new Map<Node, { readonly expression: Expression; readonly path: string }>();

  constructor(plan: Plan) {
    for (const { expression, path } of expressionsOf(plan))
      walk(expression.node, (node) => {
        if (!this.#known.has(node)) this.#known.set(node, { expression, path });
      });
  }

  of(node: Node): { readonly path: string; readonly place: Place } | undefined {
    const known = this.#known.get(node);
    return known && { path: known.path, place: placeInside(known.expression, node) };
  }
}

export interface Causing {
  readonly forks: Forks;
  readonly nodes: NodePlaces;
}

/** The forks at which two samples took different ways; of more rows, those that any row took otherwise than all before. */
const partedAt = (left: Ways, right: Ways, ofRows: boolean): readonly number[] => {
  const taken = (ways: Ways): ReadonlyMap<number, string> => {
    const found = new Map<number, (number | string)[]>();
    for (const [i, fork] of ways.forks.entries()) {
      const way = ways.ways[i] as number | string;
      const before = found.get(fork);
      if (before === undefined) found.set(fork, [way]);
      else if (!ofRows || !before.includes(way)) before.push(way);
    }
    return new Map([...found].map(([fork, all]) => [fork, (ofRows ? all.sort() : all).join()]));
  };
  const a = taken(left);
  const b = taken(right);
  return [...new Set([...a.keys(), ...b.keys()])].filter((fork) => a.get(fork) !== b.get(fork));
};

const placeOfRate = (reward: Reward): Place => {
  if (reward.body === 'payee') return reward.pay.place;
  if (reward.body === 'pool') return reward.pool.place;
  return reward.rate.kind === 'value' ? reward.rate.value.place : reward.rate.place;
};

const bodyPath = (reward: Reward): string =>
  `rewards > ${reward.name} > ${reward.body === 'credit' ? reward.unit : reward.body === 'pool' ? 'pool' : 'pay'}`;

const asStep = (reward: Reward, rate: RateSteps, step: number): Cause => ({
  kind: 'step',
  rate,
  step,
  reward,
  place: rate.steps[step]?.place ?? rate.place,
  path: bodyPath(reward),
});

const placeOfLink = (link: Link, point: CurvePoint | undefined): Place => {
  if (point !== undefined) return point.place;
  if (link.factor.kind === 'gate') return link.factor.condition.place;
  if (link.factor.kind === 'factor') return link.factor.value.place;
  return link.place;
};

const asLink = (reward: Reward, link: Link, point: CurvePoint | undefined, held = false): Cause => ({
  kind: 'link',
  link,
  point,
  held,
  reward,
  place: (held ? link.unless?.place : undefined) ?? placeOfLink(link, point),
  path: `rewards > ${reward.name} > links > ${link.name}`,
});

/** By how much a link's factor changed, as a part of what it was. */
const changeOf = (link: Link, left: Sample, right: Sample): Num => {
  const before = left.ways.factors.get(link) ?? 1;
  const after = right.ways.factors.get(link) ?? 1;
  return abs(div(sub(after, before), before) ?? sub(after, before));
};

const largest = <T>(all: readonly T[], size: (one: T) => Num): T | undefined => {
  let best: T | undefined;
  for (const one of all) if (best === undefined || compare(size(one), size(best)) > 0) best = one;
  return best;
};

interface Placed {
  readonly place: Place;
  readonly path: string;
  readonly node: Node | undefined;
}

/** Whether a path is that of what decides which lines a reward has. */
const isWhen = (path: string, reward: Reward): boolean =>
  path === `rewards > ${reward.name} > when` || (reward.body === 'credit' && path === `credits > ${reward.credit}`);

const linesOf = ({ paid }: Sample, reward: Reward): number =>
  paid.reduce((sum, one) => (one.reward === reward ? sum + one.lines : sum), 0);

/** Why a reward's pay jumps between two samples that took different ways. */
export const causeOfJump = (
  left: Sample,
  right: Sample,
  reward: Reward,
  { forks, nodes, unit }: Causing & { readonly unit: Unit },
): Cause => {
  // One row more meets the conditions of its credits, which is no reason for anything.
  const ofRows = unit === 'deals' || unit === 'leads';
  const parted = partedAt(left.ways, right.ways, ofRows).map((id) => forks.at(id));
  const own = parted.flatMap((fork): readonly Placed[] => {
    if (fork.kind === 'condition')
      return ofRows ? [] : [{ place: fork.condition.place, path: bodyPath(reward), node: undefined }];
    const found = fork.kind === 'node' ? nodes.of(fork.node) : undefined;
    if (found === undefined || fork.kind !== 'node' || (ofRows && found.path.startsWith('credits > '))) return [];
    return [{ ...found, node: fork.node }];
  });
  // Where a line is there on one side only, what decides whether there is one says it all.
  const isPaid = ofRows ? undefined : own.find(({ path }) => isWhen(path, reward));
  if (isPaid !== undefined && linesOf(left, reward) !== linesOf(right, reward))
    return { kind: 'expression', reward, ...isPaid };
  const limit = parted.find((fork) => fork.kind === 'limit' && fork.reward === reward);
  const limited = limit?.kind === 'limit' ? reward[limit.limit] : undefined;
  if (limited !== undefined && limit?.kind === 'limit')
    return {
      kind: 'expression',
      node: undefined,
      reward,
      place: limited.place,
      path: `rewards > ${reward.name} > ${limit.limit}`,
    };
  const links = parted.filter(
    (fork): fork is Extract<Fork, { kind: 'link' }> => fork.kind === 'link' && reward.links.includes(fork.link),
  );
  const link = largest(links, (fork) => changeOf(fork.link, left, right));
  const linked =
    link && compare(changeOf(link.link, left, right), 0) > 0
      ? asLink(reward, link.link, link.point, link.held)
      : undefined;
  const rate = reward.body === 'credit' && reward.rate.kind === 'steps' ? reward.rate : undefined;
  const step = parted.findLast((fork) => fork.kind === 'step' && fork.rate === rate);
  if (rate !== undefined && step?.kind === 'step') return asStep(reward, rate, step.step);
  if (linked !== undefined) return linked;
  const ofRate = parted.find((fork) => fork.kind === 'rate' && fork.reward === reward);
  if (ofRate?.kind === 'rate')
    return {
      kind: 'rate',
      point: ofRate.point,
      reward,
      place: ofRate.point?.place ?? placeOfRate(reward),
      path: bodyPath(reward),
    };
  // A comparison says more than the whole condition, and one of the reward itself more than one of a measure.
  const compared = own.filter(({ node }) => node !== undefined);
  const [first = own[0]] = [...compared.filter(({ path }) => path.startsWith(`rewards > ${reward.name}`)), ...compared];
  if (first === undefined && ofRows) {
    const exact = ({ paid }: Sample): Num =>
      paid.reduce<Num>((sum, one) => (one.reward === reward ? add(sum, one.exact) : sum), 0);
    return causeOfSlope(left, right, reward, compare(exact(right), exact(left)) > 0);
  }
  return {
    kind: 'expression',
    node: first?.node,
    reward,
    place: first?.place ?? placeOfRate(reward),
    path: first?.path ?? bodyPath(reward),
  };
};

/** The point that a curve runs to where it is read between two values. */
const pointAfter = <P extends { readonly x: Num }>(points: readonly P[], from: Num | undefined): P | undefined =>
  points.find(({ x }) => from === undefined || compare(x, from) > 0) ?? points.at(-1);

/** The last point that is reached; before the first, that. */
const pointUpTo = <P extends { readonly x: Num }>(points: readonly P[], at: Num | undefined): P | undefined =>
  points.findLast(({ x }) => at !== undefined && compare(x, at) <= 0) ?? points[0];

/** The point of a link's curve or matrix to which it is read, from the first sample on. */
const pointOf = (link: Link, left: Ways, right: Ways): CurvePoint | undefined => {
  const { factor } = link;
  const from = left.readBy.get(link);
  if (factor.kind === 'curve') return pointAfter(factor.curve.points, from);
  if (factor.kind !== 'matrix') return undefined;
  const column = left.secondBy.get(link);
  // The row is chosen by what moves: the next one; else the one that is read.
  const moves = from !== undefined && compare(right.readBy.get(link) ?? from, from) !== 0;
  const row = moves ? pointAfter(factor.rows, from) : pointUpTo(factor.rows, from);
  return row && (moves ? pointUpTo(row.points, column) : pointAfter(row.points, column));
};

/** Why a reward's pay changes along a line between two samples that took the same ways. */
export const causeOfSlope = (left: Sample, right: Sample, reward: Reward, rising: boolean): Cause => {
  const moves = (link: Link): boolean => {
    const side = compare(right.ways.factors.get(link) ?? 1, left.ways.factors.get(link) ?? 1);
    return rising ? side > 0 : side < 0;
  };
  const link = largest(reward.links.filter(moves), (one) => changeOf(one, left, right));
  if (link !== undefined) {
    return asLink(reward, link, pointOf(link, left.ways, right.ways));
  }
  if (reward.body === 'credit' && reward.rate.kind === 'curve') {
    const point = pointAfter(reward.rate.curve.points, left.ways.readBy.get(reward));
    return { kind: 'rate', point, reward, place: point?.place ?? placeOfRate(reward), path: bodyPath(reward) };
  }
  if (reward.body === 'credit' && reward.rate.kind === 'steps')
    return asStep(reward, reward.rate, stepOf(right, reward.rate));
  const row = reward.body === 'credit' && reward.rate.kind === 'table' ? rowOf(right, reward, reward.rate) : undefined;
  return {
    kind: 'expression',
    node: undefined,
    reward,
    place: row?.place ?? placeOfRate(reward),
    path: bodyPath(reward),
  };
};

/** The row of a rate's table that a sample has looked up. */
const rowOf = ({ ways }: Sample, reward: Reward, rate: RateTable): Expression | undefined => {
  const by = ways.row.get(reward);
  return (by === undefined ? undefined : rate.rows.get(by)) ?? rate.otherwise;
};

/** The step that a sample has reached. */
const stepOf = ({ ways }: Sample, rate: RateSteps): number =>
  Math.min(rate.steps.length - 1, ways.reached.get(rate) ?? 0);

/** What tells one cause from another: of a curve all points are one, of steps each is its own. */
export const causeKey = ({ kind, path, place }: Cause): string =>
  kind === 'link' || kind === 'rate' ? path : `${path} ${place.file}:${place.line}:${place.column}`;
