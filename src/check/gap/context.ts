import type { Reward } from '../../rules/plan.ts';
import { abs, compare, fraction, mul, type Num, sub } from '../../values/num.ts';
import type { Neutral } from '../scene/neutral.ts';
import type { Stage } from '../scene/stage.ts';
import type { Trials } from '../scene/trial.ts';
import type { Moving, PaidByDepartment } from './moved.ts';

/** What the checks of the gap between departments look at: the neutral example, and what moves whose pay on it. */
export interface Gap {
  readonly stage: Stage;
  readonly neutral: Neutral;
  readonly trials: Trials;
  readonly moving: Moving;
  readonly now: PaidByDepartment;
  /** Departments that are paid anything, in the order of people. */
  readonly departments: readonly string[];
}

/** What is less than a hundredth of a percent of somebody's pay is rounding. */
const ROUNDING = fraction(1, 10_000);

/** Whether pay is another one. */
export const differs = (pay: Num, other: Num): boolean => compare(abs(sub(pay, other)), mul(abs(pay), ROUNDING)) > 0;

/** The reward that pays a department the most. */
export const mainReward = ({ now }: Gap, department: string): Reward | undefined => {
  let main: Reward | undefined;
  let most: Num | undefined;
  for (const [reward, amount] of now.rewards.get(department) ?? []) {
    if (most !== undefined && compare(amount, most) <= 0) continue;
    main = reward;
    most = amount;
  }
  return main;
};

export const payOf = (paid: PaidByDepartment | undefined, department: string): Num | undefined =>
  paid === undefined ? undefined : (paid.total.get(department) ?? 0);
