import { sign } from '../../values/num.ts';
import { daysWords, dayWords } from '../figures/day-words.ts';
import { amountText, decimalsOf, effectHtml, partText, percentHtml, titleOf } from '../html/figures.ts';
import { type Html, html } from '../html/html.ts';
import { pageHtml } from '../html/page.ts';
import { toldHtml } from '../html/told-html.ts';
import { type Statement, type StatementStay, wouldDiffer } from './statement.ts';
import { planWords } from './statement-document.ts';
import { stepsHtml } from './statement-html-steps.ts';
import { togetherHtml } from './statement-html-together.ts';
import type { StatementLine, StatementReward } from './statement-reward.ts';

/** A statement as a page of its own: one file, no script, no network. */
export const statementHtml = (statement: Statement): string =>
  pageHtml({
    title: `${statement.person.name}, ${statement.period.label}: ${statement.plan}`,
    body: html`<main>${statementBody(statement)}</main>`,
  });

/** What stands in the page, for pages that hold a statement among other things (with the style sheet of src/report/html). */
export const statementBody = (statement: Statement): Html =>
  html`${head(statement)}${rewards(statement)}${standing(statement)}${togetherHtml(statement)}${links(statement)}${lines(statement)}${next(statement)}${foot(statement)}`;

const head = (statement: Statement): Html => {
  const {
    person,
    plan,
    period,
    stays,
    total,
    currency,
    digits,
    withoutLinks,
    together,
    links: all,
    next: deal,
  } = statement;
  const money = (x: typeof total): string => amountText(x, digits);
  return html`<header>
<p class="eyebrow">${plan}, statement for ${period.label}</p>
<h1><bdi>${person.name}</bdi></h1>
<p class="meta">${daysWords(period)}</p>
${stays.map((stay) => stayHtml(stay, statement))}
<div class="hero">
<div><p class="label">You are paid</p><p class="total">${money(total)} <small>${currency}</small></p></div>
<dl>
${
  withoutLinks === undefined || !wouldDiffer(total, withoutLinks, all)
    ? ''
    : html`<div><dt>Without any link it would be</dt><dd>${money(withoutLinks)}</dd></div>`
}
${
  together.byOthers === undefined || !wouldDiffer(0, together.byOthers, together.links)
    ? ''
    : html`<div><dt>What the other department did for it</dt><dd>${effectHtml(together.byOthers, digits)}</dd></div>`
}
${deal === undefined ? '' : html`<div><dt>Your next deal would pay</dt><dd>${money(deal.pays)}</dd></div>`}
</dl>
</div>
</header>`;
};

const stayHtml = ({ department, team, from, to }: StatementStay, { period }: Statement): Html => {
  const where = [department, team].filter((name) => name !== undefined);
  const whole = from === period.from && to === period.to;
  if (where.length === 0 && whole) return html``;
  return html`<p class="meta"><bdi>${where.join(', ')}</bdi>${whole ? '' : `${where.length === 0 ? '' : ': '}${daysWords({ from, to })}`}</p>`;
};

const rewards = ({ rewards: all, total, digits, currency }: Statement): Html => {
  const money = (x: typeof total): string => amountText(x, digits);
  const limited = all.some(({ cap, guarantee }) => cap !== undefined || guarantee !== undefined);
  const limits = (reward: StatementReward): Html =>
    html`${reward.cap === undefined ? '' : effectHtml(reward.cap, digits)}${reward.guarantee === undefined ? '' : effectHtml(reward.guarantee, digits)}`;
  return html`<section aria-labelledby="paid"><h2 id="paid">What you are paid</h2>
<p>Amounts in ${currency}. Links are what other results added or took; each is explained below.</p>
<table class="lines" role="table" aria-labelledby="paid"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Reward</th><th role="columnheader" scope="col" class="num">Before links</th><th role="columnheader" scope="col" class="num">Links</th>${
    limited ? html`<th role="columnheader" scope="col" class="num">Cap, guarantee</th>` : ''
  }<th role="columnheader" scope="col" class="num">Paid</th></tr></thead>
<tbody role="rowgroup">${all.map(
    (
      reward,
    ) => html`<tr role="row"><th role="rowheader" scope="row">${titleOf(reward.reward)}</th><td role="cell" class="num" data-label="Before links">${money(reward.base)}</td><td role="cell" class="num" data-label="Links">${effectHtml(reward.links, digits)}</td>${
      limited
        ? html`<td role="cell" class="num${reward.cap === undefined && reward.guarantee === undefined ? ' none' : ''}" data-label="Cap, guarantee">${limits(reward)}</td>`
        : ''
    }<td role="cell" class="num pay" data-amount="${reward.reward}">${money(reward.amount)}</td></tr>
`,
  )}</tbody>
<tfoot role="rowgroup"><tr role="row"><th role="rowheader" scope="row" colspan="${limited ? 4 : 3}">Total</th><td role="cell" class="num pay" data-amount="total">${money(total)}</td></tr></tfoot></table></section>`;
};

