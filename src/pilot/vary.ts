import { type Step, valueAt } from '../rules/document/change.ts';
import type { RawMap, RawValue } from '../rules/document/raw.ts';
import { nearest } from '../values/nearest.ts';
import { add, compare, type Num, parseDecimal, sign, sub, toPercent, toText } from '../values/num.ts';
import { isWeight, numberIn, type Setting } from './setting.ts';

/** One thing that is varied, and the texts that it takes. */
export interface Axis {
  readonly name: string;
  readonly way: readonly Step[];
  readonly values: readonly string[];
}

/** What is wrong with a `--vary`, in words. */
export interface VaryProblem {
  readonly problem: string;
}

/** More values of one axis, and more variants of all, are hardly meant. */
const MOST_VALUES = 1000;
const MOST_VARIANTS = 10_000;

/** Reads `marketing_bonus.links[0].weight=40%,60%` for a plan: what is varied, and its values. */
export const readAxis = (text: string, root: RawMap): Axis | VaryProblem => {
  const equals = text.indexOf('=');
  if (equals <= 0)
    return { problem: 'write what is varied and its values, as in base_rate=5%,6% or base_rate=5%..7%:0.5%' };
  const name = text.slice(0, equals).trim();
  const found = findWay(name, root);
  if ('problem' in found) return found;
  const values: string[] = [];
  const items = itemsOf(text.slice(equals + 1)).map((item) => item.trim());
  for (const item of items) {
    const expanded = expand(item);
    if ('problem' in expanded)
      return items.length === 1 || item === '' ? expanded : { problem: `${item}: ${expanded.problem}` };
    values.push(...expanded);
  }
  const beyond = isWeight(found) ? values.find((value) => compare(numberIn(value) ?? 0, 1) > 0) : undefined;
  if (beyond !== undefined) {
    const left = toPercent(sub(1, numberIn(beyond) ?? 0)).replace('-', '−');
    return { problem: `a weight of ${beyond} would leave the other links with ${left}; weights are at most 100%` };
  }
  const twice = values.find((value, i) => values.findIndex((other) => isSame(value, other)) !== i);
  if (twice !== undefined) return { problem: `${twice} is there twice` };
  if (values.length > MOST_VALUES)
    return { problem: `these are ${values.length} values; at most ${MOST_VALUES} are tried` };
  return { name, way: found.way, values };
};

/** Every combination of the axes' values, the last axis changing fastest. */
export const gridOf = (axes: readonly Axis[]): readonly (readonly Setting[])[] | VaryProblem => {
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  if (size > MOST_VARIANTS) return { problem: `the grid has ${size} variants; at most ${MOST_VARIANTS} are tried` };
  return axes.reduce<readonly (readonly Setting[])[]>(
    (grid, { name, way, values }) =>
      grid.flatMap((settings) => values.map((text) => [...settings, { name, way, text }])),
    [[]],
  );
};

/** Cut at commas outside of quotes and brackets. */
export const itemsOf = (text: string): readonly string[] => {
  const items: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i);
    if (sign === '"') quoted = !quoted;
    else if (!quoted && '([{'.includes(sign)) depth++;
    else if (!quoted && ')]}'.includes(sign)) depth--;
    else if (!quoted && depth === 0 && sign === ',') {
      items.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...items, text.slice(from)];
};

const AMOUNT = /^(-?\d+(?:\.\d+)?)(%?)( [A-Z]{3}| days?)?$/;

const amountOf = (text: string): { readonly value: Num; readonly unit: string } | undefined => {
  const match = AMOUNT.exec(text.trim());
  const digits = match?.[1] ?? '';
  const value = parseDecimal(digits);
  return match === null || value === undefined ? undefined : { value, unit: `${match[2] ?? ''}${match[3] ?? ''}` };
};

/** Whether two values are written alike or are the same amount: `5%` and `5.0%`. */
const isSame = (text: string, other: string): boolean => {
  if (text === other) return true;
  const [a, b] = [amountOf(text), amountOf(other)];
  return a !== undefined && b !== undefined && a.unit === b.unit && compare(a.value, b.value) === 0;
};

