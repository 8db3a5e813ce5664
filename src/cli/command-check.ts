import path from 'node:path';
import { checkEnd, type InForce, inForceOn, timelineOf } from '../change/timeline.ts';
import { checkPlan } from '../check/check.ts';
import type { CheckFinding } from '../check/levels.ts';
import { Sink } from '../findings/sink.ts';
import { checkGithub } from '../report/check/check-github.ts';
import { checkJson } from '../report/check/check-json.ts';
import { checkJunit } from '../report/check/check-junit.ts';
import type { CheckedPlan } from '../report/check/check-report.ts';
import { checkSarif } from '../report/check/check-sarif.ts';
import { checkText } from '../report/check/check-text.ts';
import { loadPlan } from '../rules/load/load.ts';
import { formatDay } from '../values/date.ts';
import { act } from './act.ts';
import { approvalOf } from './approval.ts';
import { type Baseline, readBaseline, withoutKnown } from './baseline.ts';
import { checkData } from './check-data.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { type FoundPlans, findPlans } from './find-plans.ts';
import { findingPage } from './finding-page.ts';
import { PlanFiles } from './plan-files.ts';
import { resolvePath } from './resolve-path.ts';
import { styleFor, widthOf } from './terminal.ts';
import { asOfDay } from './today.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';
import { watch } from './watch.ts';
import { writeTests } from './write-tests.ts';

interface Options {
  readonly format: 'text' | 'json' | 'sarif' | 'github' | 'junit';
  readonly maxWarnings?: string;
  readonly baseline?: string;
  readonly writeTests?: string;
  readonly withData?: true;
  readonly showExample?: true;
  readonly approved?: true;
  readonly asOf?: string;
  readonly allowedSigners?: string;
  readonly watch?: true;
  readonly quiet?: true;
}

/** `align-pay check [plans]`: finds what is wrong or dangerous in a plan, before anyone's pay depends on it. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('[plans...]', 'plan files; without any, align-pay.yaml here or in a folder above')
    .addOption(
      command
        .createOption('--format <format>', 'how the outcome is told')
        .choices(['text', 'json', 'sarif', 'github', 'junit'])
        .default('text'),
    )
    .option('--max-warnings <count>', 'fail where there are more warnings than this')
    .option('--baseline <file>', 'leave out what an earlier --format json has, and say only what is new')
    .option('--write-tests <file>', 'write each counterexample as a plan test that fails until the plan is mended')
    .option('--with-data', 'check the plan against its tables, too')
    .option('--show-example', 'print the rows of the neutral example, on which linkage is measured')
    .option(
      '--approved',
      'fail where a plan is not signed by all that it names, in hand in time, and free of objections',
    )
    .option('--as-of <day>', 'the day as of which that is asked, as in 2027-01-31; today where not said')
    .option('--allowed-signers <file>', 'whose keys are trusted; without it, allowed_signers beside the plan or above')
    .option('--watch', 'check again whenever a plan changes')
    .option('--quiet', 'print nothing but errors and warnings')
    .action((plans: readonly string[], options: Options) =>
      act(command, async () => {
        const most = maxWarningsOf(options);
        if (options.watch === true) await watch(() => run(plans, options, most));
        else await run(plans, options, most);
      }),
    );
};

const maxWarningsOf = ({ maxWarnings }: Options): number | undefined => {
  if (maxWarnings === undefined) return undefined;
  if (!/^\d{1,9}$/.test(maxWarnings)) throw new UsageError(`--max-warnings ${maxWarnings}: write a whole number`);
  return Number(maxWarnings);
};

const shown = (file: string): string => file.split(path.sep).join('/');

/** Checks once; gives the files that were read. */
const run = async (
  named: readonly string[],
  options: Options,
  most: number | undefined,
): Promise<readonly string[]> => {
  const files = new PlanFiles();
  const baseline: Baseline = options.baseline === undefined ? new Map() : readBaseline(options.baseline);
  const places = named.length === 0 ? [undefined] : [...new Set(named)];
  const plans: CheckedPlan[] = [];
  for (const name of places) plans.push(...(await checkPlace(findPlans(name, undefined), files, baseline, options)));
  if (options.writeTests !== undefined) writeTests(options.writeTests, plans, shown);
  const count = (severity: string): number =>
    plans.reduce((sum, { findings }) => sum + findings.filter((one) => one.severity === severity).length, 0);
  const tooMany = most !== undefined && count('warning') > most;
  tell(plans, options, tooMany, files);
  if (tooMany) process.stderr.write(`${count('warning')} warnings, more than --max-warnings ${most} lets through\n`);
  process.exitCode = count('error') > 0 || tooMany ? exitCode.findings : exitCode.done;
  return files.hashes.map(([file]) => file);
};

