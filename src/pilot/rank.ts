import { parse } from '../rules/expression/parser.ts';
import type { Syntax } from '../rules/expression/syntax.ts';
import { nearest } from '../values/nearest.ts';
import {
  add,
  compare,
  div,
  equal,
  max,
  min,
  mul,
  type Num,
  neg,
  parseDecimal,
  powerOfTen,
  sub,
} from '../values/num.ts';
import { itemsOf } from './vary.ts';

/** A figure by its name: one number, or one for each department (undefined where a department has none). */
export type Figure = Num | ReadonlyMap<string, Num | undefined> | undefined;

/** The figures of one variant, by the names of `FIGURE_NAMES`. */
export type FigureSet = ReadonlyMap<string, Figure>;

/** What an order may be made by; money in minor units. */
export const FIGURE_NAMES: Readonly<Record<string, string>> = {
  cost: 'what all are paid; cost.sales is one department’s',
  today: 'what all are paid by the plan as it is; today.sales is one department’s',
  without_links: 'what the same plan pays without its crossing links',
  cost_per_booking: 'cost ÷ bookings',
  variable: 'the part of pay that results decide',
  linked: 'the part of variable pay that a crossing link touches',
  alignment:
    'by which part of itself a department’s pay moves for ten percent of the others’ results; one a department',
  own: 'the same for its own results; one a department',
  blame_gap: 'how much more of its pay the failing side loses than the others; one a department that fails',
  winners: 'how many people are paid more than today',
  losers: 'how many people are paid less than today',
  losers_5: 'how many people lose more than 5%',
  budget: 'the budget of --budget',
  budget_held: 'in which part of the draws the budget holds',
  cost_p90: 'the cost that nine of ten draws do not exceed',
  assumed: 'what all are paid under --assume',
};

export interface Constraint {
  readonly text: string;
  readonly holds: (figures: FigureSet) => boolean | undefined;
}

export interface Order {
  readonly constraints: readonly Constraint[];
  readonly objective:
    | {
        readonly text: string;
        readonly most: boolean;
        readonly unit: Unit;
        readonly value: (figures: FigureSet) => Num | undefined;
      }
    | undefined;
  /** The figures that it reads, so that what costs time is worked out only where it is asked for. */
  readonly reads: ReadonlySet<string>;
  /** The departments that it names; whether there are such is known when there are people. */
  readonly departments: ReadonlySet<string>;
}

export interface RankProblem {
  readonly problem: string;
}

/** What an expression stands for, before any variant is looked at. */
type Read =
  | { readonly kind: 'one'; readonly unit: Unit; readonly of: (figures: FigureSet) => Num | undefined }
  | {
      readonly kind: 'many';
      readonly unit: Unit;
      readonly name: string;
      readonly of: (figures: FigureSet) => readonly (Num | undefined)[];
    };

type One = Extract<Read, { kind: 'one' }>;
type Unit = 'money' | 'number';

/** What is an amount; all else is a part or a count. */
const MONEY: ReadonlySet<string> = new Set(['cost', 'today', 'without_links', 'budget', 'cost_p90', 'assumed']);

class Unreadable extends Error {}

const fail = (problem: string): never => {
  throw new Unreadable(problem);
};

