import type { Plan } from '../../rules/plan.ts';
import type { Found } from '../found.ts';
import { alwaysOrNever } from './always.ts';
import { countingMismatch } from './counting.ts';
import { guaranteeAboveCap } from './guarantee.ts';
import { idleLinks } from './idle-link.ts';
import { percentMeant } from './percent.ts';
import { unreachable } from './unreachable.ts';
import { unused } from './unused.ts';

/** What cannot be meant as it stands, from the plan alone; a new check is a file beside these and a line here. */
export const MEANING_CHECKS: readonly ((plan: Plan) => readonly Found[])[] = [
  alwaysOrNever,
  unreachable,
  idleLinks,
  guaranteeAboveCap,
  countingMismatch,
  percentMeant,
  unused,
];
