import type { Computed } from '../engine/compute.ts';
import { daysWithin, holdsOn, latestStay } from '../engine/people.ts';
import { ViewReader } from '../engine/reader.ts';
import type { CreditRow, Payout, Person, Stay } from '../engine/result.ts';
import { isMissing } from '../values/missing.ts';
import { add, compare, div, mul, type Num } from '../values/num.ts';
import { type Period, periodOf } from '../values/period.ts';
import { QuotasRead } from './quotas-read.ts';

/** What somebody reached in a period in one job, the quota for it, and what the job paid for it; in minor units or in the measure's. */
export interface Reached {
  readonly reached: Num;
  readonly quota: Num;
  readonly paid: Num;
}

/** Somebody in one job with a quota: how much of it they reached, and what they were paid. */
export interface Standing {
  readonly id: string;
  readonly department: string;
  readonly team: string;
  /** Of what they are credited with in the job, the region of most of the money; '' where deals have none. */
  readonly region: string;
  /** Whether they had jobs in several departments in the periods that are paid. */
  readonly crossedOver: boolean;
  /** The measure that their quota is of. */
  readonly measure: string;
  /** By the label of each period that the job has a quota for. */
  readonly periods: ReadonlyMap<string, Reached>;
}

/** A person's stays in one department for which their quota of a measure is read. */
interface Job {
  readonly person: Person;
  readonly department: string;
  readonly measure: string;
  readonly stays: readonly Stay[];
}

/**
 * Who reached what, and what that was paid: each job by itself, with the pay of its stays in the periods that it has a quota for,
 * and by each measure that it has one of. In whatever order rows are.
 */
export const standingsOf = (now: Computed): readonly Standing[] => {
  const regions = regionsOf(now);
  const payouts = new Map<Person, (readonly [Period, Payout])[]>();
  for (const { period, payouts: all } of now.periods) {
    for (const payout of all) payouts.set(payout.person, [...(payouts.get(payout.person) ?? []), [period, payout]]);
  }
  return jobsIn(now).flatMap((job): Standing[] => {
    const { person, department, measure, stays } = job;
    const periods = reachedIn(now, job, payouts.get(person) ?? []);
    if (periods.size === 0) return [];
    return [
      {
        id: person.id,
        department,
        team: latestStay(stays)?.team ?? '',
        region: regions(job),
        crossedOver: departmentsOf(staysIn(now, person)).size > 1,
        measure,
        periods,
      },
    ];
  });
};

const departmentOf = ({ department }: Stay): string => department ?? '';
const departmentsOf = (stays: readonly Stay[]): ReadonlySet<string> => new Set(stays.map(departmentOf));

/** A person's stays in the periods that are paid. */
const staysIn = ({ periods }: Computed, { stays }: Person): readonly Stay[] => {
  const [first, last] = [periods[0]?.period, periods.at(-1)?.period];
  if (first === undefined || last === undefined) return [];
  return stays.filter((stay) => stay.from <= last.to && first.from <= stay.to);
};

/** All jobs with quotas, as far as some reward pays them. */
const jobsIn = (now: Computed): readonly Job[] => {
  const { engine, plan, people } = now;
  const quotas = now.tables.get('quotas')?.columns;
  const fors = new Map<string, Set<string>>();
  for (const [row, id] of (quotas?.get('for') ?? []).entries()) {
    const measure = String(quotas?.get('measure')?.[row]);
    if (!plan.measures.has(measure)) continue;
    fors.set(String(id), (fors.get(String(id)) ?? new Set()).add(measure));
  }
  const read = new QuotasRead(plan, engine.groups);
  const rewards = [...plan.rewards.values()];
  const paid = people.map((person) => {
    const holding = new Set(rewards.flatMap(({ who }) => engine.groups.holding(who, person)));
    return { person, stays: staysIn(now, person).filter((stay) => holding.has(stay)) };
  });
  // Which quotas a department has, told by those who have been in no other.
  const usual = new Set<string>();
  for (const { person, stays } of paid) {
    const [department, ...more] = departmentsOf(staysIn(now, person));
    if (stays.length === 0 || department === undefined || more.length > 0) continue;
    for (const measure of fors.get(person.id) ?? []) usual.add(`${measure}/${department}`);
  }
  return paid.flatMap(({ person, stays }) => {
    const measures = [...(fors.get(person.id) ?? [])].sort();
    const reading = new Map(measures.map((measure) => [measure, read.staysFor(measure, person)]));
    const jobs = [...departmentsOf(stays)].flatMap((department) => {
      const own = stays.filter((stay) => departmentOf(stay) === department);
      const some = own.some((stay) => [...reading.values()].some((those) => those.has(stay)));
      return measures
        .map((measure): Job => {
          // A plan that reads none of somebody's quotas is held against all of them.
          const those = some ? own.filter((stay) => reading.get(measure)?.has(stay)) : own;
          return { person, department, measure, stays: those };
        })
        .filter((job) => job.stays.length > 0);
    });
    // Of one quota in two departments, it is that of the department whose people have such quotas.
    return jobs.filter(({ measure, department }) => {
      const all = jobs.filter((job) => job.measure === measure).map((job) => `${measure}/${job.department}`);
      return all.length < 2 || usual.has(`${measure}/${department}`) || !all.some((key) => usual.has(key));
    });
  });
};

