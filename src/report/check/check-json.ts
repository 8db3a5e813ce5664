import { toText } from '../../values/num.ts';
import { findingData } from '../findings/findings-json.ts';
import { counterexampleData } from './check-example.ts';
import type { CheckedPlan, Shown } from './check-report.ts';

const countOf = (plans: readonly CheckedPlan[], severity: string): number =>
  plans.reduce((sum, { findings }) => sum + findings.filter((one) => one.severity === severity).length, 0);

/** The outcome of a check as one object; it can be given back as `--baseline`. */
export const checkJson = (plans: readonly CheckedPlan[], shown: Shown): object => ({
  errors: countOf(plans, 'error'),
  warnings: countOf(plans, 'warning'),
  notes: countOf(plans, 'note'),
  plans: plans.map(({ file, plan, accepted, result }) => ({
    file: shown(file),
    name: plan?.name ?? null,
    accepted,
    linkage: (result?.matrix?.cells ?? []).map(({ pay, results, moved }) => ({
      pay,
      results,
      moved: moved === undefined ? null : toText(moved, 6),
    })),
    sampled: result?.sampled ?? [],
    unexamined: (result?.unexamined ?? []).map(({ path, place, why }) => ({ path, line: place.line ?? null, why })),
  })),
  findings: plans.flatMap(({ findings, plan }) =>
    findings.map(({ counterexample, ...one }) => ({
      ...findingData(one.file === undefined ? one : { ...one, file: shown(one.file) }),
      ...(counterexample === undefined || plan === undefined
        ? {}
        : { counterexample: counterexampleData(counterexample, plan) }),
    })),
  ),
});
