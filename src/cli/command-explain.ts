import type { Computed } from '../engine/compute.ts';
import type { Person } from '../engine/result.ts';
import { type Asked, type Found, isNotThere, type NotThere, payoutsAsked, personNamed } from '../explain/asked.ts';
import { computeWith, whatIf } from '../explain/what-if.ts';
import { whyNot } from '../explain/why-not.ts';
import type { LoadedTables } from '../io/tables-load.ts';
import { explainJson } from '../report/explain/explain-json.ts';
import { explainMarkdown } from '../report/explain/explain-markdown.ts';
import { explainText } from '../report/explain/explain-text.ts';
import { type Told, tellingOf, toldOnce } from '../report/explain/told.ts';
import { tellPerson } from '../report/explain/told-person.ts';
import { tellWhatIf } from '../report/explain/told-what-if.ts';
import { tellWhyNot } from '../report/explain/told-why-not.ts';
import { act } from './act.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { addInputOptions, DEALS_HELP, type InputOptions, runOptions } from './input-options.ts';
import { Progress } from './progress.ts';
import { loadAndComputeAll } from './run-plans.ts';
import { sayFindings } from './say-findings.ts';
import { styleFor, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { tablesWith } from './what-if-tables.ts';

interface Options extends InputOptions {
  readonly reward?: string;
  readonly line?: string;
  readonly deal?: string;
  readonly whyNot?: string;
  readonly whatIf?: string;
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
    .option('--why-not <id>', 'why a deal (with its touches and leads) or a lead is not paid')
    .option('--what-if <change>', 'what would be paid with another cell, as in "deal d12 amount 90000"')
    .addOption(
      command.createOption('--format <format>', 'how it is told').choices(['text', 'json', 'md']).default('text'),
    )
    .action((person: string, deals: string | undefined, options: Options) =>
      act(command, () => run(person, deals, options)),
    );
};

/** Lines of one payout that are told on a terminal. */
const MOST_LINES = 40;

const run = async (who: string, deals: string | undefined, options: Options): Promise<void> => {
  const line = lineNumber(options.line);
  checkQuestion(options);
  const progress = new Progress(true);
  const outcome = await loadAndComputeAll(runOptions(deals, options, progress.tell)).finally(() => progress.end());
  const { runs, findings } = outcome;
  const paying = runs.flatMap(({ computation, shown, loaded }): Paying[] =>
    computation === undefined || loaded === undefined ? [] : [{ computation, shown, loaded }],
  );
  const [first] = paying;
  if (first === undefined) {
    const textOf = (file: string): string | undefined => runs[0]?.textOf(file);
    if (options.format === 'json') process.stdout.write(explainJson(undefined, [], findings));
    else sayFindings(findings, { textOf, outcome: 'nothing was paid', quiet: true });
    process.exitCode = exitCode.findings;
    return;
  }
  const most = options.format === 'text' ? MOST_LINES : Number.POSITIVE_INFINITY;
  const derivations = told(paying, who, { ...options, line }, most);
  const { digits } = first.computation.plan;
  const text = {
    text: () =>
      explainText(toldOnce(derivations), { style: styleFor('stdout'), width: widthOf(process.stdout), digits }),
    json: () => explainJson(first.computation, derivations, findings),
    md: () => explainMarkdown(toldOnce(derivations), digits),
  }[options.format]();
  process.stdout.write(text);
};

/** What was asked for: how pay came about, why something is not paid, or what a change would pay. */
const told = (
  paying: readonly Paying[],
  who: string,
  options: Omit<Options, 'line'> & { readonly line: number | undefined },
  most: number,
): readonly Told[] => {
  const { whyNot: id, whatIf: change, reward } = options;
  if (id !== undefined) {
    return answers(paying, who, ({ computation, shown }, person) => {
      const why = whyNot(computation, person, id, reward);
      return isNotThere(why) ? why : [tellWhyNot(why, person, id, tellingOf(computation, shown))];
    });
  }
  if (change !== undefined) {
    return answers(paying, who, ({ computation, shown, loaded }, person) => {
      const other = computeWith(computation, tablesWith(computation, loaded, change));
      if ('engine' in other)
        return tellWhatIf(whatIf(computation, other, person), person, change, tellingOf(computation, shown));
      return { problem: `--what-if "${change}": nothing can be paid then`, hint: other[0]?.message ?? '' };
    });
  }
  return found(paying, who, options).flatMap(({ paid, shown, computation }) =>
    tellPerson(paid, tellingOf(computation, shown), most),
  );
};

/** The answers of each plan; the problem of the last where none has an answer. */
const answers = (
  paying: readonly Paying[],
  who: string,
  answer: (one: Paying, person: Person) => readonly Told[] | NotThere,
): readonly Told[] => {
  const all: Told[] = [];
  let problem: NotThere | undefined;
  for (const one of paying) {
    const person = personNamed(one.computation, who);
    const made = isNotThere(person) ? person : answer(one, person);
    if (isNotThere(made)) problem = made;
    else all.push(...made);
  }
  if (all.length === 0 && problem !== undefined) throw new UsageError(`${problem.problem}; ${problem.hint}`);
  return all;
};

const checkQuestion = ({ whyNot: id, whatIf: change, reward, line, deal }: Options): void => {
  if (id !== undefined && (change ?? line ?? deal) !== undefined)
    throw new UsageError('--why-not asks of a deal or a lead: leave --line, --deal and --what-if out');
  if (change !== undefined && (reward ?? line ?? deal) !== undefined)
    throw new UsageError('--what-if tells everything that would change: leave --reward, --line and --deal out');
};

/** A run that pays something; several where plans were in force one after the other. */
interface Paying {
  readonly computation: Computed;
  readonly loaded: LoadedTables;
  readonly shown: (file: string) => string;
}

/** The payouts that are asked for, by the plan that pays them: without a period, those of the last one that has any. */
const found = (
  paying: readonly Paying[],
  who: string,
  { reward, line, deal, period }: Pick<Options, 'reward' | 'deal' | 'period'> & { readonly line: number | undefined },
): readonly (Paying & { readonly paid: readonly Found[] })[] => {
  const all: (Paying & { readonly paid: readonly Found[] })[] = [];
  let problem: NotThere | undefined;
  for (const one of [...paying].reverse()) {
    const person = personNamed(one.computation, who);
    if (isNotThere(person)) {
      problem ??= person;
      continue;
    }
    const asked: Asked = { person, reward, line, deal };
    const { periods } = one.computation;
    for (const some of period === undefined ? [...periods].reverse().map((each) => [each]) : [periods]) {
      const paid = payoutsAsked(one.computation, some, asked);
      if (!isNotThere(paid)) {
        all.unshift({ ...one, paid });
        if (period === undefined) return all;
      }
    }
    const whole = payoutsAsked(one.computation, periods, asked);
    if (isNotThere(whole)) problem ??= whole;
  }
  if (all.length > 0) return all;
  throw new UsageError(`${problem?.problem ?? 'nobody is paid'}; ${problem?.hint ?? 'is the period right?'}`);
};

const lineNumber = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`--line ${text}: write the number of a line, as in 3`);
  return Number(text);
};
