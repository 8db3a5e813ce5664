import type { Known, Node } from '../../rules/expression/typed.ts';
import { div, isZero, type Num } from '../../values/num.ts';
import { columnsOf, keyOf, type Reading } from './key.ts';
import { type AtMostZero, constant, type Linear, minus, plus, term, times } from './linear.ts';

/** One fact about a row, a payee or results: what a comparison that holds (or does not) says. */
export type Atom =
  | ({ readonly kind: 'linear' } & AtMostZero)
  | { readonly kind: 'text'; readonly key: string; readonly value: string; readonly equal: boolean }
  | { readonly kind: 'same'; readonly a: string; readonly b: string; readonly equal: boolean }
  | { readonly kind: 'present'; readonly key: string; readonly present: boolean }
  | { readonly kind: 'truth'; readonly key: string; readonly value: boolean };

/** Facts that hold together. */
export type Clause = readonly Atom[];

/** More ways than this for a condition to hold are not followed: then it may hold. */
const MOST_CLAUSES = 200;

/** Thrown nowhere: stands for "too many ways to follow". */
export const TOO_MANY = 'too many';
export type Clauses = readonly Clause[] | typeof TOO_MANY;

const YES: Clauses = [[]];
const NO: Clauses = [];

/** All of these. */
export const every = (parts: readonly Clauses[]): Clauses => {
  let all: readonly Clause[] = [[]];
  for (const part of parts) {
    if (part === TOO_MANY || all.length * part.length > MOST_CLAUSES) return TOO_MANY;
    all = all.flatMap((clause) => part.map((other) => [...clause, ...other]));
  }
  return all;
};

const some = (parts: readonly Clauses[]): Clauses => {
  const all: Clause[] = [];
  for (const part of parts) {
    if (part === TOO_MANY) return TOO_MANY;
    all.push(...part);
  }
  return all.length > MOST_CLAUSES ? TOO_MANY : all;
};

/** The ways in which a condition comes out true (or false, where `want` is false): one of these clauses holds. */
export const clausesOf = (node: Node, want: boolean, reading: Reading): Clauses => {
  const of = (one: Node, truth: boolean): Clauses => clausesOf(one, truth, reading);
  switch (node.kind) {
    case 'literal':
      return node.value === want ? YES : NO;
    case 'param': {
      const value = reading.plan.params.get(node.name)?.value;
      return value === undefined || value === want ? YES : NO;
    }
    case 'group': {
      const group = reading.plan.groups.get(node.name);
      return group === undefined ? truth(node, want, reading) : of(group.when.node, want);
    }
    case 'unary':
      return of(node.operand, !want);
    case 'binary':
      if (node.op === 'and' || node.op === 'or') {
        const parts = [of(node.left, want), of(node.right, want)];
        return (node.op === 'and') === want ? every(parts) : some(parts);
      }
      return comparison(node.op, node.left, node.right, want, reading);
    case 'in': {
      const parts = node.items.map((item) => comparison('==', node.operand, item, want, reading));
      return want ? some(parts) : every(parts);
    }
    case 'presence':
      return presence(node, want, reading);
    case 'call':
      if (node.name === 'if') {
        const [condition, then, otherwise] = node.args as [Node, Node, Node];
        return some([every([of(condition, true), of(then, want)]), every([of(condition, false), of(otherwise, want)])]);
      }
      return truth(node, want, reading);
    default:
      return truth(node, want, reading);
  }
};

const truth = (node: Node, value: boolean, reading: Reading): Clauses => [
  [...present([node], reading), { kind: 'truth', key: keyOf(node, reading), value }],
];

const present = (nodes: readonly Node[], reading: Reading): Atom[] =>
  nodes.flatMap((node) => [...columnsOf(node, reading)].map((key): Atom => ({ kind: 'present', key, present: true })));

const presence = (node: Extract<Node, { kind: 'presence' }>, want: boolean, reading: Reading): Clauses => {
  const { operand } = node;
  const isThere = node.present === want;
  if (operand.kind === 'literal' || operand.kind === 'param') return isThere ? YES : NO;
  return [[{ kind: 'present', key: keyOf(operand, reading), present: isThere }]];
};

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

