import type { Span } from './calendar.ts';
import { amountOf, type Reading, type World } from './evaluate.ts';
import { type Fraction, minus, order, over, plus, times, ZERO } from './fraction.ts';
import { expressionOf, listOf, mapOf, textOf, type YamlMap } from './model.ts';

interface Step {
  /** What it reaches up to; undefined: without end. */
  readonly to: Fraction | undefined;
  readonly including: boolean;
  readonly rate: Fraction;
}

/** The steps as they stand for a payee; undefined where one of their figures is missing. */
const stepsOf = (world: World, rate: YamlMap, reading: Reading, span: Span): readonly Step[] | undefined => {
  const inSpan: Reading = { ...reading, span };
  const read = (text: string): Fraction | undefined => amountOf(world, expressionOf(text), inSpan);
  const of = textOf(rate.of);
  const base = of === undefined ? undefined : read(of);
  if (of !== undefined && (base === undefined || order(base, ZERO) <= 0)) return undefined;
  const steps: Step[] = [];
  for (const yaml of listOf(rate.steps)) {
    const step = mapOf(yaml);
    const edge = textOf(step.up_to) ?? textOf(step.below);
    const threshold = edge === undefined ? undefined : read(edge);
    const to = threshold === undefined || base === undefined ? threshold : times(threshold, base);
    const paid = read(textOf(step.rate) ?? '');
    if (paid === undefined || (edge !== undefined && to === undefined)) return undefined;
    steps.push({ to, including: step.up_to !== undefined, rate: paid });
  }
  return steps;
};

/** The rate of the step that an amount stands in. */
const rateAt = (steps: readonly Step[], x: Fraction): Fraction => {
  for (const { to, including, rate } of steps) {
    if (to === undefined || order(x, to) < 0 || (including && order(x, to) === 0)) return rate;
  }
  return ZERO;
};

/** The pay on an amount: each part of it at the rate of the step it falls in; below zero, the first step's. */
const payOn = (steps: readonly Step[], x: Fraction): Fraction => {
  if (order(x, ZERO) <= 0) return times(x, steps[0]?.rate ?? ZERO);
  let [paid, from] = [ZERO, ZERO];
  for (const { to, rate } of steps) {
    const end = to === undefined || order(to, x) > 0 ? x : to;
    if (order(end, from) > 0) {
      paid = plus(paid, times(minus(end, from), rate));
      from = end;
    }
  }
  return paid;
};

/** The rate of a line that counts so much, after so much was counted before it. */
export const stepRate = (
  world: World,
  rate: YamlMap,
  line: { readonly before: Fraction; readonly counted: Fraction; readonly atEnd: Fraction },
  reading: Reading,
  span: Span,
): Fraction | undefined => {
  const steps = stepsOf(world, rate, reading, span);
  if (steps === undefined) return undefined;
  const { before, counted, atEnd } = line;
  if (rate.method === 'retroactive') return rateAt(steps, atEnd);
  const after = plus(before, counted);
  if (counted[0] === 0n) return rateAt(steps, after);
  return over(minus(payOn(steps, after), payOn(steps, before)), counted);
};
