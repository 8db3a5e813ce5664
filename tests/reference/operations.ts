import {
  absolute,
  ceiling,
  type Fraction,
  floor,
  fraction,
  minus,
  order,
  over,
  plus,
  type Rounding,
  rounded,
  times,
  ZERO,
} from './fraction.ts';
import type { Value } from './model.ts';

/** What operators and functions mean; a missing value is `undefined` and contagious, but for the logic of three values. */

type Figure = Extract<Value, { n: Fraction }>;
export const isFigure = (value: Value | undefined): value is Figure => value !== undefined && 'n' in value;
export const figure = (kind: Figure['kind'], n: Fraction): Value => ({ kind, n });
export const truth = (b: boolean): Value => ({ kind: 'boolean', b });

export const and = (x: boolean | undefined, y: boolean | undefined): boolean | undefined =>
  x === false || y === false ? false : x === undefined || y === undefined ? undefined : true;
export const not = (x: boolean | undefined): boolean | undefined => (x === undefined ? undefined : !x);

/** −1, 0 or 1. */
export const compared = (x: Value, y: Value): number => {
  if (isFigure(x) && isFigure(y)) return order(x.n, y.n);
  const [a, b] = [JSON.stringify(x), JSON.stringify(y)];
  return a === b ? 0 : a < b ? -1 : 1;
};

export const arithmetic = (operator: string, x: Value, y: Value): Value | undefined => {
  if (!isFigure(x) || !isFigure(y)) throw new TypeError(`${x.kind} ${operator} ${y.kind}`);
  switch (operator) {
    case '+':
      return figure(x.kind === 'days' ? y.kind : x.kind, plus(x.n, y.n));
    case '-':
      return figure(x.kind === 'date' && y.kind === 'date' ? 'days' : x.kind, minus(x.n, y.n));
    case '*':
      return figure(x.kind === 'number' ? y.kind : x.kind, times(x.n, y.n));
    default:
      if (y.n[0] === 0n) return undefined;
      return figure(x.kind === y.kind ? 'number' : x.kind, over(x.n, y.n));
  }
};

interface Ways {
  readonly rounding: Rounding;
  /** Minor units in one of the plan's currency. */
  readonly unit: Fraction;
}

/** Functions of values that are all there. */
export const called = (name: string, args: readonly Value[], { rounding, unit }: Ways): Value => {
  const [x, y] = args;
  if (x === undefined) throw new TypeError(`${name} of nothing`);
  const texts = args.map((arg) => (arg.kind === 'text' ? arg.s : ''));
  switch (name) {
    case 'min':
      return args.reduce((a, b) => (compared(b, a) < 0 ? b : a));
    case 'max':
      return args.reduce((a, b) => (compared(b, a) > 0 ? b : a));
    case 'lower':
      return { kind: 'text', s: (texts[0] ?? '').toLowerCase() };
    case 'upper':
      return { kind: 'text', s: (texts[0] ?? '').toUpperCase() };
    case 'starts_with':
      return truth((texts[0] ?? '').startsWith(texts[1] ?? ''));
    case 'ends_with':
      return truth((texts[0] ?? '').endsWith(texts[1] ?? ''));
    case 'contains':
      return truth((texts[0] ?? '').includes(texts[1] ?? ''));
  }
  if (!isFigure(x)) throw new TypeError(`${name} of ${x.kind}`);
  const date = (): Date => new Date(Number(x.n[0]) * 86_400_000);
  switch (name) {
    case 'abs':
      return figure(x.kind, absolute(x.n));
    case 'floor':
    case 'ceil': {
      // money to its minor unit, as round does
      const by = x.kind === 'money' ? unit : fraction(1);
      const to = name === 'floor' ? floor : ceiling;
      return figure(x.kind, over(fraction(to(times(x.n, by))), by));
    }
    case 'round': {
      const digits = isFigure(y) ? Number(y.n[0]) : undefined;
      const by = digits !== undefined ? fraction(10n ** BigInt(digits)) : x.kind === 'money' ? unit : fraction(1);
      return figure(x.kind, over(fraction(rounded(times(x.n, by), rounding)), by));
    }
    case 'year':
      return figure('number', fraction(date().getUTCFullYear()));
    case 'quarter':
      return figure('number', fraction(Math.floor(date().getUTCMonth() / 3) + 1));
    case 'month':
      return figure('number', fraction(date().getUTCMonth() + 1));
    default:
      throw new TypeError(`no function ${name}`);
  }
};

export const zeroOf = (kind: Figure['kind']): Value => figure(kind, ZERO);
