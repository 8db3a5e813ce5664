import { Decimal } from 'decimal.js';
import { type Day, dayOf } from './calendar.ts';
import { type Fraction, fraction, fromText, ONE, over, rounded, times } from './fraction.ts';
import { type ReferencePlan, Refused, type Row, rowsOf, staysOf, unitOf } from './model.ts';
import { People } from './people.ts';

/** The tables, with what they say about one another. */
export class Company {
  readonly plan: ReferencePlan;
  readonly people: People;
  readonly hasPeople: boolean;
  readonly deals: readonly Row[];
  readonly attributions: readonly Row[];
  readonly leads: readonly Row[];
  readonly splits: readonly Row[];
  readonly quotas: readonly Row[];
  readonly results: readonly Row[];
  readonly adjustments: readonly Row[];
  readonly campaigns: ReadonlyMap<string, Row>;
  readonly deal: ReadonlyMap<string, Row>;
  readonly #fx: readonly Row[];
  /** Of each refund: 0, or −1 where it completes the taking back. */
  readonly #counts = new Map<Row, bigint>();

  constructor(plan: ReferencePlan, tables: Readonly<Record<string, string | undefined>>) {
    this.plan = plan;
    this.deals = rowsOf(tables.deals);
    this.attributions = rowsOf(tables.attributions);
    this.leads = rowsOf(tables.leads);
    this.splits = rowsOf(tables.splits);
    this.quotas = rowsOf(tables.quotas);
    this.results = rowsOf(tables.results);
    this.adjustments = rowsOf(tables.adjustments);
    this.#fx = rowsOf(tables.fx);
    this.hasPeople = tables.people !== undefined;
    this.people = new People(staysOf(rowsOf(tables.people)));
    this.campaigns = new Map(rowsOf(tables.campaigns).map((row) => [row.cells.campaign_id ?? '', row]));
    this.deal = new Map(this.deals.map((row) => [row.cells.deal_id ?? '', row]));
    this.#completeRefunds();
  }

  /** The deal itself, or the one that it takes back. */
  rootOf(deal: Row): Row {
    const of = deal.cells.refund_of;
    return of === undefined ? deal : (this.deal.get(of) ?? deal);
  }

  countOf(deal: Row): bigint {
    return deal.cells.refund_of === undefined ? 1n : (this.#counts.get(deal) ?? 0n);
  }

  #completeRefunds(): void {
    const left = new Map<Row, Fraction>();
    const refunds = this.deals.filter((row) => row.cells.refund_of !== undefined);
    const close = (row: Row): Day => dayOf(row.cells.close_date ?? '');
    for (const refund of [...refunds].sort((a, b) => close(a) - close(b) || a.at - b.at)) {
      const root = this.rootOf(refund);
      const before = left.get(root) ?? fromText(root.cells.amount ?? '0');
      const [a, b] = fromText(refund.cells.amount ?? '0');
      const after = fraction(before[0] * b + a * before[1], before[1] * b);
      left.set(root, after);
      this.#counts.set(refund, after[0] === 0n ? -1n : 0n);
    }
  }

  /** Money of a deal in the plan's currency: at the newest rate on or before a day, rounded to the minor unit. */
  converted(amount: Fraction, currency: string | undefined, day: Day): Fraction {
    const { plan } = this;
    if (currency === undefined || currency === plan.currency) return amount;
    const rate = this.rate(currency, plan.currency, day);
    return over(fraction(rounded(times(times(amount, rate), plan.unit), plan.rounding)), plan.unit);
  }

  /** By the pair's own rate, else by its inverse, else through the one currency that the file quotes everything in. */
  rate(from: string, to: string, day: Day): Fraction {
    const newest = (a: string, b: string): Fraction | undefined => {
      const rows = this.#fx
        .filter(({ cells }) => cells.from === a && cells.to === b && dayOf(cells.date ?? '') <= day)
        .sort((x, y) => dayOf(y.cells.date ?? '') - dayOf(x.cells.date ?? ''));
      const row = rows[0];
      if (row === undefined) return undefined;
      if (day - dayOf(row.cells.date ?? '') > this.plan.maxAge) throw new Refused('missing-fx-rate');
      return fromText(row.cells.rate ?? '');
    };
    const has = (a: string, b: string): boolean => this.#fx.some(({ cells }) => cells.from === a && cells.to === b);
    const either = (a: string, b: string): Fraction | undefined => {
      if (has(a, b)) return newest(a, b);
      const inverse = newest(b, a);
      return inverse === undefined ? undefined : over(ONE, inverse);
    };
    const bases = new Set(this.#fx.map(({ cells }) => cells.from));
    const [base] = bases;
    const direct = either(from, to);
    if (direct !== undefined) return direct;
    if (bases.size !== 1 || base === undefined) throw new Refused('missing-fx-rate');
    const [first, second] = [either(from, base), either(base, to)];
    if (first === undefined || second === undefined) throw new Refused('missing-fx-rate');
    return times(first, second);
  }

  /** 2^(−age ÷ half-life), to 60 digits. */
  static decay(age: number, halfLife: Fraction): Fraction {
    const Exact = Decimal.clone({ precision: 60, rounding: 4 });
    const power = new Exact(-age).times(halfLife[1].toString()).div(halfLife[0].toString());
    const text = new Exact(2).pow(power).toFixed(70);
    return fromText(text);
  }

  unit(currency: string | undefined): Fraction {
    return currency === undefined ? this.plan.unit : unitOf(currency);
  }
}
