import type { BodyDerivation } from '../../explain/line.ts';
import type { RateDerivation, StepsDerivation } from '../../explain/rate.ts';
import type { CreditReward } from '../../rules/plan.ts';
import type { Step } from '../../rules/rate/rate-steps.ts';
import type { Num } from '../../values/num.ts';
import { type Telling, type Told, told } from './told.ts';
import { readsSomething, tellFigure } from './told-figure.ts';
import { tellCurve } from './told-link.ts';
import { numberWords, percentWords } from './value-words.ts';

type RateBody = Extract<BodyDerivation, { kind: 'rate' }>;

/** What stands below a line's pay: how it came to its rate. */
export const tellRate = (body: RateBody, reward: CreditReward, telling: Telling): readonly Told[] => {
  const { rate, unit } = body;
  const rateWords = (x: Num): string => (unit === 'pay' ? telling.money(x) : percentWords(x));
  return rate.kind === 'steps' ? tellSteps(rate, reward, telling, rateWords) : tellPlainRate(rate, telling, rateWords);
};

const tellPlainRate = (
  rate: Exclude<RateDerivation, StepsDerivation>,
  telling: Telling,
  rateWords: (x: Num) => string,
): readonly Told[] => {
  switch (rate.kind) {
    case 'value':
      return readsSomething(rate.rate.expression.node) ? [tellFigure(rate.rate, telling)] : [];
    case 'table': {
      const by = tellFigure(rate.by, telling);
      const text = rate.rate?.expression.text ?? '';
      const row = rate.isElse ? `the table has no row for it: else ${text}` : `the table has ${text} for it`;
      const below =
        rate.rate !== undefined && readsSomething(rate.rate.expression.node) ? [tellFigure(rate.rate, telling)] : [];
      return [by, told('note', row, { at: telling.place(rate.rate?.expression.place ?? rate.rule.place), below })];
    }
    case 'curve':
      return [tellFigure(rate.by, telling), ...tellCurve(rate.rule.curve, rate.by, telling, rateWords)];
  }
};

const tellSteps = (
  steps: StepsDerivation,
  reward: CreditReward,
  telling: Telling,
  rateWords: (x: Num) => string,
): readonly Told[] => {
  const { rule, of, counting, counted, before, after, parts, stood } = steps;
  const counts = countWords(reward, telling);
  const below: Told[] = [];
  if (of !== undefined && readsSomething(of.expression.node)) below.push(tellFigure(of, telling));
  if (counting !== undefined && readsSomething(counting.expression.node)) below.push(tellFigure(counting, telling));
  if (before !== undefined && after !== undefined) {
    below.push(told('note', `counted towards the steps: ${counts(before)} before, ${counts(after)} with this`));
  }
  const tellStep = (lead: string, i: number): void => {
    below.push(
      told('step', `${lead} ${stepWords(steps, i, counts, rateWords)}`, { at: telling.place(rule.steps[i]?.place) }),
    );
  };
  for (const { step, amount } of parts) tellStep(`${counts(amount)} of it is`, step);
  if (stood !== undefined) {
    const whole = rule.method === 'retroactive' ? 'one rate for all of the period: ' : '';
    tellStep(`${whole}${counts(stood.at)} is`, stood.step);
  }
  if (parts.length === 0 && stood === undefined) below.push(told('note', `${counts(counted)} is counted`));
  return below;
};

/** `up to 150,000.00 (100% of quota(bookings)), where base_rate is 6%`: a step in the words of the plan. */
const stepWords = (
  { rule, stair }: StepsDerivation,
  i: number,
  counts: (x: Num) => string,
  rateWords: (x: Num) => string,
): string => {
  const [step, value] = [rule.steps[i], stair.values[i]];
  if (step === undefined || value === undefined) return '';
  const rate = `where ${namedRate(step, rateWords(value.rate))}`;
  const end = (at: number): string | undefined => {
    const [said, counted] = [rule.steps[at]?.end, stair.values[at]?.end];
    if (said === undefined || counted === undefined) return undefined;
    return `${counts(counted)}${rule.of === undefined ? '' : ` (${said.text} of ${rule.of.text})`}`;
  };
  const own = end(i);
  if (own !== undefined) return `${value.holdsEnd ? 'up to' : 'below'} ${own}, ${rate}`;
  const before = end(i - 1);
  const beyond = stair.values[i - 1]?.holdsEnd === false ? 'from' : 'beyond';
  return before === undefined ? `paid ${rate}` : `${beyond} ${before}${beyond === 'from' ? ' on' : ''}, ${rate}`;
};

/** What walks up the steps, in its own words: money or a number. */
const countWords = (reward: CreditReward, telling: Telling): ((x: Num) => string) => {
  const counting = reward.rate.kind === 'steps' ? reward.rate.counting : undefined;
  const isMoney = (counting?.type ?? (reward.unit === 'rate' ? 'money' : 'number')) === 'money';
  return isMoney ? telling.money : numberWords;
};

/** `base_rate is 6%`: the rule's own word for a rate, where it has one. */
const namedRate = ({ rate }: Step, words: string): string =>
  rate.text === words || rate.node.kind === 'literal' ? `the rate is ${words}` : `${rate.text} is ${words}`;
