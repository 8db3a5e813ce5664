import { type Day, dayOf } from './calendar.ts';
import { Company } from './company.ts';
import { always, evaluate, holds, type Reading, type World } from './evaluate.ts';
import {
  type Fraction,
  fraction,
  fromText,
  ONE,
  order,
  over,
  plus,
  rounded,
  sharedOut,
  sum,
  times,
  ZERO,
} from './fraction.ts';
import {
  type Credited,
  expressionIn,
  expressionOf,
  isMap,
  listOf,
  mapOf,
  Refused,
  type Row,
  type Rows,
  textOf,
  type YamlMap,
} from './model.ts';
import { isFigure } from './operations.ts';

const DEFAULTS: Readonly<Record<string, Readonly<Record<'to' | 'amount' | 'date', string>>>> = {
  deal: { to: 'deal.owner', amount: 'deal.amount', date: 'deal.close_date' },
  split: { to: 'split.person_id', amount: 'deal.amount', date: 'deal.close_date' },
  attribution: { to: 'campaign.owner', amount: 'deal.amount', date: 'deal.close_date' },
  lead: { to: 'lead.assigned_to', amount: '', date: 'lead.assigned_on' },
};

const reading = (rows: Rows): Reading => ({ rows, scope: { kind: 'payee' }, own: always });

/** A credit of one row, with the deal that it stands on put in by the caller. */
class Crediting {
  readonly world: World;
  readonly name: string;
  readonly credit: YamlMap;
  readonly found: Credited[] = [];
  constructor(world: World, name: string, credit: YamlMap) {
    this.world = world;
    this.name = name;
    this.credit = credit;
  }

  expression(key: 'to' | 'amount' | 'date') {
    const text = textOf(this.credit[key]) ?? DEFAULTS[textOf(this.credit.each) ?? '']?.[key] ?? '';
    return text === '' ? undefined : expressionOf(text);
  }

  dateOf(rows: Rows): Day | undefined {
    const expression = this.expression('date');
    const value = expression && evaluate(this.world, expression, reading(rows));
    return isFigure(value) ? Number(value.n[0]) : undefined;
  }

  /** Rows with the credit's date, and the one whose rate converts: for a refund that of its deal. */
  dated(rows: Rows): Rows {
    const date = this.dateOf(rows);
    const isRefund = rows.root !== undefined && rows.root !== rows.deal;
    return { ...rows, date, fxDate: isRefund ? this.dateOf({ ...rows, deal: rows.root }) : date };
  }

  isMet(rows: Rows): boolean {
    return holds(this.world, expressionIn(this.credit, 'when'), reading(rows));
  }

  /** The whole amount, before it is shared out. */
  amountOf(rows: Rows): Fraction | undefined {
    const expression = this.expression('amount');
    if (expression === undefined) return undefined;
    const value = evaluate(this.world, expression, reading(rows));
    if (!isFigure(value)) throw new Refused('missing-cell');
    return value.n;
  }

  add(rows: Rows, amount: Fraction | undefined): void {
    const { company } = this.world;
    const date = rows.date;
    if (date === undefined) throw new Refused('missing-cell');
    const to = this.expression('to');
    const isCompany = to?.kind === 'path' && to.names[0] === 'company';
    const person = isCompany || to === undefined ? undefined : evaluate(this.world, to, reading(rows));
    if (!isCompany && person?.kind !== 'text') throw new Refused('missing-cell');
    const id = person?.kind === 'text' ? person.s : undefined;
    if (id !== undefined && company.hasPeople && company.people.staysOf(id).length === 0)
      throw new Refused('unknown-person');
    const deal = rows.deal;
    this.found.push({
      credit: this.name,
      index: this.found.length,
      person: id,
      date,
      amount,
      count: deal === undefined || rows.lead !== undefined ? 1n : company.countOf(deal),
      isRefund: deal !== undefined && rows.lead === undefined && deal !== rows.root,
      rows,
    });
  }

  /** A deal's amount shared out over rows, of which those that `when` lets through are credited. */
  shareOut(rowsOf: readonly Rows[], shares: () => readonly Fraction[]): void {
    const { plan } = this.world.company;
    const dated = rowsOf.map((rows) => this.dated(rows));
    const met = dated.map((rows) => this.isMet(rows));
    const [first] = dated;
    if (first === undefined || !met.includes(true)) return;
    const parts = shares();
    const whole = this.amountOf(first) ?? ZERO;
    const minor = rounded(times(whole, plan.unit), plan.rounding);
    const amounts = sharedOut(minor, parts, plan.rounding);
    dated.forEach((rows, i) => {
      if (met[i] && parts[i]?.[0] !== 0n) this.add(rows, over(fraction(amounts[i] ?? 0n), plan.unit));
    });
  }

  run(): readonly Credited[] {
    const { company } = this.world;
    const each = textOf(this.credit.each);
    if (each === 'lead') {
      for (const lead of company.leads) {
        const deal = company.deal.get(lead.cells.deal_id ?? '');
        const campaign = company.campaigns.get(lead.cells.campaign_id ?? '');
        const rows = this.dated({ lead, deal, root: deal && company.rootOf(deal), campaign });
        if (this.isMet(rows)) this.add(rows, this.amountOf(rows));
      }
      return this.found;
    }
    for (const deal of company.deals) {
      const root = company.rootOf(deal);
      if (each === 'deal') {
        const rows = this.dated({ deal, root });
        if (this.isMet(rows)) this.add(rows, this.amountOf(rows));
      } else if (each === 'split') this.splits(deal, root);
      else this.touches(deal, root);
    }
    return this.found;
  }