/** `5%..7%:0.5%` as its values, anything else as it is. */
const expand = (item: string): readonly string[] | VaryProblem => {
  if (item === '') return { problem: 'a value is empty' };
  const range = /^(.+?)\.\.([^:]+)(?::(.+))?$/.exec(item);
  if (item.startsWith('"') || !item.includes('..')) return [item];
  const [first, last] = [amountOf(range?.[1] ?? ''), amountOf(range?.[2] ?? '')];
  const example = 'as in 5%..7%:0.5% or 1000 USD..3000 USD:500 USD';
  if (first === undefined || last === undefined)
    return { problem: `a range goes from one number to another, ${example}` };
  const step = range?.[3] === undefined ? undefined : amountOf(range[3]);
  if (step === undefined) return { problem: `a range says its step, ${example}` };
  const units = new Set([first.unit, last.unit, step.unit].filter((unit) => unit !== ''));
  if (units.size > 1) return { problem: `its ends and its step are in one unit, ${example}` };
  if (sign(step.value) <= 0) return { problem: `the step is above zero` };
  if (compare(first.value, last.value) > 0) return { problem: `a range goes upwards` };
  const [unit = ''] = units;
  const values: string[] = [];
  for (let at = first.value; compare(at, last.value) <= 0; at = add(at, step.value)) {
    values.push(`${toText(at)}${unit}`);
    if (values.length > MOST_VALUES) return { problem: `more than ${MOST_VALUES} values` };
  }
  return values;
};

/** The keys of a plan that a way may begin with, besides the names of params and rewards. */
const SECTIONS = ['params', 'groups', 'credits', 'measures', 'rewards'];

/** The steps of `rewards.bonus.links[0].curve[80%]`, as written. */
const stepsOf = (name: string): readonly Step[] | undefined => {
  const steps: Step[] = [];
  const token = /\.?([A-Za-z_]\w*)|\["([^"]*)"\]|\[([^\]"]+)\]/y;
  while (token.lastIndex < name.length) {
    const match = token.exec(name);
    if (match === null) return undefined;
    const bracket = match[3]?.trim();
    steps.push(match[1] ?? match[2] ?? (/^\d+$/.test(bracket ?? '') ? Number(bracket) : (bracket ?? '')));
  }
  return steps.length === 0 ? undefined : steps;
};

/** Where in a plan a name points: a param, a reward, or a section, and what is below it. */
const findWay = (name: string, root: RawMap): { readonly way: readonly Step[] } | VaryProblem => {
  const written = stepsOf(name);
  if (written === undefined)
    return { problem: `${name} is no place: write a param, or a place such as marketing_bonus.links[0].weight` };
  const [first, ...rest] = written;
  const names = (section: string): readonly string[] => {
    const value = root.entries.get(section)?.value;
    return value?.kind === 'map' ? [...value.entries.keys()] : [];
  };
  const start = String(first);
  const steps = names('params').includes(start)
    ? ['params', start, ...rest]
    : names('rewards').includes(start)
      ? ['rewards', start, ...rest]
      : SECTIONS.includes(start)
        ? written
        : undefined;
  if (steps === undefined) {
    const near = nearest(start, [...names('params'), ...names('rewards'), ...SECTIONS]);
    const hint =
      near === undefined ? `; the params are ${names('params').join(', ') || 'none'}` : `; did you mean ${near}?`;
    return { problem: `the plan has no param or reward called ${start}${hint}` };
  }
  return follow(steps, root);
};

const follow = (steps: readonly Step[], root: RawMap): { readonly way: readonly Step[] } | VaryProblem => {
  const way: Step[] = [];
  let at: RawValue = root;
  for (const [i, step] of steps.entries()) {
    const isLast = i === steps.length - 1;
    const key: Step | undefined = at.kind === 'map' && typeof step === 'number' ? keyAt(at, step) : step;
    const inner: RawValue | undefined = key === undefined ? undefined : valueAt(at, [key]);
    // A key that is not there yet may be set: a cap where there was none. The loader says whether it belongs there.
    if (inner === undefined && isLast && at.kind === 'map' && typeof key === 'string' && way.length > 1) {
      return { way: [...way, key] };
    }
    if (inner === undefined || key === undefined) return { problem: missing(at, step, way) };
    way.push(key);
    at = inner;
  }
  if (at.kind !== 'scalar')
    return { problem: `this is ${at.kind === 'map' ? 'a map' : 'a list'} of further keys, not one value` };
  return { way };
};

const keyAt = (map: RawMap, index: number): string | undefined => [...map.entries.keys()][index];

const missing = (at: RawValue, step: Step, way: readonly Step[]): string => {
  const where = way.length === 0 ? 'the plan' : way.join('.');
  if (at.kind === 'scalar') return `${where} is one value, nothing is below it`;
  if (typeof step === 'number') {
    const count = at.kind === 'map' ? at.entries.size : at.items.length;
    return `${where} has ${count === 1 ? 'one entry, [0]' : `${count} entries, [0] to [${count - 1}]`}`;
  }
  const names = at.kind === 'map' ? [...at.entries.keys()] : [];
  const near = nearest(step, names);
  return `${where} has no ${step}${near === undefined ? (names.length === 0 ? '' : `; it has ${names.join(', ')}`) : `; did you mean ${near}?`}`;
};
