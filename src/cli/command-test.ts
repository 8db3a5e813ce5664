import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Sink } from '../findings/sink.ts';
import { coveredOf, percentOf } from '../plan-test/coverage.ts';
import { type MutationResult, mutate } from '../plan-test/mutation.ts';
import { fileFails, readTestFiles, runSuite, type SuiteResult, type TestText } from '../plan-test/suite.ts';
import { coverageLcov, coverageText } from '../report/plan-test/plan-test-coverage.ts';
import { planTestGithub } from '../report/plan-test/plan-test-github.ts';
import { planTestJson } from '../report/plan-test/plan-test-json.ts';
import { planTestJunit } from '../report/plan-test/plan-test-junit.ts';
import { mutationData, mutationText } from '../report/plan-test/plan-test-mutation.ts';
import { planTestText } from '../report/plan-test/plan-test-text.ts';
import { parseDecimal } from '../values/num.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { PlanFiles } from './plan-files.ts';
import { Progress } from './progress.ts';
import { resolvePath } from './resolve-path.ts';
import { styleFor, widthOf } from './terminal.ts';
import { findTestFiles } from './test-files.ts';
import { UsageError } from './usage-error.ts';
import { watch } from './watch.ts';

interface Options {
  readonly format: 'text' | 'json' | 'junit' | 'github';
  readonly filter?: string;
  readonly coverage?: true;
  readonly coverageLcov?: string;
  readonly minCoverage?: string;
  readonly mutate?: true;
  readonly minNoticed?: string;
  readonly watch?: true;
  readonly quiet?: true;
}

/** `align-pay test [files]`: runs a plan's own examples, to the cent. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('[files...]', 'test files, or folders that hold some; without any, every *.test.yaml here and below')
    .addOption(
      command
        .createOption('--format <format>', 'how the outcome is told')
        .choices(['text', 'json', 'junit', 'github'])
        .default('text'),
    )
    .option('--filter <words>', 'only cases whose name has these words in it')
    .option('--coverage', 'show which rules of the plan the cases exercise')
    .option('--coverage-lcov <file>', 'write coverage as an lcov tracefile')
    .option('--min-coverage <percent>', 'fail below this coverage, as in 90%')
    .option('--mutate', 'change the plan in small things and show which changes no case notices')
    .option('--min-noticed <percent>', 'fail where fewer of these changes are noticed, as in 90%')
    .option('--watch', 'run again whenever a test or a plan changes')
    .option('--quiet', 'print nothing where all is well')
    .action(async (files: readonly string[], options: Options) => {
      try {
        const minimum = minimumsOf(options);
        if (options.watch === true) await watch(() => run(files, options, minimum));
        else run(files, options, minimum);
      } catch (error) {
        if (error instanceof UsageError) command.error(`error: ${error.message}`);
        throw error;
      }
    });
};

/** In thousandths of a percent, so that they are compared exactly. */
interface Minimum {
  readonly coverage: number | undefined;
  readonly noticed: number | undefined;
}

const minimumsOf = ({ minCoverage, minNoticed }: Options): Minimum => ({
  coverage: minCoverage === undefined ? undefined : thousandths('--min-coverage', minCoverage),
  noticed: minNoticed === undefined ? undefined : thousandths('--min-noticed', minNoticed),
});

const thousandths = (option: string, text: string): number => {
  const digits = /^(\d{1,3})(?:\.(\d{1,3}))?%?$/.exec(text.trim());
  const value = digits === null ? undefined : parseDecimal(`${digits[1]}${(digits[2] ?? '').padEnd(3, '0')}`);
  if (typeof value !== 'number' || value > 100_000) throw new UsageError(`${option} ${text}: write a share as in 90%`);
  return value;
};

/** Whether a part is below a minimum; nothing is rounded, so 99.9% is below 100%. */
const isBelow = (part: number, all: number, minimum: number | undefined): boolean =>
  minimum !== undefined && part * 100_000 < minimum * all;

const shown = (file: string): string => file.split(path.sep).join('/');

