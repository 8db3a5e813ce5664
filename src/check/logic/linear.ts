import { add, ceil, floor, isZero, mul, type Num, neg, sign, sub } from '../../values/num.ts';
import { isInteger } from './number.ts';

/** Σ coefficient × term + constant, over terms that nothing is known of but what constraints say. */
export interface Linear {
  readonly terms: ReadonlyMap<string, Num>;
  readonly constant: Num;
}

/** A linear form that is at most zero, or below it. */
export interface AtMostZero {
  readonly form: Linear;
  readonly strict: boolean;
}

export const constant = (value: Num): Linear => ({ terms: new Map(), constant: value });
export const term = (key: string): Linear => ({ terms: new Map([[key, 1]]), constant: 0 });

export const plus = (a: Linear, b: Linear): Linear => {
  const terms = new Map(a.terms);
  for (const [key, value] of b.terms) {
    const sum = add(terms.get(key) ?? 0, value);
    if (isZero(sum)) terms.delete(key);
    else terms.set(key, sum);
  }
  return { terms, constant: add(a.constant, b.constant) };
};

export const times = (a: Linear, by: Num): Linear =>
  isZero(by)
    ? constant(0)
    : { terms: new Map([...a.terms].map(([key, value]) => [key, mul(value, by)])), constant: mul(a.constant, by) };

export const minus = (a: Linear, b: Linear): Linear => plus(a, times(b, -1));

/** Beyond these there may be a solution: nothing is claimed that was not worked out. */
const MOST_CONSTRAINTS = 400;
const MOST_TERMS = 24;

/** Over whole terms a strict constraint leaves a whole step: 2x < 5 is 2x ≤ 4. */
const tightened = ({ form, strict }: AtMostZero, whole: (key: string) => boolean): AtMostZero => {
  const steps = [...form.terms].every(([key, value]) => whole(key) && isInteger(value));
  if (!steps || form.terms.size === 0) return { form, strict };
  const most = neg(form.constant);
  const floored = strict ? sub(ceil(most), 1) : floor(most);
  return { form: { terms: form.terms, constant: neg(floored) }, strict: false };
};

/**
 * Whether some values of the terms satisfy all constraints, by Fourier and Motzkin's elimination: terms are taken out one
 * after the other, until only constants are left to compare. `whole` says which terms are whole numbers.
 */
export const feasible = (constraints: readonly AtMostZero[], whole: (key: string) => boolean): boolean => {
  let left = constraints.map((one) => tightened(one, whole));
  const keys = new Set(left.flatMap(({ form }) => [...form.terms.keys()]));
  if (keys.size > MOST_TERMS) return true;
  for (const key of keys) {
    const lower: AtMostZero[] = [];
    const upper: AtMostZero[] = [];
    const others: AtMostZero[] = [];
    for (const one of left) {
      const side = sign(one.form.terms.get(key) ?? 0);
      (side === 0 ? others : side > 0 ? upper : lower).push(one);
    }
    if (others.length + lower.length * upper.length > MOST_CONSTRAINTS) return true;
    for (const low of lower) {
      for (const high of upper) {
        const a = neg(low.form.terms.get(key) as Num);
        const b = high.form.terms.get(key) as Num;
        others.push(
          tightened({ form: plus(times(low.form, b), times(high.form, a)), strict: low.strict || high.strict }, whole),
        );
      }
    }
    left = others;
    if (left.some(({ form, strict }) => form.terms.size === 0 && fails(form.constant, strict))) return false;
  }
  return !left.some(({ form, strict }) => form.terms.size === 0 && fails(form.constant, strict));
};

const fails = (value: Num, strict: boolean): boolean => (strict ? sign(value) >= 0 : sign(value) > 0);
