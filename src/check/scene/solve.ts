import { type Known, type Node, walk } from '../../rules/expression/typed.ts';
import { isMissing } from '../../values/missing.ts';
import { add, ceil, div, floor, isZero, type Num, neg, sub } from '../../values/num.ts';
import { type Asking, cellOf, type Facts, FREE, factOf } from './facts.ts';

/** A condition, and what it must come to. */
export interface Goal {
  readonly node: Node;
  readonly want: boolean;
}

/** What facts are chosen with, beside what they are looked up with. */
export interface Solving extends Asking {
  /** What a cell holds where nothing asks for anything else; undefined: it is empty. */
  readonly usual: (cell: string) => Known | undefined;
  /** The people that a cell with a person's id may name, the likeliest first. */
  readonly people: readonly string[];
}

/** So many ways are tried before a condition is given up. */
const MOST_TRIES = 400;

interface Tries {
  left: number;
}

/** Facts under which all goals are met, the ones given kept; undefined where none were found. */
export const solve = (goals: readonly Goal[], facts: Facts, solving: Solving): Facts | undefined => {
  const tries: Tries = { left: MOST_TRIES };
  return goalsMet(goals, facts, solving, tries).next().value ?? undefined;
};

function* goalsMet(goals: readonly Goal[], facts: Facts, solving: Solving, tries: Tries): Generator<Facts, undefined> {
  const [goal, ...others] = goals;
  if (goal === undefined) {
    yield facts;
    return undefined;
  }
  for (const found of goalMet(goal.node, goal.want, facts, solving, tries)) {
    if (tries.left-- <= 0) return undefined;
    yield* goalsMet(others, found, solving, tries);
  }
  return undefined;
}

type Ways = Generator<Facts, undefined>;

function* goalMet(node: Node, want: boolean, facts: Facts, solving: Solving, tries: Tries): Ways {
  const value = factOf(node, facts, solving);
  if (value !== FREE) {
    if (value === want) yield facts;
    return undefined;
  }
  const of = (one: Node, truth: boolean, known: Facts): Ways => goalMet(one, truth, known, solving, tries);
  switch (node.kind) {
    case 'group': {
      const group = solving.plan.groups.get(node.name);
      if (group !== undefined) yield* of(group.when.node, want, facts);
      return undefined;
    }
    case 'unary':
      yield* of(node.operand, !want, facts);
      return undefined;
    case 'binary':
      if (node.op !== 'and' && node.op !== 'or') {
        yield* compared(node, want, facts, solving);
        return undefined;
      }
      if ((node.op === 'and') === want) {
        for (const found of of(node.left, want, facts)) yield* of(node.right, want, found);
      } else {
        yield* of(node.left, want, facts);
        yield* of(node.right, want, facts);
      }
      return undefined;
    case 'in':
      if (want) for (const item of node.items) yield* same(node.operand, item, true, facts, solving);
      else yield* setOther(node.operand, node.items, facts, solving);
      return undefined;
    case 'presence':
      yield* presence(node, want, facts, solving);
      return undefined;
    case 'call':
      yield* called(node, want, facts, solving, of);
      return undefined;
    default: {
      const cell = cellOf(node, facts, solving);
      if (typeof cell === 'string') yield set(facts, cell, want);
      else yield* usually(node, (known) => factOf(node, known, solving) === want, facts, solving);
      return undefined;
    }
  }
}

const set = (facts: Facts, cell: string, value: Known | undefined): Facts => new Map([...facts, [cell, value]]);

/** The free cells that a node reads; of a person that is not known yet, first the cell that names it. */
const freeCells = (node: Node, facts: Facts, solving: Solving): readonly string[] => {
  const cells = new Set<string>();
  walk(node, (one) => {
    const cell = cellOf(one, facts, solving);
    if (typeof cell === 'string' && !facts.has(cell)) cells.add(cell);
  });
  return [...cells];
};

