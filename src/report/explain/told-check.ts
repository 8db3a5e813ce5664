import type { Computed } from '../../engine/compute.ts';
import { payoutOf } from '../../explain/payout.ts';
import type { Check } from '../../plan-test/check.ts';
import { type Told, tellingOf, toldOnce } from './told.ts';
import { tellPayout } from './told-payout.ts';

/** Lines of one payout that a failing test shows. */
const MOST_LINES = 12;

/** How the actual figure of a check of a plan's test came about. */
export const tellCheck = (check: Check, computed: Computed, shown: (file: string) => string): readonly Told[] => {
  const telling = tellingOf(computed, shown);
  const { from, lines } = check;
  return toldOnce(
    from.map(({ period, payout }) => {
      const derivation = payoutOf(computed, { period }, payout, (line) => lines === undefined || lines.has(line));
      return tellPayout(derivation, telling, MOST_LINES);
    }),
  );
};
