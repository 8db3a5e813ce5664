import { type Node, walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/link/expressions.ts';
import type { Link, Plan } from '../rules/plan.ts';
import type { Groups } from './groups.ts';
import type { Person, Stay } from './result.ts';

/** What a link reads, as far as it tells whose results move it. */
export interface LinkReads {
  /** Credits over leads or attributions: joint work of a campaign's owner and a deal's or lead's. */
  readonly joint: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** `everyone`, a team or reports, which may be of another department. */
  readonly everyone: boolean;
  readonly team: boolean;
  readonly reports: boolean;
}

/** Tells which links depend on another department than the payee's. */
export class Crossing {
  readonly #plan: Plan;
  readonly #people: readonly Person[];
  readonly #groups: Groups;
  readonly #reads = new Map<Link, LinkReads>();
  readonly #departments = new Map<string, ReadonlySet<string>>();

  constructor(plan: Plan, people: readonly Person[], groups: Groups) {
    this.#plan = plan;
    this.#people = people;
    this.#groups = groups;
  }

  crosses(link: Link, stay: Stay | undefined): boolean {
    let reads = this.#reads.get(link);
    if (reads === undefined) {
      reads = readsOf(link, this.#plan);
      this.#reads.set(link, reads);
    }
    if (reads.joint.size > 0) return true;
    const own = stay?.department;
    const others = (departments: ReadonlySet<string>): boolean =>
      [...departments].some((department) => department !== own);
    for (const name of reads.groups)
      if (others(this.#of(`group/${name}`, (p) => this.#groups.staysIn(name, p)))) return true;
    if (reads.everyone && others(this.#of('everyone', (p) => p.stays))) return true;
    const team = stay?.team;
    if (
      reads.team &&
      team !== undefined &&
      others(this.#of(`team/${team}`, (p) => p.stays.filter((s) => s.team === team)))
    )
      return true;
    const id = stay?.person.id;
    return reads.reports && others(this.#of(`reports/${id}`, (p) => p.stays.filter((s) => s.manager === id)));
  }

  #of(key: string, stays: (person: Person) => readonly Stay[]): ReadonlySet<string> {
    let departments = this.#departments.get(key);
    if (departments === undefined) {
      const found = new Set<string>();
      for (const person of this.#people)
        for (const { department } of stays(person)) if (department !== undefined) found.add(department);
      departments = found;
      this.#departments.set(key, departments);
    }
    return departments;
  }
}

/** What a link reads, also by way of measures. */
export const readsOf = (link: Link, plan: Plan): LinkReads => {
  const groups = new Set<string>();
  const kinds = new Set<string>();
  const joint = new Set<string>();
  const seen = new Set<string>();
  const visit = (root: Node): void =>
    walk(root, (node) => {
      if ('scope' in node) {
        if (node.scope.kind === 'group') groups.add(node.scope.name);
        else kinds.add(node.scope.kind);
      }
      if (node.kind === 'aggregate') {
        const each = plan.credits.get(node.credit)?.each;
        if (each === 'lead' || each === 'attribution') joint.add(node.credit);
      }
      const measure = node.kind === 'measure' ? node.name : undefined;
      if (measure !== undefined && !seen.has(measure)) {
        seen.add(measure);
        const inner = plan.measures.get(measure)?.value.node;
        if (inner !== undefined) visit(inner);
      }
    });
  for (const expression of expressionsOf(link)) visit(expression.node);
  return {
    joint,
    groups,
    everyone: kinds.has('everyone'),
    team: kinds.has('team'),
    reports: kinds.has('direct_reports') || kinds.has('all_reports'),
  };
};
