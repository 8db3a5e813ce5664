import { Missing } from '../../values/missing.ts';
import { add, compare, div, mul, type Num, sub } from '../../values/num.ts';
import type { BinaryOperator, Known, Type } from './typed.ts';

/** One meaning of an operator: for which types, of which type, and its value. */
interface Meaning {
  readonly left: Type;
  readonly right: Type;
  readonly result: Type;
  readonly apply: (left: Known, right: Known) => Known | Missing;
}

const DIVIDED_BY_ZERO = new Missing('a division by zero');

type Arithmetic = (a: Num, b: Num) => Num | Missing;
const quotient: Arithmetic = (a, b) => div(a, b) ?? DIVIDED_BY_ZERO;

const arithmetic = (left: Type, right: Type, result: Type, apply: Arithmetic): Meaning => ({
  left,
  right,
  result,
  apply: apply as Meaning['apply'],
});

const ORDERED: readonly Type[] = ['money', 'number', 'date', 'days'];

const comparison = (holds: (side: number) => boolean): Meaning[] =>
  ORDERED.map((type) => ({
    left: type,
    right: type,
    result: 'boolean',
    apply: (left, right) => holds(compare(left as Num, right as Num)),
  }));

const sameText = (equal: boolean): Meaning[] =>
  (['text', 'boolean'] as const).map((type) => ({
    left: type,
    right: type,
    result: 'boolean',
    apply: (left, right) => (left === right) === equal,
  }));

/** Every operator's meanings, type rule and value side by side. `and`, `or` and `not` are three-valued and stand in `logic.ts`. */
const MEANINGS: Readonly<Record<Exclude<BinaryOperator, 'and' | 'or'>, readonly Meaning[]>> = {
  '+': [
    arithmetic('number', 'number', 'number', add),
    arithmetic('money', 'money', 'money', add),
    arithmetic('date', 'days', 'date', add),
    arithmetic('days', 'days', 'days', add),
  ],
  '-': [
    arithmetic('number', 'number', 'number', sub),
    arithmetic('money', 'money', 'money', sub),
    arithmetic('date', 'days', 'date', sub),
    arithmetic('date', 'date', 'days', sub),
    arithmetic('days', 'days', 'days', sub),
  ],
  '*': [
    arithmetic('number', 'number', 'number', mul),
    arithmetic('money', 'number', 'money', mul),
    arithmetic('number', 'money', 'money', mul),
  ],
  '/': [
    arithmetic('number', 'number', 'number', quotient),
    arithmetic('money', 'number', 'money', quotient),
    arithmetic('money', 'money', 'number', quotient),
    arithmetic('days', 'days', 'number', quotient),
  ],
  '==': [...comparison((side) => side === 0), ...sameText(true)],
  '!=': [...comparison((side) => side !== 0), ...sameText(false)],
  '<': comparison((side) => side < 0),
  '<=': comparison((side) => side <= 0),
  '>': comparison((side) => side > 0),
  '>=': comparison((side) => side >= 0),
};

/** The meaning of an operator between two types, or undefined where it has none. */
export const meaningOf = (op: BinaryOperator, left: Type, right: Type): Meaning | undefined => {
  if (op === 'and' || op === 'or') return undefined;
  return MEANINGS[op].find((meaning) => meaning.left === left && meaning.right === right);
};

/** The types that an operator takes on the right of a type, for messages. */
export const rightTypes = (op: BinaryOperator, left: Type): Type[] =>
  op === 'and' || op === 'or' ? ['boolean'] : MEANINGS[op].filter((m) => m.left === left).map((m) => m.right);
