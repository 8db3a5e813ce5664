import type { Place } from '../findings/finding.ts';
import type { Expression, Plan, Reward } from '../rules/plan.ts';
import { canonicalText, type Data } from './data.ts';
import type { Difference } from './difference.ts';
import { BY_NAME, byValue, expressionData, type ParamsAs } from './expression-data.ts';
import { rewardsReading } from './reads.ts';
import type { Named } from './rename.ts';

interface Said {
  readonly kind?: Difference['kind'];
  readonly says: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly places?: { readonly before?: Place | undefined; readonly after?: Place | undefined };
  readonly take?: Difference['take'];
  readonly part?: string | undefined;
}

/** Two plans under the same names while they are compared, and what was found to differ. */
export class Comparing {
  readonly before: Plan;
  readonly after: Plan;
  readonly found: Difference[] = [];
  readonly #values: { readonly before: ParamsAs; readonly after: ParamsAs };
  readonly #readers: readonly ((kind: Named, name: string) => readonly string[])[];

  constructor(before: Plan, after: Plan) {
    this.before = before;
    this.after = after;
    this.#values = { before: byValue(before), after: byValue(after) };
    this.#readers = [rewardsReading(before), rewardsReading(after)];
  }

  /** Whether two things mean the same: as they are written, or by what their params come to. */
  same<T>(before: T, after: T, of: (value: T, as: ParamsAs) => Data | undefined): boolean {
    const text = (value: T, as: ParamsAs): string => canonicalText(of(value, as) ?? null);
    return (
      text(before, BY_NAME) === text(after, BY_NAME) ||
      text(before, this.#values.before) === text(after, this.#values.after)
    );
  }

  sameExpression(before: Expression | undefined, after: Expression | undefined): boolean {
    return this.same(before, after, expressionData);
  }

  /** The rewards of either plan that read something. */
  readers(kind: Named, name: string): readonly string[] {
    return [...new Set(this.#readers.flatMap((of) => of(kind, name)))];
  }

  add(path: readonly string[], rewards: readonly string[], said: Said): void {
    this.found.push({
      path,
      kind: said.kind ?? 'changed',
      says: said.says,
      before: said.before,
      after: said.after,
      places: { before: said.places?.before, after: said.places?.after },
      rewards: said.take === undefined ? [] : rewards,
      take: said.take,
      part: said.part ?? path.join(' > '),
    });
  }

  /** Of a piece of a reward; `put` makes the old reward's piece the new one's. */
  addOf<R extends Reward>(reward: R, path: readonly string[], said: Omit<Said, 'take'>, put?: (reward: R) => R): void {
    const take =
      put &&
      ((plan: Plan): Plan => {
        const own = plan.rewards.get(reward.name);
        // A hybrid's reward is the old one or one with other pieces taken: of the same body.
        return own === undefined ? plan : withReward(plan, put(own as R));
      });
    this.add(['rewards', reward.name, ...path], this.readers('rewards', reward.name), {
      ...said,
      says: `${reward.name}: ${said.says}`,
      take,
    });
  }
}

const withReward = (plan: Plan, reward: Reward): Plan => ({
  ...plan,
  rewards: new Map([...plan.rewards, [reward.name, reward]]),
});

/** `it is A instead of B`, or that there is one now, or none any more. */
export const insteadOf = (
  before: string | undefined,
  after: string | undefined,
  words: { readonly is: string; readonly none: string },
): string => {
  if (after === undefined) return `${words.none} any more (before: ${before})`;
  return before === undefined ? `${words.is} ${after}, which is new` : `${words.is} ${after} instead of ${before}`;
};
