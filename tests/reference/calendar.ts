/** A day as the number of days since 1970-01-01; an open end is ±Infinity. */
export type Day = number;

export interface Span {
  readonly from: Day;
  /** The last day in it. */
  readonly to: Day;
}

export const dayOf = (text: string): Day => {
  const ms = Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10)));
  return ms / 86_400_000;
};
export const dateText = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const MONTHS = { month: 1, quarter: 3, half: 6, year: 12 } as const;
export type Length = keyof typeof MONTHS;
export const LENGTHS = Object.keys(MONTHS) as readonly Length[];

export interface Period extends Span {
  readonly length: Length;
  readonly label: string;
  /** Its first month: year × 12 + month, from 0. */
  readonly month: number;
}

const firstOf = (month: number): Day => Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1) / 86_400_000;
const two = (n: number): string => String(n).padStart(2, '0');

/** Periods of the calendar (months) and of a fiscal year that starts in a month, 1 to 12. */
export class Calendar {
  readonly #start: number;
  constructor(startsIn: number) {
    this.#start = startsIn - 1;
  }

  at(length: Length, month: number): Period {
    const n = MONTHS[length];
    const into = (((month - this.#start) % 12) + 12) % 12;
    const first = month - (into % n);
    const yearFirst = month - into;
    const year = Math.floor((yearFirst + 11) / 12);
    const nth = (first - yearFirst) / n + 1;
    const label = {
      month: `${Math.floor(first / 12)}-${two((first % 12) + 1)}`,
      quarter: `${year}-Q${nth}`,
      half: `${year}-H${nth}`,
      year: `${year}`,
    }[length];
    return { length, label, month: first, from: firstOf(first), to: firstOf(first + n) - 1 };
  }

  around(length: Length, day: Day): Period {
    const date = new Date(day * 86_400_000);
    return this.at(length, date.getUTCFullYear() * 12 + date.getUTCMonth());
  }

  before(period: Period): Period {
    return this.at(period.length, period.month - 1);
  }

  after(period: Period): Period {
    return this.at(period.length, period.month + MONTHS[period.length]);
  }

  /** The periods of a length that lie in a span of whole ones. */
  inside(length: Length, span: Span): Period[] {
    const found: Period[] = [];
    for (let p = this.around(length, span.from); p.to <= span.to; p = this.after(p)) found.push(p);
    return found.filter((p) => p.from >= span.from);
  }

  parse(label: string): Period {
    const year = Number(label.slice(0, 4));
    const what = label.slice(5);
    if (/^\d\d$/.test(what)) return this.at('month', year * 12 + Number(what) - 1);
    const first = year * 12 + this.#start - (this.#start === 0 ? 0 : 12);
    if (what === '') return this.at('year', first);
    const nth = Number(what.slice(1)) - 1;
    return what.startsWith('Q') ? this.at('quarter', first + 3 * nth) : this.at('half', first + 6 * nth);
  }
}
