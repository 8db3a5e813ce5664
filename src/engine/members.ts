import type { Scope } from '../rules/expression/typed.ts';
import type { Groups } from './groups.ts';
import { clip, type Segment } from './people.ts';
import type { Person } from './result.ts';

/** Who belongs to a scope, and on which days. */
export type Members = ReadonlyMap<Person, readonly Segment[]>;

/** Finds the members of groups, teams and of those below somebody, once each. */
export class Membership {
  readonly #people: readonly Person[];
  readonly #groups: Groups;
  readonly #known = new Map<string, Members>();
  readonly #below = new Map<Person, Map<Person, readonly Segment[]>>();
  readonly #byId: ReadonlyMap<string, Person>;

  constructor(people: readonly Person[], groups: Groups) {
    this.#people = people;
    this.#groups = groups;
    this.#byId = new Map(people.map((person) => [person.id, person]));
  }

  /** The members of a scope other than the payee's own; `who` names the team or the person above. */
  of(scope: Exclude<Scope, { kind: 'own' }>, who: string): Members {
    const key = `${scope.kind}/${scope.kind === 'group' ? scope.name : who}`;
    let members = this.#known.get(key);
    if (members === undefined) {
      members = this.#find(scope, who);
      this.#known.set(key, members);
    }
    return members;
  }

  #find(scope: Exclude<Scope, { kind: 'own' }>, who: string): Members {
    const members = new Map<Person, readonly Segment[]>();
    const above = this.#byId.get(who);
    for (const person of this.#people) {
      const segments = this.#segments(scope, who, person, above);
      if (segments.length > 0) members.set(person, segments);
    }
    return members;
  }

  #segments(
    scope: Exclude<Scope, { kind: 'own' }>,
    who: string,
    person: Person,
    above: Person | undefined,
  ): readonly Segment[] {
    switch (scope.kind) {
      case 'everyone':
        return person.stays;
      case 'group':
        return this.#groups.staysIn(scope.name, person);
      case 'team':
        return person.stays.filter((stay) => stay.team === who);
      // Nobody is below themselves: who stands on top of an export is often their own manager in it.
      case 'direct_reports':
        return person.id === who ? [] : person.stays.filter((stay) => stay.manager === who);
      case 'all_reports':
        return above === undefined || person === above ? [] : this.#segmentsBelow(person, above, new Set());
    }
  }

  /** When a person stood below another, by the managers who held on each day. */
  #segmentsBelow(person: Person, above: Person, seen: ReadonlySet<Person>): readonly Segment[] {
    let known = this.#below.get(above);
    if (known === undefined) {
      known = new Map();
      this.#below.set(above, known);
    }
    const before = known.get(person);
    if (before !== undefined) return before;
    // Whoever stands above themselves by way of others is not counted twice.
    if (seen.has(person)) return [];
    const deeper = new Set([...seen, person]);
    const found: Segment[] = [];
    for (const stay of person.stays) {
      if (stay.manager === undefined || stay.manager === person.id) continue;
      if (stay.manager === above.id) {
        found.push(stay);
        continue;
      }
      const manager = this.#byId.get(stay.manager);
      if (manager === undefined) continue;
      for (const segment of union(this.#segmentsBelow(manager, above, deeper))) {
        for (const part of clip([segment], stay.from, stay.to)) found.push({ ...part, share: stay.share });
      }
    }
    if (seen.size === 0) known.set(person, found);
    return found;
  }
}

/** Segments brought together where they overlap, so that a day counts once. */
const union = (segments: readonly Segment[]): Segment[] => {
  const sorted = [...segments].sort((a, b) => a.from - b.from);
  const joined: Segment[] = [];
  for (const { from, to } of sorted) {
    const last = joined[joined.length - 1];
    if (last !== undefined && from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, to), share: 1 };
    else joined.push({ from, to, share: 1 });
  }
  return joined;
};
