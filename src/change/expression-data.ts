import { constantOf } from '../rules/expression/constant.ts';
import type { Known, Node, Type } from '../rules/expression/typed.ts';
import type { Expression, Param } from '../rules/plan.ts';
import { formatDay } from '../values/date.ts';
import { type Num, quotientText } from '../values/num.ts';
import { type Data, inAnyOrder } from './data.ts';

/**
 * How expressions become data. `by name`: a param is its name, as the reader sees it. `by value`: params, and arithmetic
 * of constants, are what they come to, so that `base_rate`, `6%` and `3% * 2` are the same.
 */
export type ParamsAs = { readonly kind: 'by name' } | { readonly kind: 'by value'; readonly params: Plan['params'] };

interface Plan {
  readonly params: ReadonlyMap<string, Param>;
}

export const BY_NAME: ParamsAs = { kind: 'by name' };
export const byValue = ({ params }: Plan): ParamsAs => ({ kind: 'by value', params });

/** A value with its type: `6%` and `0.06` are one. */
export const valueData = (type: Type, value: Known): Data => {
  switch (type) {
    case 'text':
    case 'boolean':
      return [type, value as string | boolean];
    case 'date':
      return [type, formatDay(value as number)];
    default:
      return [type, quotientText(value as Num)];
  }
};

/** What an expression means: blanks, brackets, and the order of operands where it is all the same, do not count. */
export const expressionData = (expression: Expression | undefined, as: ParamsAs): Data | undefined =>
  expression && nodeData(expression.node, as);

const nodeData = (node: Node, as: ParamsAs): Data => {
  const constant = as.kind === 'by value' ? constantOf(node, as.params) : undefined;
  if (constant !== undefined) return valueData(node.type, constant);
  const of = (inner: Node): Data => nodeData(inner, as);
  switch (node.kind) {
    case 'literal':
      return valueData(node.type, node.value);
    case 'param':
      return ['param', node.name];
    case 'period':
      return ['period', node.edge];
    case 'column':
      return ['column', node.row, node.column];
    case 'payee':
      return ['payee', node.column];
    case 'person':
      return ['person', of(node.id), node.column];
    case 'group':
      return ['group', node.name];
    case 'unary':
      return [node.op === '-' ? 'minus' : 'not', of(node.operand)];
    case 'binary':
      return binaryData(node, of);
    case 'in':
      return ['in', of(node.operand), inAnyOrder(node.items.map(of))];
    case 'presence':
      return [node.present ? 'present' : 'missing', of(node.operand)];
    case 'call':
      return [
        'call',
        node.name,
        node.name === 'min' || node.name === 'max' ? inAnyOrder(node.args.map(of)) : node.args.map(of),
      ];
    case 'aggregate':
      return {
        aggregate: node.fn,
        of: node.credit,
        value: node.value && of(node.value),
        where: node.where && of(node.where),
        for_deal: node.forDeal ? true : undefined,
        ...scopeData(node),
      };
    case 'credited':
      return ['credited', node.what];
    case 'measure':
      return { measure: node.name, over: node.suffix, ...scopeData(node) };
    case 'quota':
      return { quota: node.measure, ...scopeData(node) };
    case 'result':
      return { result: node.name, ...scopeData(node) };
    case 'pay':
      return { pay: node.reward, ...scopeData(node) };
  }
};

const scopeData = ({
  scope,
}: Extract<Node, { readonly scope: unknown }>): { readonly [key: string]: Data | undefined } =>
  scope.kind === 'group' ? { group: scope.name } : { scope: scope.kind === 'own' ? undefined : scope.kind };

type Binary = Extract<Node, { kind: 'binary' }>;

/** Operators whose operands may stand in any order and be taken together in any way: all arithmetic is exact. */
const FREE: ReadonlySet<string> = new Set(['and', 'or', '+', '*']);

const binaryData = (node: Binary, of: (node: Node) => Data): Data => {
  const { op, left, right } = node;
  if (op === '>' || op === '>=') return [op === '>' ? '<' : '<=', of(right), of(left)];
  if (op === '==' || op === '!=') return [op, inAnyOrder([of(left), of(right)])];
  if (!FREE.has(op)) return [op, of(left), of(right)];
  return [op, inAnyOrder(operandsOf(node, op).map(of))];
};

const operandsOf = (node: Node, op: Binary['op']): readonly Node[] =>
  node.kind === 'binary' && node.op === op ? [...operandsOf(node.left, op), ...operandsOf(node.right, op)] : [node];
