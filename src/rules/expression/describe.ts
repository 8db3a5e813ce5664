import { formatDay } from '../../values/date.ts';
import { type Num, toText } from '../../values/num.ts';
import type { Node } from './typed.ts';

/** An aggregate in the words of the language: `sum(won.amount where deal.type == "new")`. */
export const describeAggregate = (node: Extract<Node, { kind: 'aggregate' }>): string => {
  const value = node.value === undefined ? '' : `.${described(node.value)}`;
  const where = node.where === undefined ? '' : ` where ${described(node.where)}`;
  const forDeal = node.forDeal ? ' for deal' : '';
  return `${node.fn}(${node.credit}${value}${where}${forDeal})`;
};

const described = (node: Node): string => {
  switch (node.kind) {
    case 'credited':
      return node.what;
    case 'column':
      return `${node.row}.${node.column}`;
    case 'person':
      return `${described(node.id)}.${node.column}`;
    case 'param':
      return node.name;
    case 'literal':
      if (node.type === 'text') return JSON.stringify(node.value);
      if (node.type === 'date') return formatDay(node.value as number);
      if (node.type === 'boolean') return String(node.value);
      return `${toText(node.value as Num)}${node.type === 'days' ? ' days' : ''}`;
    case 'unary':
      return `${node.op}${node.op === 'not' ? ' ' : ''}${described(node.operand)}`;
    case 'binary':
      return `${described(node.left)} ${node.op} ${described(node.right)}`;
    case 'in':
      return `${described(node.operand)} in [${node.items.map(described).join(', ')}]`;
    case 'presence':
      return `${described(node.operand)} is ${node.present ? 'present' : 'missing'}`;
    case 'call':
      return `${node.name}(${node.args.map(described).join(', ')})`;
    default:
      return node.kind;
  }
};
