import { type Node, walk } from '../rules/expression/typed.ts';
import { expressionsOfCredit, expressionsOfReward, type Placed } from '../rules/expressions.ts';
import { expressionsOf as expressionsOfLink } from '../rules/link/expressions.ts';
import type { CreditReward, Expression, Link, Plan } from '../rules/plan.ts';

/** Where things stand and how they are worded says nothing of what they mean. */
const WORDING: ReadonlySet<string> = new Set(['place', 'start', 'end', 'text', 'because']);

const nodesOf = (placed: readonly Placed[]): readonly Node[] => placed.map(({ expression }) => expression.node);

const nodes = (...expressions: readonly (Expression | undefined)[]): readonly Node[] =>
  expressions.flatMap((expression) => (expression === undefined ? [] : [expression.node]));

/** What makes the lines of a per-credit reward: for whom, for which credits. */
const lineOf = ({ name, who, when, credit, unit, every, prorate }: CreditReward) => ({
  name,
  who,
  when,
  credit,
  unit,
  every,
  prorate,
});

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
  readonly #known = new Map<string, string>();
  readonly #asked = new Map<Node, string>();
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

  /** How tables are bound to each other, and the groups that a quota or a result may be for, which is checked on the way. */
  get world(): string {
    const { groups } = this.#plan;
    const conditions = [...groups.values()].map(({ when }) => when.node);
    return written([this.#around, [...groups], this.#readBy(conditions)]);
  }

  /** Who is credited with what by one of the credits. */
  credit(name: string): string {
    return this.#once(`credit ${name}`, () => {
      const credit = this.#plan.credits.get(name);
      return [credit, this.#readBy(credit === undefined ? [] : nodesOf(expressionsOfCredit(credit)))];
    });
  }

  /** The same, and all that is credited: without a table of people, whoever is credited is one of them. */
  get allCredits(): string {
    return written([this.world, [...this.#plan.credits.keys()].map((name) => this.credit(name))]);
  }

  /** What each measure adds up of what is credited. */
  measures(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#plan.measures].map(([name, measure]) => [
        name,
        this.#once(`measure ${name}`, () => [measure, this.#readBy([measure.value.node])]),
      ]),
    );
  }

  /** What a reward pays, and for what. */
  reward(name: string): string {
    return this.#once(`reward ${name}`, () => {
      const reward = this.#plan.rewards.get(name);
      if (reward === undefined) return undefined;
      return [
        reward,
        this.#readBy(nodesOf(expressionsOfReward(reward)), reward.body === 'credit' ? [reward.credit] : []),
      ];
    });
  }

  /** What the credits of a per-credit reward count, whatever the steps and rates are and whatever links make of it. */
  counted(name: string): string {
    return this.#once(`counted ${name}`, () => {
      const reward = this.#creditReward(name);
      if (reward === undefined) return undefined;
      const steps = reward.rate.kind === 'steps' ? reward.rate : undefined;
      const way = steps && { counting: steps.counting, accumulate: steps.accumulate };
      return [lineOf(reward), way, this.#readBy(nodes(reward.who, reward.when, steps?.counting), [reward.credit])];
    });
  }

  /** Where they fall on the steps, whatever the rates are. */
  falls(name: string): string {
    return this.#once(`falls ${name}`, () => {
      const rate = this.#creditReward(name)?.rate;
      if (rate?.kind !== 'steps') return undefined;
      const ends = rate.steps.map(({ end, holdsEnd }) => ({ end, holdsEnd }));
      const read = this.#readBy(nodes(rate.of, ...rate.steps.map(({ end }) => end)));
      return [this.counted(name), rate.method, rate.of, ends, read];
    });
  }

  /** What one of a per-credit reward's links makes of each line, whatever the rates and the other links are. */
  factor(name: string, link: Link): string {
    return this.#once(`factor ${name} ${link.name}`, () => {
      const reward = this.#creditReward(name);
      if (reward === undefined) return undefined;
      const read = [...nodes(reward.who, reward.when), ...expressionsOfLink(link).map(({ node }) => node)];
      // Its weight is of no concern to its factor, nor is its reason.
      return [lineOf(reward), { ...link, weight: undefined }, this.#readBy(read, [reward.credit])];
    });
  }

  /** What an expression of one of its links comes to, line by line. */
  asked(name: string, { node }: Expression): string {
    let known = this.#asked.get(node);
    if (known === undefined) {
      const reward = this.#creditReward(name);
      const read = reward && this.#readBy([...nodes(reward.who, reward.when), node], [reward.credit]);
      known = written([this.#around, reward && lineOf(reward), node, read]);
      this.#asked.set(node, known);
    }
    return known;
  }

  #creditReward(name: string): CreditReward | undefined {
    const reward = this.#plan.rewards.get(name);
    return reward?.body === 'credit' ? reward : undefined;
  }

  /** Put into words once. */
  #once(key: string, meaning: () => unknown): string {
    let known = this.#known.get(key);
    if (known === undefined) {
      known = written([this.#around, meaning()]);
      this.#known.set(key, known);
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

  /** All that some expressions read, with some credits, and what that reads. */
  #readBy(nodes: readonly Node[], credited: readonly string[] = []): unknown {
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
        case 'aggregate':
          read.set(`credit ${node.credit}`, this.credit(node.credit));
          return;
        case 'pay': {
          const found = rewards.get(node.reward);
          if (found !== undefined) take('reward', node.reward, this.reward(node.reward), []);
          return;
        }
        default:
          return;
      }
    };
    for (const name of credited) read.set(`credit ${name}`, this.credit(name));
    for (const node of nodes) walk(node, visit);
    return [...read].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
