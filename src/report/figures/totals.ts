import type { PeriodResult, Person } from '../../engine/result.ts';
import { add, type Num } from '../../values/num.ts';
import { compareText } from './cell-text.ts';
import { partsOfPayout } from './payout-parts.ts';

/** What one person is paid in one department. */
export interface PersonTotal {
  readonly person: Person;
  readonly amount: Num;
  readonly byReward: ReadonlyMap<string, Num>;
}

export interface TeamTotal {
  readonly department: string;
  readonly team: string;
  readonly amount: Num;
}

export interface DepartmentTotal {
  readonly department: string;
  readonly amount: Num;
  readonly byReward: ReadonlyMap<string, Num>;
  /** By person id. */
  readonly people: readonly PersonTotal[];
}

/** What a period comes to, added up in every way that reports show. Held people are left out. */
export interface PeriodTotals {
  readonly amount: Num;
  /** How many people have a payout, if of 0.00. */
  readonly people: number;
  /** In the plan's order, adjustments last; only rewards that somebody has a payout of. */
  readonly rewards: ReadonlyMap<string, Num>;
  /** By name. */
  readonly departments: readonly DepartmentTotal[];
  readonly teams: readonly TeamTotal[];
  readonly held: { readonly people: number; readonly amount: Num };
}

const addTo = <Key>(sums: Map<Key, Num>, key: Key, amount: Num): void => {
  sums.set(key, add(sums.get(key) ?? 0, amount));
};

interface Sums {
  amount: Num;
  readonly byReward: Map<string, Num>;
}

const addReward = (sums: Sums, reward: string, amount: Num): void => {
  sums.amount = add(sums.amount, amount);
  addTo(sums.byReward, reward, amount);
};

const noSums = (): Sums => ({ amount: 0, byReward: new Map() });

const entry = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
};

/** Adds up a period; `rewardOrder` are the plan's rewards in its order. */
export const totalsOf = (
  result: PeriodResult,
  held: ReadonlySet<string>,
  rewardOrder: Iterable<string>,
): PeriodTotals => {
  const everything = noSums();
  const people = new Set<Person>();
  const heldPeople = new Set<Person>();
  let heldAmount: Num = 0;
  const departments = new Map<string, Sums & { readonly people: Map<Person, Sums> }>();
  const teams = new Map<string, Map<string, Num>>();
  for (const payout of result.payouts) {
    const { person, rewardName } = payout;
    if (held.has(person.id)) {
      heldPeople.add(person);
      heldAmount = add(heldAmount, payout.amount);
      continue;
    }
    people.add(person);
    addReward(everything, rewardName, payout.amount);
    for (const { department, amount, stay } of partsOfPayout(payout)) {
      const sums = entry(departments, department, () => ({ ...noSums(), people: new Map<Person, Sums>() }));
      addReward(sums, rewardName, amount);
      addReward(entry(sums.people, person, noSums), rewardName, amount);
      if (payout.lines.length === 0)
        addTo(
          entry(teams, department, () => new Map<string, Num>()),
          stay.team ?? '',
          0,
        );
    }
    for (const { stay, amount } of payout.lines) {
      addTo(
        entry(teams, stay.department ?? '', () => new Map<string, Num>()),
        stay.team ?? '',
        amount,
      );
    }
  }
  const inOrder = [...rewardOrder, 'adjustments'].filter((name) => everything.byReward.has(name));
  return {
    amount: everything.amount,
    people: people.size,
    rewards: new Map(inOrder.map((name) => [name, everything.byReward.get(name) ?? 0])),
    departments: [...departments]
      .sort(([a], [b]) => compareText(a, b))
      .map(([department, sums]) => ({
        department,
        amount: sums.amount,
        byReward: sums.byReward,
        people: [...sums.people]
          .map(([person, { amount, byReward }]) => ({ person, amount, byReward }))
          .sort((a, b) => compareText(a.person.id, b.person.id)),
      })),
    teams: [...teams]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([department, sums]) =>
        [...sums].sort(([a], [b]) => compareText(a, b)).map(([team, amount]) => ({ department, team, amount })),
      ),
    held: { people: heldPeople.size, amount: heldAmount },
  };
};
