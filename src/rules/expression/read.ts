import type { Sink } from '../../findings/sink.ts';
import type { Expression } from '../plan.ts';
import { check } from './check.ts';
import { type Checking, complain, typeName, typeNames } from './checking.ts';
import type { Context, ExpressionSource, Names } from './names.ts';
import { parse } from './parser.ts';
import { rememberPlaces } from './places.ts';
import type { Type } from './typed.ts';

/**
 * Reads an expression of the plan: parses it, looks its names up, finds its type. Gives undefined, with findings in the
 * sink, where it cannot be read, reads what its place does not allow, or is not of an expected type.
 */
export const readExpression = (
  source: ExpressionSource,
  expected: readonly Type[],
  context: Context,
  names: Names,
  sink: Sink,
): Expression | undefined => {
  const checking: Checking = { source, context, names, sink, check };
  const syntax = parse(source.text, (name) => names.credits.has(name));
  if ('message' in syntax) {
    const code = syntax.message.includes('more than') ? 'too-complex' : 'syntax-error';
    return complain(checking, code, syntax.message, syntax, syntax.hint);
  }
  const node = check(syntax, checking);
  if (node === undefined) return undefined;
  const place = source.place(0, source.text.length);
  const text = source.text.replace(/\s+/g, ' ').trim();
  if (expected.includes(node.type)) {
    const expression = { type: node.type, text, place, node };
    rememberPlaces(expression, source);
    return expression;
  }
  const bare = node.kind === 'literal' && node.type === 'number' && expected.includes('money');
  const amount = text.endsWith('%') ? '100' : text;
  const hint = bare ? `write the amount with its currency: ${amount} ${names.currency}` : undefined;
  return complain(checking, 'type-mismatch', `expected ${typeNames(expected)}, got ${typeName(node.type)}`, node, hint);
};