/** Reads `cost <= 1.02 * today, max(min(alignment))`: constraints and at most one objective, between commas. */
export const readOrder = (text: string, digits: number): Order | RankProblem => {
  const reads = new Set<string>();
  const departments = new Set<string>();
  const constraints: Constraint[] = [];
  let objective: Order['objective'];
  try {
    for (const item of itemsOf(text).map((each) => each.trim())) {
      const syntax = parse(item, () => false);
      if ('message' in syntax) fail(`"${item}": ${syntax.message}`);
      const read = new Reading(item, digits, reads, departments);
      const whole = syntax as Syntax;
      if (whole.kind === 'binary' && COMPARISONS.has(whole.op)) {
        constraints.push({ text: item, holds: read.comparison(whole) });
      } else if (whole.kind === 'call' && (whole.name.text === 'max' || whole.name.text === 'min')) {
        if (objective !== undefined) fail(`"${item}" is a second objective: variants can be put in one order only`);
        const [argument, ...more] = whole.args;
        if (argument === undefined || more.length > 0)
          fail(`"${item}": an objective is of one figure, as in min(cost)`);
        const figure = read.read(argument as Syntax);
        if (figure.kind === 'many') {
          fail(
            `"${item}": ${figure.name} is one figure a department; say which, as in max(min(${figure.name})) for the lowest of them`,
          );
        } else objective = { text: item, most: whole.name.text === 'max', unit: figure.unit, value: figure.of };
      } else
        fail(
          `"${item}" is neither a constraint, as in cost <= 1.02 * today, nor an objective, as in max(min(alignment))`,
        );
    }
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
  return { constraints, objective, reads, departments };
};

const COMPARISONS: ReadonlyMap<string, (side: number) => boolean> = new Map([
  ['<', (side: number) => side < 0],
  ['<=', (side: number) => side <= 0],
  ['>', (side: number) => side > 0],
  ['>=', (side: number) => side >= 0],
  ['==', (side: number) => side === 0],
  ['!=', (side: number) => side !== 0],
]);

const lowest = (values: readonly Num[]): Num => values.reduce(min);
const highest = (values: readonly Num[]): Num => values.reduce(max);
const mean = (values: readonly Num[]): Num => div(values.reduce<Num>(add, 0), values.length) ?? 0;
const total = (values: readonly Num[]): Num => values.reduce<Num>(add, 0);

const OVER: ReadonlyMap<string, (values: readonly Num[]) => Num> = new Map([
  ['min', lowest],
  ['max', highest],
  ['avg', mean],
  ['sum', total],
]);

/** Turns the syntax of one item into functions of figures. */
class Reading {
  readonly #item: string;
  readonly #digits: number;
  readonly #reads: Set<string>;
  readonly #departments: Set<string>;

  constructor(item: string, digits: number, reads: Set<string>, departments: Set<string>) {
    this.#departments = departments;
    this.#item = item;
    this.#digits = digits;
    this.#reads = reads;
  }

  #fail(problem: string): never {
    return fail(`"${this.#item}": ${problem}`);
  }

  comparison({ op, left, right }: Extract<Syntax, { kind: 'binary' }>): Constraint['holds'] {
    const a = this.#one(left);
    const b = this.#one(right);
    this.#sameUnit(op, a, b);
    const holds = COMPARISONS.get(op);
    return (figures) => {
      const x = a.of(figures);
      const y = b.of(figures);
      return x === undefined || y === undefined ? undefined : holds?.(compare(x, y));
    };
  }

  #sameUnit(op: string, a: Read, b: Read): void {
    if (a.unit === b.unit) return;
    const words = { money: 'an amount', number: 'a number' } as const;
    this.#fail(
      `${op} has ${words[a.unit]} before it and ${words[b.unit]} behind it; write amounts as in 1000 USD, parts of one as in 1.02 * today`,
    );
  }

  #one(syntax: Syntax): One {
    const read = this.read(syntax);
    if (read.kind === 'many')
      this.#fail(`${read.name} is one figure a department; write min(${read.name}), max, avg or ${read.name}.NAME`);
    return read as One;
  }

  read(syntax: Syntax): Read {
    const constant = (value: Num, unit: Unit = 'number'): Read => ({ kind: 'one', unit, of: () => value });
    switch (syntax.kind) {
      case 'number': {
        const value = parseDecimal(syntax.text.replace('%', '').trim()) ?? this.#fail(`${syntax.text} is no number`);
        return constant(syntax.unit === 'percent' ? (div(value, 100) ?? 0) : value);
      }
      case 'money': {
        const value = parseDecimal(syntax.text) ?? this.#fail(`${syntax.text} is no amount`);
        return constant(mul(value, powerOfTen(this.#digits)), 'money');
      }
      case 'path':
        return this.#figure(syntax.names.map(({ text }) => text));
      case 'unary': {
        const operand = this.#one(syntax.operand);
        return {
          kind: 'one',
          unit: operand.unit,
          of: (figures) => {
            const x = operand.of(figures);
            return x && neg(x);
          },
        };
      }
      case 'binary':
        return this.#binary(syntax);
      case 'aggregate':
        return this.#over(syntax.fn, [this.#figure(syntax.path.map(({ text }) => text))]);
      case 'call':
        return this.#over(
          syntax.name.text,
          syntax.args.map((arg) => this.read(arg)),
        );
      default:
        return this.#fail('figures, numbers, + - * / and min, max, avg, sum are all that is understood here');
    }
  }

  #binary({ op, left, right }: Extract<Syntax, { kind: 'binary' }>): Read {
    const apply = ({ '+': add, '-': sub, '*': mul, '/': div } as const)[op as '+'];
    if (apply === undefined) this.#fail(`${op} does not belong here; constraints are separated by commas`);
    const a = this.#one(left);
    const b = this.#one(right);
    if (op === '+' || op === '-') this.#sameUnit(op, a, b);
    if (op === '*' && a.unit === 'money' && b.unit === 'money') this.#fail('two amounts cannot be multiplied');
    if (op === '/' && a.unit === 'number' && b.unit === 'money') this.#fail('a number cannot be divided by an amount');
    const both = a.unit === b.unit;
    const unit: Unit = op === '/' && both ? 'number' : both ? a.unit : 'money';
    const of = (figures: FigureSet): Num | undefined => {
      const x = a.of(figures);
      const y = b.of(figures);
      return x === undefined || y === undefined ? undefined : apply(x, y);
    };
    return { kind: 'one', unit, of };
  }

  #over(fn: string, args: readonly Read[]): Read {
    const over = OVER.get(fn) ?? this.#fail(`there is no ${fn} here; there are ${[...OVER.keys()].join(', ')}`);
    const of = (figures: FigureSet): Num | undefined => {
      const values = args.flatMap((arg) => (arg.kind === 'one' ? [arg.of(figures)] : arg.of(figures)));
      const known = values.filter((value) => value !== undefined);
      return known.length === 0 || known.length < values.length ? undefined : over(known);
    };
    const [first, ...more] = args;
    for (const each of more) if (first !== undefined) this.#sameUnit(fn, first, each);
    return { kind: 'one', unit: first?.unit ?? 'number', of };
  }

  #figure(names: readonly string[]): Read {
    const [name = '', ...rest] = names;
    if (!Object.hasOwn(FIGURE_NAMES, name)) {
      const near = nearest(name, Object.keys(FIGURE_NAMES));
      this.#fail(
        `there is no figure ${name}; ${near === undefined ? `there are ${Object.keys(FIGURE_NAMES).join(', ')}` : `did you mean ${near}?`}`,
      );
    }
    this.#reads.add(name);
    const unit: Unit = MONEY.has(name) ? 'money' : 'number';
    if (rest.length > 0) {
      const key = `${name}.${rest.join('.')}`;
      const department = rest.join('.');
      if (!LISTS.has(name) && !SUMS.has(name))
        this.#fail(`${name} is not told by department; ${[...SUMS, ...LISTS].join(', ')} are`);
      this.#departments.add(department);
      return {
        kind: 'one',
        unit,
        of: (figures) => {
          const own = figures.get(key);
          if (own !== undefined) return own instanceof Map ? undefined : (own as Num);
          const all = figures.get(name);
          return all instanceof Map ? (all.get(department) as Num | undefined) : undefined;
        },
      };
    }
    if (LISTS.has(name)) return { kind: 'many', unit, name, of: (figures) => listOf(figures.get(name)) };
    return { kind: 'one', unit, of: (figures) => oneOf(figures.get(name)) };
  }
}

