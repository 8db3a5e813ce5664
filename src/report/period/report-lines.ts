import type { Line, Payout, PeriodResult } from '../../engine/result.ts';
import { formatMinor } from '../../values/money.ts';
import { calculationOf } from '../figures/calculation.ts';
import { dayTexts, moneyText, numberText, placeText } from '../figures/cell-text.ts';
import { creditIds } from '../figures/credit-ids.ts';
import { payoutsOut } from '../figures/payout-parts.ts';
import type { Report, ReportContext } from './report.ts';

const HEADER = [
  'period',
  'person_id',
  'department',
  'reward',
  'line',
  'kind',
  'deal_id',
  'campaign_id',
  'lead_id',
  'credit_date',
  'credited',
  'currency',
  'original',
  'fx_rate',
  'accumulated_before',
  'rate',
  'factor',
  'amount',
  'calculation',
  'rule',
  'source',
];

/** Turns lines into rows, with what does not change from line to line worked out before. */
const rowWriter = ({ computation, shown }: ReportContext, { period }: PeriodResult) => {
  const { plan } = computation;
  const { digits, currency } = plan;
  const ids = creditIds(computation, shown);
  const day = dayTexts();
  const calculation = { plan, period };
  return (payout: Payout, line: Line, number: number): readonly string[] => {
    const { credit, rate, stay } = line;
    const { reward } = payout;
    const isPay = reward?.body === 'credit' && reward.unit === 'pay';
    const row = [period.label, line.person.id, stay.department ?? '', payout.rewardName, String(number), line.kind];
    if (credit === undefined) row.push('', '', '', '', '', '', '', '');
    else {
      const { amount, foreign } = credit;
      row.push(ids.deal(credit), ids.campaign(credit), ids.lead(credit), day(credit.date));
      if (amount === undefined) row.push('', '', '', '');
      else if (foreign === undefined) row.push(moneyText(amount, digits), currency, '', '');
      else {
        const original = moneyText(foreign.amount, foreign.digits);
        row.push(moneyText(amount, digits), foreign.currency, original, numberText(foreign.rate));
      }
    }
    row.push(
      accumulatedText(payout, line, digits),
      rate === undefined ? '' : isPay ? moneyText(rate, digits) : numberText(rate),
      hasFactor(line) ? numberText(line.factor) : '',
      formatMinor(line.amount, digits),
      calculationOf(calculation, payout, line),
      placeText(line.rule, shown),
      line.source === undefined && credit !== undefined ? ids.source(credit) : placeText(line.source, shown),
    );
    return row;
  };
};

const hasFactor = ({ kind }: Line): boolean => kind === 'credit' || kind === 'stay' || kind === 'pool';

const accumulatedText = ({ reward }: Payout, { accumulatedBefore }: Line, digits: number): string => {
  if (accumulatedBefore === undefined) return '';
  const counting = reward?.body === 'credit' && reward.rate.kind === 'steps' ? reward.rate.counting : undefined;
  return counting === undefined || counting.type === 'money'
    ? moneyText(accumulatedBefore, digits)
    : numberText(accumulatedBefore);
};

function* rows(context: ReportContext, result: PeriodResult): Generator<readonly string[]> {
  const write = rowWriter(context, result);
  for (const payout of payoutsOut(result, context.held)) {
    let number = 0;
    for (const line of payout.lines) yield write(payout, line, ++number);
  }
}

/** Everything that a payout is the sum of. */
export const linesReport: Report = {
  name: 'lines.csv',
  kind: 'table',
  of: (context, result) => ({ header: HEADER, rows: { [Symbol.iterator]: () => rows(context, result) } }),
};
