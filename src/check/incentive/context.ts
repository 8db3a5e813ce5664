import type { Plan } from '../../rules/plan.ts';
import type { Staged } from '../scene/kinds-to-try.ts';
import type { Neutral } from '../scene/neutral.ts';
import type { Stage } from '../scene/stage.ts';
import type { Trials } from '../scene/trial.ts';
import type { NodePlaces } from './cause.ts';
import type { Forks } from './decisions.ts';
import type { Explored } from './explore.ts';

/** What the checks of what a plan pays for look at. */
export interface Incentives {
  readonly plan: Plan;
  readonly stage: Stage;
  readonly neutral: Neutral;
  readonly staged: readonly Staged[];
  readonly trials: Trials;
  readonly forks: Forks;
  readonly nodes: NodePlaces;
  /** What everybody is paid while one thing after the other is varied. */
  readonly explored: readonly Explored[];
}
