import type { Plan } from '../rules/plan.ts';
import { isZero } from '../values/num.ts';
import type { Unexamined } from './examined.ts';
import type { Found } from './found.ts';
import type { Gap } from './gap/context.ts';
import { GAP_CHECKS } from './gap/list.ts';
import { type LinkageMatrix, matrixOf } from './gap/matrix.ts';
import { Moving } from './gap/moved.ts';
import { lookAtIncentives } from './incentive/incentives.ts';
import { INCENTIVE_CHECKS } from './incentive/list.ts';
import { atLevels, type CheckFinding } from './levels.ts';
import { MEANING_CHECKS } from './meaning/list.ts';
import { type Neutral, neutralOf } from './scene/neutral.ts';
import { type Stage, stageOf } from './scene/stage.ts';
import { Trials } from './scene/trial.ts';

/** What `check` has found out about a plan. */
export interface CheckResult {
  readonly findings: readonly CheckFinding[];
  /** Undefined where the neutral example cannot be paid. */
  readonly matrix: LinkageMatrix | undefined;
  readonly stage: Stage;
  readonly neutral: Neutral;
  /** What was looked at in some places only, since pay does not move along a line there. */
  readonly sampled: readonly string[];
  readonly unexamined: readonly Unexamined[];
  /** How often the engine was run. */
  readonly runs: number;
}

export interface CheckOptions {
  /** How often the engine may be run. */
  readonly budget?: number | undefined;
}

/** Runs of the engine, not time: the same findings on every machine. */
const BUDGET = 6000;

/** Finds what is wrong or dangerous in a plan, from the plan alone. Pure: it reads nothing and computes on rows of its own. */
export const checkPlan = (plan: Plan, { budget = BUDGET }: CheckOptions = {}): CheckResult => {
  const trials = new Trials(budget);
  const unexamined: Unexamined[] = [];
  const found: Found[] = MEANING_CHECKS.flatMap((check) => check(plan));
  const stage = stageOf(plan);
  const neutral = neutralOf(stage, trials);
  const gap = gapOf(stage, neutral, trials, unexamined);
  if (gap !== undefined && gap.departments.length > 1) found.push(...GAP_CHECKS.flatMap((check) => check(gap)));
  const matrix = gap && matrixOf(stage, neutral);
  const { incentives, sampled, unexamined: others } = lookAtIncentives(stage, neutral, trials);
  unexamined.push(...others);
  found.push(...INCENTIVE_CHECKS.flatMap((check) => check(incentives)));
  return { findings: atLevels(plan, found), matrix, stage, neutral, sampled, unexamined, runs: trials.runs };
};

const gapOf = (stage: Stage, neutral: Neutral, trials: Trials, unexamined: Unexamined[]): Gap | undefined => {
  const { plan, cast } = stage;
  const credited = trials.credit(plan, neutral.rows);
  const moving = credited && new Moving(stage, credited, trials);
  const now = moving?.now;
  if (moving === undefined || now === undefined) {
    const { errors = [] } = trials.pay(plan, neutral.rows, {});
    const why = errors[0]?.message ?? 'its rows cannot be credited';
    unexamined.push({ path: 'rewards', place: plan.sections.get('rewards') ?? { file: plan.file }, why });
    return undefined;
  }
  const departments = [...new Set(cast.actors.map(({ department }) => department))].filter(
    (one) => !isZero(now.total.get(one) ?? 0),
  );
  return { stage, neutral, trials, moving, now, departments };
};
