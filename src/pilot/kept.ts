import type { Kept, LinksLeftOut, RewardResult } from '../engine/engine.ts';
import type { Value } from '../engine/frame.ts';
import { readsFigures } from '../engine/link.ts';
import type { Line, Person } from '../engine/result.ts';
import type { Groundwork } from '../engine/reward-amounts.ts';
import type { Node } from '../rules/expression/typed.ts';
import type { Expression, Link, Reward } from '../rules/plan.ts';
import type { Period } from '../values/period.ts';
import { Recent } from './recent.ts';
import type { Signatures } from './signature.ts';

/** What measures and quotas have come to. */
interface Figures {
  readonly shared: Map<string, Value>;
  readonly own: Map<string, Map<string, Value>>;
  readonly deals: Map<string, Map<number, Value>>;
}

const noFigures = (): Figures => ({ shared: new Map(), own: new Map(), deals: new Map() });

/** Lines, and the numbers behind them, are what takes memory: beyond so many the oldest are forgotten. */
const MOST_LINES = 100_000;
const MOST_NUMBERS = 300_000;
/** Figures of measures that now mean something else are forgotten together, after so many changes. */
const MOST_MEANINGS = 20;

/**
 * What rewards pay, kept over the variants of a plan that are paid from the same tables with the same results moved: a reward
 * that two variants share is paid once, and of one whose rate or link is another all the rest is found again. It changes no cent:
 * whatever is found is found under the whole meaning of what it rests on.
 */
export class KeptRewards {
  readonly #results = new Recent<RewardResult>(MOST_LINES, weightOf);
  readonly #counted = new Recent<Groundwork['counted']>(MOST_NUMBERS, countedIn);
  readonly #falls = new Recent<Groundwork['falls']>(MOST_NUMBERS, numbersIn);
  readonly #factors = new Recent<Groundwork['factors'][number]>(MOST_NUMBERS, numbersIn);
  readonly #asked = new Recent<Map<Person, Value[]>>(MOST_NUMBERS, numbersIn);
  readonly #meanings = new Map<string, { readonly signature: string; readonly key: string }>();
  #changes = 0;
  #figures = noFigures();

