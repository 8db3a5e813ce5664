import type { SuiteResult } from '../../plan-test/suite.ts';
import { placeOfExpectation } from '../../plan-test/test-file.ts';
import { annotation } from '../ci/github-annotation.ts';
import { checkText } from './plan-test-figure.ts';

type Shown = (file: string) => string;

/** A line for each thing that is wrong, as GitHub Actions annotates files. */
export const planTestGithub = ({ files }: SuiteResult, shown: Shown): string => {
  const lines = files.flatMap(({ findings, cases }) => [
    ...findings
      .filter(({ severity }) => severity === 'error')
      .map((finding) => annotation('error', finding.code, finding.message, finding, shown)),
    ...cases
      .filter(({ passed }) => !passed)
      .flatMap(({ testCase, checks, findings: own, wrongError, computation }) => [
        ...(wrongError === undefined
          ? []
          : [
              annotation(
                'error',
                testCase.name,
                `expected the error ${wrongError.expected}, got: ${wrongError.actual}`,
                testCase.place,
                shown,
              ),
            ]),
        ...own.map((finding) =>
          annotation(
            'error',
            testCase.name,
            `${finding.code}: ${finding.message}`,
            finding.file === undefined ? testCase.place : finding,
            shown,
          ),
        ),
        ...checks
          .filter(({ passed }) => !passed)
          .map((check) =>
            annotation(
              'error',
              testCase.name,
              checkText(check, computation?.plan.digits ?? 2),
              placeOfExpectation(check.expectation),
              shown,
            ),
          ),
      ]),
  ]);
  const all = files.flatMap((file) => file.cases);
  const failed = all.filter(({ passed }) => !passed).length;
  return [...lines, `${all.length - failed} of ${all.length} cases passed`, ''].join('\n');
};
