import type { CheckResult } from '../../check/check.ts';
import type { CheckFinding } from '../../check/levels.ts';
import type { Plan } from '../../rules/plan.ts';

/** A plan that was checked, and what is to be said of it. */
export interface CheckedPlan {
  readonly file: string;
  /** Undefined where it cannot be read: then only what is wrong with the file is known. */
  readonly plan: Plan | undefined;
  readonly result: CheckResult | undefined;
  /** In a stable order; without those that a baseline has accepted. */
  readonly findings: readonly CheckFinding[];
  /** How many findings a baseline has accepted. */
  readonly accepted: number;
}

/** How reports name a file: as a path with `/`. */
export type Shown = (file: string) => string;
