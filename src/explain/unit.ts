import type { Node } from '../rules/expression/typed.ts';
import type { Plan } from '../rules/plan.ts';

/** How a number is best read: as a percentage (a ratio, a rate) or as it is (how many). */
export type Unit = 'percent' | 'plain';

/**
 * Whether a number stands for a part of something. A percentage is a number in the language, so it is told from how the
 * expression comes about: a quotient is one, and what is written with a percent sign; what is counted or added up is not.
 */
export const unitOf = (node: Node, plan: Plan): Unit => (isPart(node, plan, new Set()) ? 'percent' : 'plain');

const isPart = (node: Node, plan: Plan, seen: ReadonlySet<string>): boolean => {
  const either = (nodes: readonly Node[]): boolean => nodes.some((each) => isPart(each, plan, seen));
  switch (node.kind) {
    case 'literal':
      return node.written?.endsWith('%') === true;
    case 'param':
      return plan.params.get(node.name)?.text.trim().endsWith('%') === true;
    case 'unary':
      return isPart(node.operand, plan, seen);
    case 'binary':
      if (node.op === '/') return node.type === 'number' && node.left.type === node.right.type;
      if (node.op === '*') return isPart(node.left, plan, seen) && isPart(node.right, plan, seen);
      return either([node.left, node.right]);
    case 'call':
      return either(node.name === 'if' ? node.args.slice(1) : node.args);
    case 'measure':
    case 'quota': {
      const name = node.kind === 'measure' ? node.name : node.measure;
      const measure = plan.measures.get(name);
      return measure !== undefined && !seen.has(name) && isPart(measure.value.node, plan, new Set([...seen, name]));
    }
    default:
      return false;
  }
};
