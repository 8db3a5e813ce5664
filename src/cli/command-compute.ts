import path from 'node:path';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import { recover } from '../io/write-out.ts';
import { findingsText } from '../report/findings/findings-text.ts';
import type { PayoutChange } from '../report/period/payout-changes.ts';
import type { ReportContext } from '../report/period/report.ts';
import { resultJson } from '../report/period/result-json.ts';
import { summaryText } from '../report/summary/summary-text.ts';
import { act } from './act.ts';
import type { CommandFile } from './commands.ts';
import { changesSince, earnedChanged } from './earlier-payouts.ts';
import { exitCode } from './exit-code.ts';
import { heldUnpaid } from './held-unpaid.ts';
import { addInputOptions, DEALS_HELP, type InputOptions, runOptions } from './input-options.ts';
import { meaningHash } from './meaning-hash.ts';
import { collect } from './options.ts';
import { Progress } from './progress.ts';
import { rejectedSummary } from './rejected-rows.ts';
import type { Run } from './run.ts';
import { loadAndComputeAll } from './run-plans.ts';
import { styleFor, widthOf } from './terminal.ts';
import { asOfDay } from './today.ts';
import { version } from './version.ts';
import { type RunReport, writeRuns } from './write-run.ts';

interface Options extends InputOptions {
  readonly hold: readonly string[];
  readonly out: string;
  readonly approved?: true;
  readonly asOf?: string;
  readonly allowedSigners?: string;
  readonly format: 'text' | 'json';
  readonly quiet?: true;
}

/** `align-pay compute [deals]`: from tables to payouts and the reports that show where each cent comes from. */
export const define: CommandFile['define'] = (command) => {
  const period = 'what to pay, as in 2026-Q1 or 2026-Q1..2026-Q3; without it, all periods with credits';
  addInputOptions(
    command.argument('[deals]', DEALS_HELP),
    period,
    'pay the good rows and write the others to rejects.csv',
  )
    .option('--hold <person>', "leave this person's payouts out, into held.csv", collect, [])
    .option('--out <folder>', 'where the reports go', 'payouts')
    .option(
      '--approved',
      'pay nobody by a plan that is not signed by all that it names, in hand in time, free of objections',
    )
    .option('--as-of <day>', 'the day as of which that is asked, as in 2027-01-31; today where not said')
    .option('--allowed-signers <file>', 'whose keys are trusted; without it, allowed_signers beside the plan or above')
    .addOption(
      command
        .createOption('--format <format>', 'what goes to standard output')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--quiet', 'print nothing but errors')
    .action((deals: string | undefined, options: Options) => act(command, () => run(deals, options)));
};

const run = async (deals: string | undefined, options: Options): Promise<void> => {
  recover(options.out);
  const progress = new Progress(options.quiet !== true);
  const approved =
    options.approved === true ? { asOf: asOfDay(options.asOf), allowedSigners: options.allowedSigners } : undefined;
  const asked = { ...runOptions(deals, options, progress.tell), approved };
  const { runs, findings: found } = await loadAndComputeAll(asked).finally(() => progress.end());
  const reports = runs.flatMap((run): RunReport[] => {
    const { computation, inputs, shown, plan } = run;
    if (computation === undefined || plan === undefined) return [];
    const context = { computation, held: new Set(options.hold), version, inputs, shown, meaning: meaningHash(plan) };
    return [{ run, context }];
  });
  const contexts = reports.map(({ context }) => context);
  const changes = new Map(contexts.flatMap((context) => [...changesSince(context, options.out)]));
  const findings = [...withOutcome(runs, found, options), ...earnedChanged(contexts, changes, options)];
  if (reports.length === 0 || findings.some(({ severity }) => severity === 'error')) {
    if (options.format === 'json') print(resultJson([], { files: [], changes: new Map(), findings }));
    sayFindings(runs, false, findings, options);
    process.exitCode = exitCode.findings;
    return;
  }
  const files = await writeRuns(reports, options.out);
  progress.end();
  if (options.format === 'json') print(resultJson(contexts, { files, changes, findings }));
  else if (options.quiet !== true) print(summaries(contexts, changes, whereText(files, options.out)));
  sayFindings(runs, true, findings, options);
};

/** A summary for each plan that paid something; where the reports are stands under the last. */
const summaries = (
  contexts: readonly ReportContext[],
  changes: ReadonlyMap<string, readonly PayoutChange[]>,
  files: readonly string[],
): string =>
  contexts
    .map((context, i) => {
      const where = i === contexts.length - 1 ? files : [];
      return summaryText(context, { style: styleFor('stdout'), width: widthOf(process.stdout), changes, files: where });
    })
    .join('\n');

/** What was found, with what only the command line can tell: rows left out, and people to hold who are not paid. */
const withOutcome = (
  runs: readonly Run[],
  findings: readonly Finding[],
  { out, hold }: Options,
): readonly Finding[] => {
  const rejects = runs.flatMap((run) => run.rejects);
  const computed = runs.flatMap(({ computation }) => computation ?? []);
  const sink = new Sink();
  for (const finding of findings) sink.push(finding);
  for (const finding of rejectedSummary(rejects, path.join(out, 'rejects.csv'))) sink.push(finding);
  for (const finding of heldUnpaid(computed, hold)) sink.push(finding);
  return sink.all();
};

const print = (text: string): void => {
  process.stdout.write(text);
};

/** Findings are for people and go to standard error; with `--format json` they stand in the object. */
const sayFindings = (
  [run]: readonly Run[],
  paid: boolean,
  findings: readonly Finding[],
  { format, quiet }: Options,
): void => {
  const textOf = (file: string): string | undefined => run?.textOf(file);
  if (format === 'json') return;
  const told = quiet === true ? findings.filter(({ severity }) => severity === 'error') : findings;
  if (told.length === 0) return;
  const options = { style: styleFor('stderr'), width: widthOf(process.stderr), textOf, outcome: 'nothing was paid' };
  // Apart from the summary, where there is one.
  process.stderr.write(`${paid && quiet !== true ? '\n' : ''}${findingsText(told, options)}`);
};

/** Where the reports are: the folders, and what is in them. */
const whereText = (files: readonly string[], out: string): readonly string[] => {
  if (files.length === 0) return ['No period has a credit: nothing was written'];
  const folders = new Set(files.map((file) => path.dirname(file)));
  const names = new Set(files.map((file) => path.basename(file)));
  const where =
    folders.size <= 4
      ? [...folders].map((folder) => `  ${folder}${path.sep}`)
      : [`  ${out}${path.sep}: ${folders.size} folders, one for each period`];
  return ['Files', ...where, `  ${[...names].join(', ')}`];
};
