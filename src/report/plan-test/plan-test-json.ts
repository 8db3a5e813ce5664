import type { CaseResult } from '../../plan-test/case-run.ts';
import type { Check } from '../../plan-test/check.ts';
import { type Coverage, coveredOf, percentOf } from '../../plan-test/coverage.ts';
import { fileFails, type SuiteResult } from '../../plan-test/suite.ts';
import { placeOfExpectation } from '../../plan-test/test-file.ts';
import { toldData } from '../explain/explain-json.ts';
import { tellCheck } from '../explain/told-check.ts';
import { findingsData } from '../findings/findings-json.ts';
import { checkText, comparedText } from './plan-test-figure.ts';

type Shown = (file: string) => string;

const checkData = (check: Check, { computation }: CaseResult, shown: Shown) => {
  const digits = computation?.plan.digits ?? 2;
  const { line, column } = placeOfExpectation(check.expectation);
  return {
    kind: check.expectation.kind,
    passed: check.passed,
    subject: check.subject,
    expected: comparedText(check.expected, digits),
    actual: comparedText(check.actual, digits),
    difference: check.difference === undefined ? null : comparedText(check.difference, digits),
    message: checkText(check, digits),
    line: line ?? null,
    column: column ?? null,
    derivation:
      check.passed || computation === undefined
        ? []
        : tellCheck(check, computation, shown).map((each) => toldData(each, digits)),
  };
};

const caseData = (result: CaseResult, shown: Shown) => {
  const { testCase, passed, checks, wrongError, findings } = result;
  return {
    name: testCase.name,
    line: testCase.place.line ?? null,
    passed,
    checks: checks.map((check) => checkData(check, result, shown)),
    wrong_error: wrongError ?? null,
    findings: findingsData(findings),
  };
};

/** Coverage for machines, one object a plan. */
export const coverageData = (file: string, coverage: Coverage) => {
  const { covered, all } = coveredOf(coverage);
  return {
    plan: file,
    covered,
    all,
    percent: percentOf(covered, all),
    ways: coverage.items.map(({ id, kind, path, way, place }) => ({
      kind,
      path,
      way,
      file: place.file,
      line: place.line ?? null,
      hits: coverage.hits.get(id) ?? 0,
    })),
  };
};

/** The outcome of plan tests as one object; what is wrong with files stands in `findings`. */
export const planTestJson = ({ files, coverage }: SuiteResult, shown: Shown): object => {
  const cases = files.flatMap((file) => file.cases);
  return {
    passed: cases.filter(({ passed }) => passed).length,
    failed: cases.filter(({ passed }) => !passed).length,
    left_out: files.reduce((sum, { leftOut }) => sum + leftOut, 0),
    files: files.map((file) => ({
      file: shown(file.file),
      plan: file.plan === undefined ? null : shown(file.plan),
      passed: !fileFails(file),
      cases: file.cases.map((each) => caseData(each, shown)),
    })),
    coverage: [...coverage].map(([file, each]) => coverageData(shown(file), each)),
    findings: findingsData(files.flatMap(({ findings }) => findings)),
  };
};
