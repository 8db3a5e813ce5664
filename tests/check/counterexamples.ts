import { expect } from 'vitest';
import type { CheckFinding } from '../../src/check/levels.ts';
import { runSuite } from '../../src/plan-test/suite.ts';
import { counterexampleTests } from '../../src/report/check/check-tests.ts';
import type { Plan } from '../../src/rules/plan.ts';

/** Runs plan tests on a plan that is given as text: how many pass and fail. */
export const tried = (tests: string, planText: string) => {
  const finder = { readText: () => planText, resolvePath: (_: string, file: string) => file };
  const { files } = runSuite([{ file: 'x.test.yaml', text: tests }], finder, { selects: () => true, coverage: false });
  expect(files.flatMap(({ findings }) => findings)).toEqual([]);
  const cases = files.flatMap((file) => file.cases);
  return { passed: cases.filter(({ passed }) => passed).length, failed: cases.filter(({ passed }) => !passed).length };
};

/** The cases of findings as tests that expect what the finding says is paid. */
export const asSaid = (findings: readonly CheckFinding[], plan: Plan): string | undefined => {
  const said = findings.map((finding) => ({
    ...finding,
    counterexample: finding.counterexample && {
      cases: finding.counterexample.cases.map((one) => ({
        ...one,
        mended: one.paid,
        paid: one.paid.map((paid) => ({ ...paid, amount: -1 })),
      })),
    },
  }));
  return counterexampleTests(said, plan, { planPath: 'align-pay.yaml', shown: (file) => file });
};
