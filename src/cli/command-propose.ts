import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diffPlans } from '../change/diff.ts';
import { typicalPay } from '../change/typical.ts';
import { checkPlan } from '../check/check.ts';
import { examplePeople } from '../check/example-people.ts';
import { Sink } from '../findings/sink.ts';
import { gitMaybe } from '../io/git.ts';
import { payData } from '../report/change/diff-json.ts';
import { documentHtml } from '../report/change/document-html.ts';
import { documentMarkdown } from '../report/change/document-markdown.ts';
import { documentText } from '../report/change/document-text.ts';
import type { Proposal } from '../report/change/proposal.ts';
import { proposalBlocks } from '../report/change/proposal-blocks.ts';
import { questionsOf } from '../report/change/proposal-questions.ts';
import { findingsData } from '../report/findings/findings-json.ts';
import type { Plan } from '../rules/plan.ts';
import { formatMinor } from '../values/money.ts';
import { toPercent } from '../values/num.ts';
import { act } from './act.ts';
import { payBoth } from './command-diff.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { findPlan } from './find-plan.ts';
import { meaningHash } from './meaning-hash.ts';
import { collect } from './options.ts';
import { type PlanAt, readPlanAt } from './plan-at.ts';
import { planBefore } from './plans-beside.ts';
import { sayFindings } from './say-findings.ts';
import { layoutFor } from './terminal.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly insteadOf?: string;
  readonly withData?: true;
  readonly names?: true;
  readonly table: readonly string[];
  readonly period?: string;
  readonly format: 'markdown' | 'text' | 'html' | 'json';
  readonly out?: string;
  readonly quiet?: true;
}

/** `align-pay propose [plan]`: a change of the plan as a document that both departments can read. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('[plan]', 'the plan that is proposed; without it, align-pay.yaml here or in a folder above')
    .option('--instead-of <plan>', 'the plan as it is: a file, or one at a revision as in main:align-pay.yaml')
    .option('--with-data', 'pay past rows by both, and show who would have gained and lost')
    .option(
      '--names',
      'name people and show what each would have been paid; without it, departments and somebody typical',
    )
    .option('--table <name=file>', 'the file of a table, as in deals=2026.csv', collect, [])
    .option('--period <period>', 'which periods are paid, as in 2026-Q1 or 2026-Q1..2026-Q3')
    .addOption(
      command
        .createOption('--format <format>', 'how it is written')
        .choices(['markdown', 'text', 'html', 'json'])
        .default('markdown'),
    )
    .option('--out <file>', 'where it goes; without it, to standard output')
    .option('--quiet', 'print nothing but errors')
    .action((plan: string | undefined, options: Options) => act(command, () => run(plan, options)));
};

const run = async (named: string | undefined, options: Options): Promise<void> => {
  const sink = new Sink();
  const now = readPlanAt(named ?? findPlan(undefined, undefined), undefined, sink);
  const old = now.plan === undefined ? undefined : oldPlan(now.plan, now, options, sink);
  const proposal =
    old?.plan && now.plan && !sink.hasErrors ? await proposalOf(old.plan, now, options, sink) : undefined;
  const failed = sink.hasErrors || proposal === undefined;
  const text = failed ? undefined : written(proposal, options, sink);
  if (options.format === 'json' && text === undefined)
    process.stdout.write(`${JSON.stringify({ findings: findingsData(sink.all()) }, null, 2)}\n`);
  else if (text !== undefined) {
    if (options.out === undefined) process.stdout.write(text);
    else {
      if (!existsSync(path.dirname(options.out)))
        throw new UsageError(`--out: there is no folder ${path.dirname(options.out)}`);
      writeFileSync(options.out, text);
      if (options.quiet !== true) process.stdout.write(`${options.out}\n`);
    }
  }
  if (options.format !== 'json') {
    const textOf = (file: string): string | undefined => now.files.textOf(file) ?? old?.files.textOf(file);
    sayFindings(sink.all(), { textOf, outcome: 'nothing was proposed', quiet: options.quiet });
  }
  process.exitCode = failed ? exitCode.findings : exitCode.done;
};

/**
 * The plan in whose place the proposal comes: the one that was named; else, in a folder of plans, the one in force before it;
 * else what it extends; else what git had of it.
 */
const oldPlan = (plan: Plan, { name }: PlanAt, { insteadOf }: Options, sink: Sink): PlanAt => {
  if (insteadOf !== undefined) return readPlanAt(insteadOf, undefined, sink);
  const before = planBefore(plan);
  if (before !== undefined) return readPlanAt(before.file, undefined, sink);
  const extended = plan.sources[1]?.file;
  if (extended !== undefined) return readPlanAt(extended, undefined, sink);
  const inside = gitMaybe('.', 'ls-files', '--full-name', '--error-unmatch', name)?.trim();
  if (inside !== undefined && gitMaybe('.', 'rev-parse', '--verify', '--quiet', `HEAD:${inside}`) !== undefined)
    return readPlanAt(`HEAD:${inside}`, undefined, sink);
  throw new UsageError('in place of which plan? Name it: --instead-of main:align-pay.yaml, say');
};

const proposalOf = async (
  before: Plan,
  { plan, file }: PlanAt,
  options: Options,
  sink: Sink,
): Promise<Proposal | undefined> => {
  if (plan === undefined) return undefined;
  const diff = diffPlans(before, plan);
  const paid = options.withData === true ? await payBoth(diff, { file }, options, sink) : undefined;
  if (sink.hasErrors) return undefined;
  const typical = paid === undefined ? [] : typicalPay(diff, paid.attribution, paid.tables);
  const checked = checkPlan(plan).findings.map(({ severity, code, message }) => `${severity}: ${message} (${code})`);
  return {
    diff,
    attribution: paid?.attribution,
    examples: diff.paysTheSame ? undefined : examplePeople(diff.before, diff.after),
    typical,
    checked,
    names: options.names === true,
  };
};

const written = (proposal: Proposal, { format, out }: Options, sink: Sink): string => {
  const { diff, attribution, checked } = proposal;
  if (format === 'json') {
    const data = {
      plan: diff.after.name,
      instead_of: diff.before.name,
      meaning: meaningHash(diff.after),
      because: diff.after.change?.because ?? null,
      changes: diff.differences.map(({ says }) => says),
      pays_the_same: diff.paysTheSame,
      pay: attribution === undefined || !proposal.names ? null : payData(attribution, diff.before),
      examples: exampleData(proposal),
      checked,
      questions: questionsOf(proposal),
      findings: findingsData(sink.all()),
    };
    return `${JSON.stringify(data, null, 2)}\n`;
  }
  const blocks = proposalBlocks(proposal);
  if (format === 'html') return documentHtml(blocks);
  if (format === 'markdown') return documentMarkdown(blocks);
  return documentText(blocks, layoutFor(out));
};

/** What invented people would be paid, as data. */
const exampleData = ({ examples, diff: { after } }: Proposal) =>
  (examples?.people ?? []).map(({ department, outcomes }) => ({
    department,
    outcomes: outcomes.map(({ moved, before, after: now }) => ({
      results_of: moved?.department ?? null,
      at: moved === undefined ? null : toPercent(moved.to),
      before: formatMinor(before, after.digits),
      after: formatMinor(now, after.digits),
    })),
  }));
