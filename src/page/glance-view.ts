import type { ChangeCounts } from '../pilot/compare.ts';
import { type Linkage, widestGap } from '../pilot/linkage.ts';
import { changePart, NONE, partText, signed, unitsText } from '../report/pilot/pilot-figure.ts';
import { denominator, type Num, numerator, sub } from '../values/num.ts';
import { partOfWhole } from '../values/part.ts';
import { h } from './dom.ts';
import type { Answer, TrialSums } from './messages.ts';

type Opened = Extract<Answer, { answer: 'open' }>;

/** A part as a number for drawing. */
const drawn = (part: Num | undefined): number =>
  part === undefined ? 0 : Number((numerator(part) * 100000n) / denominator(part)) / 100000;

/** The answers at a glance: what it costs, who gains and loses, whether it binds, who answers for a failure. */
export class GlanceView {
  readonly element: HTMLElement;
  /** The same in a line, which stays in sight on a small screen. */
  readonly strip = h('div', { class: 'strip', 'aria-hidden': 'true' });
  readonly #opened: Opened;
  readonly #cost = h('div', { class: 'card' });
  readonly #people = h('div', { class: 'card' });
  readonly #binds = h('div', { class: 'card' });
  readonly #answers = h('div', { class: 'card' });
  /** What comes a moment later keeps its place meanwhile. */
  readonly #linked = h('span', {}, NONE);
  readonly #unlinked = h('span', {}, NONE);
  readonly #quarters = h('p', { class: 'said quarters' });
  readonly #stripCost = h('span');
  readonly #stripBound = h('span', { class: 'by' });
  #linkage: Linkage;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#linkage = opened.linkage;
    this.strip.append(this.#stripCost, this.#stripBound);
    this.element = h('div', { class: 'glance' }, this.#cost, this.#people, this.#binds, this.#answers);
  }

  show(now: TrialSums, { winners, losers, losers5 }: ChangeCounts, people: number): void {
    const { today, head } = this.#opened;
    const { currency, digits } = head.plan;
    const difference = sub(now.paid.total, today.paid.total);
    const departments = [...new Set([...today.paid.byDepartment.keys(), ...now.paid.byDepartment.keys()])].sort();
    this.#cost.replaceChildren(
      h('h3', {}, 'What it costs'),
      h('p', { class: 'big' }, unitsText(now.paid.total, digits), h('small', {}, ` ${currency}`)),
      h(
        'p',
        { class: 'to-today' },
        h('b', { class: tone(difference, true) }, changePart(today.paid.total, now.paid.total)),
        ` to today (${signed(unitsText(difference, digits))})`,
      ),
      facts([
        ...departments.map(
          (name): Fact => [
            name === '' ? 'no department' : name,
            unitsText(now.paid.byDepartment.get(name) ?? 0, digits),
            changePart(today.paid.byDepartment.get(name) ?? 0, now.paid.byDepartment.get(name) ?? 0),
          ],
        ),
        ['without crossing links', this.#unlinked, ''],
        ['of bookings', partText(partOfWhole(now.paid.total, now.bookings)), ''],
        ['linked, of variable pay', this.#linked, ''],
      ]),
    );
    this.#stripCost.replaceChildren(
      h('b', {}, unitsText(now.paid.total, digits)),
      ` ${changePart(today.paid.total, now.paid.total)} `,
      h('span', { class: 'gain' }, `▲${winners}`),
      ' ',
      h('span', { class: 'loss' }, `▼${losers}`),
    );
    const same = people - winners - losers;
    this.#people.replaceChildren(
      h('h3', {}, 'Who gains, who loses'),
      h(
        'p',
        { class: 'big' },
        h('span', { class: 'gain' }, String(winners)),
        h('small', {}, ' gain '),
        h('span', { class: 'loss' }, String(losers)),
        h('small', {}, ' lose'),
      ),
      balance(winners, same, losers),
      facts([
        ['lose more than 5%', String(losers5), ''],
        ['paid as today', String(same), ''],
      ]),
    );
  }

  showLinkage(linkage: Linkage): void {
    this.#stripBound.textContent = paidOnes(linkage)
      .map(({ department, others }) => `${department} ${partText(others)}`)
      .join(' · ');
    this.#linkage = linkage;
    this.#showBinding(linkage, undefined);
    this.#showAnswers(linkage);
  }