/** What is reached of a measure in a job, the quota of it and what is paid, period by period where there is all of that. */
const reachedIn = (
  now: Computed,
  job: Job,
  payouts: readonly (readonly [Period, Payout])[],
): ReadonlyMap<string, Reached> => {
  const { engine, periods, plan } = now;
  const { person, measure, stays } = job;
  const type = plan.measures.get(measure)?.value.type ?? 'money';
  const at = { type, start: 0, end: 0, scope: { kind: 'own' } } as const;
  const found = new Map<string, Reached>();
  for (const { period } of periods) {
    const stay = latestStay(stays.filter((one) => one.from <= period.to && period.from <= one.to));
    if (stay === undefined) continue;
    const view = { person, creditDays: stays, quotaDays: stays, stay, team: stay.team, period };
    const reader = new ViewReader(engine, { ...view, within: undefined, log: undefined });
    const quota = reader.quota({ ...at, kind: 'quota', measure }) as Num;
    const reached = reader.measure({ ...at, kind: 'measure', name: measure, suffix: undefined }) as Num;
    if (isMissing(quota) || isMissing(reached)) continue;
    found.set(period.label, { reached, quota, paid: paidIn(now, job, period, payouts) });
  }
  return found;
};

/** What the lines of a job's stays pay for a period. */
const paidIn = (
  { plan }: Computed,
  { stays }: Job,
  of: Period,
  payouts: readonly (readonly [Period, Payout])[],
): Num => {
  const own = new Set(stays);
  let sum: Num = 0;
  for (const [period, { reward, lines }] of payouts) {
    const whole = periodOf(period.to, reward?.every ?? plan.period, plan.fiscalYearStarts);
    const parts = new Map<Stay, Num>();
    for (const { stay, tail, amount } of lines) {
      // What a tail pays counts towards no quota.
      if (tail || !own.has(stay)) continue;
      const part = parts.get(stay) ?? partIn(stay, whole, of);
      parts.set(stay, part);
      sum = add(sum, mul(amount, part));
    }
  }
  return sum;
};

/** Which part of a stay's days in a reward's period lies in one of the plan's: all or nothing where these are the same. */
const partIn = (stay: Stay, whole: Period, { from, to }: Period): Num => {
  const both = daysWithin([stay], Math.max(whole.from, from), Math.min(whole.to, to));
  return div(both, daysWithin([stay], whole.from, whole.to)) ?? 0;
};

/**
 * Where people sell: of the deals that they are credited with in a job, in the periods that are paid, the region that most of the
 * amount is from. People have no region of their own in any table, deals have.
 */
const regionsOf = ({ tables, credits, periods }: Computed): ((job: Job) => string) => {
  const column = tables.get('deals')?.columns.get('region');
  const [first, last] = [periods[0]?.period, periods.at(-1)?.period];
  if (column === undefined || first === undefined || last === undefined) return () => '';
  const rows = new Map<Person, CreditRow[]>();
  for (const row of [...credits.values()].flat()) {
    if (row.person === undefined || row.deal < 0 || row.date < first.from || row.date > last.to) continue;
    const own = rows.get(row.person);
    if (own === undefined) rows.set(row.person, [row]);
    else own.push(row);
  }
  return ({ person, stays }) => {
    const sums = new Map<string, Num>();
    for (const { deal, date, amount } of rows.get(person) ?? []) {
      const region = column[deal];
      if (typeof region === 'string' && holdsOn(stays, date)) sums.set(region, add(sums.get(region) ?? 0, amount ?? 0));
    }
    return [...sums].sort(([a, x], [b, y]) => compare(y, x) || (a < b ? -1 : 1))[0]?.[0] ?? '';
  };
};
