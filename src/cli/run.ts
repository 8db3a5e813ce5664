import path from 'node:path';
import { checkEnd, type InForce } from '../change/timeline.ts';
import { type Computed, type ComputeOptions, compute } from '../engine/compute.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import type { LoadedTables } from '../io/tables-load.ts';
import { sayExportGaps } from '../report/finance/export-findings.ts';
import type { InputFile } from '../report/period/report.ts';
import type { Plan } from '../rules/plan.ts';
import type { TableName } from '../rules/tables.ts';
import { formatDay } from '../values/date.ts';
import type { ApprovalOptions } from './approval.ts';
import { independentOf } from './independent.ts';
import { periodRange } from './options.ts';
import { placeCells } from './place-cells.ts';
import type { PlanFiles } from './plan-files.ts';
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
  /** Tables that are read where they stand, though the plan does not need them. */
  readonly also?: ReadonlySet<TableName> | undefined;
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
export const namer = (planFile: string): ((file: string) => string) => {
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

export const sorted = (...findings: readonly (readonly Finding[])[]): readonly Finding[] => {
  const sink = new Sink();
  for (const finding of findings.flat()) sink.push(finding);
  return sink.all();
};

export type PaidBefore = NonNullable<ComputeOptions['paidBefore']>;

/** What is needed of a plan's surroundings to compute by it. */
export interface ByPlan {
  readonly inForce: InForce;
  /** All plans of the programme, in order; itself among them. */
  readonly timeline: readonly InForce[];
  readonly loaded: LoadedTables;
  /** What was found while reading. */
  readonly read: readonly Finding[];
}

/** Computes what one plan pays in the time in which it was in force. */
export const computeBy = (
  { inForce, timeline, loaded, read }: ByPlan,
  options: RunOptions,
  paidBefore: PaidBefore,
  files: PlanFiles,
  isFolder: boolean,
): Run => {
  const { plan } = inForce;
  const shown = namer(plan.file);
  const periods = options.period === undefined ? undefined : periodRange(options.period, plan);
  const inputs = [
    ...files.hashes.filter(([file]) => plan.sources.some((source) => source.file === file)),
    ...loaded.files.map(({ file, sha256 }) => [file, sha256] as const),
  ].map(([file, sha256]) => ({ file: shown(file), sha256 }));
  const computing: ComputeOptions = {
    periods,
    inForce: isFolder ? inForce : undefined,
    paidBefore: timeline.length > 1 ? paidBefore : undefined,
    progress: (part: number) => options.progress('computing', part),
  };
  const textOf = (file: string): string | undefined => files.textOf(file);
  const outcome = { planFile: plan.file, plan, loaded, inputs, textOf, shown };
  const hasErrors = read.some(({ severity }) => severity === 'error');
  const hard = read.some((finding) => finding.severity === 'error' && !isRowError(finding));
  if (options.skipBadRows && !hard) {
    const { computation, rejects, others } = computeGoodRows(plan, loaded, read, computing);
    const asWarnings = rejects.map((finding): Finding => ({ ...finding, severity: 'warning' }));
    const findings = placeCells(
      sorted(others, asWarnings, aroundFindings(inForce, computation, options)),
      loaded,
      plan,
    );
    return { ...outcome, computation, findings, rejects: placeCells(rejects, loaded, plan) };
  }
  const second = new Sink();
  const computation = hard ? undefined : compute(plan, loaded.tables, computing, second);
  // Of rows that point to bad ones nothing is known: only what was found apart from them is said.
  const said = hasErrors ? independentOf(read, second.all(), loaded, plan) : second.all();
  const findings = placeCells(sorted(read, said, aroundFindings(inForce, computation, options)), loaded, plan);
  return { ...outcome, computation: hasErrors ? undefined : computation, findings, rejects: [] };
};

/**
 * Whether a plan was in force in the periods that it pays, and will be in those that come; and whether what it pays can be
 * handed on as it says.
 */
const aroundFindings = (
  inForce: InForce,
  computation: Computed | undefined,
  { approved }: RunOptions,
): readonly Finding[] => {
  const sink = new Sink();
  const [first] = computation?.periods ?? [];
  const last = computation?.periods.at(-1);
  const { change, name, file } = inForce.plan;
  if (first === undefined || last === undefined) return [];
  if (change !== undefined && first.period.from < change.effective) {
    const message = `“${name}” is in force from ${formatDay(change.effective)}, and ${first.period.label} is before`;
    sink.add('plan-not-in-force', message, {
      ...(change.place ?? { file }),
      path: 'change > effective',
      severity: approved === undefined ? 'warning' : 'error',
      hint: 'put the plans of a programme in a folder plans/, so that each period is paid by its own',
    });
  }
  checkEnd(inForce, last.period.to, sink);
  if (computation !== undefined) sayExportGaps(computation, sink);
  return sink.all();
};
