import type { Order } from '../pilot/rank.ts';
import type { Move } from '../pilot/runs.ts';
import { itemsOf } from '../pilot/vary.ts';
import type { Plan } from '../rules/plan.ts';
import { nearest } from '../values/nearest.ts';
import { add, div, mul, type Num, parseDecimal, powerOfTen, sign } from '../values/num.ts';
import { UsageError } from './usage-error.ts';

/** Reads `--assume "sales +5%, marketing -2%"`: which departments' results move, and by which factor. */
export const readAssume = (text: string, departments: readonly string[]): readonly Move[] => {
  const moves = itemsOf(text).map((item) => readMove(item, text, departments));
  const twice = moves.find(({ of: [name] }, i) => moves.findIndex(({ of: [other] }) => other === name) !== i);
  if (twice !== undefined)
    throw new UsageError(`--assume ${text}: ${twice.of.join()} is said twice; say once by how much its results move`);
  return moves;
};

interface Given {
  readonly format: string;
  readonly open?: true;
  readonly budget?: string;
  readonly assume?: string;
  readonly rank?: string;
  readonly draws?: string;
}

/** What the page has no place for. */
const NOT_IN_PAGE = ['budget', 'assume', 'rank', 'draws'] as const;

/** Refuses options that would be of no effect together with others. */
export const checkTogether = (given: Given): void => {
  if (given.format !== 'html') {
    if (given.open === true) throw new UsageError('--open opens the page: write --format html --open');
    return;
  }
  for (const name of NOT_IN_PAGE) {
    if (given[name] === undefined) continue;
    throw new UsageError(`--${name} is not shown in the page: leave it out, or ask with --format text, json or csv`);
  }
};

/** Which option a figure of `--rank` comes from. */
const COMES_FROM: ReadonlyMap<string, { readonly option: 'budget' | 'assume'; readonly as: string }> = new Map([
  ['budget', { option: 'budget', as: '--budget 200000' }],
  ['budget_held', { option: 'budget', as: '--budget 200000' }],
  ['assumed', { option: 'assume', as: '--assume "sales +5%"' }],
]);
const OF_DRAWS: ReadonlySet<string> = new Set(['budget_held', 'cost_p90']);

/** Refuses to order by figures that nobody has asked for: of all variants they would be unknown. */
export const checkKnown = (reads: ReadonlySet<string>, given: Pick<Given, 'budget' | 'assume' | 'draws'>): void => {
  for (const name of reads) {
    const from = COMES_FROM.get(name);
    if (from !== undefined && given[from.option] === undefined) {
      throw new UsageError(`--rank: ${name} is known only with --${from.option}: add it, as in ${from.as}`);
    }
    if (OF_DRAWS.has(name) && given.draws !== undefined && readDraws(given.draws) === 0) {
      throw new UsageError(`--rank: ${name} is of the draws, and --draws ${given.draws} asks for none`);
    }
  }
};

const BETWEEN: readonly string[] = ['alignment', 'own', 'blame_gap'];

/** Says of departments that `--rank` names and that are not there which might be meant. */
export const checkRanked = (
  { departments: named, reads }: Pick<Order, 'departments' | 'reads'>,
  departments: readonly string[],
): void => {
  for (const name of named) {
    if (departments.includes(name)) continue;
    throw new UsageError(`--rank: there is no department ${name}; ${instead(name, departments)}`);
  }
  const between = BETWEEN.find((name) => reads.has(name));
  if (between !== undefined && departments.length < 2) {
    throw new UsageError(`--rank: ${between} is between departments, and there are not two of them in people`);
  }
};

const instead = (name: string, departments: readonly string[]): string => {
  const near = nearest(name, departments);
  return near === undefined
    ? `the departments in people are ${departments.join(', ') || 'none'}`
    : `did you mean ${near}?`;
};

const readMove = (item: string, text: string, departments: readonly string[]): Move => {
  const match = /^\s*(.+?)\s*([+-])\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(item);
  if (match === null)
    throw new UsageError(`--assume ${text}: write a department and by how much its results move, as in "sales +5%"`);
  const [, name = '', plus = '+', digits = ''] = match;
  if (!departments.includes(name)) {
    throw new UsageError(`--assume ${text}: there is no department ${name}; ${instead(name, departments)}`);
  }
  const part = div(parseDecimal(`${plus === '-' ? '-' : ''}${digits}`) ?? 0, 100) ?? 0;
  const by = add(1, part);
  if (sign(by) < 0) throw new UsageError(`--assume ${text}: results cannot fall by more than 100%`);
  return { of: [name], by };
};

/** Reads `--budget 250000` or `"250000 USD"` as minor units of the plan's currency. */
export const readBudget = (text: string, { currency, digits }: Plan): Num => {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Z]{3})?\s*$/.exec(text);
  const value = match === null ? undefined : parseDecimal(match[1] ?? '');
  if (value === undefined)
    throw new UsageError(`--budget ${text}: write an amount as in 250000 or "250000 ${currency}"`);
  if (match?.[2] !== undefined && match[2] !== currency)
    throw new UsageError(`--budget ${text}: the plan pays in ${currency}`);
  const decimals = match?.[1]?.split('.')[1]?.length ?? 0;
  if (decimals > digits) {
    const has = digits === 0 ? 'no decimals' : `${digits} decimals`;
    throw new UsageError(`--budget ${text}: ${currency} has ${has}`);
  }
  return mul(value, powerOfTen(digits));
};

/** More draws than these tell nothing more. */
const MOST_DRAWS = 100_000;

export const readDraws = (text: string): number => {
  const count = parseDecimal(text.trim());
  if (typeof count !== 'number' || count < 0 || count > MOST_DRAWS) {
    throw new UsageError(`--draws ${text}: write how many draws are paid, as in 1000, or 0 for none`);
  }
  return count;
};

const MOST_JOBS = 64;

export const readJobs = (text: string): number => {
  const count = parseDecimal(text.trim());
  if (typeof count !== 'number' || count < 1 || count > MOST_JOBS) {
    throw new UsageError(`--jobs ${text}: write how many are tried at once, from 1 to ${MOST_JOBS}`);
  }
  return count;
};
