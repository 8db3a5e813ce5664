import path from 'node:path';
import { type Computed, compute } from '../engine/compute.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import { type LoadedTables, loadTables } from '../io/tables-load.ts';
import type { InputFile } from '../report/period/report.ts';
import { loadPlan } from '../rules/load/load.ts';
import type { Plan } from '../rules/plan.ts';
import type { ApprovalOptions } from './approval.ts';
import { findPlan } from './find-plan.ts';
import { independentOf } from './independent.ts';
import { mustExist, periodRange, tableFiles } from './options.ts';
import { placeCells } from './place-cells.ts';
import { PlanFiles } from './plan-files.ts';
import { resolvePath } from './resolve-path.ts';
import { computeGoodRows, isRowError } from './skip-bad-rows.ts';

/** What to compute, as the command line says it. */
export interface RunOptions {
  /** The deals file, `-` for standard input. */
  readonly deals: string | undefined;
  readonly plan: string | undefined;
  /** `NAME=FILE` */
  readonly tables: readonly string[];
  readonly period: string | undefined;
  readonly skipBadRows: boolean;
  /** With `--approved`: nothing is computed by a plan that is not law. */
  readonly approved?: ApprovalOptions | undefined;
  /** Is told what is being done and which part of it, 0 to 1, is done. */
  readonly progress: (what: string, part: number) => void;
}

/** All that came of a run; `computation` is undefined where something is wrong, and nothing is then to be written. */
export interface Run {
  readonly planFile: string;
  readonly plan: Plan | undefined;
  readonly loaded: LoadedTables | undefined;
  readonly computation: Computed | undefined;
  /** In a stable order; those of rejected rows are warnings. */
  readonly findings: readonly Finding[];
  /** Why rows were left out, with `--skip-bad-rows`. */
  readonly rejects: readonly Finding[];
  /** The plan's files and the tables', with their hashes. */
  readonly inputs: readonly InputFile[];
  /** The text of a plan file, for excerpts. */
  readonly textOf: (file: string) => string | undefined;
  /** How reports name a file: relative to the plan, with `/`. */
  readonly shown: (file: string) => string;
}

/** Names files relative to the plan's folder, so that reports are the same wherever a run was started. */
const namer = (planFile: string): ((file: string) => string) => {
  const folder = path.dirname(planFile);
  const names = new Map([['standard input', 'standard input']]);
  return (file) => {
    let name = names.get(file);
    if (name === undefined) {
      name = path.relative(folder, file).split(path.sep).join('/');
      names.set(file, name);
    }
    return name;
  };
};

const sorted = (...findings: readonly (readonly Finding[])[]): readonly Finding[] => {
  const sink = new Sink();
  for (const finding of findings.flat()) sink.push(finding);
  return sink.all();
};

/** Finds and reads the plan and its tables and computes. Throws a UsageError where the command line is wrong. */
export const loadAndCompute = async (options: RunOptions): Promise<Run> => {
  if (options.deals !== undefined) mustExist(options.deals);
  const overrides = tableFiles(options.tables);
  const planFile = findPlan(options.plan, options.deals ?? overrides.get('deals'));
  const files = new PlanFiles();
  const shown = namer(planFile);
  const sink = new Sink();
  const text = files.readPlan(planFile, sink);
  const plan = text === undefined ? undefined : loadPlan(planFile, text, files.read, { resolvePath }, sink);
  const nothing = { planFile, plan, loaded: undefined, computation: undefined, rejects: [], inputs: [], shown };
  const textOf = (file: string): string | undefined => files.textOf(file);
  if (plan !== undefined && options.approved !== undefined)
    (await import('./approval.ts')).approvalOf(plan, options.approved, sink);
  if (plan === undefined || sink.hasErrors) return { ...nothing, findings: sink.all(), textOf };

  const periods = options.period === undefined ? undefined : periodRange(options.period, plan);
  const loaded = await loadTables(
    {
      plan,
      deals: options.deals,
      overrides,
      progress: (done, total) => options.progress('reading', total === 0 ? 1 : done / total),
    },
    sink,
  );
  const inputs = [...files.hashes, ...loaded.files.map(({ file, sha256 }) => [file, sha256] as const)].map(
    ([file, sha256]) => ({ file: shown(file), sha256 }),
  );
  const read = sink.all();
  const computing = { periods, progress: (part: number) => options.progress('computing', part) };
  const outcome = { planFile, plan, loaded, inputs, textOf, shown };
  const hard = read.some((finding) => finding.severity === 'error' && !isRowError(finding));
  if (options.skipBadRows && !hard) {
    const { computation, rejects, others } = computeGoodRows(plan, loaded, read, computing);
    const asWarnings = rejects.map((finding): Finding => ({ ...finding, severity: 'warning' }));
    const findings = placeCells(sorted(others, asWarnings), loaded, plan);
    return { ...outcome, computation, findings, rejects: placeCells(rejects, loaded, plan) };
  }
  const second = new Sink();
  const computation = hard ? undefined : compute(plan, loaded.tables, computing, second);
  // Of rows that point to bad ones nothing is known: only what was found apart from them is said.
  const said = sink.hasErrors ? independentOf(read, second.all(), loaded, plan) : second.all();
  const findings = placeCells(sorted(read, said), loaded, plan);
  return { ...outcome, computation: sink.hasErrors ? undefined : computation, findings, rejects: [] };
};
