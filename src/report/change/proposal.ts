import type { Attribution } from '../../change/attribution.ts';
import type { Diff } from '../../change/diff.ts';
import type { TypicalPay } from '../../change/typical.ts';
import type { ExamplePeople } from '../../check/example-people.ts';

/** All that a proposal says, before it is a page. */
export interface Proposal {
  readonly diff: Diff;
  readonly attribution: Attribution | undefined;
  /** Somebody invented in each department, paid by both plans; undefined where no rows could be invented. */
  readonly examples: ExamplePeople | undefined;
  /** Whoever stands in the middle of each department, on past data. */
  readonly typical: readonly TypicalPay[];
  /** What `align-pay check` says of the plan as it is to be, in a line each. */
  readonly checked: readonly string[];
  /** Whether people are named; a proposal is read by everybody, and pay is nobody else's business. */
  readonly names: boolean;
}
