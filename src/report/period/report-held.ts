import { formatMinor } from '../../values/money.ts';
import type { ReportContext, ReportTable } from './report.ts';

const HEADER = ['period', 'person_id', 'name', 'reward', 'amount', 'currency'];

function* rows({ computation, held }: ReportContext): Generator<readonly string[]> {
  const { currency, digits } = computation.plan;
  for (const { period, payouts } of computation.periods) {
    for (const { person, rewardName, amount } of payouts) {
      if (!held.has(person.id)) continue;
      yield [period.label, person.id, person.name ?? '', rewardName, formatMinor(amount, digits), currency];
    }
  }
}

/** held.csv: what was computed, but is not paid yet, in all periods of the run. */
export const heldReport = (context: ReportContext): ReportTable => ({
  header: HEADER,
  rows: { [Symbol.iterator]: () => rows(context) },
});
