import type { Engine } from '../../engine/engine.ts';
import type { Whose } from '../../engine/reader.ts';
import type { PeriodResult, Person } from '../../engine/result.ts';
import type { Scope } from '../../rules/expression/typed.ts';

/** The people of a group over some days, or of a pool. */
export type Crowd = ReadonlySet<Person>;

/** Whom groups hold: the same for every statement of a run, worked out once. */
const known = new WeakMap<Engine, Map<string, Crowd>>();

/** Whoever is in a group on any of some days; the same object for the same group and days. */
export const crowdOf = (engine: Engine, { kind, who, from, to }: Whose): Crowd => {
  const crowds = known.get(engine) ?? new Map<string, Crowd>();
  known.set(engine, crowds);
  const key = `${kind}/${who}/${from}/${to}`;
  let crowd = crowds.get(key);
  if (crowd === undefined) {
    const scope: Scope = kind === 'group' ? { kind, name: who } : { kind };
    const members = scope.kind === 'own' ? new Map() : engine.membership.of(scope, who);
    const people = new Set<Person>();
    for (const [person, segments] of members) {
      if (segments.some((segment: { from: number; to: number }) => segment.from <= to && from <= segment.to))
        people.add(person);
    }
    crowd = people;
    crowds.set(key, crowd);
  }
  return crowd;
};

/** What crowds cut all people into: those who are in just the same of them, without those who are in none. */
export class Parts {
  static readonly none = new Parts([]);
  readonly parts: readonly Crowd[];
  readonly #cuts = new WeakMap<Crowd, Parts>();

  private constructor(parts: readonly Crowd[]) {
    this.parts = parts;
  }

  /** These parts, cut further by a crowd that may hold others, too; the same object for the same crowd. */
  cut(crowd: Crowd): Parts {
    let cut = this.#cuts.get(crowd);
    if (cut === undefined) {
      const rest = new Set(crowd);
      const pieces = this.parts.flatMap((part) => {
        const [inside, outside] = [new Set<Person>(), new Set<Person>()];
        for (const person of part) (rest.delete(person) ? inside : outside).add(person);
        return [inside, outside];
      });
      cut = new Parts([...pieces, rest].filter(({ size }) => size > 0));
      this.#cuts.set(crowd, cut);
    }
    return cut;
  }
}

const NOBODY: Crowd = new Set();
const pools = new WeakMap<PeriodResult, Map<string, Map<string | undefined, Crowd>>>();

/** Whoever has a line of a pool, by the pool's name where a reward makes several. */
export const poolOf = (result: PeriodResult, reward: string, each: string | undefined): Crowd => {
  let rewards = pools.get(result);
  if (rewards === undefined) {
    const made = new Map<string, Map<string | undefined, Set<Person>>>();
    for (const { rewardName, person, lines } of result.payouts) {
      for (const { pool } of lines) {
        if (pool === undefined) continue;
        const names = made.get(rewardName) ?? new Map<string | undefined, Set<Person>>();
        made.set(rewardName, names);
        names.set(pool.each, (names.get(pool.each) ?? new Set()).add(person));
      }
    }
    rewards = made;
    pools.set(result, rewards);
  }
  return rewards.get(reward)?.get(each) ?? NOBODY;
};
