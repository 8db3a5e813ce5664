import type { PeriodResult } from '../../engine/result.ts';
import { factorInputs } from '../../rules/link/kinds.ts';
import { formatMinor } from '../../values/money.ts';
import { numberText, valueText } from '../figures/cell-text.ts';
import { baseOf, linkOutcomes } from '../figures/link-outcome.ts';
import { payoutsOut } from '../figures/payout-parts.ts';
import type { Report, ReportContext } from './report.ts';

const HEADER = [
  'period',
  'person_id',
  'reward',
  'base',
  'link',
  'crosses',
  'because',
  'lines',
  'value',
  'factor',
  'effect',
];

function* rows({ computation, held }: ReportContext, result: PeriodResult): Generator<readonly string[]> {
  const { digits } = computation.plan;
  const period = result.period.label;
  for (const payout of payoutsOut(result, held)) {
    if (payout.reward === undefined || payout.reward.links.length === 0) continue;
    const base = formatMinor(baseOf(payout), digits);
    for (const { link, crosses, lines, value, factor, effect } of linkOutcomes(payout)) {
      yield [
        period,
        payout.person.id,
        payout.rewardName,
        base,
        link.name,
        crosses === undefined ? '' : crosses ? 'true' : 'false',
        link.because,
        String(lines),
        valueText(value, factorInputs(link.factor)[0]?.type ?? 'number', digits),
        factor === undefined ? '' : numberText(factor),
        formatMinor(effect, digits),
      ];
    }
  }
}

/** What each link did to each payout: base + effects + cap + guarantee = payout. */
export const linksReport: Report = {
  name: 'links.csv',
  kind: 'table',
  of: (context, result) => ({ header: HEADER, rows: { [Symbol.iterator]: () => rows(context, result) } }),
};
