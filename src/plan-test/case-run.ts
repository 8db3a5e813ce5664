import type { Computed } from '../engine/compute.ts';
import type { Trace } from '../engine/trace.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import { check, outcomeOf } from './case-check.ts';
import { computeCase } from './case-compute.ts';
import type { Check } from './check.ts';
import type { Said, TestCase } from './test-file.ts';

/** What a case came to. */
export interface CaseResult {
  readonly testCase: TestCase;
  readonly passed: boolean;
  readonly checks: readonly Check[];
  /** Why it could not be computed, where that was not expected. */
  readonly findings: readonly Finding[];
  /** `expect_error` was not met. */
  readonly wrongError: { readonly expected: string; readonly actual: string } | undefined;
  readonly computation: Computed | undefined;
}

/** The plan with a case's params, and what is wrong with it. */
export interface LoadedPlan {
  readonly plan: Plan | undefined;
  readonly findings: readonly Finding[];
}

/** A plan, loaded with the params that a case changes. */
export type PlanWith = (params: ReadonlyMap<string, string>) => LoadedPlan;

/** What a case is run with: its plan, and whether somebody wants to know which ways it takes. */
export interface CaseContext {
  readonly planWith: PlanWith;
  readonly trace?: ((plan: Plan) => Trace) | undefined;
}

/** Runs a case: computes its rows with its plan and compares what it names. */
export const runCase = (testCase: TestCase, { planWith, trace }: CaseContext): CaseResult => {
  const nothing = { testCase, checks: [], wrongError: undefined, computation: undefined };
  if (testCase.findings.length > 0) return { ...nothing, passed: false, findings: testCase.findings };
  const { plan, findings } = planWith(new Map([...testCase.params].map(([name, { value }]) => [name, value])));
  const sink = new Sink();
  for (const finding of findings) sink.push(atParam(finding, testCase));
  const computation = plan && computeCase(testCase, plan, trace?.(plan), sink);
  const errors = sink.all().filter(({ severity }) => severity === 'error');
  if (testCase.expectsError !== undefined)
    return { ...nothing, ...checkError(testCase.expectsError, errors), computation };
  if (computation === undefined || errors.length > 0) return { ...nothing, passed: false, findings: errors };
  const outcome = outcomeOf(computation, testCase);
  const checks = testCase.expects.map((expectation) => check(expectation, outcome));
  return { ...nothing, passed: checks.every(({ passed }) => passed), checks, findings: [], computation };
};

const checkError = (
  expected: Said<string>,
  errors: readonly Finding[],
): Pick<CaseResult, 'passed' | 'findings' | 'wrongError'> => {
  if (errors.some(({ code }) => code === expected.value)) return { passed: true, findings: [], wrongError: undefined };
  const codes = [...new Set(errors.map(({ code }) => code))];
  const actual = codes.length === 0 ? 'it is computed without an error' : codes.join(', ');
  return { passed: false, findings: errors, wrongError: { expected: expected.value, actual } };
};

/** What is said of a param that the case overrides stands in the case. */
const atParam = (finding: Finding, { params }: TestCase): Finding => {
  const name = /^params > (.+)$/.exec(finding.path ?? '')?.[1];
  const said = name === undefined || finding.file !== undefined ? undefined : params.get(name);
  return said === undefined ? finding : { ...finding, ...said.place };
};
