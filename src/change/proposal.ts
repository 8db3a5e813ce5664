import type { Num } from '../values/num.ts';
import type { Attribution } from './attribution.ts';
import type { Diff } from './diff.ts';
import type { PaidLine, Typical } from './typical.ts';

/** What somebody typical is paid for a reward, by either plan. */
export interface StatementRow {
  readonly reward: string;
  readonly before: Num;
  readonly after: Num;
  /** The lines by the plan as it is to be. */
  readonly lines: readonly PaidLine[];
}

export interface TypicalStatement {
  readonly typical: Typical;
  readonly rows: readonly StatementRow[];
}

/** All that a proposal says, before it is a page. */
export interface Proposal {
  readonly diff: Diff;
  readonly attribution: Attribution | undefined;
  readonly statements: readonly TypicalStatement[];
  /** What `align-pay check` says of the plan as it is to be, in a line each. */
  readonly checked: readonly string[];
  /** Whether people are named; a proposal is read by everybody, and pay is nobody else's business. */
  readonly names: boolean;
}
