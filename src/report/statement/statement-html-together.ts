import { sub } from '../../values/num.ts';
import { amountText, effectHtml, titleOf } from '../html/figures.ts';
import { type Html, html } from '../html/html.ts';
import type { Statement } from './statement.ts';

/** What the other department did for the reader's pay, and the reader for theirs. */
export const togetherHtml = ({ together, total, digits, currency, least }: Statement): Html => {
  const { byOthers, links, forOthers, through, hidden } = together;
  if (links.length === 0 && through.length === 0 && !hidden) return html``;
  return html`<section aria-labelledby="together"><h2 id="together">What the other department did for your pay, and you for theirs</h2>
<p>Links that cross bind your pay to what the other department does, and theirs to what you do.</p>
<div class="pair">
<div class="card"><h3>They for you</h3><p class="figure">${byOthers === undefined ? 'cannot be said' : effectHtml(byOthers, digits)}</p>
<p>${
    byOthers === undefined
      ? 'Without the links that cross the plan has no answer.'
      : html`Without the links that cross, the same plan would pay you ${amountText(sub(total, byOthers), digits)} ${currency}.`
  }</p>
${
  links.length === 0
    ? ''
    : html`<dl>${links.map(({ link, reward, effect }) => html`<div><dt>${titleOf(link)} on ${titleOf(reward)}</dt><dd>${effectHtml(effect, digits)}</dd></div>`)}</dl>`
}</div>
<div class="card"><h3>You for them</h3><p class="figure">${hidden && through.length === 0 ? 'not shown' : effectHtml(forOthers, digits)}</p>
<p>So much of the others’ pay would not be there without what is your doing: what you are credited with, and the touches and leads of campaigns that you run.</p>
${
  through.length === 0
    ? ''
    : html`<dl>${through.map(({ link, department, amount }) => html`<div><dt>${titleOf(link)}, in ${department}</dt><dd>${effectHtml(amount, digits)}</dd></div>`)}</dl>`
}
${hidden ? html`<p>What you did for fewer than ${least} people is left out.</p>` : ''}</div>
</div></section>`;
};
