import { FUNCTIONS, type Settings } from '../rules/expression/functions.ts';
import { both, either, negated, type Truth } from '../rules/expression/logic.ts';
import { meaningOf } from '../rules/expression/operators.ts';
import type { Known, Node } from '../rules/expression/typed.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { compare, equal, type Num, neg, sign, sub } from '../values/num.ts';
import { compileColumn, compilePayee, compilePerson } from './compile-column.ts';
import type { Frame, Value } from './frame.ts';
import type { Trace } from './trace.ts';
import type { World } from './world.ts';

export type Evaluate = (frame: Frame) => Value;

const NO_READER = new Missing('nothing can be read here');
const NO_CREDIT = new Missing('there is no credit here');

/** Turns expressions into functions of a frame, once each: a closure a node. */
export class Compiler {
  readonly #world: World;
  readonly #settings: Settings;
  readonly #inGroup: (name: string, frame: Frame) => Truth;
  readonly #trace: Trace | undefined;
  readonly #compiled = new Map<Node, Evaluate>();

  /** `inGroup` says whether the frame's stay is in a group. */
  constructor(world: World, inGroup: (name: string, frame: Frame) => Truth, trace?: Trace | undefined) {
    this.#world = world;
    this.#trace = trace?.decided === undefined ? undefined : trace;
    this.#settings = { rounding: world.plan.rounding, digits: world.plan.digits };
    this.#inGroup = inGroup;
  }

  compile(node: Node): Evaluate {
    const known = this.#compiled.get(node);
    if (known !== undefined) return known;
    const made = this.#make(node);
    this.#compiled.set(node, made);
    return made;
  }

  #make(node: Node): Evaluate {
    switch (node.kind) {
      case 'literal': {
        const { value } = node;
        return () => value;
      }
      case 'param': {
        const value = this.#world.plan.params.get(node.name)?.value as Known;
        return () => value;
      }
      case 'period': {
        const edge = node.edge === 'start' ? 'from' : 'to';
        return (frame) => frame.period?.[edge] ?? NO_READER;
      }
      case 'column':
        return compileColumn(node.row, node.column, node.type, this.#world);
      case 'payee':
        return compilePayee(node.column, this.#world);
      case 'person':
        return compilePerson(this.compile(node.id), node.column, this.#world);
      case 'group': {
        const { name } = node;
        return (frame) => this.#inGroup(name, frame);
      }
      case 'credited':
        return node.what === 'amount'
          ? (frame) => frame.credit?.amount ?? NO_CREDIT
          : (frame) => frame.credit?.date ?? NO_CREDIT;
      case 'measure':
        return (frame) => frame.reader?.measure(node) ?? NO_READER;
      case 'aggregate':
        return (frame) => frame.reader?.aggregate(node, frame) ?? NO_READER;
      case 'quota':
        return (frame) => frame.reader?.quota(node) ?? NO_READER;
      case 'result':
        return (frame) => frame.reader?.result(node) ?? NO_READER;
      case 'pay':
        return (frame) => frame.reader?.pay(node) ?? NO_READER;
      case 'unary':
        return this.#unary(node);
      case 'binary':
        return this.#binary(node);
      case 'in':
        return this.#in(node);
      case 'presence': {
        const operand = this.compile(node.operand);
        const { present } = node;
        return (frame) => !isMissing(operand(frame)) === present;
      }
      case 'call':
        return this.#call(node);
    }
  }

  #unary(node: Extract<Node, { kind: 'unary' }>): Evaluate {
    const operand = this.compile(node.operand);
    if (node.op === 'not') return (frame) => negated(operand(frame) as Truth);
    return (frame) => {
      const value = operand(frame);
      return isMissing(value) ? value : neg(value as Num);
    };
  }

  #binary(node: Extract<Node, { kind: 'binary' }>): Evaluate {
    const left = this.compile(node.left);
    const right = this.compile(node.right);
    if (node.op === 'and') {
      return (frame) => {
        const truth = left(frame) as Truth;
        return truth === false ? false : both(truth, right(frame) as Truth);
      };
    }
    if (node.op === 'or') {
      return (frame) => {
        const truth = left(frame) as Truth;
        return truth === true ? true : either(truth, right(frame) as Truth);
      };
    }
    // The checker has found a meaning for these types, so there is one.
    const { apply } = meaningOf(node.op, node.left.type, node.right.type) as NonNullable<ReturnType<typeof meaningOf>>;
    const trace = this.#trace;
    if (trace !== undefined && isOrdering(node)) {
      return (frame) => {
        const a = left(frame);
        if (isMissing(a)) return a;
        const b = right(frame);
        if (isMissing(b)) return b;
        const margin = sub(a as Num, b as Num);
        trace.decided?.(node, sign(margin), margin);
        return apply(a, b);
      };
    }
    return (frame) => {
      const a = left(frame);
      if (isMissing(a)) return a;
      const b = right(frame);
      return isMissing(b) ? b : apply(a, b);
    };
  }

  #in(node: Extract<Node, { kind: 'in' }>): Evaluate {
    const operand = this.compile(node.operand);
    const items = node.items.map((item) => this.compile(item));
    const plain = node.operand.type === 'text' || node.operand.type === 'boolean';
    const same = plain ? (a: Known, b: Known) => a === b : (a: Known, b: Known) => equal(a as Num, b as Num);
    return (frame) => {
      const value = operand(frame);
      if (isMissing(value)) return value;
      let missing: Missing | undefined;
      for (const item of items) {
        const other = item(frame);
        if (isMissing(other)) missing = other;
        else if (same(value, other)) return true;
      }
      return missing ?? false;
    };
  }

  #call(node: Extract<Node, { kind: 'call' }>): Evaluate {
    const definition = FUNCTIONS.get(node.name);
    if (definition === undefined) throw new Error(`no function ${node.name}`);
    const args = node.args.map((arg) => this.compile(arg));
    const { lazy, apply } = definition;
    if (lazy !== undefined) return (frame) => lazy(args.map((arg) => () => arg(frame)));
    const types = node.args.map((arg) => arg.type);
    const settings = this.#settings;
    const trace = this.#trace;
    return (frame) => {
      const values: Known[] = [];
      for (const arg of args) {
        const value = arg(frame);
        if (isMissing(value)) return value;
        values.push(value);
      }
      if (trace !== undefined) tellChoice(trace, node, values);
      return apply(values, types, settings);
    };
  }
}

const ORDERING: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

const isOrdering = ({ op, left }: Extract<Node, { kind: 'binary' }>): boolean =>
  ORDERING.has(op) && left.type !== 'text' && left.type !== 'boolean';

/** Which argument `min` or `max` chooses, and by how much the next would have to change. */
const tellChoice = (trace: Trace, node: Extract<Node, { kind: 'call' }>, values: readonly Known[]): void => {
  const numbers = values as readonly Num[];
  if (node.name === 'abs') trace.decided?.(node, sign(numbers[0] as Num), numbers[0]);
  if (node.name !== 'min' && node.name !== 'max') return;
  const isBetter = (a: Num, b: Num): boolean => (node.name === 'min' ? compare(a, b) < 0 : compare(a, b) > 0);
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if (isBetter(numbers[i] as Num, numbers[best] as Num)) best = i;
  const [first, second] = numbers;
  const margin = numbers.length === 2 ? sub(first as Num, second as Num) : undefined;
  trace.decided?.(node, best, margin);
};
