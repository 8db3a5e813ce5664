import type { Kept, LinksLeftOut, RewardResult } from '../engine/engine.ts';
import type { Value } from '../engine/frame.ts';
import type { Reward } from '../rules/plan.ts';
import type { Period } from '../values/period.ts';
import type { Signatures } from './signature.ts';

/** What measures have come to. */
interface Figures {
  readonly shared: Map<string, Value>;
  readonly own: Map<string, Map<string, Value>>;
  readonly deals: Map<string, Map<number, Value>>;
}

/** Lines are what takes memory: beyond so many of them the oldest results are forgotten. */
const MOST_LINES = 100_000;

/**
 * What rewards pay, kept over the variants of a plan that are paid from one crediting with the same results moved: a reward
 * that two variants share is paid once. It changes no cent: a result is found again only under the whole meaning of its
 * reward.
 */
export class KeptRewards {
  readonly #results = new Map<string, RewardResult>();
  readonly #figures = new Map<string, Figures>();
  #lines = 0;

  /** A view for the run of one plan. */
  for(signatures: Signatures, leftOut: LinksLeftOut | undefined): Kept {
    const keyOf = ({ name }: Reward, { label }: Period, byLine: boolean): string =>
      `${label}/${byLine ? 'lines' : 'sums'}/${signatures.linked(name) ? (leftOut ?? '') : ''}/${signatures.reward(name)}`;
    const figures = this.#figuresOf(signatures.measures);
    return {
      shared: figures.shared,
      own: (view) => {
        let own = figures.own.get(view);
        if (own === undefined) {
          own = new Map();
          figures.own.set(view, own);
        }
        return own;
      },
      forDeal: (node) => {
        const key = signatures.forDeal(node);
        if (key === undefined) return undefined;
        let deals = figures.deals.get(key);
        if (deals === undefined) {
          deals = new Map();
          figures.deals.set(key, deals);
        }
        return deals;
      },
      reward: (reward, period, byLine) => {
        const key = keyOf(reward, period, byLine);
        const found = this.#results.get(key);
        if (found !== undefined) {
          // What was found last is forgotten last.
          this.#results.delete(key);
          this.#results.set(key, found);
        }
        return found;
      },
      keep: (reward, period, byLine, result) => this.#keep(keyOf(reward, period, byLine), result),
    };
  }

  /** Forgets the figures that have been read: an error that was said when they were would not be said again. */
  forgetFigures(): void {
    this.#figures.clear();
  }

  #figuresOf(measures: string): Figures {
    let figures = this.#figures.get(measures);
    if (figures === undefined) {
      // Few grids vary measures; where one does, the figures of one variant are of no use to the next.
      this.#figures.clear();
      figures = { shared: new Map(), own: new Map(), deals: new Map() };
      this.#figures.set(measures, figures);
    }
    return figures;
  }

  #keep(key: string, whole: RewardResult): RewardResult {
    const result = slim(whole);
    this.#results.set(key, result);
    this.#lines += weightOf(result);
    for (const [oldest, old] of this.#results) {
      if (this.#lines <= MOST_LINES) break;
      this.#results.delete(oldest);
      this.#lines -= weightOf(old);
    }
    return result;
  }
}

/** Without what explains it, which would hold on to the whole run that it comes from. */
const slim = ({ lines, members }: RewardResult): RewardResult => ({
  lines: new Map(
    [...lines].map(([person, own]) => [
      person,
      own.map((line) => ({
        ...line,
        links: [],
        parts: undefined,
        stair: undefined,
        payee: undefined,
        reader: undefined,
      })),
    ]),
  ),
  members: new Map([...members].map(([person, { lastStay }]) => [person, { lastStay, payee: undefined }])),
});

/** Lines, and members, which take less. */
const weightOf = ({ lines, members }: RewardResult): number => {
  let count = members.size / 4;
  for (const own of lines.values()) count += own.length;
  return count;
};
