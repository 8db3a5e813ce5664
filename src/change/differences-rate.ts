import { constantOf } from '../rules/expression/constant.ts';
import type { CreditReward, Expression, Plan } from '../rules/plan.ts';
import type { Rate } from '../rules/rate/kinds.ts';
import type { RateSteps, Step } from '../rules/rate/rate-steps.ts';
import { compare, type Num } from '../values/num.ts';
import { type Comparing, insteadOf } from './comparing.ts';
import { rateData, stepData } from './rule-data.ts';
import { expressionWords, rateWords, thresholdWords } from './words.ts';

/** How two rates of a reward differ: step by step where the steps are as many, else as a whole. */
export const compareRates = (comparing: Comparing, before: CreditReward, after: CreditReward): void => {
  if (before.unit === after.unit && comparing.same(before.rate, after.rate, rateData)) return;
  const stepwise = before.rate.kind === 'steps' && after.rate.kind === 'steps' && before.unit === after.unit;
  if (stepwise && sameSetting(comparing, before.rate as RateSteps, after.rate as RateSteps)) {
    compareSteps(comparing, before, before.rate as RateSteps, after.rate as RateSteps);
    return;
  }
  const words = (reward: CreditReward, plan: Plan): string => rateWords(reward.rate, reward.unit, plan);
  const old = words(before, comparing.before);
  const now = words(after, comparing.after);
  const what = before.unit === 'pay' ? 'it pays a credit' : 'its rate is';
  const how = howWords(comparing, before.rate, after.rate).join('; ');
  comparing.addOf(
    before,
    ['rate'],
    {
      // Where the steps are the same, how they are walked is not.
      says: old === now ? how : [`${what} ${now} instead of ${old}`, how].filter((part) => part !== '').join('; '),
      before: old,
      after: now,
      places: { before: placeOf(before), after: placeOf(after) },
    },
    (reward) => ({ ...reward, unit: after.unit, rate: after.rate }),
  );
};

const placeOf = ({ rate, place }: CreditReward) => ('place' in rate ? rate.place : (rate.value.place ?? place));

/** What the steps are taken of and walked by is the same, and so is their number: only ends and rates differ. */
const sameSetting = (comparing: Comparing, before: RateSteps, after: RateSteps): boolean =>
  before.steps.length === after.steps.length &&
  before.method === after.method &&
  before.accumulate === after.accumulate &&
  comparing.sameExpression(before.of, after.of) &&
  comparing.sameExpression(before.counting, after.counting);

/** What differs of how steps are walked. */
const howWords = (comparing: Comparing, before: Rate, after: Rate): readonly string[] => {
  if (before.kind !== 'steps' || after.kind !== 'steps') return [];
  const words: string[] = [];
  if (before.method !== after.method) {
    words.push(
      after.method === 'marginal'
        ? 'each part of an amount now has the rate of its own step'
        : 'the rate that is reached now holds for everything',
    );
  }
  if (before.accumulate !== after.accumulate)
    words.push(`amounts add up over ${overWords(after)} instead of ${overWords(before)}`);
  for (const [key, what] of [
    ['of', 'thresholds are shares of'],
    ['counting', 'what walks up the steps is'],
  ] as const) {
    if (comparing.sameExpression(before[key], after[key])) continue;
    words.push(insteadOf(before[key]?.text, after[key]?.text, { is: what, none: `${what} nothing of its own` }));
  }
  return words;
};

const overWords = ({ accumulate }: RateSteps): string =>
  accumulate === 'none' ? 'each line alone' : `the ${accumulate}`;

const compareSteps = (comparing: Comparing, reward: CreditReward, before: RateSteps, after: RateSteps): void => {
  before.steps.forEach((old, i) => {
    const now = after.steps[i];
    if (now === undefined || comparing.same(old, now, stepData)) return;
    const path = ['rate', `step ${i + 1}`];
    const places = { before: old.place, after: now.place };
    const put =
      (change: (step: Step) => Step) =>
      (own: CreditReward): CreditReward =>
        own.rate.kind !== 'steps'
          ? own
          : { ...own, rate: { ...own.rate, steps: own.rate.steps.map((step, k) => (k === i ? change(step) : step)) } };
    if (!comparing.sameExpression(old.rate, now.rate)) {
      const [was, is] = [expressionWords(old.rate, comparing.before), expressionWords(now.rate, comparing.after)];
      const where = whereWords(before, i, comparing.before);
      comparing.addOf(
        reward,
        [...path, 'rate'],
        { says: `it pays ${is} instead of ${was}${where}`, before: was, after: is, places },
        put((step) => ({ ...step, rate: now.rate })),
      );
    }
    const { end: oldEnd } = old;
    const { end } = now;
    if (oldEnd === undefined || end === undefined) return;
    if (!comparing.sameExpression(oldEnd, end)) {
      const [was, is] = [thresholdWords(oldEnd, before, comparing.before), thresholdWords(end, after, comparing.after)];
      // "at 110% of quota instead of 100%"
      const [from = was] = was.split(' of ');
      comparing.addOf(
        reward,
        [...path, 'end'],
        {
          says: `${nextStepWords(before, i, comparing.before)} begins at ${is} instead of ${from}`,
          before: was,
          after: is,
          places,
        },
        put((step) => ({ ...step, end })),
      );
    }
    if (old.holdsEnd !== now.holdsEnd) {
      const at = thresholdWords(end, after, comparing.after);
      comparing.addOf(
        reward,
        [...path, 'holds its end'],
        {
          says: `exactly ${at} ${now.holdsEnd ? 'still has the rate of the step before it' : 'has the rate of the next step already'}`,
          before: old.holdsEnd ? 'up_to' : 'below',
          after: now.holdsEnd ? 'up_to' : 'below',
          places,
        },
        put((step) => ({ ...step, holdsEnd: now.holdsEnd })),
      );
    }
  });
};

/** ` up to 100% of quota`, ` between 100% and 120% of quota`, ` beyond 120% of quota`. */
const whereWords = (rate: RateSteps, i: number, plan: Plan): string => {
  const end = rate.steps[i]?.end;
  const start = rate.steps[i - 1]?.end;
  if (end === undefined) return start === undefined ? '' : ` beyond ${thresholdWords(start, rate, plan)}`;
  if (start === undefined) return ` up to ${thresholdWords(end, rate, plan)}`;
  return ` between ${expressionWords(start, plan)} and ${thresholdWords(end, rate, plan)}`;
};

/** What begins where a step ends: the accelerator, where there is one step more and it pays more. */
const nextStepWords = (rate: RateSteps, i: number, plan: Plan): string => {
  const known = (expression: Expression | undefined): Num | undefined =>
    expression && (constantOf(expression.node, plan.params) as Num | undefined);
  const [own, next] = [rate.steps[i]?.rate, rate.steps[i + 1]?.rate];
  const [a, b] = [known(own), known(next)];
  const pays = next === undefined ? '' : expressionWords(next, plan);
  if (a === undefined || b === undefined) return `the step that pays ${pays}`;
  if (compare(b, a) > 0) return rate.steps.length === 2 ? 'the accelerator' : `the accelerator of ${pays}`;
  return `the step that pays ${pays}`;
};
