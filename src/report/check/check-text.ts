import type { CheckResult } from '../../check/check.ts';
import type { CheckFinding } from '../../check/levels.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Plan } from '../../rules/plan.ts';
import { type FindingsTextOptions, findingsText } from '../findings/findings-text.ts';
import { wrap } from '../terminal/display-text.ts';
import { counterexampleLines, exampleCsv } from './check-example.ts';
import { matrixText } from './check-matrix.ts';
import type { CheckedPlan, Shown } from './check-report.ts';

export interface CheckTextOptions extends Omit<FindingsTextOptions, 'below' | 'outcome'> {
  readonly shown: Shown;
  /** Print the rows of the neutral example, too. */
  readonly showExample: boolean;
  /** Findings alone. */
  readonly quiet: boolean;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const planText = (checked: CheckedPlan, options: CheckTextOptions): string => {
  const { file, plan, findings, accepted, result } = checked;
  const { style, shown } = options;
  const name = plan === undefined ? '' : `  ${style.dim(plan.name)}`;
  const mark = findings.some(({ severity }) => severity === 'error')
    ? style.red('✗')
    : findings.some(({ severity }) => severity === 'warning')
      ? style.yellow('!')
      : style.green('✓');
  const before = accepted === 0 ? '' : style.dim(`  ${plural(accepted, 'finding')} of the baseline left out`);
  const head = `${mark} ${style.bold(shown(file))}${name}${before}\n`;
  const below = (finding: CheckFinding): readonly string[] =>
    finding.counterexample === undefined || plan === undefined
      ? []
      : counterexampleLines(finding.counterexample, plan, options.width);
  const brief = ({ severity }: Finding): boolean => severity === 'note';
  const told =
    findings.length === 0 ? '  nothing found\n' : `\n${findingsText(findings, { ...options, below, brief })}`;
  const rest = plan === undefined || result === undefined || options.quiet ? '' : beside(plan, result, options);
  return `${head}${told}${rest}`;
};

/** What is told beside the findings: how departments are linked, on which rows, and what could not be looked into. */
const beside = (plan: Plan, result: CheckResult, options: CheckTextOptions): string => {
  const { matrix, neutral, sampled, unexamined } = result;
  const parts: string[] = [];
  if (matrix !== undefined && (matrix.departments.length > 1 || options.showExample))
    parts.push(matrixText(matrix, options));
  if (options.showExample) {
    const title = options.style.bold('The neutral example');
    parts.push(`${[title, ...exampleCsv(plan, neutral.rows).map((line) => `  ${line}`)].join('\n')}\n`);
  }
  if (unexamined.length > 0) parts.push(unexaminedText(result, options));
  if (sampled.length > 0)
    parts.push(
      `${wrap(`Known at the places that were computed, not over the whole range: ${sampled.join('; ')}`, options.width)
        .map((line) => options.style.dim(line))
        .join('\n')}\n`,
    );
  return parts.map((part) => `\n${part}`).join('');
};

const unexaminedText = ({ unexamined }: CheckResult, { style, width }: CheckTextOptions): string =>
  `${[
    style.bold('Not examined by computing'),
    ...unexamined.flatMap(({ path, why }) =>
      wrap(`${path}: ${why}`, width - 4).map((line, i) => `${i === 0 ? '  ' : '    '}${line}`),
    ),
  ].join('\n')}\n`;

/** What was found in each plan, for a reader. */
export const checkText = (plans: readonly CheckedPlan[], options: CheckTextOptions): string =>
  plans.map((plan) => planText(plan, options)).join('\n');