/** Every free cell of a node as it usually is, as long as any is free. */
const filled = (node: Node, facts: Facts, solving: Solving): Facts => {
  let known = facts;
  for (let cells = freeCells(node, known, solving); cells.length > 0; cells = freeCells(node, known, solving)) {
    for (const cell of cells) known = set(known, cell, solving.usual(cell));
  }
  return known;
};

function* usually(node: Node, holds: (facts: Facts) => boolean, facts: Facts, solving: Solving): Ways {
  const known = filled(node, facts, solving);
  if (holds(known)) yield known;
  return undefined;
}

function* compared(node: Extract<Node, { kind: 'binary' }>, want: boolean, facts: Facts, solving: Solving): Ways {
  const { left, right } = node;
  if (left.type === 'text' || left.type === 'boolean') {
    yield* same(left, right, (node.op === '==') === want, facts, solving);
    return undefined;
  }
  const holds = (known: Facts): boolean => factOf(node, known, solving) === want;
  const usual = filled(node, facts, solving);
  if (holds(usual)) yield usual;
  // One cell at a time is moved to where the two sides meet, the others as they usually are; the last named first.
  for (const cell of [...freeCells(node, facts, solving)].reverse()) {
    for (const value of meeting(node, cell, usual, solving)) {
      const moved = set(usual, cell, value);
      if (holds(moved)) yield moved;
    }
  }
  return undefined;
}

const isNum = (value: unknown): value is Num =>
  value !== FREE && !isMissing(value) && (typeof value === 'number' || typeof value === 'object');

/** Values of a cell at which both sides of a comparison meet, and close to it; months around for what is no line. */
const meeting = (
  { left, right }: Extract<Node, { kind: 'binary' }>,
  cell: string,
  facts: Facts,
  solving: Solving,
): readonly Num[] => {
  const usual = facts.get(cell) ?? solving.usual(cell) ?? 0;
  if (!isNum(usual)) return [];
  const apart = (value: Num): Num | undefined => {
    const moved = set(facts, cell, value);
    const a = factOf(left, moved, solving);
    const b = factOf(right, moved, solving);
    return isNum(a) && isNum(b) ? sub(a, b) : undefined;
  };
  const here = apart(usual);
  const there = apart(add(usual, 1));
  if (here === undefined || there === undefined) return [];
  const slope = sub(there, here);
  if (isZero(slope)) return Array.from({ length: 24 }, (_, i) => add(usual, (i % 2 === 0 ? 30 : -30) * (1 + (i >> 1))));
  const root = add(usual, neg(div(here, slope) as Num));
  return [root, floor(root), ceil(root), sub(floor(root), 1), add(ceil(root), 1)];
};

/** Two texts or truths that are the same, or not. */
function* same(left: Node, right: Node, equal: boolean, facts: Facts, solving: Solving): Ways {
  if (left.type !== 'text' && left.type !== 'boolean') {
    const op = '==';
    const node: Node = { kind: 'binary', type: 'boolean', op, left, right, start: 0, end: 0 };
    yield* compared(node, equal, facts, solving);
    return undefined;
  }
  const a = factOf(left, facts, solving);
  const b = factOf(right, facts, solving);
  if (a !== FREE && b !== FREE) {
    if (!isMissing(a) && !isMissing(b) && (a === b) === equal) yield facts;
  } else if (a === FREE && b === FREE) {
    // One of them is named first, as usually or by each person in turn.
    for (const known of named(right, facts, solving)) yield* same(left, right, equal, known, solving);
  } else {
    const free = a === FREE ? left : right;
    const value = a === FREE ? b : a;
    if (value === FREE || isMissing(value)) return undefined;
    if (equal) yield* setTo(free, value, facts, solving);
    else yield* setOther(free, [literal(value, free)], facts, solving);
  }
  return undefined;
}

const literal = (value: Known, like: Node): Node => ({ kind: 'literal', type: like.type, value, start: 0, end: 0 });

/** Everything free in a node gets a value: a cell with a person's id each person in turn. */
function* named(node: Node, facts: Facts, solving: Solving): Ways {
  const cells = freeCells(node, facts, solving);
  const [cell] = cells;
  if (cell === undefined) return undefined;
  if (cells.length === 1 && isPersonal(cell)) for (const id of solving.people) yield set(facts, cell, id);
  else yield filled(node, facts, solving);
  return undefined;
}

