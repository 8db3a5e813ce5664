import { type Node, walk } from '../rules/expression/typed.ts';
import { expressionsOf, expressionsOfReward, type Placed } from '../rules/expressions.ts';
import type { Expression, Plan } from '../rules/plan.ts';

/** Where things stand and how they are worded says nothing of what they mean. */
const WORDING: ReadonlySet<string> = new Set(['place', 'start', 'end', 'text', 'because']);

const nodesOf = (placed: readonly Placed[]): readonly Node[] => placed.map(({ expression }) => expression.node);

/** A value as a text that is the same for equal values. */
const written = (value: unknown): string =>
  JSON.stringify(value, (key, raw: unknown) => {
    // A step's `end` is an expression, a node's is an offset.
    if (WORDING.has(key) && (key !== 'end' || typeof raw === 'number')) return undefined;
    if (typeof raw === 'bigint') return `${raw}n`;
    if (raw instanceof Map) return { map: [...raw] };
    return raw;
  });

/**
 * Tells parts of plans apart by what they mean: two plans that credit alike can be paid from one crediting, and a reward
 * that means the same in both is paid once. Everything that a part reads belongs to its meaning: params by their values,
 * measures, groups and other rewards whole.
 */
export class Signatures {
  readonly #plan: Plan;
  readonly #rewards = new Map<string, string>();
  readonly #forDeal = new Map<Node, string | undefined>();
  #frame: string | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** What all of a plan stands in: its currency, calendar and rounding, and how its tables are read. */
  get #around(): string {
    const { currency, digits, period, fiscalYearStarts, rounding, data, targetPer, quotaProrate } = this.#plan;
    this.#frame ??= written({ currency, digits, period, fiscalYearStarts, rounding, data, targetPer, quotaProrate });
    return this.#frame;
  }

  /** Who is credited with what, and the groups that a quota or a result may be for, which is checked on the way. */
  get credits(): string {
    const { credits, groups } = this.#plan;
    const read = this.#readBy(nodesOf(expressionsOf({ ...this.#plan, measures: new Map(), rewards: new Map() })));
    return written([this.#around, [...credits], [...groups], read]);
  }

  /** All that is added up of what is credited. */
  get measures(): string {
    const { measures } = this.#plan;
    const read = this.#readBy(
      nodesOf(expressionsOf({ ...this.#plan, groups: new Map(), credits: new Map(), rewards: new Map() })),
    );
    return written([this.#around, [...measures], read]);
  }

  /** What a reward pays, and for what. */
  reward(name: string): string {
    let known = this.#rewards.get(name);
    if (known === undefined) {
      const reward = this.#plan.rewards.get(name);
      known = written([
        this.#around,
        reward,
        this.#readBy(reward === undefined ? [] : nodesOf(expressionsOfReward(reward))),
      ]);
      this.#rewards.set(name, known);
    }
    return known;
  }

  /** What an aggregate over a line's deal means; undefined where it depends on the payee. */
  forDeal(node: Node): string | undefined {
    if (!this.#forDeal.has(node)) this.#forDeal.set(node, this.#dealSignature(node));
    return this.#forDeal.get(node);
  }

  #dealSignature(node: Node): string | undefined {
    if (!('scope' in node) || (node.scope.kind !== 'own' && node.scope.kind !== 'group')) return undefined;
    return written([node, this.#readBy([node])]);
  }

  /** Whether links decide what a reward pays: its own, or those of a reward that it reads. */
  linked(name: string): boolean {
    const reward = this.#plan.rewards.get(name);
    if (reward === undefined) return false;
    if (reward.links.length > 0) return true;
    let found = false;
    for (const { expression } of expressionsOfReward(reward)) {
      walk(expression.node, (node) => {
        if (node.kind === 'pay' && this.linked(node.reward)) found = true;
      });
    }
    return found;
  }

  /** All that some expressions read, and what that reads. */
  #readBy(nodes: readonly Node[]): unknown {
    const { params, measures, groups, rewards } = this.#plan;
    const read = new Map<string, unknown>();
    const take = (kind: string, name: string, what: unknown, inner: readonly Expression[]): void => {
      const key = `${kind} ${name}`;
      if (read.has(key)) return;
      read.set(key, what);
      for (const { node } of inner) walk(node, visit);
    };
    const group = (name: string): void => {
      const found = groups.get(name);
      if (found !== undefined) take('group', name, found, [found.when]);
    };
    const visit = (node: Node): void => {
      if ('scope' in node && node.scope.kind === 'group') group(node.scope.name);
      switch (node.kind) {
        case 'param':
          take('param', node.name, params.get(node.name)?.value, []);
          return;
        case 'group':
          group(node.name);
          return;
        case 'measure': {
          const found = measures.get(node.name);
          if (found !== undefined) take('measure', node.name, found, [found.value]);
          return;
        }
        case 'pay': {
          const found = rewards.get(node.reward);
          if (found !== undefined) take('reward', node.reward, this.reward(node.reward), []);
          return;
        }
        default:
          return;
      }
    };
    for (const node of nodes) walk(node, visit);
    return [...read].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
