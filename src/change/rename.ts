import type { Node, Scope } from '../rules/expression/typed.ts';
import type { Factor } from '../rules/link/kinds.ts';
import type { Credit, Expression, Link, Plan, Reward } from '../rules/plan.ts';
import type { Rate } from '../rules/rate/kinds.ts';
import type { Share } from '../rules/share/kinds.ts';

/** The names that a plan gives away. */
export const NAMED = ['params', 'groups', 'credits', 'measures', 'rewards'] as const;
export type Named = (typeof NAMED)[number];

/** Which names become which, by kind. */
export type Renames = Readonly<Record<Named, ReadonlyMap<string, string>>>;

export const NO_RENAMES: Renames = {
  params: new Map(),
  groups: new Map(),
  credits: new Map(),
  measures: new Map(),
  rewards: new Map(),
};

/** The same plan under other names. The words of its expressions stay as they are written. */
export const renamePlan = (plan: Plan, names: Renames): Plan => {
  const renaming = new Renaming(names);
  const renamed = <V extends { readonly name: string }>(
    kind: Named,
    map: ReadonlyMap<string, V>,
    of: (value: V) => V,
  ): ReadonlyMap<string, V> =>
    new Map(
      [...map].map(([name, value]) => {
        const now = renaming.name(kind, name);
        return [now, { ...of(value), name: now }];
      }),
    );
  return {
    ...plan,
    params: renamed('params', plan.params, (param) => param),
    groups: renamed('groups', plan.groups, (group) => ({ ...group, when: renaming.expression(group.when) })),
    credits: renamed('credits', plan.credits, (credit) => renaming.credit(credit)),
    measures: renamed('measures', plan.measures, (measure) => ({
      ...measure,
      value: renaming.expression(measure.value),
    })),
    rewards: renamed('rewards', plan.rewards, (reward) => renaming.reward(reward)),
    rewardOrder: plan.rewardOrder.map((name) => renaming.name('rewards', name)),
    export: plan.export && {
      ...plan.export,
      rewards: new Map([...plan.export.rewards].map(([name, own]) => [renaming.name('rewards', name), own])),
    },
  };
};

class Renaming {
  readonly #names: Renames;

  constructor(names: Renames) {
    this.#names = names;
  }

  name(kind: Named, name: string): string {
    return this.#names[kind].get(name) ?? name;
  }

  expression(expression: Expression): Expression {
    return { ...expression, node: this.#node(expression.node) };
  }

  #optional(expression: Expression | undefined): Expression | undefined {
    return expression && this.expression(expression);
  }

  #node(node: Node): Node {
    const of = (inner: Node): Node => this.#node(inner);
    switch (node.kind) {
      case 'param':
        return { ...node, name: this.name('params', node.name) };
      case 'group':
        return { ...node, name: this.name('groups', node.name) };
      case 'person':
        return { ...node, id: of(node.id) };
      case 'unary':
      case 'presence':
        return { ...node, operand: of(node.operand) };
      case 'binary':
        return { ...node, left: of(node.left), right: of(node.right) };
      case 'in':
        return { ...node, operand: of(node.operand), items: node.items.map(of) };
      case 'call':
        return { ...node, args: node.args.map(of) };
      case 'aggregate':
        return {
          ...node,
          credit: this.name('credits', node.credit),
          value: node.value && of(node.value),
          where: node.where && of(node.where),
          scope: this.#scope(node.scope),
        };
      case 'measure':
        return { ...node, name: this.name('measures', node.name), scope: this.#scope(node.scope) };
      case 'quota':
        return { ...node, measure: this.name('measures', node.measure), scope: this.#scope(node.scope) };
      case 'result':
        return { ...node, scope: this.#scope(node.scope) };
      case 'pay':
        return { ...node, reward: this.name('rewards', node.reward), scope: this.#scope(node.scope) };
      case 'literal':
      case 'period':
      case 'column':
      case 'payee':
      case 'credited':
        return node;
    }
  }

  #scope(scope: Scope): Scope {
    return scope.kind === 'group' ? { ...scope, name: this.name('groups', scope.name) } : scope;
  }

  credit(credit: Credit): Credit {
    return {
      ...credit,
      when: this.#optional(credit.when),
      announced: this.#optional(credit.announced),
      to: credit.to === 'company' ? 'company' : this.expression(credit.to),
      amount: this.#optional(credit.amount),
      date: this.expression(credit.date),
      share: credit.share && this.#share(credit.share),
      shareAmong: this.#optional(credit.shareAmong),
    };
  }

  #share(share: Share): Share {
    switch (share.kind) {
      case 'w_shaped':
        return { ...share, by: this.expression(share.by) };
      case 'expression':
        return { ...share, value: this.expression(share.value) };
      default:
        return share;
    }
  }

  reward(reward: Reward): Reward {
    const base = {
      who: this.expression(reward.who),
      when: this.#optional(reward.when),
      links: reward.links.map((link) => this.#link(link)),
      cap: this.#optional(reward.cap),
      guarantee: this.#optional(reward.guarantee),
    };
    switch (reward.body) {
      case 'credit':
        return { ...reward, ...base, credit: this.name('credits', reward.credit), rate: this.#rate(reward.rate) };
      case 'payee':
        return { ...reward, ...base, pay: this.expression(reward.pay) };
      case 'pool':
        return {
          ...reward,
          ...base,
          pool: this.expression(reward.pool),
          shareBy: this.expression(reward.shareBy),
        };
    }
  }

  #rate(rate: Rate): Rate {
    switch (rate.kind) {
      case 'value':
        return { ...rate, value: this.expression(rate.value) };
      case 'curve':
        return { ...rate, by: this.expression(rate.by) };
      case 'table':
        return {
          ...rate,
          by: this.expression(rate.by),
          rows: new Map([...rate.rows].map(([key, row]) => [key, this.expression(row)])),
          otherwise: this.#optional(rate.otherwise),
        };
      case 'steps':
        return {
          ...rate,
          of: this.#optional(rate.of),
          counting: this.#optional(rate.counting),
          steps: rate.steps.map((step) => ({
            ...step,
            end: this.#optional(step.end),
            rate: this.expression(step.rate),
          })),
        };
    }
  }

  #link(link: Link): Link {
    return {
      ...link,
      factor: this.#factor(link.factor),
      when: this.#optional(link.when),
      whenMissing: this.#optional(link.whenMissing),
      atMost: this.#optional(link.atMost),
      unless: this.#optional(link.unless),
    };
  }

  #factor(factor: Factor): Factor {
    switch (factor.kind) {
      case 'factor':
        return { ...factor, value: this.expression(factor.value) };
      case 'curve':
        return { ...factor, by: this.expression(factor.by) };
      case 'matrix':
        return { ...factor, by: [this.expression(factor.by[0]), this.expression(factor.by[1])] };
      case 'gate':
        return {
          ...factor,
          condition: this.expression(factor.condition),
          otherwise: this.#optional(factor.otherwise),
        };
    }
  }
}
