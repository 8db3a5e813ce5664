import type { Day, Span } from './calendar.ts';
import { type Fraction, plus, ZERO } from './fraction.ts';
import { holdsOn, type Stay } from './model.ts';

/** Which stays are meant: those in `who`, in a group, in a team, below somebody. */
export type Which = (stay: Stay, day: Day) => boolean;

/** Who works where when. */
export class People {
  readonly stays: readonly Stay[];
  /** In the order of their first rows. */
  readonly ids: readonly string[];
  readonly #of = new Map<string, Stay[]>();

  constructor(stays: readonly Stay[]) {
    this.stays = stays;
    for (const stay of stays) this.#of.set(stay.person, [...(this.#of.get(stay.person) ?? []), stay]);
    this.ids = [...this.#of.keys()];
  }

  staysOf(person: string): readonly Stay[] {
    return this.#of.get(person) ?? [];
  }

  /** The first of a person's stays on a day that are meant: a credit that two could be paid for belongs to it. */
  stayOn(person: string, day: Day, which: Which): Stay | undefined {
    return this.staysOf(person).find((stay) => holdsOn(stay, day) && which(stay, day));
  }

  /** Days of a span on which a person is meant, each counted with its share of working time. */
  daysIn(person: string, span: Span, which: Which): Fraction {
    let days = ZERO;
    for (const stay of this.staysOf(person)) {
      for (let day = Math.max(stay.from, span.from); day <= Math.min(stay.to, span.to); day += 1) {
        if (which(stay, day)) days = plus(days, stay.share);
      }
    }
    return days;
  }

  hasDayIn(person: string, span: Span, which: Which): boolean {
    return this.daysIn(person, span, which)[0] > 0n;
  }

  /** Whether a stay's manager, or that one's manager on the day, and so on up, is `boss`. */
  isBelow(stay: Stay, boss: string, day: Day, seen: ReadonlySet<string> = new Set()): boolean {
    const manager = stay.row?.cells.manager;
    if (manager === undefined || manager === stay.person || stay.person === boss || seen.has(manager)) return false;
    if (manager === boss) return true;
    const further = new Set([...seen, manager]);
    return this.staysOf(manager).some((above) => holdsOn(above, day) && this.isBelow(above, boss, day, further));
  }
}
