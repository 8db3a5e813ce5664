import { constantOf } from '../../rules/expression/constant.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import type { Plan } from '../../rules/plan.ts';
import { compare, type Num } from '../../values/num.ts';

/** A share of a goal from here on (1000%) is a number whose % was forgotten. */
const FAR = 10;

export const isFar = (value: Num): boolean => compare(value, FAR) >= 0;

/** What a number counts, as far as it tells whether a percentage is meant: a share of something, or so many of it. */
export type Kind = 'share' | 'count' | 'unknown';

/** A constant that no share is as large as; undefined for anything else. */
export const farConstant = (node: Node, plan: Plan): Num | undefined => {
  const value = node.type === 'number' ? constantOf(node, plan.params) : undefined;
  return value === undefined || typeof value === 'string' || typeof value === 'boolean' || !isFar(value)
    ? undefined
    : value;
};

/** Whether something is a whole of which others are parts: a goal, what was sold, or so many of something. */
const isWhole = (node: Node, plan: Plan): boolean => {
  let whole = false;
  walk(node, (one) => {
    const inner = one.kind === 'measure' ? plan.measures.get(one.name)?.value.node : undefined;
    if (one.kind === 'quota' || one.kind === 'aggregate') whole = true;
    if (one.kind === 'column' && one.row === 'deal' && one.column === 'amount') whole = true;
    if (inner !== undefined && isWhole(inner, plan)) whole = true;
  });
  return whole;
};

/** A share of a whole; a count is none, of a bare result nobody knows, and what is so many times a share is as large. */
export const kindOf = (node: Node, plan: Plan, seen: readonly string[] = []): Kind => {
  const of = (one: Node): Kind => kindOf(one, plan, seen);
  if (node.type !== 'number') return 'unknown';
  switch (node.kind) {
    case 'aggregate':
      return node.fn === 'count' || node.fn === 'count_distinct' ? 'count' : 'unknown';
    case 'measure': {
      const inner = plan.measures.get(node.name)?.value.node;
      return inner === undefined || seen.includes(node.name) ? 'unknown' : kindOf(inner, plan, [...seen, node.name]);
    }
    case 'binary': {
      if (node.op === '/') {
        if (constantOf(node.right, plan.params) !== undefined) return of(node.left);
        return isWhole(node.right, plan) ? 'share' : 'unknown';
      }
      if (node.op === '*' && [node.left, node.right].some((side) => farConstant(side, plan) !== undefined))
        return 'unknown';
      const sides = [of(node.left), of(node.right)];
      return sides.includes('share') ? 'share' : sides.includes('count') ? 'count' : 'unknown';
    }
    case 'unary':
      return of(node.operand);
    case 'call': {
      const sides = (node.name === 'if' ? node.args.slice(1) : node.args).map(of);
      return sides.includes('share') ? 'share' : sides.includes('count') ? 'count' : 'unknown';
    }
    default:
      return 'unknown';
  }
};

/** The values that an expression may come to, as far as they are written in it: the arms of `if`, `min`, `coalesce`. */
export const leavesOf = (node: Node): readonly Node[] => {
  if (node.kind !== 'call') return [node];
  if (node.name === 'if') return node.args.slice(1).flatMap(leavesOf);
  return ['min', 'max', 'coalesce', 'round'].includes(node.name) ? node.args.flatMap(leavesOf) : [node];
};
