import type { Plan } from '../rules/plan.ts';
import { atLevels, type CheckFinding } from './levels.ts';
import { MEANING_CHECKS } from './meaning/list.ts';

/** What `check` has found out about a plan. */
export interface CheckResult {
  readonly findings: readonly CheckFinding[];
}

/** Finds what is wrong or dangerous in a plan, from the plan alone. Pure: it reads nothing and computes on rows of its own. */
export const checkPlan = (plan: Plan): CheckResult => {
  const found = MEANING_CHECKS.flatMap((check) => check(plan));
  return { findings: atLevels(plan, found) };
};