  /** Adds what the same plan does without its crossing links. */
  showUnlinked({ paid, linkage, variable, quarters }: Extract<Answer, { answer: 'unlinked' }>): void {
    const widest = paidOnes(this.#linkage).flatMap(({ department }) => {
      const found = widestGap(quarters, department);
      return found === undefined ? [] : [`${department} ${points(found.gap)} in ${found.quarter}`];
    });
    this.#quarters.textContent =
      widest.length === 0 ? '' : `In one quarter alone, at the widest: ${widest.join('; ')}.`;
    this.#unlinked.textContent = unitsText(paid.total, this.#opened.head.plan.digits);
    this.#linked.textContent = partText(partOfWhole(variable.linked, variable.variable));
    this.#showBinding(this.#linkage, linkage);
  }

  #showBinding(linkage: Linkage, without: Linkage | undefined): void {
    const alignment = paidOnes(linkage);
    const before = this.#opened.linkage.alignment;
    const most = Math.max(
      0.2,
      ...[...alignment, ...before].flatMap(({ own, others }) => [Math.abs(drawn(own)), Math.abs(drawn(others))]),
    );
    const row = (
      label: string,
      part: Num | undefined,
      was: Num | undefined,
      unlinked: Num | undefined,
      kind: string,
    ): HTMLElement =>
      h(
        'div',
        { class: 'bar-row' },
        h('span', { class: 'bar-label' }, label),
        bar(drawn(part) / most, drawn(was) / most, kind),
        h('span', { class: 'bar-value' }, partText(part)),
        h(
          'span',
          { class: 'bar-was' },
          `today ${partText(was)}${without === undefined ? '' : ` · without crossing links ${partText(unlinked)}`}`,
        ),
      );
    this.#binds.replaceChildren(
      h('h3', {}, 'Does it bind?'),
      h('p', { class: 'said' }, 'How far each department’s pay moves when results move by 10%.'),
      ...alignment.flatMap(({ department, own, others }) => {
        const was = before.find((one) => one.department === department);
        const unlinked = without?.alignment.find((one) => one.department === department);
        return [
          h('h4', {}, department),
          row('the others’ results', others, was?.others, unlinked?.others, 'others'),
          row('its own results', own, was?.own, unlinked?.own, 'own'),
        ];
      }),
      ...(alignment.length === 0 ? [h('p', { class: 'said' }, 'There are not two departments to bind.')] : []),
    );
  }

  #showAnswers(linkage: Linkage): void {
    const failing = linkage.failing.filter(({ ownPart }) => ownPart !== undefined);
    const before = this.#opened.linkage.failing;
    this.#answers.replaceChildren(
      h('h3', {}, 'Who answers when one side alone has 10% less?'),
      h(
        'table',
        { class: 'answers' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...['', 'it loses', 'the others lose', 'blame gap', 'today'].map((title) =>
              h('th', { scope: 'col' }, title),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          ...failing.map(({ department, ownPart, othersPart, gap }) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, `${department} fails`),
              h('td', {}, partText(ownPart)),
              h('td', {}, partText(othersPart)),
              h('td', {}, h('b', {}, points(gap))),
              h('td', { class: 'was' }, points(before.find((one) => one.department === department)?.gap)),
            ),
          ),
        ),
      ),
      h(
        'p',
        { class: 'said' },
        'Of their own pay, in percent. A gap of 0 shares the loss; far from 0, one side pays for it alone.',
      ),
      this.#quarters,
    );
  }
}

/** A department that is paid nothing is moved by nothing. */
const paidOnes = ({ alignment }: Linkage): Linkage['alignment'] => alignment.filter(({ own }) => own !== undefined);

type Fact = readonly [what: string, value: string | Node, change: string];

const facts = (rows: readonly Fact[]): HTMLElement =>
  h(
    'dl',
    { class: 'facts' },
    ...rows.flatMap(([what, value, change]) => [h('dt', {}, what), h('dd', {}, value, h('small', {}, ` ${change}`))]),
  );

const points = (gap: Num | undefined): string =>
  gap === undefined ? NONE : signed(partText(gap)).replace('%', ' pts');

/** Costs more is red, less is green; the other way round for what people get. */
const tone = (difference: Num, isCost: boolean): string => {
  const rises = drawn(difference) > 0;
  if (drawn(difference) === 0) return '';
  return rises === isCost ? 'loss' : 'gain';
};

const bar = (part: number, was: number, kind: string): HTMLElement => {
  const fill = h('span', { class: `fill ${kind}` });
  fill.style.width = `${Math.min(100, Math.abs(part) * 100)}%`;
  const mark = h('span', { class: 'mark' });
  mark.style.left = `${Math.min(100, Math.abs(was) * 100)}%`;
  return h('span', { class: part < 0 ? 'bar negative' : 'bar', 'aria-hidden': 'true' }, fill, mark);
};

const balance = (winners: number, same: number, losers: number): HTMLElement => {
  const piece = (kind: string, count: number): HTMLElement => {
    const span = h('span', { class: kind });
    span.style.flexGrow = String(count);
    return span;
  };
  return h(
    'div',
    { class: 'balance', 'aria-hidden': 'true' },
    piece('gains', winners),
    piece('same', same),
    piece('losses', losers),
  );
};
