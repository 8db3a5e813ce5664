import { type InForce, inForceOn, timelineOf } from '../change/timeline.ts';
import { type Computed, compute } from '../engine/compute.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import { type LoadedTables, loadTables } from '../io/tables-load.ts';
import { loadPlan } from '../rules/load/load.ts';
import type { Plan } from '../rules/plan.ts';
import { formatDay } from '../values/date.ts';
import { parsePeriods } from '../values/period.ts';
import type { ApprovalOptions } from './approval.ts';
import { dealsBeside, findPlans } from './find-plans.ts';
import { mustExist, tableFiles } from './options.ts';
import { PlanFiles } from './plan-files.ts';
import { resolvePath } from './resolve-path.ts';
import { computeBy, namer, type PaidBefore, type Run, type RunOptions, sorted } from './run.ts';
import { UsageError } from './usage-error.ts';

/** Everything that was asked for: a run for each plan that was in force in it, in order. */
export interface Runs {
  /** At least one; without a computation in any of them where something is wrong. */
  readonly runs: readonly Run[];
  /** Of all of them, each once. */
  readonly findings: readonly Finding[];
}

/**
 * Finds and reads the plan, or the plans that were in force one after the other, and their tables, and computes each period by the
 * plan that was in force in it. Throws a UsageError where the command line is wrong.
 */
export const loadAndComputeAll = async (options: RunOptions): Promise<Runs> => {
  if (options.deals !== undefined) mustExist(options.deals);
  const overrides = tableFiles(options.tables);
  const found = findPlans(options.plan, options.deals ?? overrides.get('deals'));
  if (found.files.length > 1 && options.deals === '-')
    throw new UsageError('- : several plans read the deals, and standard input can be read once: name a file');
  const files = new PlanFiles();
  const sink = new Sink();
  const plans = found.files.map((file) => {
    const text = files.readPlan(file, sink);
    return text === undefined ? undefined : loadPlan(file, text, files.read, { resolvePath }, sink);
  });
  const read = plans.filter((plan) => plan !== undefined);
  const timeline = found.isFolder ? timelineOf(read, sink) : read.map((plan) => ({ plan, ...ALWAYS }));
  const textOf = (file: string): string | undefined => files.textOf(file);
  const planFile = found.files[0] ?? found.at;
  if (sink.hasErrors || timeline.length === 0) {
    const plan = found.isFolder ? undefined : read[0];
    const nothing = { planFile, plan, loaded: undefined, computation: undefined, rejects: [], inputs: [] };
    return { runs: [{ ...nothing, findings: sink.all(), textOf, shown: namer(planFile) }], findings: sink.all() };
  }
  const asked = timeline.filter((one) => isAsked(one, options, found.isFolder));
  const loaded = new Map<Plan, { readonly loaded: LoadedTables; readonly read: readonly Finding[] }>();
  // What is paid by a plan may read what an earlier one paid.
  for (const { plan, from } of timeline) {
    if (!asked.some((one) => one.from >= from)) continue;
    const own = new Sink();
    const tables = await loadTables(
      {
        plan,
        deals: options.deals ?? (overrides.has('deals') ? undefined : dealsBeside(found, plan)),
        overrides,
        also: options.also,
        progress: (done, total) => options.progress('reading', total === 0 ? 1 : done / total),
      },
      own,
    );
    loaded.set(plan, { loaded: tables, read: own.all().filter((finding) => !isOfAnother(finding, plan, timeline)) });
  }
  const runs = asked.flatMap((inForce): Run[] => {
    const tables = loaded.get(inForce.plan);
    if (tables === undefined) return [];
    const paidBefore = paidBeforeBy(timeline, (plan) => loaded.get(plan)?.loaded);
    return [computeBy({ inForce, timeline, ...tables }, options, paidBefore, files, found.isFolder)];
  });
  const approved =
    options.approved === undefined ? [] : await approvalFindings(runs, timeline, { ...options.approved, overrides });
  const early = found.isFolder ? beforeFirst(timeline[0], runs[0], options) : [];
  const findings = withoutRepeats(sorted(sink.all(), ...runs.map((run) => run.findings), approved, early));
  if (!findings.some(({ severity }) => severity === 'error')) {
    // A plan of which no period is paid has nothing to show.
    const paying = runs.filter(({ computation }) => (computation?.periods.length ?? 0) > 0);
    return { runs: paying.length > 0 ? paying : runs.slice(-1), findings };
  }
  return { runs: runs.map((run) => ({ ...run, computation: undefined })), findings };
};

