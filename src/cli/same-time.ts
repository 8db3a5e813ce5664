import type { Plan } from '../rules/plan.ts';
import { MONTHS, type Period, type PeriodKind, periodOf } from '../values/period.ts';
import { UsageError } from './usage-error.ts';

/** A stretch of time that is paid. */
interface Range {
  readonly from: Period;
  readonly to: Period;
}

/** A plan, and what it is called to whoever asked. */
export interface Named {
  readonly name: string;
  readonly plan: Plan;
}

/** What is paid by another stretch of time than in the plan that it is set beside: the whole plan, or a reward. */
interface Longer {
  readonly kind: PeriodKind;
  readonly says: string;
}

const everyOf = (plan: Plan, name: string): PeriodKind | undefined => plan.rewards.get(name)?.every;

/** The rewards that one of two plans pays otherwise often, and the longer of both stretches; what both pay alike is fair to both. */
const longerIn = ({ plan: today, name: before }: Named, { plan: other }: Named): readonly Longer[] => {
  const found: Longer[] = [{ kind: other.period, says: `pays by the ${other.period}` }];
  for (const name of new Set([...today.rewards.keys(), ...other.rewards.keys()])) {
    const [was, is] = [everyOf(today, name), everyOf(other, name)];
    if (was === is) continue;
    if (is !== undefined) found.push({ kind: is, says: `pays ${name} by the ${is}` });
    if (was !== undefined) found.push({ kind: was, says: `does not pay ${name} by the ${was}, as ${before} does` });
  }
  return found.sort((a, b) => MONTHS[b.kind] - MONTHS[a.kind]);
};

const isWhole = ({ from, to }: Range, kind: PeriodKind, startsIn: number): boolean =>
  periodOf(from.from, kind, startsIn).from === from.from && periodOf(to.to, kind, startsIn).to === to.to;

/** `2026-Q2`, `2026-Q1..2026-Q3`. */
const rangeText = (from: Period, to: Period): string =>
  from.label === to.label ? from.label : `${from.label}..${to.label}`;

/**
 * Refuses to set what two plans pay beside each other where it is not for the same time: a plan that pays by the half is paid for
 * whole halves only, so that over a quarter it would be set against twice the time.
 */
export const checkSameTime = (before: Named, after: Named, range: Range): void => {
  const [today, other] = [before.plan, after.plan];
  for (const { kind, says } of longerIn(before, after)) {
    if (isWhole(range, kind, other.fiscalYearStarts)) continue;
    // Labels of another calendar would be read by today's.
    const first = periodOf(range.from.from, kind, today.fiscalYearStarts);
    const last = periodOf(range.to.to, kind, today.fiscalYearStarts);
    const instead =
      today.fiscalYearStarts === other.fiscalYearStarts
        ? `ask for --period ${rangeText(first, last)}`
        : 'the fiscal years of the two begin in different months';
    throw new UsageError(
      `${after.name} ${says}, and ${rangeText(range.from, range.to)} is not made of whole ones: the two would be paid for different times; ${instead}`,
    );
  }
};

/** Refuses to set amounts of two currencies beside each other. */
export const checkSameMoney = (before: Named, after: Named): void => {
  const [from, to] = [before.plan.currency, after.plan.currency];
  if (from === to) return;
  throw new UsageError(
    `${after.name} pays in ${to}, ${before.name} in ${from}: amounts of two currencies cannot be compared`,
  );
};
