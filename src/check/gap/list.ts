import type { Found } from '../found.ts';
import { allLost } from './all-lost.ts';
import { blamedUnannounced } from './blamed.ts';
import type { Gap } from './context.ts';
import { ideaUnrewarded } from './idea.ts';
import { unlinkedPay } from './unlinked.ts';
import { weakLinks } from './weak-link.ts';

/** What leaves the gap between departments open; a new check is a file beside these and a line here. */
export const GAP_CHECKS: readonly ((gap: Gap) => readonly Found[])[] = [
  unlinkedPay,
  weakLinks,
  allLost,
  blamedUnannounced,
  ideaUnrewarded,
];