const standing = (statement: Statement): Html => {
  const { attainments, steps } = statement;
  if (attainments.length === 0 && steps.length === 0) return html``;
  return html`<section aria-labelledby="standing"><h2 id="standing">Where you stand</h2>
${
  attainments.length === 0
    ? ''
    : html`<table class="lines" role="table" aria-labelledby="standing"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Quota of</th><th role="columnheader" scope="col" class="num">Done</th><th role="columnheader" scope="col" class="num">Quota</th><th role="columnheader" scope="col" class="num">Attained</th></tr></thead>
<tbody role="rowgroup">${attainments.map(
        ({ measure, period, doneWords, quotaWords, share }) =>
          html`<tr role="row"><th role="rowheader" scope="row">${titleOf(measure)}<small>${period}</small></th><td role="cell" class="num" data-label="Done">${doneWords}</td><td role="cell" class="num" data-label="Quota">${quotaWords}</td><td role="cell" class="num pay">${partText(share)}</td></tr>
`,
      )}</tbody></table>`
}
${steps.map((reached, i) => stepsHtml(reached, statement, `steps-${i + 1}`))}
</section>`;
};

const links = ({ links: all, digits }: Statement): Html => {
  if (all.length === 0) return html``;
  const decimals = decimalsOf(all.map(({ factor }) => factor));
  return html`<section aria-labelledby="links"><h2 id="links">Why the links did what they did</h2>
<p>A link multiplies what a reward pays by a factor: 100% changes nothing. Links with a weight count for that part of it.</p>
<table class="lines" role="table" aria-labelledby="links"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Link and its reason</th><th role="columnheader" scope="col">What it read</th><th role="columnheader" scope="col" class="num">Factor</th><th role="columnheader" scope="col" class="num">Effect</th></tr></thead>
<tbody role="rowgroup">${all.map(
    ({ reward, link, because, crosses, reads, factor, weight, effect, lines: applied, asked, working, rule }) =>
      html`<tr role="row"><th role="rowheader" scope="row">${titleOf(link)}<small>${because}</small><small>on ${titleOf(reward)}${
        weight === undefined ? '' : html`, counts for ${partText(weight)}`
      }${crosses ? ', with the other department' : ''}</small></th><td role="cell" data-label="Read" class="${reads === undefined ? 'none' : 'read'}"><span class="v">${reads ?? ''}${
        working.length === 0
          ? ''
          : html`<details><summary>How it came about</summary>${toldHtml(working, digits)}<span class="at">${rule}</span></details>`
      }</span></td><td role="cell" class="num" data-label="Factor"><span class="v">${
        factor === undefined
          ? applied === 0
            ? asked === 0
              ? 'no line'
              : 'did not apply'
            : 'differs by line'
          : percentHtml(factor, decimals)
      }${applied > 0 && applied < asked ? html`<small>on ${applied} of ${asked} lines</small>` : ''}</span></td><td role="cell" class="num pay">${effectHtml(effect, digits)}</td></tr>
`,
  )}</tbody></table></section>`;
};

const lines = (statement: Statement): Html => {
  const paying = statement.rewards.filter((reward) => reward.lines.length > 0);
  if (paying.length === 0) return html``;
  return html`<section aria-labelledby="lines"><h2 id="lines">Every line</h2>
<p>What you are paid is the sum of these lines, each rounded once. Open one to see how it came about, down to the rule of the plan and the row of the file.</p>
${paying.map((reward) => linesTable(reward, statement))}</section>`;
};

