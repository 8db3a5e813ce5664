import type { FindingCode } from '../findings/codes.ts';
import type { Place, Related, Severity } from '../findings/finding.ts';
import type { Num } from '../values/num.ts';
import type { Counterexample } from './counterexample.ts';

/** What a check has found about a plan, before exceptions are looked at. */
export interface Found {
  readonly code: FindingCode;
  readonly message: string;
  readonly place: Place;
  /** `rewards > commission > rate` */
  readonly path: string;
  readonly hint?: string | undefined;
  readonly related?: readonly Related[];
  /** Where it is less, or more, than findings of this code are as a rule. */
  readonly severity?: Severity;
  /** How much of somebody's pay it is about, where its code has a threshold. */
  readonly size?: Num;
  readonly counterexample?: Counterexample | undefined;
}
