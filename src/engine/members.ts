import type { Scope } from '../rules/expression/typed.ts';
import type { Groups } from './groups.ts';
import { clip, type Segment } from './people.ts';
import type { Person, Stay } from './result.ts';

/** Who belongs to a scope, and on which days. */
export type Members = ReadonlyMap<Person, readonly Segment[]>;

/** Finds the members of groups, teams and of those below somebody, once each. */
export class Membership {
  readonly #people: readonly Person[];
  readonly #groups: Groups;
  readonly #known = new Map<string, Members>();
  /** The stays that name somebody as their manager, by that id. */
  readonly #reports = new Map<string, Stay[]>();
  readonly #byId: ReadonlyMap<string, Person>;

  constructor(people: readonly Person[], groups: Groups) {
    this.#people = people;
    this.#groups = groups;
    this.#byId = new Map(people.map((person) => [person.id, person]));
    for (const stay of people.flatMap((person) => person.stays)) {
      if (stay.manager === undefined) continue;
      const reports = this.#reports.get(stay.manager);
      if (reports === undefined) this.#reports.set(stay.manager, [stay]);
      else reports.push(stay);
    }
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
    switch (scope.kind) {
      case 'everyone':
        return this.#those((person) => person.stays);
      case 'group':
        return this.#those((person) => this.#groups.staysIn(scope.name, person));
      case 'team':
        return this.#those((person) => person.stays.filter((stay) => stay.team === who));
      // Nobody is below themselves: who stands on top of an export is often their own manager in it.
      case 'direct_reports':
        return inOrder(
          (this.#reports.get(who) ?? []).filter(({ person }) => person.id !== who).map((stay) => [stay, [stay]]),
        );
      case 'all_reports': {
        const above = this.#byId.get(who);
        return above === undefined ? new Map() : this.#findBelow(above);
      }
    }
  }

  #those(segmentsOf: (person: Person) => readonly Segment[]): Members {
    const members = new Map<Person, readonly Segment[]>();
    for (const person of this.#people) {
      const segments = segmentsOf(person);
      if (segments.length > 0) members.set(person, segments);
    }
    return members;
  }

  /**
   * When everybody stood below somebody: from there down, by the managers who held on each day. A circle of managers adds
   * no day that was not there, so it ends.
   */
  #findBelow(above: Person): Members {
    const days = new Map<Stay, readonly Segment[]>();
    const left: Person[] = [above];
    for (let person = left.pop(); person !== undefined; person = left.pop()) {
      const own = person === above ? ALWAYS : union(person.stays.flatMap((stay) => days.get(stay) ?? []));
      for (const stay of this.#reports.get(person.id) ?? []) {
        if (stay.person === above || stay.person === person) continue;
        const before = days.get(stay) ?? [];
        const after = union([...before, ...clip(own, stay.from, stay.to)]);
        if (sameDays(before, after)) continue;
        days.set(stay, after);
        left.push(stay.person);
      }
    }
    return inOrder(
      [...days].map(([stay, held]) => [stay, held.map(({ from, to }) => ({ from, to, share: stay.share }))]),
    );
  }
}

/** Stays, with the days of them that are meant, by person: in the order of people, and of their rows. */
const inOrder = (stays: readonly (readonly [Stay, readonly Segment[]])[]): Members => {
  const sorted = [...stays].sort(([a], [b]) => a.person.index - b.person.index || a.row - b.row);
  const members = new Map<Person, readonly Segment[]>();
  for (const [{ person }, segments] of sorted) {
    const before = members.get(person);
    members.set(person, before === undefined ? segments : [...before, ...segments]);
  }
  return members;
};

const ALWAYS: readonly Segment[] = [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, share: 1 }];

const sameDays = (a: readonly Segment[], b: readonly Segment[]): boolean =>
  a.length === b.length && a.every(({ from, to }, i) => from === b[i]?.from && to === b[i]?.to);

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
