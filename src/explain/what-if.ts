import { type Computed, compute } from '../engine/compute.ts';
import type { Line, PeriodResult, Person } from '../engine/result.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import type { Tables } from '../rules/table-data.ts';
import { add, isZero, type Num, sub } from '../values/num.ts';
import type { Period } from '../values/period.ts';

/** What a line would pay more, or less; `line` is as it would be, or as it is where it would not be there. */
export interface LineChange {
  readonly line: Line;
  readonly kind: 'new' | 'gone' | 'changed';
  readonly more: Num;
}

export interface RewardChange {
  readonly reward: string;
  readonly now: Num;
  readonly would: Num;
  /** Lines that would pay something else; what they would pay more adds up to would − now. */
  readonly lines: readonly LineChange[];
}

/** What somebody is paid in a period, and would be with other inputs. */
export interface WhatIf {
  readonly period: Period;
  readonly now: Num;
  readonly would: Num;
  readonly rewards: readonly RewardChange[];
  /** Whose pay would change beside, and by how much in all. */
  readonly others: { readonly people: number; readonly more: Num };
}

/** Computes the periods of a run once more with other tables; the findings where that has no answer. */
export const computeWith = (computed: Computed, tables: Tables): Computed | readonly Finding[] => {
  const { plan, periods, engine } = computed;
  const [first, last] = [periods[0]?.period, periods.at(-1)?.period];
  const { inForce, paidBefore } = engine;
  const sink = new Sink();
  const options = { periods: first && last && { from: first, to: last }, inForce, paidBefore };
  return compute(plan, tables, options, sink) ?? sink.all();
};

/** What a person would be paid in each of the run's periods in which it would be something else. */
export const whatIf = (computed: Computed, other: Computed, person: Person): readonly WhatIf[] =>
  computed.periods.flatMap((result, i): readonly WhatIf[] => {
    const then = other.periods[i];
    if (then === undefined) return [];
    const rewards = [...new Set([...result.payouts, ...then.payouts].map(({ rewardName }) => rewardName))];
    const changes = rewards.flatMap((reward): readonly RewardChange[] => {
      const before = linesOf(result, person.id, reward);
      const after = linesOf(then, person.id, reward);
      const lines = lineChanges(before, after);
      return lines.length === 0 ? [] : [{ reward, now: sum(before), would: sum(after), lines }];
    });
    const others = othersChanged(result, then, person.id);
    if (changes.length === 0 && others.people === 0) return [];
    const paid = (of: PeriodResult): Num =>
      of.payouts.reduce<Num>(
        (total, payout) => (payout.person.id === person.id ? add(total, payout.amount) : total),
        0,
      );
    return [{ period: result.period, now: paid(result), would: paid(then), rewards: changes, others }];
  });

const linesOf = ({ payouts }: PeriodResult, person: string, reward: string): readonly Line[] =>
  payouts.find((payout) => payout.person.id === person && payout.rewardName === reward)?.lines ?? [];

const sum = (lines: readonly Line[]): Num => lines.reduce<Num>((total, { amount }) => add(total, amount), 0);

/** What a line is of, by which it is found again in the other run. */
const keyOf = ({ kind, stay, credit, pool, source }: Line): string =>
  JSON.stringify([
    kind,
    stay.row,
    credit && [credit.deal, credit.attribution, credit.lead, credit.split],
    pool?.each,
    credit === undefined ? source?.line : undefined,
  ]);

const lineChanges = (before: readonly Line[], after: readonly Line[]): readonly LineChange[] => {
  const now = new Map(before.map((line) => [keyOf(line), line]));
  const then = new Map(after.map((line) => [keyOf(line), line]));
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((key): readonly LineChange[] => {
    const [old, fresh] = [now.get(key), then.get(key)];
    const line = fresh ?? old;
    const more = sub(fresh?.amount ?? 0, old?.amount ?? 0);
    if (line === undefined || isZero(more)) return [];
    return [{ line, kind: old === undefined ? 'new' : fresh === undefined ? 'gone' : 'changed', more }];
  });
};

const othersChanged = (now: PeriodResult, then: PeriodResult, person: string): WhatIf['others'] => {
  const more = new Map<string, Num>();
  const take = ({ payouts }: PeriodResult, sign: (total: Num, amount: Num) => Num): void => {
    for (const { person: whose, amount } of payouts)
      if (whose.id !== person) more.set(whose.id, sign(more.get(whose.id) ?? 0, amount));
  };
  take(then, add);
  take(now, sub);
  const changed = [...more.values()].filter((amount) => !isZero(amount));
  return { people: changed.length, more: changed.reduce<Num>(add, 0) };
};
