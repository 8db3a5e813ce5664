import { isUtf8 } from 'node:buffer';
import { type Computed, type ComputeOptions, compute } from '../../src/engine/compute.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { Sink } from '../../src/findings/sink.ts';
import { bytesSource } from '../../src/io/source.ts';
import { readTable } from '../../src/io/table-read.ts';
import { TextPool } from '../../src/io/text-pool.ts';
import { loadPlan } from '../../src/rules/load/load.ts';
import type { Plan } from '../../src/rules/plan.ts';
import type { Table, Tables } from '../../src/rules/table-data.ts';
import { TABLES, type TableName } from '../../src/rules/tables.ts';
import { formatMinor } from '../../src/values/money.ts';

export interface Paid {
  /** `2026-Q1 ana commission` → `720.00`; payouts of 0 are left out. */
  readonly payouts: Readonly<Record<string, string>>;
  readonly codes: readonly string[];
  readonly findings: readonly Finding[];
  readonly computation: Computed | undefined;
}

/** Lines of a table as people write them in a test: blanks around cells and lines do not count. */
const csv = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split(',')
        .map((cell) => cell.trim())
        .join(','),
    )
    .join('\n');

/** A plan in USD without its first lines. */
const named = (planText: string): string => `plan: Test\ncurrency: USD\n${planText.replace(/^\n/, '')}`;

/** A plan (without its first lines) and tables given as text, read without a file; what is wrong is in the sink. */
export const readPlanAndTables = (
  planText: string,
  tables: Partial<Record<TableName, string>>,
  sink: Sink,
): { readonly plan: Plan | undefined; readonly tables: Tables } => readWhole(named(planText), tables, sink);

export const readWhole = (
  text: string,
  tables: Partial<Record<TableName, string>>,
  sink: Sink,
): { readonly plan: Plan | undefined; readonly tables: Tables } => {
  const plan = loadPlan('align-pay.yaml', text, () => undefined, { resolvePath: (_, path) => path }, sink);
  return { plan, tables: plan === undefined ? new Map() : readTables(plan, tables, sink) };
};

/** Tables given as text, as a plan reads them. */
export const readTables = (plan: Plan, tables: Partial<Record<TableName, string>>, sink: Sink): Tables => {
  const read = new Map<TableName, Table>();
  const pool = new TextPool();
  for (const definition of TABLES) {
    const rows = tables[definition.name];
    if (rows === undefined) continue;
    const source = bytesSource(`${definition.name}.csv`, new TextEncoder().encode(csv(rows)));
    const options = { encodings: undefined, isUtf8, rejected: undefined, pool };
    read.set(definition.name, readTable(definition, plan.data.get(definition.name), source, plan, sink, options));
  }
  return read;
};

/** Runs a plan, given without its first lines, on tables given as text: the way from plan and rows to payouts. */
export const pay = (planText: string, rows: Partial<Record<TableName, string>>): Paid =>
  payWhole(named(planText), rows);

/** Runs a whole plan on tables given as text. */
export const payWhole = (
  planText: string,
  rows: Partial<Record<TableName, string>>,
  options: ComputeOptions = {},
): Paid => {
  const sink = new Sink();
  const { plan, tables } = readWhole(planText, rows, sink);
  const computation = plan === undefined || sink.hasErrors ? undefined : compute(plan, tables, options, sink);
  const payouts: Record<string, string> = {};
  for (const { period, payouts: paid } of computation?.periods ?? []) {
    for (const { person, rewardName, amount } of paid) {
      if (amount !== 0) payouts[`${period.label} ${person.id} ${rewardName}`] = formatMinor(amount, plan?.digits ?? 2);
    }
  }
  const findings = sink.all();
  return { payouts, codes: findings.map((finding) => finding.code), findings, computation };
};
