import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Sink } from '../findings/sink.ts';
import { type DealsGuess, guessDeals } from '../first-plan/deals-guess.ts';
import { readRaw } from '../first-plan/file-guess.ts';
import { writePlan, writeTest } from '../first-plan/plan-write.ts';
import { runSuite } from '../plan-test/suite.ts';
import { findingsText } from '../report/findings/findings-text.ts';
import { formatGrouped } from '../values/money.ts';
import { add, type Num } from '../values/num.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { PlanFiles } from './plan-files.ts';
import { resolvePath } from './resolve-path.ts';
import type { Run } from './run.ts';
import { loadAndCompute } from './run-plans.ts';
import { styleFor, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly plan?: string;
}

/** `align-pay init deals.csv`: the first plan and a test of it, from what the file shows. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('<deals>', 'the deals as CSV: the plan is written for this file, and beside it')
    .option('--plan <file>', 'where the plan goes; without it, align-pay.yaml beside the deals')
    .action(async (deals: string, options: Options) => {
      try {
        await run(deals, options);
      } catch (error) {
        if (error instanceof UsageError) command.error(`error: ${error.message}`);
        throw error;
      }
    });
};

const run = async (deals: string, options: Options): Promise<void> => {
  if (!existsSync(deals)) throw new UsageError(`there is no file ${deals}`);
  if (statSync(deals).isDirectory()) throw new UsageError(`${deals} is a folder; name the CSV file with the deals`);
  const plan = options.plan ?? path.join(path.dirname(deals), 'align-pay.yaml');
  const test = `${plan.replace(/\.ya?ml$/, '')}.test.yaml`;
  for (const file of [plan, test]) {
    if (existsSync(file))
      throw new UsageError(`${file} is there already, and init overwrites nothing; --plan FILE names another`);
  }
  if (!existsSync(path.dirname(plan))) throw new UsageError(`there is no folder ${path.dirname(plan)}`);
  const guess = await look(deals);
  if (guess === undefined) return;
  const file = path.relative(path.dirname(plan), deals).split(path.sep).join('/');
  writeFileSync(plan, writePlan(guess, file), { flag: 'wx' });
  writeFileSync(test, writeTest(guess, path.basename(plan)), { flag: 'wx' });
  await tryOut(plan, test);
};

/** What the file shows; undefined, and said, where that is not enough. */
const look = async (deals: string): Promise<DealsGuess | undefined> => {
  // Its tables of characters are half as large as the program: loaded when they are needed.
  const { legacyEncodings } = await import('../io/decode-legacy.ts');
  const table = readRaw(readFileSync(deals), legacyEncodings);
  const sink = new Sink();
  if (table === undefined) {
    sink.add('not-text', 'no delimiter cuts this file into rows of the same length', {
      file: deals,
      hint: 'save it as CSV, with a header',
    });
  } else {
    const guess = guessDeals(table);
    if (!('missing' in guess)) return guess;
    const has = guess.header.filter((name) => name !== '').join(', ');
    for (const { column, why } of guess.missing) {
      sink.add('missing-column', `no column can be ${column}: ${why}`, {
        file: deals,
        line: 1,
        hint: `the file has ${has}`,
      });
    }
    if (guess.missing.length === 0) {
      sink.add('credit-never-reached', 'no row has a deal with an owner, a date and an amount', {
        severity: 'error',
        file: deals,
        hint: 'is it another file that has the won deals?',
      });
    }
  }
  process.stderr.write(
    findingsText(sink.all(), {
      style: styleFor('stderr'),
      width: widthOf(process.stderr),
      textOf: () => undefined,
      outcome: 'nothing was written',
    }),
  );
  process.exitCode = exitCode.findings;
  return undefined;
};

/** Computes with the new plan and runs its test, so that the first look at it is not the first try. */
const tryOut = async (plan: string, test: string): Promise<void> => {
  const outcome = await loadAndCompute({
    deals: undefined,
    plan,
    tables: [],
    period: undefined,
    skipBadRows: false,
    progress: () => {},
  });
  const files = new PlanFiles();
  const finder = { readText: (file: string) => files.read(file), resolvePath };
  const suite = runSuite([{ file: test, text: readFileSync(test, 'utf8') }], finder, {
    selects: () => true,
    coverage: false,
  });
  const passed = suite.files.every(
    ({ cases, findings }) => findings.length === 0 && cases.every((each) => each.passed),
  );
  process.stdout.write(`wrote ${plan}\nwrote ${test}\n`);
  const errors = outcome.findings.filter(({ severity }) => severity === 'error');
  if (outcome.computation !== undefined && passed) {
    process.stdout.write(`${paysText(outcome)}\n`);
    return;
  }
  process.stderr.write(
    `\nthe plan does not pay on this file yet:\n\n${findingsText(errors, { style: styleFor('stderr'), width: widthOf(process.stderr), textOf: outcome.textOf, outcome: 'nothing was paid' })}`,
  );
  process.exitCode = exitCode.findings;
};

const paysText = ({ computation, plan }: Run): string => {
  const payouts = computation?.periods.flatMap((period) => period.payouts) ?? [];
  const total = payouts.reduce<Num>((sum, payout) => add(sum, payout.amount), 0);
  const count = computation?.periods.length ?? 0;
  const people = new Set(payouts.map(({ person }) => person.id)).size;
  return `it pays ${formatGrouped(total, plan?.digits ?? 2)} ${plan?.currency ?? ''} to ${people} ${people === 1 ? 'person' : 'people'} in ${count === 1 ? 'one period' : `${count} periods`}; its test passes`;
};
