import { isMissing } from '../../values/missing.ts';
import { type Num, neg, Ratio } from '../../values/num.ts';
import { meaningOf } from './operators.ts';
import type { Known, Node } from './typed.ts';

/**
 * The value of an expression that can be known before any data is read: literals, params and arithmetic of these.
 * Undefined for anything else.
 */
export const constantOf = (node: Node, params: ReadonlyMap<string, { readonly value: Known }>): Known | undefined => {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'param':
      return params.get(node.name)?.value;
    case 'unary': {
      const value = constantOf(node.operand, params);
      return value === undefined || node.op !== '-' ? undefined : neg(value as Num);
    }
    case 'binary': {
      const left = constantOf(node.left, params);
      const right = constantOf(node.right, params);
      if (left === undefined || right === undefined) return undefined;
      const value = meaningOf(node.op, node.left.type, node.right.type)?.apply(left, right);
      return value === undefined || isMissing(value) || isHuge(value) ? undefined : value;
    }
    default:
      return undefined;
  }
};

/** No figure of a plan is near this; products of hundreds of numbers are, and take long. */
const HUGE = 1n << 4096n;

const isHuge = (value: Known): boolean =>
  value instanceof Ratio && (value.d > HUGE || value.n > HUGE || value.n < -HUGE);
