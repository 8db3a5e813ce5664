import type { AggregateFunction, Known, Type } from '../rules/expression/typed.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { add, div, max, min, type Num, type Ratio } from '../values/num.ts';
import type { Value } from './frame.ts';
import { isRefund } from './ledger.ts';
import type { CreditRow } from './result.ts';

const OVER_NOTHING = new Missing('there is nothing to take it over');

/** One aggregate while its credits pass by. */
export interface Adder {
  /** Takes a credit and its value (the row itself for `count`). */
  take(row: CreditRow, value: Value): void;
  result(): Value;
}

/** An adder for a function; sums and counts over nothing are zero, the others missing. Refunds: see each. */
export const adderFor = (fn: AggregateFunction, type: Type): Adder => {
  switch (fn) {
    case 'count':
      return counter();
    case 'sum':
      return summer();
    case 'avg':
      return averager();
    case 'min':
    case 'max':
      return extreme(fn === 'min' ? min : max);
    case 'count_distinct':
      return distinct(type);
  }
};

/** A refund that completes the taking back of a deal counts −1, one before it 0. */
const counter = (): Adder => {
  let count = 0;
  return {
    take: (row) => {
      count += row.count;
    },
    result: () => count,
  };
};

const summer = (): Adder => {
  let total: Num = 0;
  let missing: Missing | undefined;
  return {
    take: (_, value) => {
      if (isMissing(value)) missing ??= value;
      else total = add(total, value as Num);
    },
    result: () => missing ?? total,
  };
};

const averager = (): Adder => {
  let total: Num = 0;
  let count = 0;
  let missing: Missing | undefined;
  return {
    take: (row, value) => {
      if (isRefund(row)) return;
      if (isMissing(value)) missing ??= value;
      else {
        total = add(total, value as Num);
        count++;
      }
    },
    result: () => missing ?? div(total, count) ?? OVER_NOTHING,
  };
};

const extreme = (pick: (a: Num, b: Num) => Num): Adder => {
  let best: Num | undefined;
  let missing: Missing | undefined;
  return {
    take: (row, value) => {
      if (isRefund(row)) return;
      if (isMissing(value)) missing ??= value;
      else best = best === undefined ? (value as Num) : pick(best, value as Num);
    },
    result: () => missing ?? best ?? OVER_NOTHING,
  };
};

/** Different values whose deals have not been taken back: a value counts as long as its credits count above zero. */
const distinct = (type: Type): Adder => {
  const counts = new Map<string, number>();
  let missing: Missing | undefined;
  return {
    take: (row, value) => {
      if (isMissing(value)) {
        missing ??= value;
        return;
      }
      const key = keyOf(value, type);
      counts.set(key, (counts.get(key) ?? 0) + row.count);
    },
    result: () => missing ?? [...counts.values()].filter((count) => count > 0).length,
  };
};

const keyOf = (value: Known, type: Type): string => {
  if (type === 'text' || type === 'boolean' || typeof value === 'number') return String(value);
  // Numbers that are not whole, in lowest terms, so that 1/2 and 2/4 are the same.
  const { n, d } = value as Ratio;
  let a = n < 0n ? -n : n;
  let b = d;
  while (b !== 0n) [a, b] = [b, a % b];
  return `${n / a}/${d / a}`;
};
