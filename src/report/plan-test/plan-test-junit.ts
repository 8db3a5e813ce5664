import type { CaseResult } from '../../plan-test/case-run.ts';
import type { FileResult, SuiteResult } from '../../plan-test/suite.ts';
import { attributes, findingLine, xml } from '../ci/junit-xml.ts';
import { explainText } from '../explain/explain-text.ts';
import { tellCheck } from '../explain/told-check.ts';
import { PLAIN } from '../terminal/style.ts';
import { checkText } from './plan-test-figure.ts';

/** CI systems show texts as they are. */
const WIDTH = 100;

type Shown = (file: string) => string;

/** Why a case failed: first in one line, then with its derivations. */
const failureOf = (result: CaseResult, shown: Shown): { readonly message: string; readonly text: string } => {
  const { checks, findings, wrongError, computation } = result;
  const digits = computation?.plan.digits ?? 2;
  const failed = checks.filter(({ passed }) => !passed);
  const lines = [
    ...(wrongError === undefined ? [] : [`expected the error ${wrongError.expected}, got: ${wrongError.actual}`]),
    ...findings.map((finding) => findingLine(finding)),
    ...failed.map((check) => checkText(check, digits)),
  ];
  const derivations = failed.flatMap((check) =>
    computation === undefined
      ? []
      : [
          checkText(check, digits),
          explainText(tellCheck(check, computation, shown), {
            style: PLAIN,
            width: WIDTH,
            digits,
            indent: 2,
          }).trimEnd(),
        ],
  );
  return { message: lines.join('; '), text: [...(derivations.length === 0 ? lines : derivations)].join('\n') };
};

const caseXml = (result: CaseResult, file: string, shown: Shown): string[] => {
  const { testCase, passed } = result;
  const head = attributes({ name: testCase.name, classname: file, file, line: testCase.place.line ?? 1, time: '0' });
  if (passed) return [`    <testcase${head}/>`];
  const { message, text } = failureOf(result, shown);
  return [
    `    <testcase${head}>`,
    `      <failure${attributes({ message, type: 'failure' })}>${xml(text)}</failure>`,
    '    </testcase>',
  ];
};

const suiteXml = (result: FileResult, shown: Shown): string[] => {
  const file = shown(result.file);
  const errors = result.findings.filter(({ severity }) => severity === 'error');
  const failures = result.cases.filter(({ passed }) => !passed).length;
  const broken = errors.length === 0 ? 0 : 1;
  const head = attributes({
    name: file,
    tests: result.cases.length + broken,
    failures,
    errors: broken,
    skipped: 0,
    time: '0',
  });
  const error =
    broken === 0
      ? []
      : [
          `    <testcase${attributes({ name: 'the file can be run', classname: file, file, line: 1, time: '0' })}>`,
          `      <error${attributes({ message: errors.map((finding) => findingLine(finding)).join('; '), type: 'error' })}/>`,
          '    </testcase>',
        ];
  return [
    `  <testsuite${head}>`,
    ...error,
    ...result.cases.flatMap((each) => caseXml(each, file, shown)),
    '  </testsuite>',
  ];
};

/** JUnit's XML, as CI systems read it: a suite a file, a test case a case. Times are 0, so that equal runs are equal. */
export const planTestJunit = ({ files }: SuiteResult, shown: Shown): string => {
  const cases = files.flatMap((file) => file.cases);
  const errors = files.filter(({ findings }) => findings.some(({ severity }) => severity === 'error')).length;
  const head = attributes({
    name: 'align-pay test',
    tests: cases.length + errors,
    failures: cases.filter(({ passed }) => !passed).length,
    errors,
    time: '0',
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${head}>`,
    ...files.flatMap((file) => suiteXml(file, shown)),
    '</testsuites>',
    '',
  ].join('\n');
};
