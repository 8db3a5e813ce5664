import type { PeriodResult } from '../../engine/result.ts';
import { dayTexts, moneyText } from '../figures/cell-text.ts';
import { creditIds } from '../figures/credit-ids.ts';
import { creditsIn } from './credits-by-period.ts';
import type { Report, ReportContext } from './report.ts';

const HEADER = ['credit', 'person_id', 'deal_id', 'campaign_id', 'lead_id', 'date', 'amount', 'source', 'rewards'];

function* rows({ computation, shown }: ReportContext, result: PeriodResult): Generator<readonly string[]> {
  const { digits } = computation.plan;
  const ids = creditIds(computation, shown);
  const day = dayTexts();
  for (const row of creditsIn(computation, result)) {
    const rewards = computation.paidBy.get(row);
    yield [
      row.credit.name,
      // A credit of the company is nobody's own.
      row.person === undefined ? '' : row.person.id,
      ids.deal(row),
      ids.campaign(row),
      ids.lead(row),
      day(row.date),
      row.amount === undefined ? '' : moneyText(row.amount, digits),
      ids.source(row),
      rewards === undefined ? '' : rewards.length === 1 ? (rewards[0] ?? '') : rewards.join(';'),
    ];
  }
}

/** Everything that was credited in a period, paid or not: nothing earned is lost from sight. */
export const creditsReport: Report = {
  name: 'credits.csv',
  kind: 'table',
  of: (context, result) => ({ header: HEADER, rows: { [Symbol.iterator]: () => rows(context, result) } }),
};
