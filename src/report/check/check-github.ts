import { annotation } from '../ci/github-annotation.ts';
import type { CheckedPlan, Shown } from './check-report.ts';

/** A line for each finding, as GitHub Actions annotates files. */
export const checkGithub = (plans: readonly CheckedPlan[], shown: Shown): string => {
  const lines = plans.flatMap(({ findings }) =>
    findings.map((finding) => {
      const { severity, code, message, hint } = finding;
      const level = severity === 'note' ? 'notice' : severity;
      return annotation(level, code, hint === undefined ? message : `${message}\n${hint}`, finding, shown);
    }),
  );
  const count = plans.reduce((sum, { findings }) => sum + findings.length, 0);
  return [...lines, `${plans.length === 1 ? '1 plan' : `${plans.length} plans`} checked, ${count} found`, ''].join(
    '\n',
  );
};
