import type { StepsReached } from '../../explain/standing.ts';
import type { Num } from '../../values/num.ts';
import { chartSteps } from '../chart/chart-steps.ts';
import { moneyWords, numberWords, percentWords } from '../explain/value-words.ts';
import { titleOf } from '../html/figures.ts';
import { type Html, html } from '../html/html.ts';
import type { Statement } from './statement.ts';

/** Steps in the reader's words: where each ends and what it pays. */
export interface StepsWords {
  readonly title: string;
  /** Where the reader stands: `175,650.00 of 150,000.00`. */
  readonly reached: string;
  readonly next: string;
  readonly steps: readonly {
    readonly end: Num | undefined;
    readonly endWords: string;
    readonly words: string;
    readonly rate: string;
  }[];
}

/** Whether it is money that walks up the steps, or a count. */
export const countsMoney = ({ reward, rule }: StepsReached): boolean =>
  (rule.counting?.type ?? (reward.unit === 'rate' ? 'money' : 'number')) === 'money';

export const stepsWords = (reached: StepsReached, digits: number): StepsWords => {
  const { reward, rule, stair, accumulated, step, next } = reached;
  const isMoney = countsMoney(reached);
  const count = (x: Num): string => (isMoney ? moneyWords(x, digits) : numberWords(x));
  const rate = (x: Num): string => (reward.unit === 'pay' ? moneyWords(x, digits) : percentWords(x));
  const steps = stair.values.map((value, i) => {
    const said = rule.steps[i]?.end?.text;
    const end = value.end === undefined ? '' : count(value.end);
    const share = said === undefined || rule.of === undefined ? '' : `, ${said} of ${rule.of.text}`;
    const before = stair.values[i - 1]?.end;
    const words =
      value.end === undefined
        ? before === undefined
          ? 'all of it'
          : `beyond ${count(before)}`
        : `${value.holdsEnd ? 'up to' : 'below'} ${end}${share}`;
    return { end: value.end, endWords: end, words, rate: rate(value.rate) };
  });
  const now = rule.method === 'retroactive' ? 'holds for all of it' : 'is paid on what comes next';
  const standing = stair.values[step];
  return {
    title: titleOf(reward.name),
    reached: count(accumulated),
    next:
      next === undefined
        ? `You stand on the last step: ${standing === undefined ? '' : rate(standing.rate)} ${now}.`
        : `${count(next.missing)} more lead to the next step, ${rate(next.rate)}.`,
    steps,
  };
};

/** The drawing of the steps, a bar with a mark where the reader stands. */
export const stepsDrawing = (reached: StepsReached, words: StepsWords, id: string): Html =>
  chartSteps(
    {
      title: `Steps of ${words.title}`,
      description: `You stand at ${words.reached}. ${words.steps.map(({ words: where, rate }) => `${where}: ${rate}`).join('; ')}.`,
      steps: words.steps,
      reached: reached.accumulated,
      reachedWords: words.reached,
    },
    id,
  );

export const stepsHtml = (reached: StepsReached, { digits }: Statement, id: string): Html => {
  const words = stepsWords(reached, digits);
  return html`<h3>${words.title}</h3><p>${words.next}</p>
<figure>${stepsDrawing(reached, words, id)}<figcaption><ol class="steps">${words.steps.map(
    ({ words: where, rate }, i) =>
      html`<li>${where}: <strong>${rate}</strong>${i === reached.step ? ' (you are here)' : ''}</li>`,
  )}</ol></figcaption></figure>`;
};
