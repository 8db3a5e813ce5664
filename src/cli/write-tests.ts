import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckedPlan } from '../report/check/check-report.ts';
import { counterexampleTests, TESTS_HEAD } from '../report/check/check-tests.ts';
import { UsageError } from './usage-error.ts';

/** Writes what a check has found as tests of the plan; a file that somebody else has written stays as it is. */
export const writeTests = (file: string, plans: readonly CheckedPlan[], shown: (file: string) => string): void => {
  const [checked, ...others] = plans;
  if (others.length > 0) throw new UsageError('--write-tests writes the tests of one plan: name one');
  if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(TESTS_HEAD))
    throw new UsageError(`--write-tests ${file}: the file is there, and check has not written it`);
  const plan = checked?.plan;
  if (checked === undefined || plan === undefined) return;
  const planPath = shown(path.relative(path.dirname(path.resolve(file)), path.resolve(plan.file)));
  const tests = counterexampleTests(checked.findings, plan, { planPath, shown });
  if (tests === undefined) {
    process.stderr.write('no finding has a counterexample that a test could show\n');
    return;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, tests);
  process.stderr.write(`wrote ${shown(file)}\n`);
};