  /** A view for the run of one plan. */
  for(signatures: Signatures, leftOut: LinksLeftOut | undefined): Kept {
    const without = (name: string): string => (signatures.linked(name) ? (leftOut ?? '') : '');
    const keyed = ({ name }: Reward, { label }: Period, what: string): string => `${label}/${without(name)}/${what}`;
    const resultKey = (reward: Reward, period: Period, byLine: boolean): string =>
      keyed(reward, period, `${byLine ? 'lines' : 'sums'}/${signatures.reward(reward.name)}`);
    const countedKey = (reward: Reward, period: Period): string =>
      keyed(reward, period, signatures.counted(reward.name));
    const fallsKey = (reward: Reward, period: Period): string => keyed(reward, period, signatures.falls(reward.name));
    const factorKey = (reward: Reward, period: Period, link: Link): string =>
      keyed(reward, period, signatures.factor(reward.name, link));
    const askedIn = (reward: Reward, period: Period): Groundwork['asked'] => {
      const maps = new Map<Expression, Map<Person, Value[]> | undefined>();
      return (expression, over) => {
        let found = maps.get(expression);
        if (found !== undefined || maps.has(expression)) return found;
        if (readsFigures(expression.node)) {
          const key = keyed(reward, period, `${over}/${signatures.asked(reward.name, expression)}`);
          found = this.#asked.get(key) ?? new Map();
          askedNow.push([key, found]);
        }
        maps.set(expression, found);
        return found;
      };
    };
    const askedNow: [string, Map<Person, Value[]>][] = [];
    const measureKeys = new Map<string, string>();
    for (const [name, signature] of signatures.measures()) measureKeys.set(name, this.#meaning(name, signature));
    const figures = this.#figures;
    const deals = new Map<Node, Map<number, Value> | undefined>();
    return {
      shared: figures.shared,
      own: (view) => mapAt(figures.own, view),
      forDeal: (node) => {
        // Asked for every line: the key of a node is long.
        let found = deals.get(node);
        if (found === undefined && !deals.has(node)) {
          const key = signatures.forDeal(node);
          found = key === undefined ? undefined : mapAt(figures.deals, key);
          deals.set(node, found);
        }
        return found;
      },
      measureKey: (name) => measureKeys.get(name) ?? name,
      reward: (reward, period, byLine) => this.#results.get(resultKey(reward, period, byLine)),
      keep: (reward, period, byLine, whole) => {
        const result = slim(whole);
        this.#results.set(resultKey(reward, period, byLine), result);
        return result;
      },
      groundwork: (reward, period) => ({
        counted: this.#counted.get(countedKey(reward, period)) ?? new Map(),
        falls: this.#falls.get(fallsKey(reward, period)) ?? new Map(),
        factors: reward.links.map((link) => this.#factors.get(factorKey(reward, period, link)) ?? new Map()),
        asked: askedIn(reward, period),
      }),
      keepGroundwork: (reward, period, { counted, falls, factors }) => {
        for (const [key, values] of askedNow.splice(0)) this.#asked.set(key, values);
        this.#counted.set(countedKey(reward, period), counted);
        this.#falls.set(fallsKey(reward, period), falls);
        for (const [i, link] of reward.links.entries()) {
          const own = factors[i];
          if (own !== undefined) this.#factors.set(factorKey(reward, period, link), own);
        }
      },
    };
  }

  /** Forgets what has been read by rules: an error that was said when it was would not be said again. */
  forgetFigures(): void {
    this.#figures = noFigures();
    this.#counted.clear();
    this.#falls.clear();
    this.#factors.clear();
    this.#asked.clear();
  }

  /** A key for what a measure means now: another whenever that changes. */
  #meaning(name: string, signature: string): string {
    const before = this.#meanings.get(name);
    if (before?.signature === signature) return before.key;
    if (before !== undefined) this.#changes++;
    // Few grids vary measures; where one does, the figures of one variant are of little use to the next.
    if (this.#changes % MOST_MEANINGS === MOST_MEANINGS - 1) this.#figures = noFigures();
    const key = `${name}#${this.#changes}`;
    this.#meanings.set(name, { signature, key });
    return key;
  }
}

const mapAt = <K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> => {
  let found = maps.get(key);
  if (found === undefined) {
    found = new Map();
    maps.set(key, found);
  }
  return found;
};

/** A line counts as four numbers. */
const countedIn = (counted: Groundwork['counted']): number => {
  let count = 0;
  for (const { rows } of counted.values()) count += 4 * rows.length;
  return count;
};

const numbersIn = (lists: ReadonlyMap<Person, readonly unknown[]>): number => {
  let count = 0;
  for (const list of lists.values()) count += list.length;
  return count;
};

/** Without what explains it, which would hold on to the whole run that it comes from. */
const slim = ({ lines, members }: RewardResult): RewardResult => ({
  lines: isSlimLines(lines) ? lines : new Map([...lines].map(([person, own]) => [person, own.map(slimLine)])),
  members: isSlimMembers(members)
    ? members
    : new Map([...members].map(([person, { lastStay }]) => [person, { lastStay, payee: undefined }])),
});

const isSlimMembers = (members: RewardResult['members']): boolean => {
  for (const { payee } of members.values()) if (payee !== undefined) return false;
  return true;
};

const isSlimLines = (lines: RewardResult['lines']): boolean => {
  for (const own of lines.values()) if (!own.every(isSlim)) return false;
  return true;
};

const isSlim = ({ payee, reader, stair }: Line): boolean =>
  payee === undefined && reader === undefined && stair === undefined;

const slimLine = (line: Line): Line => ({
  ...line,
  links: [],
  parts: undefined,
  stair: undefined,
  payee: undefined,
  reader: undefined,
});

/** Lines, and members, which take less. */
const weightOf = ({ lines, members }: RewardResult): number => {
  let count = members.size / 4;
  for (const own of lines.values()) count += own.length;
  return count;
};
