import type { Kept, LinksLeftOut, RewardResult } from '../engine/engine.ts';
import type { Value } from '../engine/frame.ts';
import type { Reward } from '../rules/plan.ts';
import type { Signatures } from './signature.ts';

/** What decides, besides the plan, what a reward pays. */
interface Asked {
  readonly leftOut: LinksLeftOut | undefined;
  readonly amountsOnly: boolean;
}

/** Lines are what takes memory: beyond so many of them the oldest results are forgotten. */
const MOST_LINES = 400_000;

/**
 * What rewards pay, kept over the variants of a plan that are paid from one crediting with the same results moved: a reward
 * that two variants share is paid once. It changes no cent: a result is found again only under the whole meaning of its
 * reward.
 */
export class KeptRewards {
  readonly #results = new Map<string, RewardResult>();
  readonly #figures = new Map<string, Map<string, Value>>();
  #lines = 0;

  /** A view for the run of one plan. */
  for(signatures: Signatures, { leftOut, amountsOnly }: Asked): Kept {
    const keyOf = (reward: Reward, label: string): string => {
      return `${label}/${signatures.linked(reward.name) ? (leftOut ?? '') : ''}/${amountsOnly}/${signatures.reward(reward.name)}`;
    };
    return {
      figures: this.#figuresOf(signatures.measures),
      reward: (reward, { label }) => {
        const key = keyOf(reward, label);
        const found = this.#results.get(key);
        if (found !== undefined) {
          // What was found last is forgotten last.
          this.#results.delete(key);
          this.#results.set(key, found);
        }
        return found;
      },
      keep: (reward, { label }, result) => this.#keep(keyOf(reward, label), result),
    };
  }

  #figuresOf(measures: string): Map<string, Value> {
    let figures = this.#figures.get(measures);
    if (figures === undefined) {
      // Few grids vary measures; where one does, the figures of one variant are of no use to the next.
      this.#figures.clear();
      figures = new Map();
      this.#figures.set(measures, figures);
    }
    return figures;
  }

  #keep(key: string, result: RewardResult): void {
    this.#results.set(key, result);
    this.#lines += weightOf(result);
    for (const [oldest, old] of this.#results) {
      if (this.#lines <= MOST_LINES) break;
      this.#results.delete(oldest);
      this.#lines -= weightOf(old);
    }
  }
}

/** Lines, and members, which take less. */
const weightOf = ({ lines, members }: RewardResult): number => {
  let count = members.size / 4;
  for (const own of lines.values()) count += own.length;
  return count;
};
