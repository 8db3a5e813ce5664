import type { Known, Node } from '../../rules/expression/typed.ts';
import type { Num } from '../../values/num.ts';
import { canHold } from './holds.ts';
import type { Reading } from './key.ts';

const literal = (value: Known, like: Node): Node => ({ kind: 'literal', type: like.type, value, start: 0, end: 0 });

/** Whether what is read can stand so to a value where some conditions hold: false only where it certainly cannot. */
export const canBe = (
  node: Node,
  op: '<' | '<=' | '==' | '>=' | '>',
  value: Num | Node | string,
  given: readonly Node[],
  reading: Reading,
): boolean => {
  const isNode = typeof value === 'object' && 'kind' in value;
  const right = isNode ? value : literal(value, node);
  const condition: Node = { kind: 'binary', type: 'boolean', op, left: node, right, start: 0, end: 0 };
  const wanted = [...given, condition].map((one) => ({ node: one, want: true }));
  return canHold(wanted, reading) || !canHold(wanted.slice(0, -1), reading);
};
