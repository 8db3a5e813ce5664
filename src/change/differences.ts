import type { Plan } from '../rules/plan.ts';
import { Comparing } from './comparing.ts';
import type { Difference } from './difference.ts';
import { compareChange } from './differences-change.ts';
import { compareCredits } from './differences-credit.ts';
import { compareGroups, compareMeasures, compareParams, sayRenames } from './differences-named.ts';
import { compareRewards } from './differences-reward.ts';
import { compareData, compareSettings, withPeriod } from './differences-settings.ts';
import type { Renames } from './rename.ts';

/**
 * How two plans differ, in the order in which plans are read. `after` has the old names already (`renamePlan`), `renames`
 * says which were others.
 */
export const differencesOf = (before: Plan, after: Plan, renames: Renames): readonly Difference[] => {
  // What is paid as often as the plan goes along with it: that is one difference, not one for each reward.
  const comparing = new Comparing(withPeriod(before, after.period), after);
  compareSettings(comparing, before);
  sayRenames(comparing, renames);
  compareParams(comparing);
  compareData(comparing);
  compareGroups(comparing);
  compareCredits(comparing);
  compareMeasures(comparing);
  compareRewards(comparing);
  compareChange(comparing);
  return comparing.found;
};
