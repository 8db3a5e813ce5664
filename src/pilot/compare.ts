import { compare, div, fraction, max, mul, type Num, sign, sub } from '../values/num.ts';
import { partOfWhole } from '../values/part.ts';
import { type Draws, percentile, within } from './draws.ts';
import type { Figures } from './pilot.ts';
import type { Figure, FigureSet } from './rank.ts';

/** What somebody is paid by two plans. */
export interface PersonChange {
  readonly id: string;
  readonly before: Num;
  readonly after: Num;
  readonly difference: Num;
}

/** Everybody whom either plan pays, by what they gain: the largest winner first, the largest loser last; ties by id. */
export const changesOf = (before: Pick<Figures, 'paid'>, after: Pick<Figures, 'paid'>): readonly PersonChange[] => {
  const ids = [...new Set([...before.paid.byPerson.keys(), ...after.paid.byPerson.keys()])].sort();
  const changes = ids.map((id): PersonChange => {
    const was = before.paid.byPerson.get(id) ?? 0;
    const is = after.paid.byPerson.get(id) ?? 0;
    return { id, before: was, after: is, difference: sub(is, was) };
  });
  return changes.sort((a, b) => compare(b.difference, a.difference) || (a.id < b.id ? -1 : 1));
};

/** Who loses more than one in twenty of what today's plan pays them is a loser who will be heard. */
const MUCH = fraction(1, 20);

export interface ChangeCounts {
  readonly winners: number;
  readonly losers: number;
  /** Who lose more than 5%. */
  readonly losers5: number;
}

export const countChanges = (changes: readonly PersonChange[]): ChangeCounts => ({
  winners: changes.filter(({ difference }) => sign(difference) > 0).length,
  losers: changes.filter(({ difference }) => sign(difference) < 0).length,
  // Of what is not above zero any loss is much: its part of a debt would be a gain.
  losers5: changes.filter(({ difference, before }) => compare(difference, mul(max(before, 0), sub(0, MUCH))) < 0)
    .length,
});

/** The figures of a variant that an order can read, beside those of today's plan. */
export const figureSet = (today: Figures, own: Figures, budget: Num | undefined): FigureSet => {
  const set = new Map<string, Figure>();
  const money = (name: string, { total, byDepartment }: Figures['paid']): void => {
    set.set(name, total);
    for (const [department, amount] of byDepartment) set.set(`${name}.${department}`, amount);
  };
  money('cost', own.paid);
  money('today', today.paid);
  money('without_links', own.uncrossed.paid);
  if (own.assumed !== undefined) money('assumed', own.assumed.paid);
  set.set('cost_per_booking', partOfWhole(own.paid.total, own.bookings));
  set.set('variable', partOfWhole(own.variable.variable, own.paid.total));
  set.set('linked', partOfWhole(own.variable.linked, own.variable.variable));
  // A department that is paid nothing has none of these figures, and spoils nobody else's.
  const known = (figures: readonly (readonly [department: string, figure: Num | undefined])[]): Figure =>
    new Map(figures.filter(([, figure]) => figure !== undefined));
  const { alignment, failing } = own.linkage;
  set.set('alignment', known(alignment.map(({ department, others }) => [department, others])));
  set.set('own', known(alignment.map(({ department, own: moved }) => [department, moved])));
  set.set('blame_gap', known(failing.map(({ department, gap }) => [department, gap])));
  const { winners, losers, losers5 } = countChanges(changesOf(today, own));
  set.set('winners', winners);
  set.set('losers', losers);
  set.set('losers_5', losers5);
  set.set('budget', budget);
  if (own.draws !== undefined) {
    set.set('cost_p90', percentile(own.draws, 90));
    if (budget !== undefined) set.set('budget_held', heldIn(own.draws, budget));
  }
  return set;
};

/** In which part of the draws a budget holds; of the draws that have an answer. */
export const heldIn = (draws: Draws | undefined, budget: Num): Num | undefined =>
  draws === undefined ? undefined : div(within(draws, budget), draws.totals.length);