/** Runs the tests once; gives the files that were read. */
const run = (named: readonly string[], options: Options, minimum: Minimum): readonly string[] => {
  const files = new PlanFiles();
  const sink = new Sink();
  const texts = findTestFiles(named).flatMap((file): TestText[] => {
    const text = files.readPlan(file, sink);
    return text === undefined ? [] : [{ file, text }];
  });
  const wanted = options.filter?.toLowerCase();
  const selects = (name: string): boolean => wanted === undefined || name.toLowerCase().includes(wanted);
  const coverage = options.coverage === true || options.coverageLcov !== undefined || minimum.coverage !== undefined;
  const finder = { readText: (file: string) => files.read(file), resolvePath };
  const unreadable = sink
    .all()
    .map((finding) => ({ file: finding.file ?? '', plan: undefined, cases: [], findings: [finding], leftOut: 0 }));
  const ran = runSuite(texts, finder, { selects, coverage });
  const suite = { ...ran, files: [...unreadable, ...ran.files] };
  const count = suite.files.reduce((sum, { cases }) => sum + cases.length, 0);
  const fails = suite.files.some(fileFails);
  if (wanted !== undefined && count === 0 && !fails)
    throw new UsageError(`--filter ${options.filter}: no case has these words in its name`);
  const mutations = options.mutate === true && !fails ? mutateAll(texts, finder, selects, options) : [];
  tell(suite, mutations, fails, options, files);
  const short = shortOf(suite, mutations, minimum);
  for (const line of short) process.stderr.write(`${line}\n`);
  process.exitCode = fails || short.length > 0 ? exitCode.findings : exitCode.done;
  return files.hashes.map(([file]) => file);
};

/** Changes each plan and runs all cases of it, wherever they stand. */
const mutateAll = (
  texts: readonly TestText[],
  finder: Parameters<typeof mutate>[2],
  selects: (name: string) => boolean,
  { quiet }: Options,
): readonly MutationResult[] => {
  const progress = new Progress(quiet !== true);
  const tests = readTestFiles(texts, finder).flatMap(({ test }) => test ?? []);
  const plans = [...new Set(tests.map(({ plan }) => plan.value))];
  const results = plans.map((plan, i) => {
    const cases = tests.filter((test) => test.plan.value === plan).flatMap((test) => test.cases);
    return mutate(
      plan,
      cases.filter(({ name }) => selects(name)),
      finder,
      (part) => progress.tell('changing', (i + part) / plans.length),
    );
  });
  progress.end();
  return results;
};

const tell = (
  suite: SuiteResult,
  mutations: readonly MutationResult[],
  fails: boolean,
  options: Options,
  files: PlanFiles,
): void => {
  if (options.coverageLcov !== undefined) {
    mkdirSync(path.dirname(options.coverageLcov), { recursive: true });
    writeFileSync(options.coverageLcov, coverageLcov(suite.coverage, shown));
  }
  if (options.quiet === true && !fails) return;
  const out = { style: styleFor('stdout'), width: widthOf(process.stdout), shown };
  switch (options.format) {
    case 'json':
      process.stdout.write(
        `${JSON.stringify({ ...planTestJson(suite, shown), mutation: mutationData(mutations, shown) }, null, 2)}\n`,
      );
      return;
    case 'junit':
      process.stdout.write(planTestJunit(suite, shown));
      return;
    case 'github':
      process.stdout.write(planTestGithub(suite, shown));
      return;
    case 'text':
      process.stdout.write(planTestText(suite, { ...out, textOf: (file) => files.textOf(file) }));
      if (options.coverage === true) process.stdout.write(coverageText(suite.coverage, out));
      process.stdout.write(mutationText(mutations, out));
  }
};

/** Which minimums are not met, in words. */
const shortOf = (
  { coverage }: SuiteResult,
  mutations: readonly MutationResult[],
  minimum: Minimum,
): readonly string[] => [
  ...[...coverage].flatMap(([file, each]) => {
    const { covered, all } = coveredOf(each);
    if (!isBelow(covered, all, minimum.coverage)) return [];
    return [
      `${shown(file)}: coverage is ${percentOf(covered, all)} (${covered} of ${all}), below what --min-coverage asks for; --coverage shows what is missing`,
    ];
  }),
  ...mutations.flatMap(({ plan, noticed, tried }) =>
    isBelow(noticed, tried, minimum.noticed)
      ? [`${shown(plan)}: ${percentOf(noticed, tried)} of the changes are noticed, fewer than --min-noticed asks for`]
      : [],
  ),
];
