import type { Engine } from '../../engine/engine.ts';
import type { Whose } from '../../engine/reader.ts';
import type { PeriodResult, Person } from '../../engine/result.ts';
import type { Scope } from '../../rules/expression/typed.ts';

/** The people of a group over some days. */
export interface Crowd {
  readonly people: ReadonlySet<Person>;
}

/** Whom groups hold and how they differ: the same for every statement of a run, worked out once. */
interface Known {
  readonly crowds: Map<string, Crowd>;
  readonly apart: Map<Crowd, Map<Crowd, ReadonlySet<Person>>>;
}

const known = new WeakMap<Engine, Known>();

const knownOf = (engine: Engine): Known => {
  const own = known.get(engine) ?? { crowds: new Map(), apart: new Map() };
  known.set(engine, own);
  return own;
};

/** Whoever is in a group on any of some days; the same object for the same group and days. */
export const crowdOf = (engine: Engine, { kind, who, from, to }: Whose): Crowd => {
  const { crowds } = knownOf(engine);
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
    crowd = { people };
    crowds.set(key, crowd);
  }
  return crowd;
};

/** Whoever is in one of two crowds and not in the other. */
export const apartOf = (engine: Engine, a: Crowd, b: Crowd): ReadonlySet<Person> => {
  const { apart } = knownOf(engine);
  const own = apart.get(a) ?? new Map<Crowd, ReadonlySet<Person>>();
  apart.set(a, own);
  let people = own.get(b);
  if (people === undefined) {
    people = new Set([
      ...[...a.people].filter((each) => !b.people.has(each)),
      ...[...b.people].filter((each) => !a.people.has(each)),
    ]);
    own.set(b, people);
  }
  return people;
};

const pools = new WeakMap<PeriodResult, Map<string, Map<string | undefined, ReadonlySet<Person>>>>();

/** Whoever has a line of a pool, by the pool's name where a reward makes several. */
export const poolOf = (result: PeriodResult, reward: string, each: string | undefined): ReadonlySet<Person> => {
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
  return rewards.get(reward)?.get(each) ?? new Set();
};