const comparison = (written: string, left: Node, right: Node, want: boolean, reading: Reading): Clauses => {
  const op = want ? (written as Comparison) : OPPOSITE[written as Comparison];
  const there = present([left, right], reading);
  if (left.type === 'text' || left.type === 'boolean') return texts(left, right, op === '==', there, reading);
  const difference = minus(formOf(left, reading), formOf(right, reading));
  const facts = [...there, ...known(left, reading), ...known(right, reading)];
  const below = (form: Linear, strict: boolean): Atom => ({ kind: 'linear', form, strict });
  const turned = times(difference, -1);
  switch (op) {
    case '<':
    case '<=':
      return [[...facts, below(difference, op === '<')]];
    case '>':
    case '>=':
      return [[...facts, below(turned, op === '>')]];
    case '==':
      return [[...facts, below(difference, false), below(turned, false)]];
    case '!=':
      return [
        [...facts, below(difference, true)],
        [...facts, below(turned, true)],
      ];
  }
};

const texts = (left: Node, right: Node, equal: boolean, there: Atom[], reading: Reading): Clauses => {
  const a = textOf(left, reading);
  const b = textOf(right, reading);
  if (a !== undefined && b !== undefined) return (a === b) === equal ? YES : NO;
  const value = a ?? b;
  const key = keyOf(a === undefined ? left : right, reading);
  if (value !== undefined) return [[...there, { kind: 'text', key, value, equal }]];
  return [[...there, { kind: 'same', a: keyOf(left, reading), b: keyOf(right, reading), equal }]];
};

/** A text or truth that is known already. */
const textOf = (node: Node, { plan }: Reading): string | undefined => {
  const value =
    node.kind === 'literal' ? node.value : node.kind === 'param' ? plan.params.get(node.name)?.value : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
};

const numberOf = (value: Known | undefined): Num | undefined =>
  value === undefined || typeof value === 'string' || typeof value === 'boolean' ? undefined : value;

/** A numeric expression as a linear form over what it reads; a product or quotient of two readings is one reading. */
export const formOf = (node: Node, reading: Reading): Linear => {
  const of = (one: Node): Linear => formOf(one, reading);
  const opaque = (): Linear => term(keyOf(node, reading));
  switch (node.kind) {
    case 'literal':
      return constant(numberOf(node.value) ?? 0);
    case 'param': {
      const value = numberOf(reading.plan.params.get(node.name)?.value);
      return value === undefined ? opaque() : constant(value);
    }
    case 'unary':
      return times(of(node.operand), -1);
    case 'binary': {
      if (node.op === '+') return plus(of(node.left), of(node.right));
      if (node.op === '-') return minus(of(node.left), of(node.right));
      const left = of(node.left);
      const right = of(node.right);
      if (node.op === '*' && right.terms.size === 0) return times(left, right.constant);
      if (node.op === '*' && left.terms.size === 0) return times(right, left.constant);
      if (node.op === '/' && right.terms.size === 0 && !isZero(right.constant))
        return times(left, inverse(right.constant));
      return opaque();
    }
    default:
      return opaque();
  }
};

const inverse = (value: Num): Num => div(1, value) as Num;

/** What is known of the readings of an expression, whatever the data: a count is not below zero. */
const known = (node: Node, reading: Reading): Atom[] => {
  const facts: Atom[] = [];
  const visit = (one: Node): void => {
    if (one.kind === 'binary' && (one.op === '+' || one.op === '-' || one.op === '*' || one.op === '/')) {
      const form = formOf(one, reading);
      const isOpaque = form.terms.size === 1 && form.terms.has(keyOf(one, reading));
      if (!isOpaque) {
        visit(one.left);
        visit(one.right);
        return;
      }
    } else if (one.kind === 'unary') {
      visit(one.operand);
      return;
    }
    if (one.kind === 'literal' || one.kind === 'param') return;
    const { low, high } = reading.boundsOf(one);
    const own = term(keyOf(one, reading));
    if (low !== undefined) facts.push({ kind: 'linear', form: minus(constant(low), own), strict: false });
    if (high !== undefined) facts.push({ kind: 'linear', form: minus(own, constant(high)), strict: false });
  };
  visit(node);
  return facts;
};
