import { walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { Plan } from '../../rules/plan.ts';
import { dayOf } from '../../values/date.ts';
import { MONTHS, type Period, type PeriodKind, periodOf, periodsBetween } from '../../values/period.ts';

/** The stretches of time of a plan's scenes. */
export interface Calendar {
  /** What is paid: the last period of the longest stretch that the plan looks at, so that everything is due at its end. */
  readonly period: Period;
  /** That longest stretch, and the plan's periods in it. */
  readonly span: Period;
  readonly periods: readonly Period[];
}

/** A year that is none of a leap day's, and in which nothing else is odd either. */
const YEAR = 2026;

const SUFFIXES = { qtd: 'quarter', quarter: 'quarter', ytd: 'year', year: 'year', previous: undefined } as const;

/** The longest stretch over which a plan pays or adds up. */
const longestOf = (plan: Plan): PeriodKind => {
  let longest = plan.period;
  const take = (kind: PeriodKind | undefined): void => {
    if (kind !== undefined && MONTHS[kind] > MONTHS[longest]) longest = kind;
  };
  for (const reward of plan.rewards.values()) {
    take(reward.every);
    if (reward.body === 'credit' && reward.rate.kind === 'steps' && reward.rate.accumulate !== 'none')
      take(reward.rate.accumulate);
  }
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      if (node.kind === 'measure' && node.suffix !== undefined) take(SUFFIXES[node.suffix]);
    });
  }
  return longest;
};

/** The calendar of a plan's scenes; `on` is a day that must lie in the paid period, where one matters. */
export const calendarOf = (plan: Plan, on?: number): Calendar => {
  const starts = plan.fiscalYearStarts;
  const year = periodOf(dayOf(YEAR, 1, 1) ?? 0, 'year', starts);
  const kind = longestOf(plan);
  const day = on ?? periodOf(year.to, 'year', starts).to;
  const period = periodOf(day, plan.period, starts);
  const span = periodOf(day, kind, starts);
  return { period, span, periods: periodsBetween(span.from, span.to, plan.period, starts) };
};
