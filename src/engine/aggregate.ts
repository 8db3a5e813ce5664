import type { AggregateFunction, Known, Type } from '../rules/expression/typed.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { add, div, max, min, mul, type Num, quotientText } from '../values/num.ts';
import type { Value } from './frame.ts';
import { isRefund } from './ledger.ts';
import type { CreditRow } from './result.ts';

const OVER_NOTHING = new Missing('there is nothing to take it over');

/** One aggregate while its credits pass by. */
export interface Adder {
  /** Takes a credit, its value (the row itself for `count`), and what it weighs where results are moved: else 1. */
  take(row: CreditRow, value: Value, weight: Num): void;
  result(): Value;
}

/** An adder for a function; sums and counts over nothing are zero, the others missing. Refunds: see each. */
export const adderFor = (fn: AggregateFunction, type: Type): Adder => {
  switch (fn) {
    case 'count':
      return new Counter();
    case 'sum':
      return new Summer();
    case 'avg':
      return averager();
    case 'min':
    case 'max':
      return extreme(fn === 'min' ? min : max, type);
    case 'count_distinct':
      return distinct(type);
  }
};

/** A sum of values that weigh something: what weighs alike is added up before it is weighed. */
class Weighed {
  #total: Num = 0;
  #alike: Num = 0;
  #by: Num = 1;

  take(value: Num, weight: Num): void {
    if (weight !== this.#by) {
      this.#total = this.total;
      this.#alike = 0;
      this.#by = weight;
    }
    this.#alike = add(this.#alike, value);
  }

  get total(): Num {
    return this.#alike === 0 ? this.#total : add(this.#total, mul(this.#alike, this.#by));
  }
}

/** A refund that completes the taking back of a deal counts −1, one before it 0. */
class Counter implements Adder {
  #count = 0;
  #moved: Weighed | undefined;

  take({ count }: CreditRow, _: Value, weight: Num): void {
    if (weight === 1) this.#count += count;
    else {
      this.#moved ??= new Weighed();
      this.#moved.take(count, weight);
    }
  }

  result(): Value {
    return this.#moved === undefined ? this.#count : add(this.#moved.total, this.#count);
  }
}

class Summer implements Adder {
  #total: Num = 0;
  #moved: Weighed | undefined;
  #missing: Missing | undefined;

  take(_: CreditRow, value: Value, weight: Num): void {
    if (isMissing(value)) this.#missing ??= value;
    else if (weight === 1) this.#total = add(this.#total, value as Num);
    else {
      this.#moved ??= new Weighed();
      this.#moved.take(value as Num, weight);
    }
  }

  result(): Value {
    return this.#missing ?? (this.#moved === undefined ? this.#total : add(this.#total, this.#moved.total));
  }
}

const averager = (): Adder => {
  let total: Num = 0;
  let count = 0;
  let missing: Missing | undefined;
  return {
    take: (row, value, weight) => {
      if (isRefund(row)) return;
      if (isMissing(value)) missing ??= value;
      else {
        total = add(total, weighed(value as Num, weight));
        count++;
      }
    },
    result: () => missing ?? div(total, count) ?? OVER_NOTHING,
  };
};

const extreme = (pick: (a: Num, b: Num) => Num, type: Type): Adder => {
  let best: Num | undefined;
  let missing: Missing | undefined;
  // A date does not move with what was done on it.
  const moves = type === 'money' || type === 'number';
  return {
    take: (row, value, weight) => {
      if (isRefund(row)) return;
      if (isMissing(value)) missing ??= value;
      else {
        const own = moves ? weighed(value as Num, weight) : (value as Num);
        best = best === undefined ? own : pick(best, own);
      }
    },
    result: () => missing ?? best ?? OVER_NOTHING,
  };
};

/** Different values whose deals have not been taken back: a value counts as long as its credits count above zero. */
const distinct = (type: Type): Adder => {
  const counts = new Map<string, { count: number; readonly weight: Num }>();
  let missing: Missing | undefined;
  return {
    take: (row, value, weight) => {
      if (isMissing(value)) {
        missing ??= value;
        return;
      }
      const key = keyOf(value, type);
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { count: row.count, weight });
      else known.count += row.count;
    },
    result: () =>
      missing ?? [...counts.values()].reduce<Num>((sum, { count, weight }) => (count > 0 ? add(sum, weight) : sum), 0),
  };
};

const weighed = (value: Num, weight: Num): Num => (weight === 1 ? value : mul(value, weight));

const keyOf = (value: Known, type: Type): string =>
  type === 'text' || type === 'boolean' ? String(value) : quotientText(value as Num);
