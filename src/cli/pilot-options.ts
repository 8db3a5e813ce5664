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

/** Says of departments that `--rank` names and that are not there which might be meant. */
export const checkRanked = (named: ReadonlySet<string>, departments: readonly string[]): void => {
  for (const name of named) {
    if (departments.includes(name)) continue;
    throw new UsageError(`--rank: there is no department ${name}; ${instead(name, departments)}`);
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
