import type { Standing } from '../../explain/standing.ts';
import type { Plan } from '../../rules/plan.ts';
import type { Num } from '../../values/num.ts';
import { nodeWords } from '../explain/value-words.ts';

/** What somebody has done of a quota, ready to be shown. */
export interface StatementAttainment {
  readonly measure: string;
  readonly period: string;
  readonly isMoney: boolean;
  readonly done: Num;
  readonly quota: Num;
  readonly doneWords: string;
  readonly quotaWords: string;
  readonly share: Num;
}

export const attainmentsOf = (plan: Plan, { attainments }: Standing): readonly StatementAttainment[] =>
  attainments.map(({ measure, type, period, done, quota, share }) => {
    const node = plan.measures.get(measure)?.value.node;
    const words = (x: Num): string => (node === undefined ? '' : nodeWords(node, x, plan));
    return {
      measure,
      period: period.label,
      isMoney: type === 'money',
      done,
      quota,
      doneWords: words(done),
      quotaWords: words(quota),
      share,
    };
  });
