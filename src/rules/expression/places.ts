import type { Place } from '../../findings/finding.ts';
import type { Expression } from '../plan.ts';
import type { ExpressionSource } from './names.ts';
import type { Node } from './typed.ts';

/** Where the characters of an expression stand, beside it: a plan itself is data, and few ask for more than its place. */
const places = new WeakMap<Expression, ExpressionSource['place']>();

export const rememberPlaces = (expression: Expression, source: ExpressionSource): void => {
  places.set(expression, source.place);
};

/** Where a part of an expression stands in the plan file; the place of the whole for one that was not read from a file. */
export const placeInside = (expression: Expression, node: Node): Place =>
  places.get(expression)?.(node.start, node.end) ?? expression.place;
