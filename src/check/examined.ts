import type { Place } from '../findings/finding.ts';

/** Something of a plan that a check could not look into, and why. */
export interface Unexamined {
  /** `rewards > commission` */
  readonly path: string;
  readonly place: Place;
  readonly why: string;
}
