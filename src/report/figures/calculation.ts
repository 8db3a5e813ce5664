import type { Line, LinkEffect, Payout } from '../../engine/result.ts';
import type { Plan, Reward } from '../../rules/plan.ts';
import { payOf } from '../../rules/rate/steps.ts';
import { formatMinor } from '../../values/money.ts';
import { add, compare, div, equal, mul, type Num, sign, sub, truncate } from '../../values/num.ts';
import { daysIn, type Period, periodOf } from '../../values/period.ts';
import { moneyText, numberText, percentText } from './cell-text.ts';

/** What the calculations of one period's lines have in common. */
export interface CalculationContext {
  readonly plan: Plan;
  readonly period: Period;
}

/** How a line came to its amount: `40000.00 × 5% + 20000.00 × 9% = 3800.00`. */
export const calculationOf = (context: CalculationContext, payout: Payout, line: Line): string => {
  const { digits } = context.plan;
  const amount = formatMinor(line.amount, digits);
  switch (line.kind) {
    case 'adjustment':
      return line.reason ?? '';
    case 'cap':
    case 'guarantee': {
      const before = sumBefore(payout, line);
      const limit = formatMinor(add(before, line.amount), digits);
      return `${line.kind} ${limit} − ${formatMinor(before, digits)} = ${amount}`;
    }
    case 'credit':
      return equation(creditTerms(context, payout.reward, line), factorTexts(line.links), amount);
    case 'stay':
      return equation(stayTerms(context, payout.reward, line), factorTexts(line.links), amount);
    case 'pool':
      return equation(poolTerms(context, payout.reward, line), factorTexts(line.links), amount);
  }
};

/** `a + b` are the terms; where factors follow, a sum is put in brackets. What says the same twice is said once. */
const equation = (terms: readonly string[], factors: readonly string[], amount: string): string => {
  // A cell that begins with a minus and is no number would be taken for a formula: (-500.00) × 6%.
  const sum = terms.join(' + ').replace(/^-[\d.]+(?= )/, '($&)');
  if (factors.length === 0) return sum === amount ? amount : `${sum} = ${amount}`;
  return `${terms.length > 1 ? `(${sum})` : sum} × ${factors.join(' × ')} = ${amount}`;
};

const sumBefore = ({ lines }: Payout, line: Line): Num => {
  let sum: Num = 0;
  for (const each of lines) {
    if (each === line) break;
    sum = add(sum, each.amount);
  }
  return sum;
};

const creditTerms = ({ plan: { digits } }: CalculationContext, reward: Reward | undefined, line: Line): string[] => {
  const { credit, rate, parts, counted, exactBase } = line;
  if (credit === undefined || reward?.body !== 'credit') return [moneyText(exactBase, digits)];
  const isPay = reward.unit === 'pay';
  const rateText = (x: Num): string => (isPay ? moneyText(x, digits) : percentText(x));
  if (parts !== undefined && parts.length > 1 && equal(payOf(parts), exactBase)) {
    const counts = reward.rate.kind === 'steps' ? reward.rate.counting : undefined;
    const countText = (x: Num): string =>
      (counts?.type ?? 'money') === 'money' ? moneyText(x, digits) : numberText(x);
    return parts.map((part) => `${countText(part.amount)} × ${rateText(part.rate)}`);
  }
  if (rate === undefined) return [moneyText(exactBase, digits)];
  if (!isPay)
    return [`${credit.amount === undefined ? '' : `${moneyText(credit.amount, digits)} × `}${rateText(rate)}`];
  // Money a unit: a deal is one of them, a refund takes one back, and what steps count may be any number.
  const units = reward.rate.kind === 'steps' && counted !== undefined ? counted : credit.count;
  return [units === 1 ? rateText(rate) : `${numberText(units)} × ${rateText(rate)}`];
};

const stayTerms = ({ plan, period }: CalculationContext, reward: Reward | undefined, line: Line): string[] => {
  const { timePart, exactBase } = line;
  const whole = timePart === undefined || timePart === 1 ? undefined : div(exactBase, timePart);
  if (timePart === undefined || whole === undefined) return [moneyText(exactBase, plan.digits)];
  const every = reward === undefined ? period : periodOf(period.to, reward.every, plan.fiscalYearStarts);
  const days = daysIn(every);
  return [`${moneyText(whole, plan.digits)} × ${numberText(mul(timePart, days))}/${days} days`];
};

const poolTerms = ({ plan: { digits } }: CalculationContext, reward: Reward | undefined, line: Line): string[] => {
  const { pool, base, exactBase } = line;
  if (pool === undefined) return [moneyText(exactBase, digits)];
  const isMoney = reward?.body === 'pool' && reward.shareBy.type === 'money';
  const weight = (x: Num): string => (isMoney ? moneyText(x, digits) : numberText(x));
  const name = pool.each === undefined ? 'pool' : `pool ${pool.each}`;
  const share = div(mul(pool.amount, pool.weight), pool.weights);
  const terms = [`${name} ${formatMinor(pool.amount, digits)} × ${weight(pool.weight)}/${weight(pool.weights)}`];
  // Parts are rounded down; the units that are missing go to the largest remainders.
  const left = share === undefined ? 0 : sub(base, truncate(share));
  if (sign(left) > 0 && share !== undefined && compare(base, share) > 0) {
    terms.push(`${formatMinor(left, digits)} left over`);
  }
  return terms;
};

/** Each link that changes something, in the plan's order; blended ones as one: `(60% × 90% + 40% × 110%)`. */
const factorTexts = (links: readonly LinkEffect[]): string[] => {
  const texts: string[] = [];
  let blended = false;
  for (const { link, factor } of links) {
    if (link.weight === undefined) {
      if (factor !== 1) texts.push(percentText(factor));
    } else if (!blended) {
      blended = true;
      const blend = links.filter((each) => each.link.weight !== undefined);
      if (blend.some((each) => each.factor !== 1)) {
        texts.push(
          `(${blend.map((each) => `${percentText(each.link.weight ?? 1)} × ${percentText(each.factor)}`).join(' + ')})`,
        );
      }
    }
  }
  return texts;
};
