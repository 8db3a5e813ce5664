import { existsSync } from 'node:fs';
import type { Plan } from '../rules/plan.ts';
import { TABLES, type TableName, tableNamed } from '../rules/tables.ts';
import { nearest } from '../values/nearest.ts';
import { MONTHS, type Period, parsePeriods } from '../values/period.ts';
import { UsageError } from './usage-error.ts';

/** Adds what a repeatable option was given once more. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** A file that the command line names must be there; `-` is standard input. */
export const mustExist = (file: string): void => {
  if (file !== '-' && !existsSync(file)) throw new UsageError(`there is no file ${file}`);
};

/** The files of `--table NAME=FILE`. */
export const tableFiles = (options: readonly string[]): ReadonlyMap<TableName, string> => {
  const files = new Map<TableName, string>();
  for (const option of options) {
    const equals = option.indexOf('=');
    const name = option.slice(0, equals);
    const file = option.slice(equals + 1);
    if (equals <= 0 || file === '') throw new UsageError(`--table ${option}: write --table NAME=FILE`);
    const table = tableNamed(name);
    if (table === undefined) {
      const names = TABLES.map((each) => each.name);
      const near = nearest(name, names);
      const instead = near === undefined ? `the tables are ${names.join(', ')}` : `did you mean ${near}?`;
      throw new UsageError(`--table ${option}: there is no table ${name}; ${instead}`);
    }
    if (files.has(table.name)) throw new UsageError(`--table ${option}: ${table.name} is named twice`);
    mustExist(file);
    files.set(table.name, file);
  }
  return files;
};

/** More than anyone keeps books for; each period is computed and written. */
const MOST_PERIODS = 1200;

/** The periods of `--period 2026-Q1` or `--period 2026-Q1..2026-Q3`. */
export const periodRange = (option: string, plan: Plan): { readonly from: Period; readonly to: Period } => {
  const range = parsePeriods(option, plan.fiscalYearStarts);
  if (range === undefined) {
    throw new UsageError(
      `--period ${option}: write a period as in 2026-Q1 or 2026-03, or two of them: 2026-Q1..2026-Q3`,
    );
  }
  const { from: first, to: last } = range;
  for (const { kind, label } of [first, last]) {
    if (MONTHS[kind] < MONTHS[plan.period]) {
      throw new UsageError(`--period ${option}: the plan pays by the ${plan.period}, and ${label} is a ${kind}`);
    }
  }
  if (last.to < first.from) throw new UsageError(`--period ${option}: it ends before it begins`);
  if ((last.to - first.from) / 30 / MONTHS[plan.period] > MOST_PERIODS) {
    throw new UsageError(`--period ${option}: these are more than ${MOST_PERIODS} periods`);
  }
  return { from: first, to: last };
};
