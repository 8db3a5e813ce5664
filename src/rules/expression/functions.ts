import { calendarOf } from '../../values/date.ts';
import { isMissing, type Missing } from '../../values/missing.ts';
import { abs, ceil, floor, max, min, type Num, type Rounding, roundTo, roundWhole } from '../../values/num.ts';
import type { Known, Type } from './typed.ts';

/** What a function may know beside its arguments. */
export interface Settings {
  readonly rounding: Rounding;
  /** Decimals of the plan's currency. */
  readonly digits: number;
}

type Value = Known | Missing;

export interface FunctionDefinition {
  readonly name: string;
  /** How it is called, for messages and docs. */
  readonly usage: string;
  /** The type of the result, or what the arguments should have been. */
  readonly type: (args: readonly Type[]) => Type | { readonly expected: string };
  /** Arguments come evaluated, except that a missing one makes the whole missing unless `lazy`. */
  readonly apply: (args: readonly Known[], types: readonly Type[], settings: Settings) => Known;
  /** For `if` and `coalesce`, which need not look at every argument. */
  readonly lazy?: (args: readonly (() => Value)[]) => Value;
}

const ORDERED: readonly Type[] = ['money', 'number', 'date', 'days'];
const same = (args: readonly Type[]): boolean => args.every((type) => type === args[0]);

const extreme = (name: string, pick: (a: Num, b: Num) => Num): FunctionDefinition => ({
  name,
  usage: `${name}(a, b, ...)`,
  type: (args) => {
    const type = args[0];
    const fits = args.length > 0 && type !== undefined && ORDERED.includes(type) && same(args);
    return fits ? type : { expected: 'values of one type: money, numbers, dates or days' };
  },
  apply: (args) => (args as readonly Num[]).reduce(pick),
});

const rounded = (name: string, apply: (x: Num) => Num): FunctionDefinition => ({
  name,
  usage: `${name}(x)`,
  type: (args) => {
    const type = args[0];
    const fits = args.length === 1 && (type === 'number' || type === 'money');
    return fits ? type : { expected: 'a number or money' };
  },
  apply: ([x]) => apply(x as Num),
});

const ofText = (name: string, apply: (x: string) => string): FunctionDefinition => ({
  name,
  usage: `${name}(text)`,
  type: (args) => (args.length === 1 && args[0] === 'text' ? 'text' : { expected: 'a text' }),
  apply: ([x]) => apply(x as string),
});

const inText = (name: string, apply: (x: string, y: string) => boolean): FunctionDefinition => ({
  name,
  usage: `${name}(text, part)`,
  type: (args) => (args.length === 2 && same(args) && args[0] === 'text' ? 'boolean' : { expected: 'two texts' }),
  apply: ([x, y]) => apply(x as string, y as string),
});

const ofDate = (name: string, apply: (day: number) => number): FunctionDefinition => ({
  name,
  usage: `${name}(date)`,
  type: (args) => (args.length === 1 && args[0] === 'date' ? 'number' : { expected: 'a date' }),
  apply: ([x]) => apply(x as number),
});

const DEFINITIONS: readonly FunctionDefinition[] = [
  extreme('min', min),
  extreme('max', max),
  rounded('abs', abs),
  rounded('floor', floor),
  rounded('ceil', ceil),
  {
    name: 'round',
    usage: 'round(x) or round(x, digits)',
    type: ([x, digits, ...more]) => {
      const fits =
        (x === 'number' || x === 'money') && (digits === undefined || digits === 'number') && more.length === 0;
      return fits ? x : { expected: 'a number or money, and digits' };
    },
    apply: ([x, digits], [type], { rounding, digits: minor }) => {
      if (digits === undefined) return roundWhole(x as Num, rounding);
      // Money is in minor units: two digits of dollars are none of cents.
      const places = Math.max(-60, Math.min(60, Number(floor(digits as Num))));
      return roundTo(x as Num, type === 'money' ? places - minor : places, rounding);
    },
  },
  {
    name: 'if',
    usage: 'if(condition, then, else)',
    type: (args) => {
      const type = args[1];
      const fits = args.length === 3 && args[0] === 'boolean' && type !== undefined && type === args[2];
      return fits ? type : { expected: 'a condition and two values of one type' };
    },
    apply: ([condition, then, otherwise]) => (condition === true ? (then as Known) : (otherwise as Known)),
    lazy: ([condition, then, otherwise]) => {
      const truth = (condition as () => Value)();
      if (isMissing(truth)) return truth;
      return truth === true ? (then as () => Value)() : (otherwise as () => Value)();
    },
  },
  {
    name: 'coalesce',
    usage: 'coalesce(value, instead, ...)',
    type: (args) => {
      const type = args[0];
      return type !== undefined && args.length > 1 && same(args)
        ? type
        : { expected: 'two or more values of one type' };
    },
    apply: ([first]) => first as Known,
    lazy: (args) => {
      let value = (args[0] as () => Value)();
      for (let i = 1; i < args.length && isMissing(value); i++) value = (args[i] as () => Value)();
      return value;
    },
  },
  ofText('lower', (x) => x.toLowerCase()),
  ofText('upper', (x) => x.toUpperCase()),
  inText('starts_with', (x, y) => x.startsWith(y)),
  inText('ends_with', (x, y) => x.endsWith(y)),
  inText('contains', (x, y) => x.includes(y)),
  ofDate('year', (day) => calendarOf(day).year),
  ofDate('quarter', (day) => Math.floor((calendarOf(day).month + 2) / 3)),
  ofDate('month', (day) => calendarOf(day).month),
];

/** Every function of the language, by name. */
export const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(DEFINITIONS.map((f) => [f.name, f]));