/** Sums that are told of one department, too. */
const SUMS: ReadonlySet<string> = new Set(['cost', 'today', 'without_links', 'assumed']);
const LISTS: ReadonlySet<string> = new Set(['alignment', 'own', 'blame_gap']);

const isList = (figure: Figure): figure is ReadonlyMap<string, Num | undefined> => figure instanceof Map;
const listOf = (figure: Figure): readonly (Num | undefined)[] => (isList(figure) ? [...figure.values()] : []);
const oneOf = (figure: Figure): Num | undefined => (isList(figure) ? undefined : figure);

/** A variant in an order, by its position in what was handed in. */
export interface Ranked {
  readonly index: number;
  /** The constraints that it breaks, or that cannot be told. */
  readonly breaks: readonly string[];
  readonly objective: Num | undefined;
}

/** Variants that meet all constraints first, the best first; of equal ones the cheaper, then the earlier. */
export const rankedBy = ({ constraints, objective }: Order, sets: readonly FigureSet[]): readonly Ranked[] => {
  const costOf = (index: number): Num | undefined => oneOf(sets[index]?.get('cost'));
  const ranked = sets.map(
    (figures, index): Ranked => ({
      index,
      breaks: constraints.filter(({ holds }) => holds(figures) !== true).map(({ text }) => text),
      objective: objective?.value(figures),
    }),
  );
  return ranked.sort(
    (a, b) =>
      a.breaks.length - b.breaks.length ||
      compareKnown(a.objective, b.objective, objective?.most === true) ||
      compareKnown(costOf(a.index), costOf(b.index), false) ||
      a.index - b.index,
  );
};

const compareKnown = (a: Num | undefined, b: Num | undefined, most: boolean): number => {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  return most ? compare(b, a) : compare(a, b);
};

/**
 * The Pareto front of cost against alignment, which is that of the department that is bound least: the variants of which no other
 * costs less and binds as much, or binds more and costs as much. Those that tie in both stand on it together. By cost.
 */
export const paretoFront = (sets: readonly FigureSet[]): readonly number[] => {
  const points = sets.flatMap((figures, index) => {
    const cost = oneOf(figures.get('cost'));
    const known = listOf(figures.get('alignment')).filter((value) => value !== undefined);
    return cost === undefined || known.length === 0 ? [] : [{ index, cost, bound: lowest(known) }];
  });
  points.sort((a, b) => compare(a.cost, b.cost) || compare(b.bound, a.bound) || a.index - b.index);
  const front: typeof points = [];
  for (const point of points) {
    const last = front.at(-1);
    const more = last === undefined ? 1 : compare(point.bound, last.bound);
    if (more > 0 || (more === 0 && last !== undefined && equal(point.cost, last.cost))) front.push(point);
  }
  return front.map(({ index }) => index);
};