/** Checks a plan, or each of a folder of plans and how one takes the place of the other. */
const checkPlace = async (
  found: FoundPlans,
  files: PlanFiles,
  baseline: Baseline,
  options: Options,
): Promise<readonly CheckedPlan[]> => {
  const read = found.files.map((named) => {
    const file = path.normalize(named);
    const sink = new Sink();
    const text = files.readPlan(file, sink);
    return { file, sink, plan: text && loadPlan(file, text, files.read, { resolvePath }, sink) };
  });
  const plans = read.flatMap(({ plan }) => plan || []);
  const together = new Sink();
  const timeline = found.isFolder
    ? timelineOf(plans, together)
    : plans.map((plan) => ({ plan, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }));
  if (options.approved === true) await checkLaw(timeline, options, together);
  for (const { plan, sink } of read) if (plan && options.withData === true) await checkData(plan, sink);
  return read.map(({ file, sink, plan }, i) => {
    const result = plan ? checkPlan(plan) : undefined;
    for (const finding of result?.findings ?? []) sink.push(finding);
    // What is said of records stands with the plan that they are of; of one plan that is all.
    for (const finding of together.all())
      if (read.length === 1 || finding.file === file || (i === 0 && !read.some((one) => one.file === finding.file)))
        sink.push(finding);
    // The sink brings findings in order; what they are otherwise stays with them.
    const all: readonly CheckFinding[] = sink.all();
    const findings = withoutKnown(all, baseline, shown);
    return { file, plan: plan || undefined, result, findings, accepted: all.length - findings.length };
  });
};

/** Whether the plan in force is law, and stays so for some time. */
const checkLaw = async (timeline: readonly InForce[], options: Options, sink: Sink): Promise<void> => {
  const asOf = asOfDay(options.asOf);
  const inForce = inForceOn(timeline, asOf);
  if (inForce === undefined) {
    const [first] = timeline;
    if (first === undefined) return;
    sink.add(
      'plan-not-in-force',
      `no plan is in force on ${formatDay(asOf)}: the first is from ${formatDay(first.from)}`,
      {
        ...(first.plan.change?.place ?? { file: first.plan.file }),
        path: 'change > effective',
        hint: 'put the plan that was in force then beside the others, or ask as of a later day with --as-of',
      },
    );
    return;
  }
  const before = timeline[timeline.indexOf(inForce) - 1]?.plan;
  await approvalOf(inForce.plan, { asOf, allowedSigners: options.allowedSigners }, before, sink);
  checkEnd(inForce, asOf, sink);
};

const tell = (plans: readonly CheckedPlan[], options: Options, tooMany: boolean, files: PlanFiles): void => {
  const print = (text: string): void => {
    process.stdout.write(text);
  };
  switch (options.format) {
    case 'json':
      print(`${JSON.stringify(checkJson(plans, shown), null, 2)}\n`);
      return;
    case 'sarif':
      print(`${JSON.stringify(checkSarif(plans, { shown, version, pageOf: findingPage }), null, 2)}\n`);
      return;
    case 'github':
      print(checkGithub(plans, shown));
      return;
    case 'junit':
      print(checkJunit(plans, { shown, warningsFail: tooMany }));
      return;
    case 'text': {
      const told = options.quiet === true ? quietly(plans) : plans;
      const style = styleFor('stdout');
      const width = widthOf(process.stdout);
      const { showExample = false, quiet = false } = options;
      print(checkText(told, { style, width, shown, showExample, quiet, textOf: (file) => files.textOf(file) }));
    }
  }
};

/** Only plans of which there is something bad to say, and of that no notes. */
const quietly = (plans: readonly CheckedPlan[]): readonly CheckedPlan[] =>
  plans
    .map((plan) => ({ ...plan, findings: plan.findings.filter(({ severity }) => severity !== 'note') }))
    .filter(({ findings }) => findings.length > 0);
