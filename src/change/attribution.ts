import { type ComputeOptions, compute } from '../engine/compute.ts';
import type { Computation } from '../engine/result.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import { add, type Num, sub } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import type { Diff } from './diff.ts';
import { hybridOf } from './hybrid.ts';
import { GRAINS, type Grain, type Part, partsOf } from './parts.ts';
import { inWholeCents, shapleyValues } from './shapley.ts';

/** What one person is paid in one department by either plan, and which part of the change makes how much of the difference. */
export interface Touched {
  readonly person: string;
  readonly name: string | undefined;
  readonly department: string | undefined;
  readonly before: Num;
  readonly after: Num;
  /** In minor units, one for each part; they add up to after − before. */
  readonly byPart: readonly Num[];
}

/** What a change would have paid on past data. */
export interface Attribution {
  readonly from: Period;
  readonly to: Period;
  readonly grain: Grain;
  readonly parts: readonly Part[];
  /** Everybody who is paid by either plan, by id, then department. */
  readonly people: readonly Touched[];
}

export interface AttributionFailed {
  /** Why one of the two plans cannot be paid on these rows. */
  readonly findings: readonly Finding[];
  readonly of: 'before' | 'after';
}

/** More parts than this that move one reward are told by rule, then by section: every set of them is paid once. */
export const MOST_PARTS = 8;

/** Rows as either plan reads them. */
export interface BothTables {
  readonly before: Tables;
  readonly after: Tables;
}

type Pay = ReadonlyMap<string, Num>;

/** By reward, then by person and department. */
type PayByReward = ReadonlyMap<string, Pay>;

/**
 * Pays past rows by both plans and by every mixture of them that is needed to say which part of the change makes how much of
 * each person's difference: Shapley values, exactly, over all orders in which the parts could have come. A part matters only
 * to rewards that read what it changes, so the sets are formed reward by reward. Where parts are too many, or some mixture
 * cannot be paid, whole rules are taken together, then whole sections, then everything.
 */
export const attribute = (
  diff: Diff,
  tables: BothTables,
  options: Pick<ComputeOptions, 'periods' | 'progress'>,
): Attribution | AttributionFailed | undefined => {
  const first = payWith(diff.before, tables.before, options);
  if (!('periods' in first)) return { findings: first.findings, of: 'before' };
  const second = payWith(diff.after, tables.after, options);
  if (!('periods' in second)) return { findings: second.findings, of: 'after' };
  const span = options.periods ?? spanOf(first, second);
  if (span === undefined) return undefined;
  // Both over the same days.
  const over = { ...options, periods: span };
  const before = options.periods === undefined ? payWith(diff.before, tables.before, over) : first;
  const after = options.periods === undefined ? payWith(diff.after, tables.after, over) : second;
  if (!('periods' in before)) return { findings: before.findings, of: 'before' };
  if (!('periods' in after)) return { findings: after.findings, of: 'after' };
  const ends = { before: payByReward(before), after: payByReward(after) };
  for (const grain of GRAINS) {
    const parts = partsOf(diff.differences, grain);
    const byPart = grain === 'whole' ? asOne(ends, parts.length) : sharedOut(diff, tables, parts, ends, over);
    if (byPart === undefined) continue;
    return { from: span.from, to: span.to, grain, parts, people: peopleOf(before, after, byPart) };
  }
  return undefined;
};

const payWith = (
  plan: Plan,
  tables: Tables,
  options: Pick<ComputeOptions, 'periods'>,
): Computation | { readonly findings: readonly Finding[] } => {
  const sink = new Sink();
  return compute(plan, tables, options, sink) ?? { findings: sink.all() };
};

const spanOf = (
  before: Computation,
  after: Computation,
): { readonly from: Period; readonly to: Period } | undefined => {
  const periods = [...before.periods, ...after.periods].map(({ period }) => period);
  const [first] = periods;
  if (first === undefined) return undefined;
  return {
    from: periods.reduce((least, period) => (period.from < least.from ? period : least), first),
    to: periods.reduce((most, period) => (period.to > most.to ? period : most), first),
  };
};

const cellOf = (person: string, department: string | undefined): string => JSON.stringify([person, department ?? null]);

const payByReward = ({ periods }: Computation): PayByReward => {
  const rewards = new Map<string, Map<string, Num>>();
  for (const { payouts } of periods) {
    for (const { person, rewardName, lines, lastStay } of payouts) {
      const own = rewards.get(rewardName) ?? new Map<string, Num>();
      rewards.set(rewardName, own);
      const pay = (department: string | undefined, amount: Num): void => {
        const cell = cellOf(person.id, department);
        own.set(cell, add(own.get(cell) ?? 0, amount));
      };
      if (lines.length === 0) pay(lastStay.department, 0);
      for (const { stay, amount } of lines) pay(stay.department, amount);
    }
  }
  return rewards;
};

