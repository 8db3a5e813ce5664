import type { PeriodResult } from '../../engine/result.ts';
import { valueText } from '../figures/cell-text.ts';
import type { Report, ReportContext } from './report.ts';

const HEADER = ['scope', 'who', 'measure', 'value', 'quota'];

function* rows({ computation }: ReportContext, { measures }: PeriodResult): Generator<readonly string[]> {
  const { digits } = computation.plan;
  for (const { scope, who, measure, value, type, quota } of measures) {
    yield [scope, who, measure, valueText(value, type, digits), valueText(quota, type, digits)];
  }
}

/** Every figure that a link, a step or a `pay` has read. */
export const measuresReport: Report = {
  name: 'measures.csv',
  kind: 'table',
  of: (context, result) => ({ header: HEADER, rows: { [Symbol.iterator]: () => rows(context, result) } }),
};
