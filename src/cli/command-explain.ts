import type { Computed } from '../engine/compute.ts';
import { type Asked, type Found, isNotThere, type NotThere, payoutsAsked, personNamed } from '../explain/asked.ts';
import { explainJson } from '../report/explain/explain-json.ts';
import { explainMarkdown } from '../report/explain/explain-markdown.ts';
import { explainText } from '../report/explain/explain-text.ts';
import { tellingOf, toldOnce } from '../report/explain/told.ts';
import { tellPerson } from '../report/explain/told-person.ts';
import { act } from './act.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { addInputOptions, DEALS_HELP, type InputOptions, runOptions } from './input-options.ts';
import { Progress } from './progress.ts';
import { loadAndComputeAll } from './run-plans.ts';
import { sayFindings } from './say-findings.ts';
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
    .action((person: string, deals: string | undefined, options: Options) =>
      act(command, () => run(person, deals, options)),
    );
};

/** Lines of one payout that are told on a terminal. */
const MOST_LINES = 40;

const run = async (who: string, deals: string | undefined, options: Options): Promise<void> => {
  const line = lineNumber(options.line);
  const progress = new Progress(true);
  const outcome = await loadAndComputeAll(runOptions(deals, options, progress.tell)).finally(() => progress.end());
  const { runs, findings } = outcome;
  const paying = runs.flatMap(({ computation, shown }): Paying[] =>
    computation === undefined ? [] : [{ computation, shown }],
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
  const derivations = found(paying, who, { ...options, line }).flatMap(({ paid, shown, computation }) =>
    tellPerson(paid, tellingOf(computation, shown), most),
  );
  const { digits } = first.computation.plan;
  const text = {
    text: () =>
      explainText(toldOnce(derivations), { style: styleFor('stdout'), width: widthOf(process.stdout), digits }),
    json: () => explainJson(first.computation, derivations, findings),
    md: () => explainMarkdown(toldOnce(derivations), digits),
  }[options.format]();
  process.stdout.write(text);
};

/** A run that pays something; several where plans were in force one after the other. */
interface Paying {
  readonly computation: Computed;
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
