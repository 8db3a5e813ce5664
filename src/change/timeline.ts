import type { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import { type Day, formatDay } from '../values/date.ts';
import { periodOf } from '../values/period.ts';

/** A plan and the days on which it is in force; ±Infinity where there is no other before or after it. */
export interface InForce {
  readonly plan: Plan;
  readonly from: Day;
  readonly to: Day;
}

/** How long before its end somebody is told that no plan follows. */
export const TOLD_BEFORE_END = 42;

/**
 * The plans of a programme in the order in which they were in force: each from its first day until the next one's. A plan that says
 * no first day was in force from the beginning, and there can be one such.
 */
export const timelineOf = (plans: readonly Plan[], sink: Sink): readonly InForce[] => {
  const start = ({ change }: Plan): Day => change?.effective ?? Number.NEGATIVE_INFINITY;
  const sorted = [...plans].sort((a, b) => (start(a) < start(b) ? -1 : start(a) > start(b) ? 1 : 0));
  return sorted.map((plan, i) => {
    const next = sorted[i + 1];
    if (next !== undefined) checkHandover(plan, next, sink);
    return { plan, from: start(plan), to: next === undefined ? Number.POSITIVE_INFINITY : start(next) - 1 };
  });
};

const checkHandover = (plan: Plan, next: Plan, sink: Sink): void => {
  const from = next.change?.effective;
  if (from === plan.change?.effective) {
    const day = from === undefined ? 'say no first day' : `are in force from ${formatDay(from)}`;
    sink.add('same-effective-date', `two plans ${day}: “${plan.name}” and “${next.name}”`, {
      ...(next.change?.place ?? { file: next.file, line: 1 }),
      path: 'change > effective',
      related: [{ ...(plan.change?.place ?? { file: plan.file, line: 1 }), message: 'the other one' }],
      hint: 'one plan is in force at a time: give each its first day, change: { effective: ... }',
    });
    return;
  }
  if (from === undefined) return;
  const around = periodOf(from, plan.period, plan.fiscalYearStarts);
  if (around.from !== from) {
    sink.add(
      'change-mid-period',
      `${formatDay(from)} lies within ${around.label} of the plan before it, “${plan.name}”, which pays by the ${plan.period}`,
      {
        ...(next.change?.place ?? { file: next.file }),
        path: 'change > effective',
        hint: `take ${formatDay(around.from)} or ${formatDay(around.to + 1)}`,
      },
    );
  }
  for (const reward of plan.rewards.values()) {
    const longer = periodOf(from, reward.every, plan.fiscalYearStarts);
    if (reward.every === plan.period || longer.from === from || next.rewards.get(reward.name)?.every === reward.every)
      continue;
    sink.add(
      'change-mid-period',
      `${reward.name} is paid every ${reward.every}, and ${longer.label} is cut by “${next.name}”, which does not pay it`,
      {
        ...reward.place,
        path: `rewards > ${reward.name}`,
        hint: `let the next plan begin on ${formatDay(longer.to + 1)}, or pay ${reward.name} in it until then`,
      },
    );
  }
};

/** The first of some plans that begins on a day or after it; else the last. */
export const nextOf = (plans: readonly Plan[], day: Day): Plan | undefined => {
  const sorted = [...plans].sort((a, b) => (a.change?.effective ?? 0) - (b.change?.effective ?? 0));
  return sorted.find(({ change }) => change !== undefined && change.effective >= day) ?? sorted.at(-1);
};

/** The plan in force on a day; undefined before the first. */
export const inForceOn = (timeline: readonly InForce[], day: Day): InForce | undefined =>
  timeline.find(({ from, to }) => from <= day && day <= to);

/** Says that a plan is past its end and nothing has taken its place, or will be before long. */
export const checkEnd = ({ plan, to }: InForce, asOf: Day, sink: Sink): void => {
  const ends = plan.change?.ends;
  if (ends === undefined || to <= asOf || to < Number.POSITIVE_INFINITY) return;
  const place = { ...plan.change?.place, file: plan.change?.place.file ?? plan.file, path: 'change > ends' };
  if (asOf > ends) {
    sink.add(
      'plan-past-end',
      `“${plan.name}” was meant until ${formatDay(ends)} and is in force as long as no other is`,
      {
        ...place,
        hint: 'propose the plan that takes its place, or say a later ends:, and let all sign it',
      },
    );
  } else if (ends - asOf <= TOLD_BEFORE_END) {
    sink.add(
      'plan-ends-soon',
      `“${plan.name}” ends on ${formatDay(ends)}, in ${ends - asOf} days, and no plan follows`,
      {
        ...place,
        hint: 'propose the plan that takes its place in time for its notice; until there is one, this one stays in force',
      },
    );
  }
};
