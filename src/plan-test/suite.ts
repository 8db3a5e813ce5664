import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import { type CaseResult, runCase } from './case-run.ts';
import { type Coverage, CoverageCount } from './coverage.ts';
import { type PlanFinder, planSource } from './plan-source.ts';
import type { TestFile } from './test-file.ts';
import { readTestFile } from './test-read.ts';

/** What the cases of one file came to. */
export interface FileResult {
  readonly file: string;
  /** Undefined where the file itself cannot be read. */
  readonly plan: string | undefined;
  readonly cases: readonly CaseResult[];
  /** What is wrong with the file as a whole, or with its plan. */
  readonly findings: readonly Finding[];
  /** Cases that `--filter` left out. */
  readonly leftOut: number;
}

/** What all test files came to. */
export interface SuiteResult {
  readonly files: readonly FileResult[];
  /** By plan file, where coverage was asked for. */
  readonly coverage: ReadonlyMap<string, Coverage>;
}

export interface SuiteOptions {
  /** Only cases whose name passes. */
  readonly selects: (name: string) => boolean;
  readonly coverage: boolean;
}

export interface TestText {
  readonly file: string;
  readonly text: string;
}

/** Reads the test files; what is wrong with one stands beside it. */
export const readTestFiles = (
  texts: readonly TestText[],
  finder: PlanFinder,
): readonly { readonly file: string; readonly test: TestFile | undefined; readonly findings: readonly Finding[] }[] =>
  texts.map(({ file, text }) => {
    const sink = new Sink();
    const test = readTestFile(file, text, finder.resolvePath, sink);
    return { file, test, findings: sink.all() };
  });

/** Runs the cases of all files. */
export const runSuite = (texts: readonly TestText[], finder: PlanFinder, options: SuiteOptions): SuiteResult => {
  const counts = new Map<string, CoverageCount>();
  const files = readTestFiles(texts, finder).map(({ file, test, findings }): FileResult => {
    if (test === undefined) return { file, plan: undefined, cases: [], findings, leftOut: 0 };
    const chosen = test.cases.filter(({ name }) => options.selects(name));
    const planFile = test.plan.value;
    const planWith = planSource(planFile, finder);
    // A plan that cannot be read is said once, not by every case.
    const broken = planWith(new Map()).plan === undefined ? planWith(new Map()).findings : [];
    const runnable = chosen.filter(({ expectsError }) => broken.length === 0 || expectsError !== undefined);
    const count = options.coverage ? (counts.get(planFile) ?? new CoverageCount()) : undefined;
    if (count !== undefined) counts.set(planFile, count);
    const cases = runnable.map((testCase) => {
      const result = runCase(testCase, { planWith, trace: count && ((plan) => count.trace(plan)) });
      if (result.computation !== undefined) count?.add(result.computation);
      return result;
    });
    const said = broken.map((finding) => (finding.file === undefined ? { ...finding, ...test.plan.place } : finding));
    return {
      file,
      plan: planFile,
      cases,
      findings: [...findings, ...said],
      leftOut: test.cases.length - chosen.length,
    };
  });
  const coverage = new Map([...counts].map(([file, count]) => [file, count.coverage]));
  return { files, coverage };
};

/** Whether a file has anything that must not be. */
export const fileFails = ({ cases, findings }: FileResult): boolean =>
  findings.some(({ severity }) => severity === 'error') || cases.some(({ passed }) => !passed);
