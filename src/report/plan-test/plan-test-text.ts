import type { CaseResult } from '../../plan-test/case-run.ts';
import { type FileResult, fileFails, type SuiteResult } from '../../plan-test/suite.ts';
import { placeOfExpectation } from '../../plan-test/test-file.ts';
import { explainText } from '../explain/explain-text.ts';
import { tellCheck } from '../explain/told-check.ts';
import { placeText } from '../figures/cell-text.ts';
import { findingsText } from '../findings/findings-text.ts';
import { harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { checkText } from './plan-test-figure.ts';

export interface PlanTestTextOptions {
  readonly style: Style;
  readonly width: number;
  readonly shown: (file: string) => string;
  /** The text of a plan or test file, for excerpts. */
  readonly textOf: (file: string) => string | undefined;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A line for each file, then what is wrong, then how many cases pass. */
export const planTestText = ({ files }: SuiteResult, options: PlanTestTextOptions): string => {
  const lines = files.map((file) => fileLine(file, options));
  const failing = files.flatMap((file) => failuresOf(file, options));
  return `${[...lines, ...failing, '', countLine(files, options)].join('\n')}\n`;
};

const fileLine = (result: FileResult, { style, shown }: PlanTestTextOptions): string => {
  const { file, cases, leftOut } = result;
  const passed = cases.filter((each) => each.passed).length;
  const failed = cases.length - passed;
  const mark = fileFails(result) ? style.red('✗') : style.green('✓');
  const counts = failed === 0 ? plural(cases.length, 'case') : `${failed} of ${plural(cases.length, 'case')} failed`;
  return `${mark} ${harmless(shown(file))}  ${style.dim(leftOut === 0 ? counts : `${counts}, ${leftOut} left out`)}`;
};

const failuresOf = (result: FileResult, options: PlanTestTextOptions): string[] => {
  const { findings, cases } = result;
  const said = findings.filter(({ severity }) => severity === 'error');
  return [
    ...(said.length === 0 ? [] : ['', findingsText(said, options).trimEnd()]),
    ...cases.filter(({ passed }) => !passed).flatMap((each) => caseBlock(each, options)),
  ];
};

const caseBlock = (result: CaseResult, options: PlanTestTextOptions): string[] => {
  const { testCase, checks, findings, wrongError, computation } = result;
  const { style, shown } = options;
  const head = [
    '',
    `${style.red('✗')} ${style.bold(harmless(testCase.name))}`,
    `  ${style.cyan(placeText(testCase.place, shown))}`,
  ];
  if (wrongError !== undefined) head.push(`  expected the error ${wrongError.expected}, got: ${wrongError.actual}`);
  if (findings.length > 0) head.push('', indented(findingsText(findings, options).trimEnd(), 2));
  const failed = checks.filter(({ passed }) => !passed);
  const told = new Set<string>();
  return [
    ...head,
    ...failed.flatMap((check) => {
      const digits = computation?.plan.digits ?? 2;
      const at = placeText(placeOfExpectation(check.expectation), shown);
      const said = wrap(harmless(checkText(check, digits)), Math.max(40, options.width - 4));
      const whole =
        computation === undefined
          ? ''
          : explainText(tellCheck(check, computation, shown), { ...options, digits, indent: 4 }).trimEnd();
      // Several expectations of one payout have one derivation.
      const derivation = whole === '' || told.has(whole) ? [] : [whole];
      told.add(whole);
      return [
        '',
        ...said.map((line, i) => (i === 0 ? `  ${style.bold(line)}` : `    ${style.bold(line)}`)),
        `    ${style.dim(at)}`,
        ...derivation,
      ];
    }),
  ];
};

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(by) + line))
    .join('\n');

const countLine = (files: readonly FileResult[], { style }: PlanTestTextOptions): string => {
  const cases = files.flatMap((file) => file.cases);
  const failed = cases.filter(({ passed }) => !passed).length;
  const broken = files.filter(({ findings }) => findings.some(({ severity }) => severity === 'error')).length;
  const parts = [`${cases.length - failed} passed`, ...(failed > 0 ? [`${failed} failed`] : [])];
  const text = `${plural(cases.length, 'case')} in ${plural(files.length, 'file')}: ${parts.join(', ')}`;
  const whole = broken === 0 ? text : `${text}; ${plural(broken, 'file')} not run`;
  return failed > 0 || broken > 0 ? style.red(whole) : style.green(whole);
};
