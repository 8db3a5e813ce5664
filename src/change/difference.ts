import type { Place } from '../findings/finding.ts';
import type { Plan } from '../rules/plan.ts';

/** One difference between two plans, in the reader's terms. */
export interface Difference {
  /** `rewards`, `sales_commission`, `rate`, `step 2`: under the names of the old plan. */
  readonly path: readonly string[];
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed';
  /** A sentence: "sales_commission: the accelerator begins at 110% of quota instead of 100%". */
  readonly says: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Where it stands in either plan. */
  readonly places: { readonly before: Place | undefined; readonly after: Place | undefined };
  /** The rewards that it can move, by their names in the old plan, or in the new one where they are new. */
  readonly rewards: readonly string[];
  /** Puts what is new into a plan that has all names of both; undefined where that can alter no payout. */
  readonly take: ((plan: Plan) => Plan) | undefined;
  /** Differences of one part make sense only together. */
  readonly part: string;
}
