import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Computation } from '../engine/result.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import { csvChunks } from '../io/csv-write.ts';
import { OutputError, writing } from '../io/output-error.ts';
import { loadTables } from '../io/tables-load.ts';
import { departmentsOf } from '../linkage/departments.ts';
import { figureSet } from '../pilot/compare.ts';
import { type Figures, Pilot, type PilotAsk, periodsPaid, type VariantOutcome } from '../pilot/pilot.ts';
import { type Order, paretoFront, rankedBy, readOrder } from '../pilot/rank.ts';
import { isFailed } from '../pilot/runs.ts';
import { Shelf } from '../pilot/shelf.ts';
import { findingsText } from '../report/findings/findings-text.ts';
import { pilotTable } from '../report/pilot/pilot-csv.ts';
import { pilotJson } from '../report/pilot/pilot-json.ts';
import type { PilotResult } from '../report/pilot/pilot-result.ts';
import { pilotText } from '../report/pilot/pilot-text.ts';
import type { Plan } from '../rules/plan.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { findPlan } from './find-plan.ts';
import { collect, mustExist, periodRange, tableFiles } from './options.ts';
import {
  checkKnown,
  checkRanked,
  checkTogether,
  readAssume,
  readBudget,
  readDraws,
  readJobs,
} from './pilot-options.ts';
import { underPseudonymsOf } from './pilot-pseudonyms.ts';
import { tryVariants } from './pilot-run.ts';
import { notesOn, planForTables, plansByAxis, TODAY, variantsOf } from './pilot-variants.ts';
import { PlanFiles } from './plan-files.ts';
import { Progress } from './progress.ts';
import { resolvePath } from './resolve-path.ts';
import { checkSameMoney, checkSameTime } from './same-time.ts';
import { layoutFor, styleFor, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly deals?: string;
  readonly table: readonly string[];
  readonly period?: string;
  readonly vary: readonly string[];
  readonly assume?: string;
  readonly budget?: string;
  readonly draws?: string;
  readonly rank?: string;
  readonly format: 'text' | 'json' | 'csv' | 'html';
  readonly open?: true;
  readonly pseudonyms?: string;
  readonly jobs?: string;
  readonly out?: string;
  readonly full?: boolean;
  readonly quiet?: true;
}

/** `align-pay pilot [plan] [variants]`: tries other rules on past data before anyone's pay depends on them. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('[plan]', 'the plan as it is; without it, align-pay.yaml here or in a folder above')
    .argument('[variants...]', 'plan files to try, which extend the plan')
    .option(
      '--vary <place=values>',
      'try values of a param or a place of the plan, as in base_rate=5%..7%:0.5%',
      collect,
      [],
    )
    .option(
      '--period <period>',
      'the past to try them on, as in 2026-Q1..2026-Q4; without it, all periods with credits',
    )
    .option('--deals <file>', 'the deals as CSV; without it, the file that the plan says')
    .option('--table <name=file>', 'the file of another table, as in campaigns=export.csv', collect, [])
    .option('--budget <amount>', 'what may be paid at most; the draws tell how likely it holds')
    .option(
      '--draws <number>',
      'how many draws of deals are paid; without it, 1000 where there are at most five variants',
    )
    .option('--assume <response>', 'what variants pay if results respond, as in "sales +5%"')
    .option('--rank <order>', 'constraints and an objective, as in "cost <= 1.02 * today, max(min(alignment))"')
    .addOption(
      command
        .createOption('--format <format>', 'how the outcome is shown')
        .choices(['text', 'json', 'csv', 'html'])
        .default('text'),
    )
    .option('--full', 'show all figures as text, not only those that fit on a screen')
    .option('--pseudonyms <keyfile>', 'hide who people are, by the key in a file, which is made where there is none')
    .option('--out <file>', 'write to this file; without it, to standard output, and a page to pilot.html')
    .option('--open', 'with --format html: open the page in a browser')
    .option('--jobs <number>', 'how many variants are tried at once; without it, as many as is worth while')
    .option('--quiet', 'say nothing of how far it is, and no warnings')
    .action(async (plan: string | undefined, variants: readonly string[], options: Options) => {
      try {
        await run(plan, variants, options);
      } catch (error) {
        if (error instanceof UsageError || error instanceof OutputError) command.error(`error: ${error.message}`);
        throw error;
      }
    });
};

/** At most so many variants are drawn for unasked. */
const FEW = 5;
const DRAWS = 1000;

