import type { Plan } from '../rules/plan.ts';
import type { Table } from '../rules/table-data.ts';
import { currencyDigits } from '../values/currency.ts';
import { type Day, formatDay } from '../values/date.ts';
import { div, mul, type Num, powerOfTen, roundWhole } from '../values/num.ts';

interface Quotes {
  readonly days: readonly Day[];
  readonly rates: readonly Num[];
}

export interface Conversion {
  readonly rate: Num;
  /** In minor units of the plan's currency, rounded. */
  readonly amount: Num;
}

/** How many days old a rate may be where the plan does not say. */
const MAX_AGE = 7;

/** Exchange rates: the newest on or before a day, by the pair's own rate, its inverse, or through the file's one base. */
export class Fx {
  readonly #quotes = new Map<string, Quotes>();
  readonly #base: string | undefined;
  readonly #maxAge: number;
  readonly #plan: Plan;
  readonly #known = new Map<string, Num | string>();

  constructor(table: Table | undefined, plan: Plan) {
    this.#plan = plan;
    this.#maxAge = plan.data.get('fx')?.maxAge ?? MAX_AGE;
    const from = (table?.columns.get('from') ?? []) as readonly string[];
    const to = (table?.columns.get('to') ?? []) as readonly string[];
    this.#base = oneOf(from) ?? oneOf(to);
    if (table !== undefined) this.#sort(table, from, to);
  }

  #sort(table: Table, from: readonly string[], to: readonly string[]): void {
    const dates = table.columns.get('date') as readonly Day[];
    const rates = table.columns.get('rate') as readonly (Num | undefined)[];
    const rows = Array.from({ length: table.rowCount }, (_, i) => i).sort(
      (a, b) => (dates[a] as Day) - (dates[b] as Day),
    );
    const pairs = new Map<string, { days: Day[]; rates: Num[] }>();
    for (const row of rows) {
      const rate = rates[row];
      if (rate === undefined) continue;
      const key = `${from[row]}>${to[row]}`;
      let quotes = pairs.get(key);
      if (quotes === undefined) {
        quotes = { days: [], rates: [] };
        pairs.set(key, quotes);
      }
      quotes.days.push(dates[row] as Day);
      quotes.rates.push(rate);
    }
    for (const [key, quotes] of pairs) this.#quotes.set(key, quotes);
  }

  /** The rate of one currency in another on a day, or why there is none. */
  rate(from: string, to: string, day: Day): Num | string {
    const key = `${from}>${to}@${day}`;
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#direct(from, to, day) ?? this.#across(from, to, day) ?? this.#why(from, to, day);
      this.#known.set(key, found);
    }
    return found;
  }

  #direct(from: string, to: string, day: Day): Num | undefined {
    const own = this.#newest(`${from}>${to}`, day);
    if (own !== undefined) return own;
    const inverse = this.#newest(`${to}>${from}`, day);
    return inverse === undefined ? undefined : div(1, inverse);
  }

  #across(from: string, to: string, day: Day): Num | undefined {
    const base = this.#base;
    if (base === undefined || base === from || base === to) return undefined;
    const there = this.#direct(from, base, day);
    const back = this.#direct(base, to, day);
    return there === undefined || back === undefined ? undefined : mul(there, back);
  }

  #newest(pair: string, day: Day): Num | undefined {
    const quotes = this.#quotes.get(pair);
    if (quotes === undefined) return undefined;
    const at = lastAtOrBefore(quotes.days, day);
    if (at < 0 || day - (quotes.days[at] as Day) > this.#maxAge) return undefined;
    return quotes.rates[at];
  }

  #why(from: string, to: string, day: Day): string {
    return `no rate from ${from} to ${to} on ${formatDay(day)} or in the ${this.#maxAge} days before it`;
  }

  /** An amount of another currency in the plan's, or why it cannot be converted. */
  convert(amount: Num, from: string, day: Day): Conversion | string {
    const rate = this.rate(from, this.#plan.currency, day);
    if (typeof rate === 'string') return rate;
    const scale = powerOfTen(this.#plan.digits - (currencyDigits(from) ?? 2));
    return { rate, amount: roundWhole(mul(mul(amount, rate), scale), this.#plan.rounding) };
  }
}

const oneOf = (values: readonly string[]): string | undefined =>
  values.length > 0 && values.every((value) => value === values[0]) ? values[0] : undefined;

/** The index of the last day that is not after `day`, −1 where all are. */
export const lastAtOrBefore = (days: readonly Day[], day: Day): number => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as Day) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
