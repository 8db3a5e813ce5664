import { type FindingsTextOptions, findingsText } from '../findings/findings-text.ts';
import type { CheckedPlan, Shown } from './check-report.ts';

export interface CheckTextOptions extends Omit<FindingsTextOptions, 'below' | 'outcome'> {
  readonly shown: Shown;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const planText = ({ file, plan, findings, accepted }: CheckedPlan, options: CheckTextOptions): string => {
  const { style, shown } = options;
  const name = plan === undefined ? '' : `  ${style.dim(plan.name)}`;
  const mark = findings.some(({ severity }) => severity === 'error')
    ? style.red('✗')
    : findings.some(({ severity }) => severity === 'warning')
      ? style.yellow('!')
      : style.green('✓');
  const before = accepted === 0 ? '' : style.dim(`  ${plural(accepted, 'finding')} of the baseline left out`);
  const head = `${mark} ${style.bold(shown(file))}${name}${before}\n`;
  if (findings.length === 0) return `${head}  nothing found\n`;
  return `${head}\n${findingsText(findings, options)}`;
};

/** What was found in each plan, for a reader. */
export const checkText = (plans: readonly CheckedPlan[], options: CheckTextOptions): string =>
  plans.map((plan) => planText(plan, options)).join('\n');