const linesTable = (reward: StatementReward, { digits }: Statement): Html => {
  const { lines: all } = reward;
  const has = (test: (line: StatementLine) => boolean): boolean => all.some(test);
  const dated = has(({ day }) => day !== undefined);
  const credited = has((line) => line.credited !== undefined);
  const rated = has(({ rate }) => rate !== '');
  const linked = has(({ factor }) => factor !== undefined);
  const decimals = decimalsOf(all.map(({ factor }) => factor));
  const id = `lines-${reward.reward}`;
  const column = (shown: boolean, label: string, num = true): Html =>
    shown ? html`<th role="columnheader" scope="col"${num ? html` class="num"` : ''}>${label}</th>` : html``;
  const cell = (shown: boolean, label: string, value: Html | string): Html => {
    if (!shown) return html``;
    const none = value === '' ? ' none' : '';
    return html`<td role="cell" class="num${none}" data-label="${label}"><span class="v">${value}</span></td>`;
  };
  return html`<h3 id="${id}">${titleOf(reward.reward)}</h3><p class="soft">${reward.rule}</p>
<table class="lines" role="table" aria-labelledby="${id}"><thead role="rowgroup"><tr role="row">${column(true, 'Line', false)}${column(dated, 'Date')}${column(credited, 'Credited')}${column(rated, 'Rate')}${column(linked, 'Before links')}${column(linked, 'Factor')}${column(true, 'Paid')}</tr></thead>
<tbody role="rowgroup">${all.map(
    (
      line,
    ) => html`<tr role="row"><th role="rowheader" scope="row"><bdi>${line.subject}</bdi>${line.note === '' ? '' : html`<small><bdi>${line.note}</bdi></small>`}<details><summary>Why</summary>${toldHtml(line.told().below, digits)}</details></th>${cell(dated, 'Date', line.day === undefined ? '' : dayWords(line.day))}${cell(
      credited,
      'Credited',
      line.credited === undefined ? '' : amountText(line.credited, digits),
    )}${cell(rated, 'Rate', line.rate)}${cell(linked, 'Before links', amountText(line.base, digits))}${cell(
      linked,
      'Factor',
      line.factor === undefined ? '' : percentHtml(line.factor, decimals),
    )}<td role="cell" class="num pay">${amountText(line.amount, digits)}</td></tr>
`,
  )}</tbody>
<tfoot role="rowgroup"><tr role="row"><th role="rowheader" scope="row" colspan="${[dated, credited, rated, linked, linked].filter((shown) => shown).length + 1}">${titleOf(reward.reward)}</th><td role="cell" class="num pay">${amountText(reward.amount, digits)}</td></tr></tfoot></table>`;
};

const next = ({ next: deal, digits, currency }: Statement): Html => {
  if (deal === undefined) return html``;
  const several = deal.rewards.length > 1;
  return html`<section aria-labelledby="next"><h2 id="next">What your next deal would pay</h2>
<p>${
    deal.of === 1
      ? html`Your only deal of the last four quarters, <bdi>${deal.deal}</bdi>, is worth`
      : html`The middle one of your ${deal.of} deals of the last four quarters, <bdi>${deal.deal}</bdi>, is worth`
  } ${amountText(deal.amount, digits)} ${currency}. One more like it would pay <strong>${amountText(deal.pays, digits)}</strong>, on top of what has accumulated, at the step where you stand, with the links as they are.</p>
${
  several
    ? html`<dl>${deal.rewards.map(({ reward, pays }) => html`<div><dt>${titleOf(reward)}</dt><dd>${effectHtml(pays, digits)}</dd></div>`)}</dl>`
    : sign(deal.pays) === 0
      ? html`<p class="soft">It would add nothing now: a cap has been reached, or no rate holds.</p>`
      : ''
}</section>`;
};

const foot = ({ plan, inForce, least, person, period }: Statement): Html =>
  html`<footer><p>${plan}, ${period.label}, for <bdi>${person.name}</bdi>. Every figure is of the run that pays you; <code>payouts.csv</code> and <code>lines.csv</code> hold the same.</p>
<p>${planWords(inForce)}</p>
<p>Figures of groups are shown only where at least ${least} people stand behind them, and never where another person’s could be worked out from them.</p></footer>`;
