import type { Computed } from '../engine/compute.ts';
import { compute } from '../engine/compute.ts';
import type { Trace } from '../engine/trace.ts';
import type { Sink } from '../findings/sink.ts';
import { tableFromRows } from '../io/rows-memory.ts';
import { TextPool } from '../io/text-pool.ts';
import type { Plan } from '../rules/plan.ts';
import type { Table, Tables } from '../rules/table-data.ts';
import { TABLES, type TableName } from '../rules/tables.ts';
import { MONTHS, type Period, parsePeriods } from '../values/period.ts';
import type { Said, TestCase, TestRows } from './test-file.ts';

/** The rows of a case as tables, typed and checked as those of files are. */
const tablesOf = (rows: TestRows, file: string, plan: Plan, sink: Sink): Tables => {
  const tables = new Map<TableName, Table>();
  const pool = new TextPool();
  for (const definition of TABLES) {
    const given = rows.get(definition.name);
    if (given !== undefined)
      tables.set(definition.name, { ...tableFromRows(definition, given, plan, sink, pool), file });
  }
  return tables;
};

/** The first and the last period that a case asks for; undefined, with a finding, where that is none. */
const periodsOf = (
  said: Said<string>,
  plan: Plan,
  sink: Sink,
): { readonly from: Period; readonly to: Period } | undefined => {
  const range = parsePeriods(said.value.trim().replace(/ *\.\. */, '..'), plan.fiscalYearStarts);
  const expected = 'a period such as 2026-Q1, or two of them: 2026-Q1..2026-Q2';
  if (range === undefined || range.to.to < range.from.from) {
    sink.add('invalid-period', `"${said.value}" is no period; expected ${expected}`, { ...said.place, expected });
    return undefined;
  }
  const short = [range.from, range.to].find((period) => MONTHS[period.kind] < MONTHS[plan.period]);
  if (short !== undefined) {
    const message = `the plan pays by the ${plan.period}, and ${short.label} is a ${short.kind}`;
    sink.add('invalid-period', message, { ...said.place, expected: `a ${plan.period} or more` });
    return undefined;
  }
  return range;
};

/** Computes a case; undefined, with findings, where that fails. */
export const computeCase = (
  testCase: TestCase,
  plan: Plan,
  trace: Trace | undefined,
  sink: Sink,
): Computed | undefined => {
  const tables = tablesOf(testCase.rows, testCase.place.file, plan, sink);
  const periods = testCase.period && periodsOf(testCase.period, plan, sink);
  if (sink.hasErrors) return undefined;
  return compute(plan, tables, { periods, trace }, sink);
};
