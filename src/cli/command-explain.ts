import type { Computed } from '../engine/compute.ts';
import type { PeriodResult, Person } from '../engine/result.ts';
import { type Asked, isNotThere, type NotThere, payoutsAsked, personNamed } from '../explain/asked.ts';
import { explainJson } from '../report/explain/explain-json.ts';
import { explainMarkdown } from '../report/explain/explain-markdown.ts';
import { explainText } from '../report/explain/explain-text.ts';
import { type Told, tellingOf, toldOnce } from '../report/explain/told.ts';
import { tellPerson } from '../report/explain/told-person.ts';
import { findingsText } from '../report/findings/findings-text.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { addInputOptions, DEALS_HELP, type InputOptions, runOptions } from './input-options.ts';
import { Progress } from './progress.ts';
import type { Run } from './run.ts';
import { loadAndCompute } from './run-plans.ts';
import { styleFor, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

interface Options extends InputOptions {
  readonly reward?: string;
  readonly line?: string;
  readonly deal?: string;
  readonly format: 'text' | 'json' | 'md';
}

/** `align-pay explain PERSON`: how a payout came about, down to the plan's lines and the input's rows. */
export const define: CommandFile['define'] = (command) => {
  command.argument('<person>', 'whose pay: a person_id, or a name that only one person has');
  addInputOptions(
    command.argument('[deals]', DEALS_HELP),
    'which period, as in 2026-Q1; without it, the last one that the person is paid in',
    'leave bad rows out, as compute does',
  )
    .option('--reward <name>', 'one reward, as in the plan; adjustments for those')
    .option('--line <number>', 'one line of the payout, as lines.csv counts them')
    .option('--deal <id>', 'the lines about one deal')
    .addOption(
      command.createOption('--format <format>', 'how it is told').choices(['text', 'json', 'md']).default('text'),
    )
    .action(async (person: string, deals: string | undefined, options: Options) => {
      try {
        await run(person, deals, options);
      } catch (error) {
        if (error instanceof UsageError) command.error(`error: ${error.message}`);
        throw error;
      }
    });
};

/** Lines of one payout that are told on a terminal. */
const MOST_LINES = 40;

const run = async (who: string, deals: string | undefined, options: Options): Promise<void> => {
  const line = lineNumber(options.line);
  const progress = new Progress(true);
  const outcome = await loadAndCompute(runOptions(deals, options, progress.tell)).finally(() => progress.end());
  const { computation } = outcome;
  if (computation === undefined) {
    if (options.format === 'json') process.stdout.write(explainJson(undefined, [], outcome.findings));
    else sayErrors(outcome);
    process.exitCode = exitCode.findings;
    return;
  }
  const person = there(personNamed(computation, who));
  const asked: Asked = { person, reward: options.reward, line, deal: options.deal };
  const periods = options.period === undefined ? lastPaid(computation, person, asked) : computation.periods;
  const found = there(payoutsAsked(computation, periods, asked));
  const most = options.format === 'text' ? MOST_LINES : Number.POSITIVE_INFINITY;
  print(outcome, computation, tellPerson(found, tellingOf(computation, outcome.shown), most), options);
};

const print = ({ findings }: Run, computed: Computed, derivations: readonly Told[], { format }: Options): void => {
  const { digits } = computed.plan;
  const text = {
    text: () =>
      explainText(toldOnce(derivations), { style: styleFor('stdout'), width: widthOf(process.stdout), digits }),
    json: () => explainJson(computed, derivations, findings),
    md: () => explainMarkdown(toldOnce(derivations), digits),
  }[format]();
  process.stdout.write(text);
};

/** What was asked for, or an error that says that it is not there. */
const there = <T extends object>(found: T | NotThere): T => {
  if (isNotThere(found)) throw new UsageError(`${found.problem}; ${found.hint}`);
  return found;
};

const lineNumber = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`--line ${text}: write the number of a line, as in 3`);
  return Number(text);
};

/** The last period in which what is asked for is paid; the last of all where it never is. */
const lastPaid = (computed: Computed, person: Person, asked: Asked): readonly PeriodResult[] => {
  const { periods } = computed;
  const last = periods.findLast((result) => {
    const found = payoutsAsked(computed, [result], { ...asked, person });
    return !isNotThere(found);
  });
  return last === undefined ? periods : [last];
};

const sayErrors = ({ findings, textOf }: Run): void => {
  const options = { style: styleFor('stderr'), width: widthOf(process.stderr), textOf, outcome: 'nothing was paid' };
  process.stderr.write(
    findingsText(
      findings.filter(({ severity }) => severity === 'error'),
      options,
    ),
  );
};
