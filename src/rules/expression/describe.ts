import { formatDay } from '../../values/date.ts';
import { type Num, toText } from '../../values/num.ts';
import type { Node, Scope, Suffix } from './typed.ts';

/** Words that take the place of a node's own, such as its value; undefined leaves it as it is. */
export type PutIn = (node: Node) => string | undefined;

const nothing: PutIn = () => undefined;

/** How tightly operators bind: where the one inside binds less, it stands in brackets. */
const BINDING: Readonly<Record<string, number>> = { or: 1, and: 2, not: 3, '+': 5, '-': 5, '*': 6, '/': 6 };
const COMPARISON = 4;
const LEAF = 9;

const bindingOf = (node: Node): number => {
  if (node.kind === 'binary') return BINDING[node.op] ?? COMPARISON;
  if (node.kind === 'unary') return node.op === 'not' ? 3 : 7;
  return node.kind === 'in' || node.kind === 'presence' ? COMPARISON : LEAF;
};

/** An expression in the words of the language; `put` may say a value where a name stands. */
export const describe = (node: Node, put: PutIn = nothing): string => {
  const instead = put(node);
  if (instead !== undefined) return instead;
  const inside = (child: Node, least: number): string => {
    const text = describe(child, put);
    return bindingOf(child) < least && put(child) === undefined ? `(${text})` : text;
  };
  switch (node.kind) {
    case 'credited':
      return node.what;
    case 'column':
      return `${node.row}.${node.column}`;
    case 'payee':
      return `payee.${node.column}`;
    case 'person':
      return `${describe(node.id, put)}.${node.column}`;
    case 'param':
    case 'group':
      return node.name;
    case 'period':
      return `period.${node.edge}`;
    case 'literal':
      if (node.type === 'text') return JSON.stringify(node.value);
      if (node.type === 'date') return formatDay(node.value as number);
      if (node.type === 'boolean') return String(node.value);
      return node.written ?? `${toText(node.value as Num)}${node.type === 'days' ? ' days' : ''}`;
    case 'unary':
      return `${node.op}${node.op === 'not' ? ' ' : ''}${inside(node.operand, bindingOf(node))}`;
    case 'binary': {
      const binding = bindingOf(node);
      return `${inside(node.left, binding)} ${node.op} ${inside(node.right, binding + 1)}`;
    }
    case 'in':
      return `${inside(node.operand, COMPARISON + 1)} in [${node.items.map((item) => describe(item, put)).join(', ')}]`;
    case 'presence':
      return `${inside(node.operand, COMPARISON + 1)} is ${node.present ? 'present' : 'missing'}`;
    case 'call':
      return `${node.name}(${node.args.map((arg) => describe(arg, put)).join(', ')})`;
    case 'measure':
      return `${scoped(node.scope)}${node.name}${suffixed(node.suffix)}`;
    case 'quota':
      return `${scoped(node.scope)}quota(${node.measure})`;
    case 'result':
      return `${scoped(node.scope)}result(${JSON.stringify(node.name)})`;
    case 'pay':
      return `${scoped(node.scope)}pay(${node.reward})`;
    case 'aggregate':
      return `${scoped(node.scope)}${describeAggregate(node)}`;
  }
};

const scoped = (scope: Scope): string => {
  if (scope.kind === 'own') return '';
  return `${scope.kind === 'group' ? scope.name : scope.kind}.`;
};

const suffixed = (suffix: Suffix | undefined): string => (suffix === undefined ? '' : `.${suffix}`);

/** An aggregate in the words of the language: `sum(won.amount where deal.type == "new")`. */
export const describeAggregate = (node: Extract<Node, { kind: 'aggregate' }>): string => {
  const value = node.value === undefined ? '' : `.${describe(node.value)}`;
  const where = node.where === undefined ? '' : ` where ${describe(node.where)}`;
  const forDeal = node.forDeal ? ' for deal' : '';
  return `${node.fn}(${node.credit}${value}${where}${forDeal})`;
};
