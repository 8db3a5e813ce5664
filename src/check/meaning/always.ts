import { describe } from '../../rules/expression/describe.ts';
import { placeInside } from '../../rules/expression/places.ts';
import { type Node, walk } from '../../rules/expression/typed.ts';
import type { Plan } from '../../rules/plan.ts';
import type { Found } from '../found.ts';
import { type Verdict, verdictOf } from '../logic/holds.ts';
import { type Condition, conditionsOf } from './conditions.ts';

/**
 * Conditions that always hold or never do, whatever the data: by themselves, or where they stand (a link of won deals that
 * asks for lost ones). One that is merely said twice, as a reward's that repeats its credit's, is a note; of a link it is
 * none, for whoever reads it takes it to be bound.
 */
export const alwaysOrNever = (plan: Plan): readonly Found[] => conditionsOf(plan).flatMap(judge);

const isUnsaid = ({ node, role }: Condition): boolean => role === 'who' && node.kind === 'literal';

const judge = (condition: Condition): readonly Found[] => {
  if (isUnsaid(condition)) return [];
  const { node, given, reading, role } = condition;
  const alone = verdictOf(node, [], reading);
  // What is wrong with a group is said there.
  if (alone !== 'open' && role === 'who' && readsDecided(node, condition)) return [];
  if (alone !== 'open') return [found(condition, node, alone, false)];
  const parts = partsOf(node).flatMap((part) => {
    const verdict = verdictOf(part, [], reading);
    return verdict === 'open' ? [] : [found(condition, part, verdict, false)];
  });
  if (parts.length > 0) return parts;
  const here = given.length === 0 ? 'open' : verdictOf(node, given, reading);
  if (here === 'open' || (here === 'always' && role === 'who')) return [];
  return [found(condition, node, here, true)];
};

/** Whether a condition reads a group that everybody is in, or nobody. */
const readsDecided = (node: Node, { reading }: Condition): boolean => {
  let reads = false;
  walk(node, (one) => {
    const group = one.kind === 'group' ? reading.plan.groups.get(one.name) : undefined;
    if (group !== undefined && verdictOf(group.when.node, [], reading) !== 'open') reads = true;
  });
  return reads;
};

const conjuncts = (node: Node): readonly Node[] =>
  node.kind === 'binary' && node.op === 'and' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];

/** Whether a reward asks for nothing but what its credit has asked for already, in the same words. */
const isSaidTwice = ({ node, given, path }: Condition): boolean => {
  const said = new Set(given.flatMap(conjuncts).map((one) => describe(one)));
  return !path.includes(' > links > ') && conjuncts(node).every((one) => said.has(describe(one)));
};

/** The conditions that a condition is made of, by `and`, `or` and `not`. */
const partsOf = (node: Node): readonly Node[] => {
  if (node.kind === 'unary' && node.op === 'not') return [node.operand, ...partsOf(node.operand)];
  if (node.kind !== 'binary' || (node.op !== 'and' && node.op !== 'or')) return [];
  return [node.left, ...partsOf(node.left), node.right, ...partsOf(node.right)];
};

const found = (condition: Condition, node: Node, verdict: Exclude<Verdict, 'open'>, here: boolean): Found => {
  const { expression, path, role } = condition;
  const what = node === condition.node ? `this ${role === 'if' ? 'condition' : role}` : 'this part of the condition';
  const at = { place: placeInside(expression, node), path };
  if (verdict === 'always') {
    const why = here ? 'what stands around it says so already' : 'no row could fail it';
    return {
      code: 'always-true',
      message: `${what} always holds: ${why}`,
      ...at,
      hint: here ? 'leave it out' : 'leave it out, or write the condition that is meant',
      ...(here && isSaidTwice(condition) ? { severity: 'note' as const } : {}),
    };
  }
  return {
    code: 'always-false',
    message: `${what} never holds: ${here ? 'it contradicts what must hold before it is asked' : 'it contradicts itself'}`,
    ...at,
    hint: here
      ? 'compare it with the conditions of the credit, of who and of when: one of them excludes it'
      : 'write the condition that is meant; of two things that exclude each other, say or',
  };
};
