import { amountOf, evaluate, type Reading, type World } from './evaluate.ts';
import { type Fraction, fromText, minus, ONE, order, over, plus, times, ZERO } from './fraction.ts';
import { expressionIn, expressionOf, isMap, listOf, mapOf, Refused, textOf, type Yaml, type YamlMap } from './model.ts';

type Point = readonly [x: Fraction, y: Fraction];

const keyed = (text: string): Fraction => fromText(text.replace(/ [A-Z]{3}$/, ''));

/** The value of a curve: straight between points; flat beyond them, or going on; or the last point reached. */
const along = (points: readonly Point[], x: Fraction, { shape, beyond }: YamlMap): Fraction => {
  const at = points.filter(([px]) => order(px, x) <= 0).length;
  if (shape === 'step') return points[Math.max(0, at - 1)]?.[1] ?? ZERO;
  let [low, high] = [points[at - 1], points[at]];
  if (low === undefined || high === undefined) {
    const end = low ?? high;
    if (beyond !== 'continue' || points.length < 2) return end?.[1] ?? ZERO;
    [low, high] = low === undefined ? [points[0], points[1]] : [points.at(-2), points.at(-1)];
  }
  if (low === undefined || high === undefined) return ZERO;
  const slope = over(minus(high[1], low[1]), minus(high[0], low[0]));
  return plus(low[1], times(slope, minus(x, low[0])));
};

/** A rate or factor by a curve, by a table or by an expression alone; steps are the business of rewards. */
export const curveAt = (points: YamlMap, x: Fraction, options: YamlMap, yOf: (yaml: Yaml) => Fraction): Fraction =>
  along(
    Object.entries(points).map(([key, y]) => [keyed(key), yOf(y)] as const),
    x,
    options,
  );

/** A factor as the link says it, not yet held down; undefined where it is missing. */
const rawFactor = (world: World, link: YamlMap, reading: Reading): Fraction | undefined => {
  const read = (text: Yaml | undefined): Fraction | undefined => amountOf(world, expressionOf(String(text)), reading);
  if (link.factor !== undefined) return read(link.factor);
  const gate = expressionIn(link, 'gate');
  if (gate !== undefined) {
    const open = evaluate(world, gate, reading);
    if (open?.kind !== 'boolean') return undefined;
    return open.b ? ONE : link.otherwise === undefined ? ZERO : read(link.otherwise);
  }
  const constant = (yaml: Yaml): Fraction => read(yaml) ?? ZERO;
  if (isMap(link.matrix)) {
    const [x, y] = listOf(link.by).map(read);
    if (x === undefined || y === undefined) return undefined;
    const rows = Object.entries(link.matrix).map(
      ([key, row]) => [keyed(key), curveAt(mapOf(row), y, link, constant)] as const,
    );
    return along(rows, x, link);
  }
  const x = read(link.by);
  return x && curveAt(mapOf(link.curve), x, link, constant);
};

/** The factor of one link: 1 where it does not apply. */
const factorOf = (world: World, link: YamlMap, reading: Reading): Fraction | undefined => {
  const when = expressionIn(link, 'when');
  if (when !== undefined) {
    const met = evaluate(world, when, reading);
    if (met?.kind !== 'boolean' || !met.b) return ONE;
  }
  const read = (key: string): Fraction | undefined => {
    const text = textOf(link[key]);
    return text === undefined ? undefined : amountOf(world, expressionOf(text), reading);
  };
  const factor = rawFactor(world, link, reading) ?? read('when_missing');
  const limit = read('at_most');
  if (factor === undefined || limit === undefined || order(factor, limit) <= 0) return factor;
  const unless = expressionIn(link, 'unless');
  if (unless === undefined) return limit;
  const free = evaluate(world, unless, reading);
  return free?.kind === 'boolean' ? (free.b ? factor : limit) : read('when_missing');
};

/** The product of a reward's links; those with a weight are blended first. */
export const factorsOf = (
  world: World,
  links: Yaml | undefined,
  reading: Reading,
  isPool = false,
): Fraction | undefined => {
  let [product, blend, weighted] = [ONE, ZERO, false];
  for (const yaml of Object.values(mapOf(links))) {
    const link = mapOf(yaml);
    const factor = factorOf(world, link, reading);
    if (factor === undefined) return undefined;
    if (order(factor, ZERO) < 0 || (isPool && order(factor, ONE) > 0)) throw new Refused('factor-out-of-range');
    const weight = textOf(link.weight);
    if (weight === undefined) product = times(product, factor);
    else {
      weighted = true;
      blend = plus(blend, times(amountOf(world, expressionOf(weight), reading) ?? ZERO, factor));
    }
  }
  return weighted ? times(product, blend) : product;
};