  splits(deal: Row, root: Row): void {
    const { company } = this.world;
    const found = company.splits.filter(({ cells }) => cells.deal_id === root.cells.deal_id);
    const whole: Row = {
      at: -1,
      cells: { deal_id: deal.cells.deal_id ?? '', person_id: deal.cells.owner ?? '', share: '1' },
    };
    const splits = found.length === 0 ? [whole] : found;
    const shares = (): readonly Fraction[] => this.#within(splits.map(({ cells }) => fromText(cells.share ?? '')));
    this.shareOut(
      splits.map((split) => ({ deal, root, split })),
      shares,
    );
  }

  touches(deal: Row, root: Row): void {
    const { company } = this.world;
    const all = company.attributions
      .filter(({ cells }) => cells.deal_id === root.cells.deal_id)
      .map(
        (attribution): Rows => ({
          deal,
          root,
          attribution,
          campaign: company.campaigns.get(attribution.cells.campaign_id ?? ''),
        }),
      );
    // of a lost or open deal nothing is shared out, so nothing need be known of its touches
    if (!all.map((rows) => this.dated(rows)).some((rows) => this.isMet(rows))) return;
    const among = expressionIn(this.credit, 'share_among');
    const taking = all.filter((rows) => {
      if (among === undefined) return true;
      // shared out as the deal is that a refund takes back
      const value = evaluate(this.world, among, reading(this.dated({ ...rows, deal: root })));
      if (value?.kind !== 'boolean') throw new Refused('unclear-share');
      return value.b;
    });
    if (taking.length > 0) this.shareOut(taking, () => this.sharesOf(taking, root));
  }

  sharesOf(taking: readonly Rows[], root: Row): readonly Fraction[] {
    const { share } = this.credit;
    const model = isMap(share) ? Object.keys(share)[0] : undefined;
    const touched = (rows: Rows): Day => {
      const text = rows.attribution?.cells.touched_on;
      if (text === undefined) throw new Refused('undated-touch');
      return dayOf(text);
    };
    const ranked = (): number[] => {
      const days = taking.map(touched);
      return days.map((_, i) => i).sort((i, j) => (days[i] ?? 0) - (days[j] ?? 0) || i - j);
    };
    /** Parts of roles: those without a touch are spread over the others in proportion. */
    const spread = (roles: readonly (readonly [part: Fraction, touches: readonly number[]])[]): readonly Fraction[] => {
      const filled = sum(roles.filter(([, touches]) => touches.length > 0).map(([part]) => part));
      const shares = taking.map(() => ZERO);
      for (const [part, touches] of roles) {
        for (const i of touches)
          shares[i] = plus(shares[i] ?? ZERO, over(over(part, filled), fraction(touches.length)));
      }
      return shares;
    };
    if (share === 'linear') return spread([[ONE, taking.map((_, i) => i)]]);
    if (share === 'first_touch') return spread([[ONE, ranked().slice(0, 1)]]);
    if (share === 'last_touch') return spread([[ONE, ranked().slice(-1)]]);
    if (model === 'position') {
      const [first = ZERO, middle = ZERO, last = ZERO] = listOf(mapOf(share).position).map((part) =>
        fromText(String(part)),
      );
      const order = ranked();
      if (order.length === 1) return spread([[ONE, order]]);
      return spread([
        [first, order.slice(0, 1)],
        [middle, order.slice(1, -1)],
        [last, order.slice(-1)],
      ]);
    }
    if (model === 'time_decay') {
      const halfLife = fromText((textOf(mapOf(mapOf(share).time_decay).half_life) ?? '').replace(/ days?$/, ''));
      const close = dayOf(root.cells.close_date ?? '');
      const weights = taking.map((rows) => Company.decay(close - touched(rows), halfLife));
      const all = sum(weights);
      return weights.map((weight) => over(weight, all));
    }
    if (model === 'w_shaped') {
      const { parts, by, lead, opportunity } = mapOf(mapOf(share).w_shaped);
      const [first = ZERO, second = ZERO, third = ZERO, others = ZERO] = listOf(parts).map((part) =>
        fromText(String(part)),
      );
      const order = ranked();
      const kindOf = (i: number): string | undefined => {
        const value = evaluate(this.world, expressionOf(textOf(by) ?? ''), reading(taking[i] ?? {}));
        return value?.kind === 'text' ? value.s : undefined;
      };
      const roles = [
        order.slice(0, 1),
        order.filter((i) => kindOf(i) === lead).slice(0, 1),
        order.filter((i) => kindOf(i) === opportunity).slice(0, 1),
      ];
      const rest = order.filter((i) => !roles.flat().includes(i));
      return spread([first, second, third, others].map((part, i) => [part, [...roles, rest][i] ?? []] as const));
    }
    const expression = expressionOf(textOf(share) ?? '');
    const shares = taking.map((rows) => {
      const value = evaluate(this.world, expression, reading(this.dated({ ...rows, deal: root })));
      if (!isFigure(value)) throw new Refused('unclear-share');
      return value.n;
    });
    return this.#within(shares);
  }

  #within(shares: readonly Fraction[]): readonly Fraction[] {
    if (order(sum(shares), ONE) > 0 && this.credit.overlay !== 'true') throw new Refused('shares-above-whole');
    return shares;
  }
}

/** Who is credited with what, credit by credit in the order of the plan; rows in the order of the deals, then touches. */
export const creditAll = (world: World): ReadonlyMap<string, readonly Credited[]> =>
  new Map(
    Object.entries(world.company.plan.credits).map(([name, credit]) => [
      name,
      new Crediting(world, name, mapOf(credit)).run(),
    ]),
  );
