import type { Node, Scope } from '../../rules/expression/typed.ts';
import type { Plan } from '../../rules/plan.ts';
import type { Num } from '../../values/num.ts';
import { numText } from './number.ts';

/** Between what a number can lie; undefined: no end is known. */
export interface Bounds {
  readonly low: Num | undefined;
  readonly high: Num | undefined;
}

/** What expressions are understood with: the plan they stand in, and whose credit a line is, where it is one. */
export interface Reading {
  readonly plan: Plan;
  /** The key of whoever the line's credit goes to (`deal.owner`): that is the payee. */
  readonly payee: string | undefined;
  /** Between what the value of a numeric expression can lie, whatever the data; refunds are left aside. */
  readonly boundsOf: (node: Node) => Bounds;
}

const scopeText = (scope: Scope): string =>
  scope.kind === 'own' ? '' : scope.kind === 'group' ? `${scope.name}.` : `${scope.kind}.`;

/** A text that is the same for expressions that mean the same value, so that one is recognised as the other. */
export const keyOf = (node: Node, reading: Reading): string => {
  const key = (one: Node): string => keyOf(one, reading);
  switch (node.kind) {
    case 'literal':
      return valueKey(node.value);
    case 'param': {
      const value = reading.plan.params.get(node.name)?.value;
      return value === undefined ? `param ${node.name}` : valueKey(value);
    }
    case 'period':
      return `period.${node.edge}`;
    case 'column':
      return asPayee(`${node.row}.${node.column}`, reading);
    case 'payee':
      return `payee.${node.column}`;
    case 'person': {
      const id = key(node.id);
      return asPayee(id === 'payee.person_id' ? `payee.${node.column}` : `${id}.${node.column}`, reading);
    }
    case 'group': {
      const group = reading.plan.groups.get(node.name);
      return group === undefined ? `group ${node.name}` : key(group.when.node);
    }
    case 'unary':
      return `${node.op}(${key(node.operand)})`;
    case 'binary':
      return `(${key(node.left)} ${node.op} ${key(node.right)})`;
    case 'in':
      return `${key(node.operand)} in [${node.items.map(key).sort().join(', ')}]`;
    case 'presence':
      return `${key(node.operand)} is ${node.present ? 'present' : 'missing'}`;
    case 'call':
      return `${node.name}(${node.args.map(key).join(', ')})`;
    case 'aggregate': {
      const value = node.value === undefined ? '' : `.${key(node.value)}`;
      const where = node.where === undefined ? '' : ` where ${key(node.where)}`;
      return `${scopeText(node.scope)}${node.fn}(${node.credit}${value}${where}${node.forDeal ? ' for deal' : ''})`;
    }
    case 'credited':
      return `credited.${node.what}`;
    case 'measure':
      return `${scopeText(node.scope)}${node.name}${node.suffix === undefined ? '' : `.${node.suffix}`}`;
    case 'quota':
      return `${scopeText(node.scope)}quota(${node.measure})`;
    case 'result':
      return `${scopeText(node.scope)}result(${node.name})`;
    case 'pay':
      return `${scopeText(node.scope)}pay(${node.reward})`;
  }
};

const asPayee = (key: string, { payee }: Reading): string => (key === payee ? 'payee.person_id' : key);

const valueKey = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value) : typeof value === 'boolean' ? String(value) : numText(value);

/** The keys of the columns that must be there for a node to have a value; what `coalesce` and `is` ask may lack. */
export const columnsOf = (node: Node, reading: Reading): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (one: Node): void => {
    if (one.kind === 'column' || one.kind === 'payee' || one.kind === 'person') found.add(keyOf(one, reading));
    else if (one.kind === 'binary' && one.op !== 'and' && one.op !== 'or') {
      visit(one.left);
      visit(one.right);
    } else if (one.kind === 'unary') visit(one.operand);
    else if (one.kind === 'call' && one.name !== 'coalesce' && one.name !== 'if') one.args.forEach(visit);
  };
  visit(node);
  return found;
};
