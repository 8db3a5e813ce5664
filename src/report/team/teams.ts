import type { PeriodResult, Person, Stay } from '../../engine/result.ts';
import { compareText } from '../figures/cell-text.ts';

/** People who work together: a team; those without one by their manager, else by department. */
export interface Team {
  /** Names the file. */
  readonly id: string;
  readonly title: string;
  readonly holds: (stay: Stay) => boolean;
  /** In the order of people. */
  readonly people: readonly Person[];
}

interface Named {
  readonly id: string;
  readonly title: string;
}

const namedBy = ({ team, manager, department }: Stay, nameOf: (id: string) => string): Named => {
  if (team !== undefined) return { id: team, title: `Team ${team}` };
  if (manager !== undefined) return { id: `reports of ${manager}`, title: `Reports of ${nameOf(manager)}` };
  if (department !== undefined) return { id: `${department} without a team`, title: `${department}, without a team` };
  return { id: 'everyone', title: 'Everyone' };
};

/** The teams of the people who have a payout in a period, by id; who changed teams in it is in each of them. */
export const teamsOf = (
  { payouts, period }: PeriodResult,
  people: readonly Person[],
  held: ReadonlySet<string>,
): readonly Team[] => {
  const names = new Map(people.map(({ id, name }) => [id, name ?? id]));
  const named = (stay: Stay): Named => namedBy(stay, (id) => names.get(id) ?? id);
  const found = new Map<string, { readonly title: string; readonly people: Set<Person> }>();
  for (const { person, lastStay, lines } of payouts) {
    if (held.has(person.id)) continue;
    // Who is paid after having left belongs to where they were last.
    const now = person.stays.filter(({ from, to }) => from <= period.to && to >= period.from);
    for (const stay of [...now, ...lines.map((line) => line.stay), ...(now.length === 0 ? [lastStay] : [])]) {
      const { id, title } = named(stay);
      const team = found.get(id) ?? { title, people: new Set<Person>() };
      found.set(id, team);
      team.people.add(person);
    }
  }
  return [...found]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, { title, people: own }]) => ({
      id,
      title,
      holds: (stay: Stay) => named(stay).id === id,
      people: [...own].sort((a, b) => a.index - b.index),
    }));
};