/** The run of one plan: where several were in force, the last that pays something that was asked for. */
export const loadAndCompute = async (options: RunOptions): Promise<Run> => {
  const { runs, findings } = await loadAndComputeAll(options);
  return { ...(runs[runs.length - 1] as Run), findings };
};

const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Whether a plan was in force in any of the periods that are asked for. */
const isAsked = ({ plan, from, to }: InForce, { period }: RunOptions, isFolder: boolean): boolean => {
  if (!isFolder || period === undefined) return true;
  const range = parsePeriods(period, plan.fiscalYearStarts);
  // What is no period is said where it is read.
  return range === undefined || (range.from.from <= to && range.to.to >= from);
};

/** A quota for a measure that another plan of the programme has is that one's. */
const isOfAnother = ({ code, value }: Finding, plan: Plan, timeline: readonly InForce[]): boolean =>
  code === 'unknown-measure' && timeline.some((one) => one.plan !== plan && one.plan.measures.has(value ?? ''));

/** Says which periods that are asked for, or have credits, lie before the first plan. */
const beforeFirst = (first: InForce | undefined, run: Run | undefined, { period }: RunOptions): readonly Finding[] => {
  const sink = new Sink();
  if (first === undefined || first.from === Number.NEGATIVE_INFINITY) return [];
  const place = { ...(first.plan.change?.place ?? { file: first.plan.file }), path: 'change > effective' };
  const from = formatDay(first.from);
  const hint = 'put the plan that was in force then beside the others';
  const asked = period === undefined ? undefined : parsePeriods(period, first.plan.fiscalYearStarts)?.from;
  if (asked !== undefined && asked.from < first.from)
    sink.add('plan-not-in-force', `no plan was in force in ${asked.label}: the first is from ${from}`, {
      ...place,
      hint,
    });
  if (period !== undefined || run?.computation === undefined) return sink.all();
  let early = 0;
  for (const rows of run.computation.credits.values()) early += rows.filter(({ date }) => date < first.from).length;
  if (early > 0) {
    const message = `${early} ${early === 1 ? 'credit is' : 'credits are'} dated before ${from}, when no plan was in force: nobody is paid for them`;
    sink.add('plan-not-in-force', message, { ...place, severity: 'warning', hint });
  }
  return sink.all();
};

const approvalFindings = async (
  runs: readonly Run[],
  timeline: readonly InForce[],
  options: ApprovalOptions,
): Promise<readonly Finding[]> => {
  const { approvalOf } = await import('./approval.ts');
  const sink = new Sink();
  for (const { plan, computation } of runs) {
    // Of several plans, those that pay something must be law.
    if (plan === undefined || (runs.length > 1 && computation?.periods.length === 0)) continue;
    const before = timeline[timeline.findIndex((one) => one.plan === plan) - 1]?.plan;
    await approvalOf(plan, options, before, sink);
  }
  return sink.all();
};

const withoutRepeats = (findings: readonly Finding[]): readonly Finding[] => {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

/** What each plan of the programme paid in its own time, worked out when it is asked for. */
const paidBeforeBy = (timeline: readonly InForce[], tablesOf: (plan: Plan) => LoadedTables | undefined): PaidBefore => {
  const known = new Map<string, Computed | undefined>();
  const paidBefore: PaidBefore = (reward, period) => {
    const inForce = inForceOn(timeline, period.from);
    const loaded = inForce && tablesOf(inForce.plan);
    if (inForce === undefined || loaded === undefined || !inForce.plan.rewards.has(reward)) return [];
    const key = `${inForce.plan.file}/${period.label}`;
    if (!known.has(key)) {
      const asked = { periods: { from: period, to: period }, inForce, paidBefore };
      known.set(key, compute(inForce.plan, loaded.tables, asked, new Sink()));
    }
    return known.get(key)?.engine.linesOf(reward, period) ?? [];
  };
  return paidBefore;
};
