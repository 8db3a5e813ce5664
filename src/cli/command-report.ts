import path from 'node:path';
import type { PeriodResult } from '../engine/result.ts';
import { fileNames } from '../io/file-names.ts';
import { stageReports, writeReports } from '../io/write-out.ts';
import type { Reader, ReaderContext } from '../report/readers/reader.ts';
import { READERS } from '../report/readers/readers.ts';
import { LEAST_PEOPLE, type StatementRun, statementsOf } from '../report/statement/statement.ts';
import { act } from './act.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { heldUnpaid } from './held-unpaid.ts';
import { addInputOptions, DEALS_HELP, type InputOptions, runOptions } from './input-options.ts';
import { meaningHash } from './meaning-hash.ts';
import { collect } from './options.ts';
import { Progress } from './progress.ts';
import { rejectedSummary } from './rejected-rows.ts';
import { filesOf, REPORT_FORMATS, type ReportFormat } from './report-formats.ts';
import type { Run } from './run.ts';
import { loadAndComputeAll } from './run-plans.ts';
import { sayFindings } from './say-findings.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';
import { looseFiles } from './write-run.ts';

interface Options extends InputOptions {
  readonly for: readonly string[];
  readonly format: readonly string[];
  readonly hold: readonly string[];
  readonly least: string;
  readonly out: string;
  readonly quiet?: true;
}

/** `align-pay report`: the same run as compute's, for those who are paid, who lead, and who pay. */
export const define: CommandFile['define'] = (command) => {
  addInputOptions(
    command.argument('[deals]', DEALS_HELP),
    'which periods, as in 2026-Q1 or 2026-Q1..2026-Q3; without it, all periods with credits',
    'leave bad rows out, as compute does',
  )
    .option(
      '--for <reader>',
      `for whom: ${READERS.map(({ name }) => name).join(', ')}; without it, for all`,
      collect,
      [],
    )
    .option('--format <format>', `as what: ${REPORT_FORMATS.join(', ')}; html where not said`, collect, [])
    .option('--hold <person>', "leave this person's payouts out", collect, [])
    .option(
      '--least <people>',
      'fewer people than this are no group whose figures one of them may see',
      String(LEAST_PEOPLE),
    )
    .option('--out <folder>', 'where the reports go', 'reports')
    .option('--quiet', 'print nothing but errors')
    .action((deals: string | undefined, options: Options) => act(command, () => run(deals, options)));
};

const run = async (deals: string | undefined, options: Options): Promise<void> => {
  const readers = chosen('--for', options.for, READERS, ({ name }) => name);
  const formats =
    options.format.length === 0
      ? (['html'] as const)
      : chosen('--format', options.format, REPORT_FORMATS, (name) => name);
  const least = leastPeople(options.least);
  const progress = new Progress(options.quiet !== true);
  const also = new Set(readers.flatMap(({ reads = [] }) => reads));
  const outcome = await loadAndComputeAll({ ...runOptions(deals, options, progress.tell), also }).finally(() =>
    progress.end(),
  );
  const { runs } = outcome;
  const reports = runs.flatMap((each): readonly Ready[] => readyOf(each, new Set(options.hold), least));
  const findings = [
    ...outcome.findings,
    ...rejectedSummary(
      runs.flatMap((each) => each.rejects),
      path.join(options.out, 'rejects.csv'),
    ),
    ...heldUnpaid(
      reports.map(({ context }) => context.computation),
      options.hold,
    ),
  ];
  const written: string[] = [];
  for (const { context } of reports) {
    written.push(...(await writeAll(context, readers, formats, options, progress).finally(() => progress.end())));
  }
  if (reports.length === 0) process.exitCode = exitCode.findings;
  else {
    await writeReports(options.out, [], looseFiles(reports));
    if (options.quiet !== true) process.stdout.write(`${written.join('\n')}\n`);
  }
  const textOf = (file: string): string | undefined =>
    runs.map((each) => each.textOf(file)).find((text) => text !== undefined);
  sayFindings(findings, { textOf, outcome: 'nothing was written', quiet: options.quiet, apart: true });
};

/** A run that pays something, with what its reports are made from. */
interface Ready {
  readonly run: Run;
  readonly context: ReaderContext;
}

const readyOf = (run: Run, held: ReadonlySet<string>, least: number): readonly Ready[] => {
  const { computation, inputs, shown, plan } = run;
  if (computation === undefined || plan === undefined) return [];
  const meaning = meaningHash(plan);
  let statements: StatementRun | undefined;
  const context: ReaderContext = {
    meaning,
    computation,
    held,
    version,
    inputs,
    shown,
    least,
    statements: () => {
      statements ??= statementsOf(computation, { shown, least, meaning });
      return statements;
    },
  };
  return [{ run, context }];
};

/** Writes the reports of every period and reader, a folder each; gives what was written, in words. */
const writeAll = async (
  context: ReaderContext,
  readers: readonly Reader[],
  formats: readonly ReportFormat[],
  { out }: Options,
  progress: Progress,
): Promise<readonly string[]> => {
  const written: string[] = [];
  for (const result of context.computation.periods) {
    for (const reader of readers) {
      const folder = path.join(out, result.period.label);
      const count = await writeReader(context, result, reader, formats, folder, progress);
      written.push(
        `${count} ${reader.what}${count === 1 ? '' : 's'} (${formats.join(', ')}) in ${path.join(folder, reader.name)}${path.sep}`,
      );
    }
  }
  return written;
};

const writeReader = async (
  context: ReaderContext,
  result: PeriodResult,
  reader: Reader,
  formats: readonly ReportFormat[],
  folder: string,
  progress: Progress,
): Promise<number> => {
  const reports = reader.reports(context, result);
  const names = fileNames(reports.map(({ id }) => id));
  const staged = stageReports(folder);
  try {
    staged.folder(reader.name);
    for (const [i, report] of reports.entries()) {
      for (const format of formats) {
        for (const file of await filesOf(report, format, names.get(report.id) ?? report.id, result.period.to))
          staged.file(reader.name, file);
      }
      progress.tell('writing', (i + 1) / reports.length);
    }
    await staged.finish();
  } finally {
    staged.end();
  }
  return reports.length;
};

/** The things that an option names, in their own order; all of them where it names none. */
const chosen = <T>(
  option: string,
  words: readonly string[],
  all: readonly T[],
  nameOf: (one: T) => string,
): readonly T[] => {
  const asked = words.flatMap((word) => word.split(',')).map((word) => word.trim());
  const names = all.map(nameOf);
  for (const word of asked) {
    if (!names.includes(word)) throw new UsageError(`${option} ${word}: it is one of ${names.join(', ')}`);
  }
  return asked.length === 0 ? all : all.filter((one) => asked.includes(nameOf(one)));
};

const leastPeople = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`--least ${text}: write a number of people, as in 3`);
  return Number(text);
};
