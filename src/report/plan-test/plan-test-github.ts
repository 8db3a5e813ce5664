import type { Finding } from '../../findings/finding.ts';
import type { SuiteResult } from '../../plan-test/suite.ts';
import { placeOfExpectation } from '../../plan-test/test-file.ts';
import { checkText } from './plan-test-figure.ts';

type Shown = (file: string) => string;

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** A command that GitHub Actions shows at a line of a change. */
const annotation = (
  level: 'error' | 'warning' | 'notice',
  title: string,
  message: string,
  place: Pick<Finding, 'file' | 'line' | 'column'>,
  shown: Shown,
): string => {
  const { file, line, column } = place;
  const at = [
    ...(file === undefined ? [] : [`file=${property(shown(file))}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${at.join(',')}::${data(message)}`;
};

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
