import type { PeriodResult } from '../../engine/result.ts';
import { formatMinor } from '../../values/money.ts';
import { partsOfPayout, payoutsOut } from '../figures/payout-parts.ts';
import type { Report, ReportContext } from './report.ts';

const HEADER = [
  'period',
  'person_id',
  'payroll_id',
  'name',
  'department',
  'team',
  'cost_center',
  'reward',
  'amount',
  'currency',
];

function* rows({ computation, held }: ReportContext, result: PeriodResult): Generator<readonly string[]> {
  const { currency, digits } = computation.plan;
  const period = result.period.label;
  for (const payout of payoutsOut(result, held)) {
    const { id, name = '' } = payout.person;
    for (const { stay, department, amount } of partsOfPayout(payout)) {
      yield [
        period,
        id,
        stay.payrollId ?? '',
        name,
        department,
        stay.team ?? '',
        stay.costCenter ?? '',
        payout.rewardName,
        formatMinor(amount, digits),
        currency,
      ];
    }
  }
}

/** What is paid: a row per payee, department and reward. */
export const payoutsReport: Report = {
  name: 'payouts.csv',
  kind: 'table',
  of: (context, result) => ({ header: HEADER, rows: { [Symbol.iterator]: () => rows(context, result) } }),
};
