import type { Plan, Reward } from '../rules/plan.ts';
import { TABLES } from '../rules/tables.ts';
import { type Comparing, insteadOf } from './comparing.ts';
import { sameData } from './data.ts';
import { tableData } from './rule-data.ts';

const allRewards = ({ before, after }: Comparing): readonly string[] => [
  ...new Set([...before.rewards.keys(), ...after.rewards.keys()]),
];

const SETTINGS = {
  currency: 'people are paid in',
  period: 'people are paid every',
  fiscalYearStarts: 'the fiscal year starts in month',
  rounding: 'half a cent is rounded',
} as const;

/** A plan that pays by another period: its rewards and steps that have the plan's own take the new one. */
export const withPeriod = (plan: Plan, period: Plan['period']): Plan => {
  if (plan.period === period) return plan;
  const moved = (reward: Reward): Reward => {
    if (reward.every !== plan.period) return reward;
    if (reward.body !== 'credit' || reward.rate.kind !== 'steps' || reward.rate.accumulate !== plan.period)
      return { ...reward, every: period };
    return { ...reward, every: period, rate: { ...reward.rate, accumulate: period } };
  };
  const rewards = new Map([...plan.rewards].map(([name, reward]) => [name, moved(reward)]));
  return { ...plan, period, rewards };
};

export const compareSettings = (comparing: Comparing, before: Plan): void => {
  const { after } = comparing;
  if (before.name !== after.name) {
    const says = `the plan is called “${after.name}” instead of “${before.name}”`;
    comparing.add(['plan'], [], { kind: 'renamed', says, before: before.name, after: after.name });
  }
  for (const [key, what] of Object.entries(SETTINGS) as [keyof typeof SETTINGS, string][]) {
    const [was, is] = [before[key], after[key]];
    if (was === is) continue;
    comparing.add([key], allRewards(comparing), {
      says: `${what} ${is} instead of ${was}`,
      before: String(was),
      after: String(is),
      take: (plan) =>
        key === 'period'
          ? withPeriod(plan, after.period)
          : { ...plan, [key]: is, ...(key === 'currency' ? { digits: after.digits } : {}) },
    });
  }
};

/** How tables are read: it is for whoever reads them to try both ways. */
export const compareData = (comparing: Comparing): void => {
  const { before, after } = comparing;
  for (const { name } of TABLES) {
    const [was, is] = [before.data.get(name), after.data.get(name)];
    const files = [was?.file, is?.file].map((file) => file ?? `${name}.csv`);
    if (files[0] !== files[1]) {
      const says = `${name} are read from ${files[1]} instead of ${files[0]}`;
      comparing.add(['data', name, 'file'], [], {
        says,
        before: files[0],
        after: files[1],
        places: { before: was?.place, after: is?.place },
      });
    }
    const [old, now] = [was && tableData(was), is && tableData(is)];
    if (sameData(old ?? {}, now ?? {})) continue;
    comparing.add(['data', name], allRewards(comparing), {
      says: `${name} are read in another way: ${settingsSay(old ?? {}, now ?? {})}`,
      places: { before: was?.place, after: is?.place },
      take: (plan) => ({ ...plan, data: after.data }),
      part: 'data',
    });
  }
  for (const [key, what] of [
    ['targetPer', 'target_pay is for a'],
    ['quotaProrate', 'quotas are prorated by'],
  ] as const) {
    const [was, is] = [before[key], after[key]];
    if (was === is) continue;
    comparing.add(['data', key], allRewards(comparing), {
      says: insteadOf(was, is, { is: what, none: `${what} nothing` }),
      before: was,
      after: is,
      take: (plan) => ({ ...plan, [key]: is }),
    });
  }
};

const settingsSay = (old: ReturnType<typeof tableData>, now: ReturnType<typeof tableData>): string =>
  [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => !sameData(old[key] ?? null, now[key] ?? null))
    .map((key) => {
      const [was, is] = [old[key], now[key]];
      return typeof was === 'string' && typeof is === 'string' ? `${key} ${is} instead of ${was}` : key;
    })
    .join(', ');
