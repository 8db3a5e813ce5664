import type { CaseResult } from '../../plan-test/case-run.ts';
import { type FileResult, fileFails, type SuiteResult } from '../../plan-test/suite.ts';
import { placeOfExpectation } from '../../plan-test/test-file.ts';
import { placeText } from '../figures/cell-text.ts';
import { findingsText } from '../findings/findings-text.ts';
import { harmless, padEnd, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { derivationOf } from './plan-test-derivation.ts';
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
      const whole = computation === undefined ? [] : derivationOf(check, computation, shown);
      const key = JSON.stringify(whole);
      // Several expectations of one payout have one derivation.
      const derivation = told.has(key) ? [] : whole;
      told.add(key);
      return [
        '',
        ...said.map((line, i) => (i === 0 ? `  ${style.bold(line)}` : `    ${style.bold(line)}`)),
        `    ${style.dim(at)}`,
        ...derivation.flatMap(({ depth, text, at: from }) => withPlace(harmless(text), from, 4 + depth * 2, options)),
      ];
    }),
  ];
};

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(by) + line))
    .join('\n');

/** A line of a derivation, broken where it is too long, with the place that it comes from at its end. */
const withPlace = (text: string, at: string, indent: number, { width, style }: PlanTestTextOptions): string[] => {
  const room = Math.max(40, width - indent);
  const broken = wrap(text, room).map((line, i) => ' '.repeat(i === 0 ? indent : indent + 2) + line);
  const last = broken.at(-1) ?? '';
  if (at === '') return broken;
  if (last.length + 2 + at.length <= width)
    return [...broken.slice(0, -1), `${padEnd(last, Math.min(width - at.length, 60))} ${style.dim(at)}`.trimEnd()];
  return [...broken, `${' '.repeat(indent + 2)}${style.dim(at)}`];
};

const countLine = (files: readonly FileResult[], { style }: PlanTestTextOptions): string => {
  const cases = files.flatMap((file) => file.cases);
  const failed = cases.filter(({ passed }) => !passed).length;
  const broken = files.filter(({ findings }) => findings.some(({ severity }) => severity === 'error')).length;
  const parts = [`${cases.length - failed} passed`, ...(failed > 0 ? [`${failed} failed`] : [])];
  const text = `${plural(cases.length, 'case')} in ${plural(files.length, 'file')}: ${parts.join(', ')}`;
  const whole = broken === 0 ? text : `${text}; ${plural(broken, 'file')} not run`;
  return failed > 0 || broken > 0 ? style.red(whole) : style.green(whole);
};
