import type { Known, Node } from '../../rules/expression/typed.ts';
import type { Plan } from '../../rules/plan.ts';
import { add, compare, div, isZero, max, min, mul, type Num, neg, sign, sub } from '../../values/num.ts';
import { type Bounds, keyOf, type Reading } from './key.ts';
import { isSubset } from './subset.ts';

const OPEN: Bounds = { low: undefined, high: undefined };
const NOT_BELOW_ZERO: Bounds = { low: 0, high: undefined };

const both = <T>(a: T | undefined, b: T | undefined, pick: (a: T, b: T) => T): T | undefined =>
  a === undefined || b === undefined ? undefined : pick(a, b);
const any = <T>(a: T | undefined, b: T | undefined, pick: (a: T, b: T) => T): T | undefined =>
  a === undefined ? b : b === undefined ? a : pick(a, b);

/** Whichever of several values it is. */
const hull = (all: readonly Bounds[]): Bounds =>
  all.reduce((a, b) => ({ low: both(a.low, b.low, min), high: both(a.high, b.high, max) }));

const scaled = ({ low, high }: Bounds, by: Num): Bounds => {
  const ends = [low === undefined ? undefined : mul(low, by), high === undefined ? undefined : mul(high, by)];
  return sign(by) < 0 ? { low: ends[1], high: ends[0] } : { low: ends[0], high: ends[1] };
};

const isConstant = ({ low, high }: Bounds): Num | undefined =>
  low !== undefined && high !== undefined && compare(low, high) === 0 ? low : undefined;

const isNotBelowZero = ({ low }: Bounds): boolean => low !== undefined && sign(low) >= 0;

/** Expressions of a plan, understood on their own, or for the lines of a credit that goes to whoever `payee` is the key of. */
export const readingOf = (plan: Plan, payee?: string): Reading => {
  const known = new Map<Node, Bounds>();
  const reading: Reading = {
    plan,
    payee,
    boundsOf: (node) => {
      const before = known.get(node);
      if (before !== undefined) return before;
      const bounds = boundsOf(node, reading, []);
      known.set(node, bounds);
      return bounds;
    },
  };
  return reading;
};

/** Refunds, which count less than nothing, are left aside. */
const boundsOf = (node: Node, reading: Reading, seen: readonly string[]): Bounds => {
  const of = (one: Node): Bounds => boundsOf(one, reading, seen);
  switch (node.kind) {
    case 'literal':
      return exactly(node.value);
    case 'param': {
      const value = reading.plan.params.get(node.name)?.value;
      return value === undefined ? OPEN : exactly(value);
    }
    case 'unary':
      return node.op === '-' ? scaled(of(node.operand), -1) : OPEN;
    case 'binary':
      return ofBinary(node, reading, of);
    case 'call':
      return ofCall(node, of);
    case 'aggregate':
      return node.fn === 'count' || node.fn === 'count_distinct' ? NOT_BELOW_ZERO : OPEN;
    case 'measure': {
      const inner = reading.plan.measures.get(node.name)?.value.node;
      if (inner === undefined || seen.includes(node.name)) return OPEN;
      return boundsOf(inner, reading, [...seen, node.name]);
    }
    case 'quota':
      return NOT_BELOW_ZERO;
    default:
      return OPEN;
  }
};

const exactly = (value: Known): Bounds =>
  typeof value === 'string' || typeof value === 'boolean' ? OPEN : { low: value, high: value };

const ofBinary = (node: Extract<Node, { kind: 'binary' }>, reading: Reading, of: (one: Node) => Bounds): Bounds => {
  const a = of(node.left);
  const b = of(node.right);
  switch (node.op) {
    case '+':
      return { low: both(a.low, b.low, add), high: both(a.high, b.high, add) };
    case '-':
      return { low: both(a.low, b.high, sub), high: both(a.high, b.low, sub) };
    case '*': {
      const factor = isConstant(b) ?? isConstant(a);
      if (factor !== undefined) return scaled(isConstant(b) === undefined ? b : a, factor);
      if (!isNotBelowZero(a) || !isNotBelowZero(b)) return OPEN;
      return { low: mul(a.low ?? 0, b.low ?? 0), high: both(a.high, b.high, mul) };
    }
    case '/': {
      const divisor = isConstant(b);
      if (divisor !== undefined && !isZero(divisor)) return scaled(a, div(1, divisor) ?? 1);
      if (isPartOf(node.left, node.right, reading)) return { low: 0, high: 1 };
      return isNotBelowZero(a) && isNotBelowZero(b) ? NOT_BELOW_ZERO : OPEN;
    }
    default:
      return OPEN;
  }
};

const ofCall = ({ name, args }: Extract<Node, { kind: 'call' }>, of: (one: Node) => Bounds): Bounds => {
  const all = args.map(of);
  switch (name) {
    case 'min':
      return all.reduce((a, b) => ({ low: both(a.low, b.low, min), high: any(a.high, b.high, min) }));
    case 'max':
      return all.reduce((a, b) => ({ low: any(a.low, b.low, max), high: both(a.high, b.high, max) }));
    case 'abs': {
      const [a = OPEN] = all;
      if (isNotBelowZero(a)) return a;
      return { low: 0, high: a.low === undefined || a.high === undefined ? undefined : max(neg(a.low), a.high) };
    }
    case 'if':
      return hull(all.slice(1));
    case 'coalesce':
      return hull(all);
    case 'month':
      return { low: 1, high: 12 };
    case 'quarter':
      return { low: 1, high: 4 };
    default:
      return OPEN;
  }
};

/** `count(worked) / count(handed_over)`: what is counted above is among what is counted below. */
const isPartOf = (above: Node, below: Node, reading: Reading): boolean => {
  const a = aggregateIn(above, reading);
  const b = aggregateIn(below, reading);
  if (a === undefined || b === undefined || a.forDeal !== b.forDeal || a.fn !== b.fn) return false;
  if (a.fn !== 'count' && a.fn !== 'sum') return false;
  if (a.value !== undefined && b.value !== undefined && keyOf(a.value, reading) !== keyOf(b.value, reading))
    return false;
  if (JSON.stringify(a.scope) !== JSON.stringify(b.scope)) return false;
  return isSubset(a, b, reading);
};

type Aggregate = Extract<Node, { kind: 'aggregate' }>;

/** The aggregate that a node is, or that a measure without a suffix is. */
const aggregateIn = (node: Node, reading: Reading): Aggregate | undefined => {
  if (node.kind === 'aggregate') return node;
  if (node.kind !== 'measure' || node.suffix !== undefined) return undefined;
  const inner = reading.plan.measures.get(node.name)?.value.node;
  const found = inner && aggregateIn(inner, reading);
  return found && { ...found, scope: node.scope.kind === 'own' ? found.scope : node.scope };
};