interface Ends {
  readonly before: PayByReward;
  readonly after: PayByReward;
}

type ByPart = ReadonlyMap<string, readonly Num[]>;

const allCells = ({ before, after }: Ends): ReadonlySet<string> =>
  new Set([...before.values(), ...after.values()].flatMap((pay) => [...pay.keys()]));

const sumOf = (pay: PayByReward, cell: string): Num =>
  [...pay.values()].reduce<Num>((sum, own) => add(sum, own.get(cell) ?? 0), 0);

/** The whole difference as one part's. */
const asOne = (ends: Ends, parts: number): ByPart =>
  new Map(
    [...allCells(ends)].map((cell) => {
      const difference = sub(sumOf(ends.after, cell), sumOf(ends.before, cell));
      return [cell, Array.from({ length: parts }, () => difference)];
    }),
  );

/** Undefined where parts are too many, or some mixture cannot be paid or does not end where the plans do. */
const sharedOut = (
  diff: Diff,
  tables: BothTables,
  parts: readonly Part[],
  ends: Ends,
  options: Pick<ComputeOptions, 'periods' | 'progress'>,
): ByPart | undefined => {
  const rewards = [...new Set(parts.flatMap((part) => [...part.rewards]))];
  const movers = new Map(rewards.map((reward) => [reward, indicesOf(parts, reward)]));
  if ([...movers.values()].some((own) => own.length > MOST_PARTS)) return undefined;
  const mixtures = new Map<string, PayByReward | undefined>();
  const sets = [...movers.values()].reduce((sum, own) => sum + 2 ** own.length, 0);
  const payOf = (taken: readonly number[]): PayByReward | undefined => {
    const key = taken.join();
    if (!mixtures.has(key)) {
      const differences = taken.flatMap((i) => parts[i]?.differences ?? []);
      const readsNew = taken.some((i) => parts[i]?.differences.some(({ path }) => path[0] === 'data'));
      const computation = payWith(hybridOf(diff, differences), readsNew ? tables.after : tables.before, options);
      mixtures.set(key, 'periods' in computation ? payByReward(computation) : undefined);
      options.progress?.(mixtures.size / sets);
    }
    return mixtures.get(key);
  };
  const exact = new Map<string, Num[]>();
  for (const [reward, own] of movers) {
    const worths: Pay[] = [];
    for (let set = 0; set < 2 ** own.length; set++) {
      const pay = payOf(own.filter((_, k) => (set & (1 << k)) !== 0));
      if (pay === undefined) return undefined;
      worths.push(pay.get(reward) ?? new Map());
    }
    for (const cell of new Set(worths.flatMap((pay) => [...pay.keys()]))) {
      const values = shapleyValues(own.length, (set) => worths[set]?.get(cell) ?? 0);
      const sums = exact.get(cell) ?? parts.map<Num>(() => 0);
      exact.set(cell, sums);
      own.forEach((part, k) => {
        sums[part] = add(sums[part] ?? 0, values[k] ?? 0);
      });
    }
  }
  const byPart = new Map<string, readonly Num[]>();
  for (const cell of allCells(ends)) {
    const values = inWholeCents(exact.get(cell) ?? parts.map<Num>(() => 0));
    const difference = sub(sumOf(ends.after, cell), sumOf(ends.before, cell));
    const told = values.reduce<Num>(add, 0);
    // Mixtures begin and end where the plans do, unless rows are read in a way that no part says.
    if (sub(difference, told) !== 0) return undefined;
    byPart.set(cell, values);
  }
  return byPart;
};

const indicesOf = (parts: readonly Part[], reward: string): readonly number[] =>
  parts.flatMap((part, i) => (part.rewards.has(reward) ? [i] : []));

const peopleOf = (before: Computation, after: Computation, byPart: ByPart): readonly Touched[] => {
  const names = new Map([...before.people, ...after.people].map(({ id, name }) => [id, name]));
  const [old, now] = [payByReward(before), payByReward(after)];
  return [...byPart]
    .map(([cell, values]): Touched => {
      const [person, department] = JSON.parse(cell) as [string, string | null];
      return {
        person,
        name: names.get(person),
        department: department ?? undefined,
        before: sumOf(old, cell),
        after: sumOf(now, cell),
        byPart: values,
      };
    })
    .sort((a, b) => textOrder(a.person, b.person) || textOrder(a.department ?? '', b.department ?? ''));
};

const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
