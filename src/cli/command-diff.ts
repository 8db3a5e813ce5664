import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Attribution, attribute, type BothTables } from '../change/attribution.ts';
import { type Diff, diffPlans } from '../change/diff.ts';
import { Sink } from '../findings/sink.ts';
import { foldersOf, loadTables } from '../io/tables-load.ts';
import { type DiffReport, diffBlocks } from '../report/change/diff-blocks.ts';
import { diffJson } from '../report/change/diff-json.ts';
import { documentHtml } from '../report/change/document-html.ts';
import { documentMarkdown } from '../report/change/document-markdown.ts';
import { documentText } from '../report/change/document-text.ts';
import { act } from './act.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { collect, periodRange, tableFiles } from './options.ts';
import { placeCells } from './place-cells.ts';
import { type PlanAt, readPlanAt } from './plan-at.ts';
import { Progress } from './progress.ts';
import { checkSameMoney, checkSameTime } from './same-time.ts';
import { sayFindings } from './say-findings.ts';
import { styleFor, widthOf } from './terminal.ts';

interface Options {
  readonly withData?: true;
  readonly table: readonly string[];
  readonly period?: string;
  readonly at?: string;
  readonly format: 'text' | 'markdown' | 'html' | 'json';
  readonly quiet?: true;
}

/** `align-pay diff OLD NEW`: what a change of a plan means, whom it touches, and what it would have paid. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('<old>', 'the plan as it is: a file, or one at a revision as in main:align-pay.yaml')
    .argument('<new>', 'the plan as it is to be')
    .option(
      '--with-data',
      'pay past rows by both, and show who would have gained and lost, by which part of the change',
    )
    .option('--table <name=file>', 'the file of a table, as in deals=2026.csv', collect, [])
    .option('--period <period>', 'which periods are paid, as in 2026-Q1 or 2026-Q1..2026-Q3')
    .option('--at <file>', 'where both stand, for the paths in them; for copies that git difftool makes')
    .addOption(
      command
        .createOption('--format <format>', 'how it is told')
        .choices(['text', 'markdown', 'html', 'json'])
        .default('text'),
    )
    .option('--quiet', 'print nothing where no payout can change')
    .action((before: string, after: string, options: Options) => act(command, () => run(before, after, options)));
};

const run = async (before: string, after: string, options: Options): Promise<void> => {
  const sink = new Sink();
  const old = readPlanAt(before, options.at, sink);
  const now = readPlanAt(after, options.at, sink);
  const textOf = (file: string): string | undefined => now.files.textOf(file) ?? old.files.textOf(file);
  let report: DiffReport | undefined;
  if (old.plan !== undefined && now.plan !== undefined) {
    const diff = diffPlans(old.plan, now.plan);
    const paid = options.withData === true ? await payBoth(diff, now, options, sink) : undefined;
    const attribution = paid?.attribution;
    const shown = (file: string): string => path.relative(path.dirname(now.file), file).split(path.sep).join('/');
    report = { diff, names: { before: old.name, after: now.name }, attribution, shown };
  }
  const failed = sink.hasErrors;
  const told = failed ? undefined : report;
  if (options.format === 'json') process.stdout.write(diffJson(told, sink.all()));
  else {
    if (told !== undefined && !(options.quiet === true && told.diff.paysTheSame))
      process.stdout.write(page(told, options));
    sayFindings(sink.all(), { textOf, outcome: 'nothing was compared', quiet: options.quiet });
  }
  process.exitCode = failed ? exitCode.findings : exitCode.done;
};

const page = (report: DiffReport, { format }: Options): string => {
  const blocks = diffBlocks(report);
  if (format === 'markdown') return documentMarkdown(blocks);
  if (format === 'html') return documentHtml(blocks);
  return documentText(blocks, { style: styleFor('stdout'), width: widthOf(process.stdout) });
};

/** What either plan pays, and the rows as either reads them. */
export interface PaidByBoth {
  readonly attribution: Attribution;
  readonly tables: BothTables;
}

/** The deals that stand where a plan does, else where the one does that it would replace: a variant has a folder of its own. */
const dealsBy = (planFile: string, replaced: string): string => {
  const files = [planFile, replaced].flatMap(foldersOf).map((folder) => path.join(folder, 'deals.csv'));
  return files.find((file) => existsSync(file)) ?? (files[0] as string);
};

/** Reads the rows that stand there and pays them by both plans; what stands in the way is in the sink. */
export const payBoth = async (
  diff: Diff,
  { file }: Pick<PlanAt, 'file'>,
  options: Pick<Options, 'table' | 'period' | 'quiet'>,
  sink: Sink,
): Promise<PaidByBoth | undefined> => {
  const { before, after } = diff;
  const [was, is] = [
    { name: 'the old plan', plan: before },
    { name: 'the new plan', plan: after },
  ];
  checkSameMoney(was, is);
  const overrides = tableFiles(options.table);
  const periods = options.period === undefined ? undefined : periodRange(options.period, before);
  if (periods !== undefined) checkSameTime(was, is, periods);
  const progress = new Progress(options.quiet !== true);
  const read = async (plan: typeof before) => {
    const found = new Sink();
    const deals =
      overrides.get('deals') ?? (plan.data.get('deals')?.file === undefined ? dealsBy(file, before.file) : undefined);
    const loaded = await loadTables({ plan, deals, overrides }, found);
    return { loaded, found: placeCells(found.all(), loaded, plan), failed: found.hasErrors };
  };
  const old = await read(before);
  const now = await read(after);
  // What is wrong with the rows is said once, as the plan reads them that is to be.
  const wrong = now.failed ? now : old.failed ? old : undefined;
  for (const finding of (wrong ?? now).found) sink.push(finding);
  if (wrong !== undefined) return undefined;
  const tables = { before: old.loaded.tables, after: now.loaded.tables };
  const outcome = attribute(diff, tables, { periods, progress: (part) => progress.tell('computing', part) });
  progress.end();
  if (outcome !== undefined && 'findings' in outcome) {
    const plan = outcome.of === 'before' ? before : after;
    const { loaded } = outcome.of === 'before' ? old : now;
    for (const finding of placeCells(outcome.findings, loaded, plan)) sink.push(finding);
    return undefined;
  }
  if (outcome === undefined) return undefined;
  checkSameTime(was, is, outcome);
  return { attribution: outcome, tables };
};
