import { type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { Credit, Plan, Reward } from '../../rules/plan.ts';
import { type Actor, type Cast, inDepartments, rewardsOf } from './cast.ts';
import { factOf, personCell } from './facts.ts';

/** The cells of rows that name people: who does what. */
export const POINTERS = ['deal.owner', 'campaign.owner', 'campaign.originator', 'lead.assigned_to'] as const;
export type Pointer = (typeof POINTERS)[number];

/** Who does what in a scene: the one who stands first is the likeliest. */
export type Roles = Readonly<Record<Pointer, readonly Actor[]>>;

/** The cell through which a credit finds whom it goes to. */
export const pointerOf = (credit: Credit): Pointer | undefined => {
  if (credit.to === 'company') return undefined;
  let found: Pointer | undefined;
  walk(credit.to.node, (node) => {
    if (node.kind !== 'column') return;
    const cell = node.row === 'split' ? 'deal.owner' : `${node.row}.${node.column}`;
    found ??= POINTERS.find((pointer) => pointer === cell);
  });
  // Whoever sells what a campaign of their own has opened is paid for the campaign, by whichever name the plan calls them.
  return found === 'deal.owner' ? (sameAsOwner(credit.when?.node) ?? found) : found;
};

const cellOf = (node: Node): string | undefined => (node.kind === 'column' ? `${node.row}.${node.column}` : undefined);

/** Who else a condition says the owner of the deal is: `deal.owner == campaign.originator`. */
const sameAsOwner = (node: Node | undefined): Pointer | undefined => {
  if (node?.kind !== 'binary') return undefined;
  if (node.op === 'and') return sameAsOwner(node.left) ?? sameAsOwner(node.right);
  if (node.op !== '==') return undefined;
  const cells = [cellOf(node.left), cellOf(node.right)];
  if (!cells.includes('deal.owner')) return undefined;
  return POINTERS.find((pointer) => pointer.startsWith('campaign.') && cells.includes(pointer));
};

/** Whether a credit goes to somebody's manager rather than to themselves. */
export const isForManager = (credit: Credit): boolean => {
  let above = false;
  if (credit.to !== 'company') {
    walk(credit.to.node, (node) => {
      if (node.kind === 'person' && node.column === 'manager') above = true;
    });
  }
  return above;
};

/** How much it counts that somebody is paid, or measured, by a credit: it is their own work. */
const PAID = 3;
const MEASURED = 2;
const SHARED = 1;

/** For each credit, how surely it is the work of somebody. */
const workOf = (plan: Plan, cast: Cast, actor: Actor): ReadonlyMap<string, number> => {
  const work = new Map<string, number>();
  const add = (credit: string, weight: number): void => {
    work.set(credit, Math.max(work.get(credit) ?? 0, weight));
  };
  const creditsIn = (node: Node, weight: number, owns: (node: Node) => boolean): void => {
    walk(node, (one) => {
      if (!('scope' in one) || !owns(one)) return;
      if (one.kind === 'aggregate' && !one.forDeal) add(one.credit, weight);
      const measure = one.kind === 'measure' ? one.name : one.kind === 'quota' ? one.measure : undefined;
      const inner = measure === undefined ? undefined : plan.measures.get(measure)?.value.node;
      if (inner !== undefined)
        creditsIn(inner, one.kind === 'quota' ? PAID : weight, (each) => !hasScope(each) || owns(each));
    });
  };
  const own = rewardsOf(plan, cast, actor);
  for (const reward of own) {
    if (reward.body === 'credit') add(reward.credit, PAID);
    for (const { node, weight } of figuresOf(plan, reward)) creditsIn(node, weight, (one) => !hasScope(one));
  }
  const isIn = (one: Node): boolean =>
    'scope' in one &&
    one.scope.kind === 'group' &&
    factOf({ kind: 'group', type: 'boolean', name: one.scope.name, start: 0, end: 0 }, cast.facts, {
      plan,
      payee: actor.id,
    }) === true;
  for (const { expression } of expressionsOf(plan)) creditsIn(expression.node, PAID, isIn);
  return work;
};

const hasScope = (node: Node): boolean => 'scope' in node && node.scope.kind !== 'own';

const figuresOf = (plan: Plan, reward: Reward): readonly { readonly node: Node; readonly weight: number }[] =>
  expressionsOf(plan)
    .filter(({ path }) => path.startsWith(`rewards > ${reward.name} >`))
    .map(({ expression, path }) => ({
      node: expression.node,
      weight: path.endsWith('> share_by') || path.endsWith('> pool') ? SHARED : MEASURED,
    }));

/**
 * Where no condition names departments, groups of people who do the same work (two grades of reps, say) are one: who is called
 * by another group does not stand on another side. Nor does whoever is above them.
 */
export const oneForSameWork = (plan: Plan, cast: Cast): Cast => {
  const departments = new Map<string, string>();
  const byWork = new Map<string, string>();
  for (const actor of cast.actors) {
    if (!cast.unsaid.has(actor.id)) continue;
    const work = [...workOf(plan, cast, actor)].flatMap(([name, weight]) => {
      const credit = plan.credits.get(name);
      return credit === undefined || weight < MEASURED ? [] : (pointerOf(credit) ?? []);
    });
    const key = [...new Set(work)].sort().join();
    const known = byWork.get(key) ?? actor.department;
    byWork.set(key, known);
    departments.set(actor.id, known);
  }
  // Whoever is above others is on their side.
  for (const { id } of cast.actors) {
    const below = cast.actors.find((one) => cast.facts.get(personCell(one.id, 'manager')) === id);
    const side = below && (departments.get(below.id) ?? below.department);
    if (side !== undefined && cast.unsaid.has(id)) departments.set(id, side);
  }
  return inDepartments(cast, departments);
};

/** Finds who owns deals, runs campaigns, thinks them up and works leads, by what each is paid and measured for. */
export const rolesOf = (plan: Plan, cast: Cast): Roles => {
  const work = new Map(cast.actors.map((actor) => [actor, workOf(plan, cast, actor)]));
  const weightOf = (actor: Actor, pointer: Pointer): number => {
    let most = 0;
    for (const credit of plan.credits.values()) {
      if (pointerOf(credit) !== pointer || isForManager(credit)) continue;
      most = Math.max(most, work.get(actor)?.get(credit.name) ?? 0);
    }
    return most;
  };
  const doers = (pointer: Pointer): readonly Actor[] => {
    const weighed = cast.actors.map((actor) => ({ actor, weight: weightOf(actor, pointer) }));
    const most = Math.max(0, ...weighed.map(({ weight }) => weight));
    const enough = Math.min(most, MEASURED);
    const found =
      most === 0 ? [] : weighed.filter(({ weight }) => weight >= enough).sort((a, b) => b.weight - a.weight);
    // One for each department.
    const departments = new Set<string>();
    return found.flatMap(({ actor }) => {
      if (departments.has(actor.department)) return [];
      departments.add(actor.department);
      return [actor];
    });
  };
  const first = cast.actors[0] as Actor;
  const owners = orElse(doers('deal.owner'), [first]);
  const isOwner = (actor: Actor): boolean => owners.some(({ department }) => department === actor.department);
  const others = cast.actors.filter((actor) => !isOwner(actor));
  const runners = orElse(doers('campaign.owner'), orElse(others.slice(0, 1), [first]));
  return {
    'deal.owner': owners,
    'campaign.owner': runners,
    'campaign.originator': orElse(
      doers('campaign.originator').filter((one) => runners.includes(one)),
      runners,
    ),
    'lead.assigned_to': orElse(doers('lead.assigned_to'), owners),
  };
};

const orElse = (some: readonly Actor[], others: readonly Actor[]): readonly Actor[] =>
  some.length > 0 ? some : others;
