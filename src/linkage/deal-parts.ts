import type { Computed } from '../engine/compute.ts';
import { emptyFrame, showCredit } from '../engine/frame.ts';
import type { CreditRow, Line } from '../engine/result.ts';
import { isMissing } from '../values/missing.ts';
import { add, compare, div, isZero, type Num, roundWhole, sub } from '../values/num.ts';
import { MONTHS } from '../values/period.ts';
import { shareOut, shareOutByWeight } from '../values/share-out.ts';
import { onceADeal } from './bookings.ts';

/** What of a line's pay belongs to a campaign; `campaign` is −1 for what belongs to none. */
export interface Tied {
  readonly campaign: number;
  /** Minor units. */
  readonly amount: Num;
}

/**
 * Which campaign has which part of each deal. A deal is shared out once: by the first credit over attributions, in the plan's order,
 * that credits anybody with it; others that share the same deal out again add nothing to it.
 */
export class DealParts {
  /** The credits that share deals out, each deal by one of them; refunds of a deal among them. */
  readonly credits: readonly CreditRow[];
  /** Whether the plan shares deals out over touches at all. */
  readonly known: boolean;
  readonly #parts = new Map<number, ReadonlyMap<number, Num>>();

  constructor(computed: Computed) {
    const { plan, credits } = computed;
    const shared = [...plan.credits.values()].filter(({ each }) => each === 'attribution');
    this.known = shared.length > 0;
    this.credits = onceADeal(shared.map(({ name }) => credits.get(name) ?? []));
    const parts = new Map<number, Map<number, Num>>();
    for (const row of this.credits) {
      if (row.deal !== row.rootDeal || row.campaign < 0) continue;
      const part = partOf(computed, row);
      if (part === undefined) continue;
      const own = parts.get(row.deal) ?? new Map<number, Num>();
      parts.set(row.deal, own);
      own.set(row.campaign, add(own.get(row.campaign) ?? 0, part));
    }
    this.#parts = parts;
  }

  /** The part of a deal that is credited to each campaign, by its row; 1 is all of it. */
  of(deal: number): ReadonlyMap<number, Num> {
    return this.#parts.get(deal) ?? NONE;
  }

  /**
   * A line's pay by campaign, to the cent: a touch's and a lead's is its campaign's, a deal's is shared out as the deal is. What
   * stems from neither (target pay, a pool, a cap) belongs to none.
   */
  tied({ credit, amount }: Line): readonly Tied[] {
    if (credit === undefined) return [{ campaign: -1, amount }];
    if (credit.campaign >= 0) return [{ campaign: credit.campaign, amount }];
    const parts = credit.rootDeal < 0 ? NONE : this.of(credit.rootDeal);
    if (parts.size === 0) return [{ campaign: -1, amount }];
    const campaigns = [...parts.keys()];
    const shares = [...parts.values()];
    const rest = sub(1, shares.reduce<Num>(add, 0));
    // Where parts overlap (`overlay`), the line is shared out in their proportion.
    if (compare(rest, 0) < 0) return join(campaigns, shareOutByWeight(amount, shares));
    return join([...campaigns, -1], shareOut(amount, [...shares, rest], 'half_up', 1));
  }
}

const NONE: ReadonlyMap<number, Num> = new Map();

const join = (campaigns: readonly number[], amounts: readonly Num[]): readonly Tied[] =>
  campaigns.flatMap((campaign, i) => {
    const amount = amounts[i] ?? 0;
    return isZero(amount) ? [] : [{ campaign, amount }];
  });

const partOf = (computed: Computed, row: CreditRow): Num | undefined => {
  const { amount } = row.credit;
  if (row.amount === undefined || amount === undefined) return undefined;
  const frame = emptyFrame(MONTHS[computed.plan.period]);
  showCredit(frame, row);
  const whole = computed.engine.compiler.compile(amount.node)(frame);
  return isMissing(whole) ? undefined : div(row.amount, roundWhole(whole as Num, computed.plan.rounding));
};
