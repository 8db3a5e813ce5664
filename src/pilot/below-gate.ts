import type { Computed } from '../engine/compute.ts';
import { factorWorking, productOf, readsRows, touchesRows } from '../engine/link.ts';
import type { Line, LinkEffect } from '../engine/result.ts';
import { childrenOf, type Node } from '../rules/expression/typed.ts';
import type { Expression, Link } from '../rules/plan.ts';
import { isMissing } from '../values/missing.ts';
import { add, compare, fraction, mul, type Num, roundWhole, sign, sub } from '../values/num.ts';
import type { Period } from '../values/period.ts';

/** A threshold in a link's condition that was nearly reached, and what reaching it would have paid. */
export interface BelowGate {
  readonly link: string;
  readonly counted: 'money' | 'number';
  readonly at: Num;
  readonly threshold: Num;
  readonly gain: Num;
}

/** So close below a threshold is just below it. */
const CLOSE = fraction(5, 100);

/** Whether a threshold is above a value, and close. */
export const isJustBelow = (value: Num, threshold: Num): boolean =>
  sign(threshold) > 0 && compare(value, threshold) < 0 && isClose(value, threshold);

const isClose = (value: Num, threshold: Num): boolean => compare(sub(threshold, value), mul(threshold, CLOSE)) <= 0;

/**
 * The thresholds in the gates, the `when` and the `unless` of one payout's links that were nearly reached, and would have paid more:
 * the link is asked once more with that one comparison taken to hold, and all else as it is.
 */
export const belowGates = (computed: Computed, period: Period, lines: readonly Line[]): readonly BelowGate[] => {
  const found: BelowGate[] = [];
  const last = new Map<string, { readonly line: Line; readonly effect: LinkEffect }>();
  for (const line of lines) for (const effect of line.links) last.set(effect.link.name, { line, effect });
  for (const [name, { line, effect }] of last) {
    // What is left out of the run is not asked for.
    if (computed.engine.leftOut === 'all' || (computed.engine.leftOut === 'crossing' && effect.crosses)) continue;
    for (const { condition, put } of conditionsOf(effect.link)) {
      for (const comparison of comparisonsIn(condition.node)) {
        const { reached, fixed, strict } = comparison;
        const at = figureOf(computed, line, period, { ...condition, type: reached.type, node: reached });
        const threshold = figureOf(computed, line, period, { ...condition, type: fixed.type, node: fixed });
        if (at === undefined || threshold === undefined) continue;
        const level = strict && sign(threshold) > 0 && compare(at, threshold) === 0;
        if (!level && !isJustBelow(at, threshold)) continue;
        const node = withTrue(condition.node, comparison.node);
        const gain = gainWith(computed, period, lines, put({ ...condition, node }));
        if (sign(gain) <= 0) continue;
        found.push({ link: name, counted: reached.type === 'money' ? 'money' : 'number', at, threshold, gain });
      }
    }
  }
  return found;
};

interface Asked {
  readonly condition: Expression;
  /** The link with another condition in its place. */
  readonly put: (condition: Expression) => Link;
}

const conditionsOf = (link: Link): readonly Asked[] => {
  const { factor, when, unless } = link;
  const found: Asked[] = [];
  if (factor.kind === 'gate') {
    const put = (condition: Expression): Link => ({ ...link, factor: { ...factor, condition } });
    found.push({ condition: factor.condition, put });
  }
  if (when !== undefined) found.push({ condition: when, put: (condition) => ({ ...link, when: condition }) });
  if (unless !== undefined) found.push({ condition: unless, put: (condition) => ({ ...link, unless: condition }) });
  return found;
};

interface Comparison {
  readonly node: Node;
  /** The side that people reach something by. */
  readonly reached: Node;
  readonly fixed: Node;
  /** Whether to be level with it is not enough. */
  readonly strict: boolean;
}

/** Comparisons of a figure with what is fixed beforehand, a quota among it, in a condition of `and` and `or`. */
const comparisonsIn = (node: Node): readonly Comparison[] => {
  if (node.kind !== 'binary') return [];
  const { op, left, right } = node;
  if (op === 'and' || op === 'or') return [...comparisonsIn(left), ...comparisonsIn(right)];
  const [reached, fixed] = op === '>=' || op === '>' ? [left, right] : [right, left];
  if (op !== '>=' && op !== '>' && op !== '<=' && op !== '<') return [];
  if (reached.type !== 'money' && reached.type !== 'number') return [];
  if (isFixed(reached) || !isFixed(fixed) || touchesRows(node)) return [];
  return [{ node, reached, fixed, strict: op === '>' || op === '<' }];
};

const isFixed = (node: Node): boolean =>
  node.kind !== 'measure' &&
  node.kind !== 'aggregate' &&
  node.kind !== 'result' &&
  node.kind !== 'pay' &&
  childrenOf(node).every(isFixed);

/** A condition in which one comparison is taken to hold. */
const withTrue = (node: Node, comparison: Node): Node => {
  if (node === comparison) return { kind: 'literal', type: 'boolean', value: true, start: node.start, end: node.end };
  if (node.kind !== 'binary' || (node.op !== 'and' && node.op !== 'or')) return node;
  return { ...node, left: withTrue(node.left, comparison), right: withTrue(node.right, comparison) };
};

const figureOf = ({ engine }: Computed, line: Line, period: Period, expression: Expression): Num | undefined => {
  if (line.reader === undefined) return undefined;
  const value = engine.evaluate(expression, line.reader, { stay: line.stay, period });
  return value === undefined || isMissing(value) ? undefined : (value as Num);
};

/** What lines would have paid more with a link of theirs put otherwise, each rounded as it is paid. */
const gainWith = ({ engine, plan }: Computed, period: Period, lines: readonly Line[], link: Link): Num => {
  let gain: Num = 0;
  for (const { links, reader, stay, exactBase, amount } of lines) {
    const own = links.find((effect) => effect.link.name === link.name);
    if (own === undefined || reader === undefined) continue;
    // Whether it applies to this line is known already.
    const asked = own.applied ? { ...link, when: undefined } : link;
    if (readsRows(asked)) continue;
    const { factor } = factorWorking(engine, asked, engine.frameFor(reader, { stay, period }));
    if (isMissing(factor)) continue;
    const product = productOf(
      links.map((effect) => effect.link),
      links.map((effect) => (effect === own ? factor : effect.factor)),
    );
    gain = add(gain, sub(roundWhole(mul(exactBase, product), plan.rounding), amount));
  }
  return gain;
};
