import type { Groups } from '../engine/groups.ts';
import type { Person, Stay } from '../engine/result.ts';
import { type Node, type Scope, walk } from '../rules/expression/typed.ts';
import { expressionsOfReward } from '../rules/expressions.ts';
import type { Expression, Plan } from '../rules/plan.ts';

/** A rule's reading of quotas of a measure: by payees of their own, or as a group's. */
interface Reading {
  readonly measure: string;
  readonly of: { readonly who: Expression } | { readonly group: string };
}

/** Tells for which stays a plan reads somebody's quota of a measure. */
export class QuotasRead {
  readonly #groups: Groups;
  readonly #readings: readonly Reading[];

  constructor(plan: Plan, groups: Groups) {
    this.#groups = groups;
    this.#readings = readingsOf(plan);
  }

  /** The stays of a person for which some rule reads their quota of a measure. */
  staysFor(measure: string, person: Person): ReadonlySet<Stay> {
    return new Set(
      this.#readings.flatMap(({ measure: read, of }) => {
        if (read !== measure) return [];
        return 'who' in of ? this.#groups.holding(of.who, person) : this.#groups.staysIn(of.group, person);
      }),
    );
  }
}

/** A team's, everyone's and reports' quotas are read whatever job their members have, and tell nothing of it. */
const readingsOf = (plan: Plan): readonly Reading[] => {
  const found: Reading[] = [];
  for (const reward of plan.rewards.values()) {
    const seen = new Set<string>();
    const visit = (root: Node, outer: Scope): void =>
      walk(root, (node) => {
        if (node.kind !== 'quota' && node.kind !== 'measure') return;
        const scope = node.scope.kind === 'own' ? outer : node.scope;
        if (node.kind === 'quota') {
          if (scope.kind === 'own') found.push({ measure: node.measure, of: { who: reward.who } });
          if (scope.kind === 'group') found.push({ measure: node.measure, of: { group: scope.name } });
          return;
        }
        const key = `${node.name}/${scope.kind}/${scope.kind === 'group' ? scope.name : ''}`;
        const inner = plan.measures.get(node.name)?.value.node;
        if (seen.has(key) || inner === undefined) return;
        seen.add(key);
        visit(inner, scope);
      });
    for (const { expression } of expressionsOfReward(reward)) visit(expression.node, { kind: 'own' });
  }
  return found;
};