const PERSONAL = /(?:\.owner|\.originator|\.assigned_to|\.person_id|\.manager)$/;
const isPersonal = (cell: string): boolean => PERSONAL.test(cell);

/** A free text that comes out as a value. */
function* setTo(node: Node, value: Known, facts: Facts, solving: Solving): Ways {
  const cell = cellOf(node, facts, solving);
  if (typeof cell === 'string') {
    if (isPersonal(cell) && !solving.people.includes(value as string)) return undefined;
    yield set(facts, cell, value);
    return undefined;
  }
  if (cell === FREE && node.kind === 'person') {
    // Whoever it is: each person in turn, whose cell is then set, or holds the value already.
    for (const known of named(node.id, facts, solving)) {
      if (factOf(node, known, solving) === value) yield known;
      else yield* setTo(node, value, known, solving);
    }
    return undefined;
  }
  if (node.kind === 'call') {
    for (const arg of node.args) {
      if (arg.type !== node.type) continue;
      for (const known of setTo(arg, value, facts, solving)) if (factOf(node, known, solving) === value) yield known;
    }
  }
  return undefined;
}

/** A free text or number that is none of some values. */
function* setOther(node: Node, values: readonly Node[], facts: Facts, solving: Solving): Ways {
  const taken = values.map((value) => factOf(value, facts, solving));
  const isOther = (known: Facts): boolean => {
    const value = factOf(node, known, solving);
    return value !== FREE && !isMissing(value) && !taken.some((one) => one === value);
  };
  yield* usually(node, isOther, facts, solving);
  const cell = cellOf(node, facts, solving);
  if (typeof cell !== 'string') return undefined;
  const others: readonly Known[] =
    node.type === 'boolean' ? [true, false] : isPersonal(cell) ? solving.people : ['other', 'another'];
  for (const other of others) if (!taken.includes(other)) yield set(facts, cell, other);
  return undefined;
}

function* presence(node: Extract<Node, { kind: 'presence' }>, want: boolean, facts: Facts, solving: Solving): Ways {
  const there = node.present === want;
  const cell = cellOf(node.operand, facts, solving);
  if (typeof cell !== 'string') {
    yield* usually(node, (known) => factOf(node, known, solving) === want, facts, solving);
    return undefined;
  }
  if (!there) yield set(facts, cell, undefined);
  else yield set(facts, cell, solving.usual(cell) ?? standIn(node.operand, solving));
  return undefined;
}

/** A value of a type, for a cell that is usually empty and must not be. */
const standIn = (node: Node, solving: Solving): Known => {
  if (node.type === 'text') return solving.people[0] ?? 'a';
  if (node.type === 'boolean') return true;
  return 1;
};

type Of = (one: Node, truth: boolean, known: Facts) => Ways;

function* called(node: Extract<Node, { kind: 'call' }>, want: boolean, facts: Facts, solving: Solving, of: Of): Ways {
  if (node.name === 'if') {
    const [condition, then, otherwise] = node.args as [Node, Node, Node];
    for (const found of of(condition, true, facts)) yield* of(then, want, found);
    for (const found of of(condition, false, facts)) yield* of(otherwise, want, found);
    return undefined;
  }
  if (node.name === 'coalesce') {
    const [first, ...others] = node.args as [Node, ...Node[]];
    yield* of(first, want, facts);
    for (const other of others) yield* of(other, want, filled(first, facts, solving));
    return undefined;
  }
  const holds = (known: Facts): boolean => factOf(node, known, solving) === want;
  yield* usually(node, holds, facts, solving);
  const [text, part] = node.args;
  const value = part && factOf(part, facts, solving);
  if (text === undefined || typeof value !== 'string') return undefined;
  for (const found of setTo(text, want ? value : 'other', facts, solving)) if (holds(found)) yield found;
  return undefined;
}