const run = async (named: string | undefined, files: readonly string[], options: Options): Promise<void> => {
  checkTogether(options);
  for (const file of [...files, ...(options.deals === undefined ? [] : [options.deals])]) mustExist(file);
  const overrides = tableFiles(options.table);
  const planFile = findPlan(named, options.deals ?? overrides.get('deals'));
  const reading = new PlanFiles();
  const shelf = new Shelf({ readText: reading.read, resolvePath });
  const say = (findings: readonly Finding[], outcome: string): void => sayFindings(findings, outcome, reading, options);
  const sink = new Sink();
  reading.readPlan(planFile, sink);
  const plan = sink.hasErrors ? undefined : shelf.plan(planFile, [], sink);
  const specs = plan === undefined ? [] : variantsOf(planFile, files, options.vary, shelf);
  const loadedFiles = files.flatMap((file) => {
    reading.readPlan(file, sink);
    const loaded = shelf.plan(file, [], sink);
    return loaded === undefined ? [] : [{ file, plan: loaded }];
  });
  if (plan === undefined || sink.hasErrors) return fail(sink.all(), say);
  const others = [...loadedFiles.map((one) => ({ name: one.file, plan: one.plan })), ...plansByAxis(specs, shelf)];
  const asItIs = { name: "today's plan", plan };
  for (const other of others) checkSameMoney(asItIs, other);
  const order = options.rank === undefined ? undefined : readRank(options.rank, plan, options);
  const budget = options.budget === undefined ? undefined : readBudget(options.budget, plan);
  const draws =
    options.draws === undefined ? drawsFor(specs.length, order, budget !== undefined) : readDraws(options.draws);
  const jobs = options.jobs === undefined ? undefined : readJobs(options.jobs);
  const asked = options.period === undefined ? undefined : periodRange(options.period, plan);

  const progress = new Progress(options.quiet !== true);
  const request = { plan: planForTables(plan, loadedFiles), deals: options.deals, overrides };
  const loaded = await loadTables(
    { ...request, progress: (done, total) => progress.tell('reading', total === 0 ? 1 : done / total) },
    sink,
  );
  if (sink.hasErrors) return fail(sink.all(), say);
  const plans = [plan, ...loadedFiles.map((one) => one.plan)];
  const hidden =
    options.pseudonyms === undefined
      ? undefined
      : underPseudonymsOf(options.pseudonyms, { tables: loaded.tables, plans, variants: specs, shelf });
  const { tables } = hidden ?? loaded;
  const periods = asked && {
    from: asked.from.label,
    to: asked.to.label,
    fiscalYearStarts: plan.fiscalYearStarts,
  };
  const ask: PilotAsk = { files: hidden?.files ?? shelf.data, periods, assume: [], draws: 0, deep: false };
  const own = firstRun(new Pilot(tables, ask), planFile);
  if ('findings' in own) return fail([...sink.all(), ...own.findings], say);
  const { computation } = own;
  const departments = departmentsOf(computation.people);
  const assume = options.assume === undefined ? [] : readAssume(options.assume, departments);
  if (order !== undefined) checkRanked(order, departments);
  const paid = computation.periods;
  if (paid.length === 0)
    throw new UsageError('no period has a credit by the plan as it is: there is nothing to try variants on');
  const [first, last] = [paid[0]?.period, paid.at(-1)?.period];
  if (first !== undefined && last !== undefined) {
    for (const other of others) checkSameTime(asItIs, other, { from: first, to: last });
  }
  const whole: PilotAsk = { ...ask, periods: periodsPaid(plan, computation), assume, draws, deep: specs.length <= FEW };
  if (options.format === 'html') {
    const { pageText } = await import('./pilot-page.ts');
    const text = pageText({
      plan,
      plans,
      variants: specs,
      tables,
      ask: { ...whole, assume: [] },
      pseudonyms: options.pseudonyms !== undefined,
    });
    progress.end();
    const file = options.out ?? 'pilot.html';
    writing(file, () => writeFileSync(file, text));
    if (options.quiet !== true) process.stdout.write(`wrote ${file}\n`);
    if (options.open === true) openInBrowser(file);
    say(sink.all(), '');
    return;
  }
  const today = { name: TODAY, file: planFile, settings: [] };
  const outcomes = await tryVariants(tables, whole, [today, ...specs], { jobs, progress: progress.tell }).finally(() =>
    progress.end(),
  );
  const [asIs, ...variants] = outcomes;
  if (asIs?.figures === undefined) return fail(asIs?.findings ?? [], say);
  const result = resultOf(asIs.figures, variants, {
    plan,
    computation,
    options,
    whole,
    order,
    budget,
    notes: notesOn(plan, loadedFiles, shelf),
    // What was read before anybody was hidden is said to whoever has the files, not in the outcome.
    todayFindings: [...sink.all().filter(({ message }) => hidden?.tells(message) !== true), ...asIs.findings],
  });
  print(result, options);
  const failed = variants.filter(({ figures }) => figures === undefined);
  say([...result.todayFindings, ...ofVariants(result.todayFindings, variants)], 'some variants are not payable');
  if (failed.length > 0) process.exitCode = exitCode.findings;
};

/** So many of the variants of which the same is said are named. */
const MOST_NAMED = 3;

