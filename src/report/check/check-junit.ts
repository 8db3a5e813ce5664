import { CHECKED_CODES, type FindingCode } from '../../findings/codes.ts';
import type { Finding } from '../../findings/finding.ts';
import { attributes, findingLine, xml } from '../ci/junit-xml.ts';
import type { CheckedPlan, Shown } from './check-report.ts';

interface Options {
  readonly shown: Shown;
  /** Whether warnings are failures, since there are more than are let through. */
  readonly warningsFail: boolean;
}

const fails = ({ severity }: Finding, { warningsFail }: Options): boolean =>
  severity === 'error' || (severity === 'warning' && warningsFail);

const caseXml = (code: FindingCode, findings: readonly Finding[], file: string, options: Options): string[] => {
  const head = attributes({ name: code, classname: file, file, line: findings[0]?.line ?? 1, time: '0' });
  const lines = findings.map((finding) => findingLine(finding, options.shown));
  if (lines.length === 0) return [`    <testcase${head}/>`];
  const failed = findings.some((finding) => fails(finding, options));
  const text = xml(lines.join('\n'));
  const said = failed
    ? `<failure${attributes({ message: lines.join('; '), type: 'failure' })}>${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return [`    <testcase${head}>`, `      ${said}`, '    </testcase>'];
};

/** JUnit's XML, as CI systems read it: a suite a plan, a test case for each code that a plan can have. */
export const checkJunit = (plans: readonly CheckedPlan[], options: Options): string => {
  const suites = plans.map(({ file, findings }) => {
    const codes = [...new Set([...CHECKED_CODES, ...findings.map(({ code }) => code)])];
    const cases = codes.map((code) => ({ code, findings: findings.filter((one) => one.code === code) }));
    const failures = cases.filter((one) => one.findings.some((finding) => fails(finding, options))).length;
    return { file: options.shown(file), cases, failures };
  });
  const sum = (of: (suite: (typeof suites)[number]) => number): number => suites.reduce((all, one) => all + of(one), 0);
  const counts = { tests: sum(({ cases }) => cases.length), failures: sum(({ failures }) => failures) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'align-pay check', ...counts, errors: 0, time: '0' })}>`,
    ...suites.flatMap(({ file, cases, failures }) => [
      `  <testsuite${attributes({ name: file, tests: cases.length, failures, errors: 0, skipped: 0, time: '0' })}>`,
      ...cases.flatMap(({ code, findings }) => caseXml(code, findings, file, options)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
};
