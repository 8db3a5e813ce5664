import type { Found } from '../found.ts';
import { cliffs } from './cliffs.ts';
import type { Incentives } from './context.ts';
import { deadZones } from './dead-zones.ts';
import { sellingMorePaysLess } from './falls.ts';
import { lateTouchEarns } from './late-touch.ts';
import { ownHand } from './own-hand.ts';
import { splitDealEarns } from './split-deal.ts';
import { paidTwice } from './twice.ts';
import { unboundedPay } from './unbounded.ts';

/** What pays for the wrong thing, shown by what the engine pays; a new check is a file beside these and a line here. */
export const INCENTIVE_CHECKS: readonly ((incentives: Incentives) => readonly Found[])[] = [
  sellingMorePaysLess,
  cliffs,
  unboundedPay,
  paidTwice,
  lateTouchEarns,
  splitDealEarns,
  deadZones,
  ownHand,
];