/** What is said of variants and not of the plan as it is: of many variants once, with their names. */
const ofVariants = (said: readonly Finding[], variants: readonly VariantOutcome[]): readonly Finding[] => {
  const keyOf = (finding: Finding): string => JSON.stringify(finding);
  const known = new Set(said.map(keyOf));
  const found = new Map<string, { readonly finding: Finding; readonly names: string[] }>();
  for (const { spec, findings } of variants) {
    for (const finding of findings) {
      const key = keyOf(finding);
      if (known.has(key)) continue;
      const of = found.get(key) ?? { finding, names: [] };
      if (!of.names.includes(spec.name)) of.names.push(spec.name);
      found.set(key, of);
    }
  }
  return [...found.values()].map(({ finding, names }) => {
    const more = names.length - MOST_NAMED;
    const named = `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    return { ...finding, message: `${named}: ${finding.message}` };
  });
};

/** Draws cost a run of the engine each: many variants are drawn for only where something asks for it. */
const drawsFor = (variants: number, order: Order | undefined, budget: boolean): number => {
  const ranked = order !== undefined && ['budget_held', 'cost_p90'].some((name) => order.reads.has(name));
  return ranked || variants <= FEW || (budget && variants <= 4 * FEW) ? DRAWS : 0;
};

const readRank = (text: string, plan: Plan, options: Options): Order => {
  const order = readOrder(text, plan.digits);
  if ('problem' in order) throw new UsageError(`--rank: ${order.problem}`);
  checkKnown(order.reads, options);
  return order;
};

/** Today's plan, paid once: what periods there are, and who. */
const firstRun = (
  pilot: Pilot,
  file: string,
): { readonly computation: Computation } | { readonly findings: readonly Finding[] } => {
  const payable = pilot.payable({ name: TODAY, file, settings: [] });
  if (isFailed(payable)) return payable;
  const computation = pilot.runs.pay(payable);
  return isFailed(computation) ? computation : { computation };
};

interface Around {
  readonly plan: Plan;
  readonly computation: Computation;
  readonly options: Options;
  readonly whole: PilotAsk;
  readonly order: Order | undefined;
  readonly budget: PilotResult['budget'];
  readonly notes: PilotResult['notes'];
  readonly todayFindings: readonly Finding[];
}

const resultOf = (
  today: Figures,
  variants: readonly VariantOutcome[],
  { plan, computation, options, whole, order, budget, notes, todayFindings }: Around,
): PilotResult => {
  const sets = variants.map(({ figures }) => (figures === undefined ? new Map() : figureSet(today, figures, budget)));
  const front = paretoFront([figureSet(today, today, budget), ...sets]).map((index) => index - 1);
  return {
    plan: plan.name,
    currency: plan.currency,
    digits: plan.digits,
    periods: { from: whole.periods?.from ?? '', to: whole.periods?.to ?? '' },
    today,
    todayFindings,
    variants,
    notes,
    grid: options.vary.length > 0,
    names: new Map(computation.people.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const]))),
    budget,
    assume: options.assume,
    rank: order && { text: options.rank ?? '', order, ranked: rankedBy(order, sets) },
    front,
  };
};

const print = (result: PilotResult, { format, out, full = false }: Options): void => {
  const texts =
    format === 'json'
      ? [pilotJson(result)]
      : format === 'csv'
        ? csvTexts(result)
        : [pilotText(result, { ...layoutFor(out), full })];
  if (out === undefined) for (const text of texts) process.stdout.write(text);
  else writing(out, () => writeFileSync(out, texts.join('')));
};

const csvTexts = (result: PilotResult): readonly string[] => {
  const { header, rows } = pilotTable(result);
  const decoder = new TextDecoder();
  return [...csvChunks(header, rows)].map((chunk) => (typeof chunk === 'string' ? chunk : decoder.decode(chunk)));
};

/** Hands a file to whatever the system opens such files with. */
const openInBrowser = (file: string): void => {
  const [program, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const child = spawn(program ?? 'xdg-open', [...args, path.resolve(file)], { detached: true, stdio: 'ignore' });
  child.on('error', () => {
    process.stderr.write(`${program} is not there to open it: open ${file} yourself\n`);
  });
  child.unref();
};

const fail = (findings: readonly Finding[], say: (findings: readonly Finding[], outcome: string) => void): void => {
  say(findings, 'nothing was tried');
  process.exitCode = exitCode.findings;
};

const sayFindings = (
  findings: readonly Finding[],
  outcome: string,
  files: PlanFiles,
  { format, quiet }: Options,
): void => {
  const told = quiet === true || format !== 'text' ? findings.filter(({ severity }) => severity === 'error') : findings;
  if (told.length === 0) return;
  const options = {
    style: styleFor('stderr'),
    width: widthOf(process.stderr),
    textOf: (file: string) => files.textOf(file),
    outcome,
  };
  process.stderr.write(`\n${findingsText(told, options)}`);
};
