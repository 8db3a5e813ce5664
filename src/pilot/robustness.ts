import { compare, type Num, sign, sub } from '../values/num.ts';
import { type Paid, paidOf } from './paid.ts';
import { type Condition, type Failed, isFailed, type Payable, type Runs } from './runs.ts';
import type { Setting } from './setting.ts';

/** What the same plan pays with its touches shared out otherwise. */
export interface OtherShares {
  /** `linear`, `first_touch`, `half the half-life`, ... */
  readonly model: string;
  readonly total: Num;
  /** The most that anybody gains, and loses; who. */
  readonly most: { readonly id: string; readonly difference: Num } | undefined;
  readonly least: { readonly id: string; readonly difference: Num } | undefined;
}

export interface Robustness {
  readonly shares: readonly OtherShares[];
  /** Models that this data cannot be paid by, such as those that need the date of a touch. */
  readonly unpayable: readonly string[];
}

/** The models beside a plan's own; those with figures in the form in which they are most used. */
const MODELS: ReadonlyMap<string, string> = new Map([
  ['first_touch', 'first_touch'],
  ['last_touch', 'last_touch'],
  ['linear', 'linear'],
  ['position', '{ position: [40%, 20%, 40%] }'],
  ['time_decay', '{ time_decay: { half_life: 7 days } }'],
]);

/** Pays a plan with each other share model, and with half the half-life, in the place of its own. */
export const robustnessOf = (
  runs: Runs,
  payable: Payable,
  now: Paid,
  tryWith: (settings: readonly Setting[]) => Payable | Failed,
  condition: Condition,
): Robustness => {
  const shared = [...payable.plan.credits.values()].filter(
    ({ each, share }) => each === 'attribution' && share !== undefined,
  );
  const shares: OtherShares[] = [];
  const unpayable: string[] = [];
  const attempt = (model: string, settings: readonly Setting[]): void => {
    const other = tryWith(settings);
    const amounts = isFailed(other) ? other : runs.amounts(other, condition);
    if (isFailed(amounts)) {
      unpayable.push(model);
      return;
    }
    const paid = paidOf(amounts);
    const ids = [...new Set([...now.byPerson.keys(), ...paid.byPerson.keys()])].sort();
    const differences = ids
      .map((id) => ({ id, difference: sub(paid.byPerson.get(id) ?? 0, now.byPerson.get(id) ?? 0) }))
      .sort((a, b) => compare(b.difference, a.difference));
    const [most, least] = [differences[0], differences.at(-1)];
    shares.push({
      model,
      total: paid.total,
      most: most !== undefined && sign(most.difference) > 0 ? most : undefined,
      least: least !== undefined && sign(least.difference) < 0 ? least : undefined,
    });
  };
  for (const [model, text] of shared.length === 0 ? [] : MODELS) {
    const others = shared.filter(({ share }) => share?.kind !== model);
    if (others.length === 0) continue;
    attempt(
      model,
      others.map(({ name }) => ({ name: `${name}.share`, way: ['credits', name, 'share'], text })),
    );
  }
  const decaying = shared.filter(({ share }) => share?.kind === 'time_decay');
  if (decaying.length > 0) {
    const halved = ({ name, share }: (typeof decaying)[number]): Setting => ({
      name: `${name}.share.time_decay.half_life`,
      way: ['credits', name, 'share', 'time_decay', 'half_life'],
      text: `${Math.max(1, share?.kind === 'time_decay' ? share.halfLife >> 1 : 1)} days`,
    });
    attempt('half the half-life', decaying.map(halved));
  }
  return { shares, unpayable };
};
