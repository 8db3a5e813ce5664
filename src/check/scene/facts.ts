import { FUNCTIONS } from '../../rules/expression/functions.ts';
import { both, either, negated, type Truth } from '../../rules/expression/logic.ts';
import { meaningOf } from '../../rules/expression/operators.ts';
import type { Known, Node } from '../../rules/expression/typed.ts';
import type { Plan } from '../../rules/plan.ts';
import { isMissing, Missing } from '../../values/missing.ts';
import { equal, type Num, neg } from '../../values/num.ts';

/**
 * What is known so far of the rows of a scene: cell → value, undefined where it is empty. `deal.amount` is a cell of the
 * deal in question, `@ana.department` one of a person's. What is not in it is still free to be chosen.
 */
export type Facts = ReadonlyMap<string, Known | undefined>;

/** A value that depends on a cell that is still free. */
export const FREE = Symbol('free');
export type Found = Known | Missing | typeof FREE;

/** What facts are looked up with. */
export interface Asking {
  readonly plan: Plan;
  /** The person that `payee` means. */
  readonly payee: string | undefined;
}

const EMPTY = new Missing('empty');

/** The cell that a node reads; FREE where it depends on a free one, undefined where the node reads no cell. */
export const cellOf = (node: Node, facts: Facts, asking: Asking): string | typeof FREE | undefined => {
  switch (node.kind) {
    case 'column':
      return `${node.row}.${node.column}`;
    case 'payee':
      return asking.payee === undefined ? undefined : personCell(asking.payee, node.column);
    case 'person': {
      const id = factOf(node.id, facts, asking);
      if (id === FREE) return FREE;
      return isMissing(id) ? undefined : personCell(id as string, node.column);
    }
    default:
      return undefined;
  }
};

export const personCell = (id: string, column: string): string => `@${id}.${column}`;

/** The value of an expression as far as facts tell it. Results, which no single row tells, are missing. */
export const factOf = (node: Node, facts: Facts, asking: Asking): Found => {
  const of = (one: Node): Found => factOf(one, facts, asking);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'param':
      return asking.plan.params.get(node.name)?.value ?? EMPTY;
    case 'column':
    case 'payee':
    case 'person': {
      if (node.kind === 'payee' && node.column === 'person_id') return asking.payee ?? EMPTY;
      const cell = cellOf(node, facts, asking);
      if (cell === FREE) return FREE;
      if (cell === undefined) return EMPTY;
      return facts.has(cell) ? (facts.get(cell) ?? EMPTY) : FREE;
    }
    case 'group': {
      const group = asking.plan.groups.get(node.name);
      return group === undefined ? EMPTY : of(group.when.node);
    }
    case 'unary': {
      const value = of(node.operand);
      if (value === FREE) return FREE;
      if (node.op === 'not') return negated(value as Truth);
      return isMissing(value) ? value : neg(value as Num);
    }
    case 'binary':
      return ofBinary(node, of);
    case 'in':
      return ofIn(node, of);
    case 'presence': {
      const value = of(node.operand);
      return value === FREE ? FREE : !isMissing(value) === node.present;
    }
    case 'call':
      return ofCall(node, of, asking.plan);
    default:
      return EMPTY;
  }
};

const ofBinary = (node: Extract<Node, { kind: 'binary' }>, of: (one: Node) => Found): Found => {
  const a = of(node.left);
  const b = of(node.right);
  if (node.op === 'and' || node.op === 'or') {
    const settles = node.op === 'or';
    if (a === settles || b === settles) return settles;
    if (a === FREE || b === FREE) return FREE;
    return (settles ? either : both)(a as Truth, b as Truth);
  }
  if (a === FREE || b === FREE) return FREE;
  if (isMissing(a)) return a;
  if (isMissing(b)) return b;
  return meaningOf(node.op, node.left.type, node.right.type)?.apply(a, b) ?? EMPTY;
};

const ofIn = (node: Extract<Node, { kind: 'in' }>, of: (one: Node) => Found): Found => {
  const value = of(node.operand);
  if (value === FREE || isMissing(value)) return value;
  return node.items.some((item) => {
    const other = of(item);
    if (other === FREE || isMissing(other)) return false;
    return typeof value === 'object' || typeof value === 'number' ? equal(value, other as Num) : value === other;
  });
};

const ofCall = (node: Extract<Node, { kind: 'call' }>, of: (one: Node) => Found, plan: Plan): Found => {
  const definition = FUNCTIONS.get(node.name);
  if (definition === undefined) return EMPTY;
  if (node.name === 'if') {
    const [condition, then, otherwise] = node.args as [Node, Node, Node];
    const truth = of(condition);
    if (truth === FREE || isMissing(truth)) return truth;
    return of(truth === true ? then : otherwise);
  }
  if (node.name === 'coalesce') {
    let value: Found = EMPTY;
    for (const arg of node.args) {
      value = of(arg);
      if (value === FREE || !isMissing(value)) return value;
    }
    return value;
  }
  const values: Known[] = [];
  for (const arg of node.args) {
    const value = of(arg);
    if (value === FREE || isMissing(value)) return value;
    values.push(value);
  }
  const types = node.args.map((arg) => arg.type);
  return definition.apply(values, types, { rounding: plan.rounding, digits: plan.digits });
};
