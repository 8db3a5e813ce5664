import type { Known, Node } from '../../rules/expression/typed.ts';
import { walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { Plan, Reward } from '../../rules/plan.ts';
import { type Facts, factOf, personCell } from './facts.ts';
import { type Solving, solve } from './solve.ts';

/** Somebody of a scene. */
export interface Actor {
  readonly id: string;
  readonly department: string;
}

/** The people of a plan's scenes: one for each department, more where a reward or group is for somebody else in it. */
export interface Cast {
  readonly actors: readonly Actor[];
  /** Their cells: `@ana.department`. */
  readonly facts: Facts;
  /** Those whose department no condition says: they are named after their group. */
  readonly unsaid: ReadonlySet<string>;
  /** Rewards for whom nobody could be found. */
  readonly unfilled: readonly Reward[];
}

const NAMES = ['ana', 'ben', 'cem', 'dora', 'eli', 'fay', 'gus', 'hana', 'ira', 'jon', 'kim', 'lea', 'mia', 'noa'];

/** Ids that mean nothing else in the plan. */
const idsFor = (plan: Plan): ((i: number) => string) => {
  const taken = new Set<string>([...plan.groups.keys(), 'everyone']);
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      if (node.kind === 'literal' && typeof node.value === 'string') taken.add(node.value);
    });
  }
  const free = NAMES.filter((name) => !taken.has(name));
  return (i) => free[i] ?? `person_${i + 1}`;
};

const isEveryone = ({ who }: Reward): boolean => who.node.kind === 'literal';

/** Finds people for every group and reward, as few as will do. */
export const castOf = (plan: Plan, usual: Solving['usual']): Cast => {
  const idOf = idsFor(plan);
  let facts: Facts = new Map();
  const ids: string[] = [];
  const names = new Map<string, string>();
  /** Somebody for whom a condition holds: who is there, as they are or with cells that are still free, or somebody new. */
  const fill = (node: Node, name: string): boolean => {
    for (const id of ids) if (factOf(node, facts, { plan, payee: id }) === true) return true;
    for (const id of [...ids, idOf(ids.length)]) {
      const solving: Solving = { plan, payee: id, usual, people: [] };
      const found = solve([{ node, want: true }], facts, solving);
      if (found === undefined) continue;
      facts = found;
      if (!ids.includes(id)) ids.push(id);
      if (!names.has(id)) names.set(id, name);
      return true;
    }
    return false;
  };
  // Whoever is paid comes first; groups whose results are read need somebody, too.
  const rewards = [...plan.rewards.values()];
  const unfilled = rewards.filter((reward) => !isEveryone(reward) && !fill(reward.who.node, groupIn(reward)));
  for (const group of plan.groups.values()) if (isRead(plan, group.name)) fill(group.when.node, group.name);
  if (ids.length === 0) ids.push(idOf(0));
  const unsaid = new Set(ids.filter((id) => facts.get(personCell(id, 'department')) === undefined));
  const told = ids.map((id) => facts.get(personCell(id, 'department'))).find((one) => one !== undefined);
  for (const id of ids) {
    const cell = personCell(id, 'department');
    if (facts.get(cell) === undefined) facts = new Map([...facts, [cell, told ?? names.get(id) ?? 'sales']]);
  }
  const withAbove = needsManager(plan) ? addManager(plan, ids, idOf(ids.length), facts) : { ids, facts };
  const department = (id: string): string => String(withAbove.facts.get(personCell(id, 'department')) ?? '');
  return {
    actors: withAbove.ids.map((id) => ({ id, department: department(id) })),
    facts: withTeams(plan, withAbove.ids, withAbove.facts),
    unsaid: told === undefined ? unsaid : new Set(),
    unfilled,
  };
};

/** The group that a reward is for, to name its people's department by where no condition says one. */
const groupIn = ({ name, who }: Reward): string => {
  let group: string | undefined;
  walk(who.node, (node) => {
    if (node.kind === 'group') group ??= node.name;
  });
  return group ?? name;
};

const isRead = (plan: Plan, group: string): boolean =>
  expressionsOf(plan).some(({ expression }) => {
    let reads = false;
    walk(expression.node, (node) => {
      if ('scope' in node && node.scope.kind === 'group' && node.scope.name === group) reads = true;
    });
    return reads;
  });

const needsManager = (plan: Plan): boolean => {
  let needs = false;
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      const reports = 'scope' in node && (node.scope.kind === 'direct_reports' || node.scope.kind === 'all_reports');
      const above = (node.kind === 'person' || node.kind === 'payee') && node.column === 'manager';
      if (reports || above) needs = true;
    });
  }
  return needs;
};

const readsReports = (reward: Reward, plan: Plan): boolean => {
  let reads = false;
  for (const { expression, path } of expressionsOf(plan)) {
    if (!path.startsWith(`rewards > ${reward.name} >`)) continue;
    walk(expression.node, (node) => {
      if ('scope' in node && (node.scope.kind === 'direct_reports' || node.scope.kind === 'all_reports')) reads = true;
    });
  }
  return reads;
};

/** Somebody above the others of their department: whoever is paid for reports, or somebody more. */
const addManager = (
  plan: Plan,
  ids: readonly string[],
  more: string,
  facts: Facts,
): { readonly ids: readonly string[]; readonly facts: Facts } => {
  const paid = [...plan.rewards.values()].filter((reward) => readsReports(reward, plan) && !isEveryone(reward));
  const isAbove = (id: string): boolean =>
    paid.some((reward) => factOf(reward.who.node, facts, { plan, payee: id }) === true);
  const managers = ids.filter(isAbove);
  const only = managers.length === ids.length || managers.length === 0;
  const first = ids[0] as string;
  const known = new Map<string, Known | undefined>(facts);
  const all = only ? [...ids, more] : ids;
  if (only) {
    // As the one who is there, but for the id: of the same department, in the same groups.
    for (const [cell, value] of facts) {
      if (cell.startsWith(`@${first}.`)) known.set(cell.replace(`@${first}.`, `@${more}.`), value);
    }
  }
  const above = only ? more : (managers[0] as string);
  for (const id of all) {
    const cell = personCell(id, 'manager');
    if (id !== above && (only || !managers.includes(id)) && !known.has(cell)) known.set(cell, above);
  }
  return { ids: all, facts: known };
};

/** Whoever has no team is in one with their department. */
const withTeams = (plan: Plan, ids: readonly string[], facts: Facts): Facts => {
  const known = new Map<string, Known | undefined>(facts);
  const groups = new Set(plan.groups.keys());
  for (const id of ids) {
    const cell = personCell(id, 'team');
    const name = `${String(facts.get(personCell(id, 'department')))} team`;
    if (!known.has(cell)) known.set(cell, groups.has(name) ? `${name} 1` : name);
  }
  return known;
};

/** The rewards that somebody of a scene is paid. */
export const rewardsOf = (plan: Plan, cast: Cast, { id }: Actor): readonly Reward[] =>
  [...plan.rewards.values()].filter(
    (reward) => isEveryone(reward) || factOf(reward.who.node, cast.facts, { plan, payee: id }) === true,
  );

/** The same people, some of them of another department. */
export const inDepartments = (cast: Cast, departments: ReadonlyMap<string, string>): Cast => {
  const facts = new Map(cast.facts);
  const actors = cast.actors.map((actor) => {
    const department = departments.get(actor.id) ?? actor.department;
    facts.set(personCell(actor.id, 'department'), department);
    return { ...actor, department };
  });
  return { ...cast, actors, facts };
};
