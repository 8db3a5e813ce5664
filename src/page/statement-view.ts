import { changePart, signed } from '../report/pilot/pilot-figure.ts';
import { formatGrouped } from '../values/money.ts';
import { add, type Num, sign, toPercent } from '../values/num.ts';
import { h } from './dom.ts';
import type { Answer, PersonRow, StatementRow } from './messages.ts';
import { statementStyle } from './statement-style.ts';

/** What somebody does with a statement: close it, turn to another period. */
interface Use {
  readonly close: () => void;
  readonly turn: (period: string) => void;
}

/**
 * What one person would have been paid, reward by reward, with what each link did and why, beside today; below, a moment later, the
 * statement that they would have been handed.
 */
export class StatementView {
  readonly element = h('section', { class: 'statement' });
  readonly #compared = h('div');
  readonly #period = h('select', { 'aria-label': 'Period of the statement' });
  readonly #turning = h(
    'label',
    { class: 'start turning' },
    'Their statement for ',
    this.#period,
    ', had it been paid like this',
  );
  /** A tree of its own: the statement brings its own style, which must not reach the page's. */
  readonly #handedOut = h('div', { class: 'handed-out' });
  readonly #shadow = this.#handedOut.attachShadow({ mode: 'open' });
  #of: string | undefined;
  readonly #digits: number;
  readonly #currency: string;
  readonly #close: () => void;

  constructor(digits: number, currency: string, { close, turn }: Use) {
    this.#digits = digits;
    this.#currency = currency;
    this.#close = close;
    this.element.hidden = true;
    this.element.append(this.#compared, this.#turning, this.#handedOut);
    this.#shadow.adoptedStyleSheets = [statementStyle()];
    this.#period.addEventListener('change', () => turn(this.#period.value));
    this.#empty();
  }

  /** The period that is shown; undefined where there is none yet. */
  get period(): string | undefined {
    return this.#turning.hidden ? undefined : this.#period.value;
  }

  #empty(): void {
    this.#turning.hidden = true;
    this.#shadow.replaceChildren();
  }

  /** The markup is the report's own: every word of a file in it is escaped. */
  showHandedOut({ period, periods, markup }: Extract<Answer, { answer: 'statement' }>): void {
    if (markup === '') {
      this.#empty();
      return;
    }
    this.#turning.hidden = false;
    this.#period.replaceChildren(
      ...periods.map((label) => h('option', { value: label, selected: label === period }, label)),
    );
    // What was open stays open while something is moved.
    const open = [...this.#shadow.querySelectorAll('details')].map(({ open: isOpen }) => isOpen);
    this.#shadow.innerHTML = `<main role="none">${markup}</main>`;
    // Within the page it stands below the person's name.
    for (const heading of this.#shadow.querySelectorAll('h1, h2, h3'))
      heading.setAttribute('aria-level', String(Number(heading.tagName.slice(1)) + 2));
    const all = [...this.#shadow.querySelectorAll('details')];
    if (all.length === open.length) for (const [i, details] of all.entries()) details.open = open[i] === true;
  }

  show(person: PersonRow | undefined, rows: readonly StatementRow[]): void {
    this.element.hidden = person === undefined;
    if (person?.id !== this.#of) this.#empty();
    this.#of = person?.id;
    if (person === undefined) return;
    const money = (amount: Num): string => formatGrouped(amount, this.#digits);
    const sum = (of: (row: StatementRow) => Num): Num => rows.reduce<Num>((total, row) => add(total, of(row)), 0);
    const close = h('button', { type: 'button', class: 'quiet' }, 'Close');
    close.addEventListener('click', this.#close);
    const line = (name: string, today: Num, now: Num, className?: string): HTMLElement =>
      h(
        'tr',
        { class: className },
        h('th', { scope: 'row' }, name),
        h('td', {}, money(today)),
        h('td', {}, money(now)),
        h('td', {}, changePart(today, now)),
      );
    this.element.setAttribute('aria-label', `Statement of ${person.name ?? person.id}`);
    this.#compared.replaceChildren(
      h(
        'div',
        { class: 'people-head' },
        h('h2', {}, person.name ?? person.id),
        h('span', { class: 'by' }, `${person.department} · ${this.#currency}`),
        close,
      ),
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...['reward', 'today', 'now', ''].map((title) => h('th', { scope: 'col' }, title)))),
        h(
          'tbody',
          {},
          ...rows.flatMap((row) => [
            line(row.reward, row.today, row.amount),
            ...row.links.map((link) => linkLine(link, money)),
          ]),
          line(
            'all',
            sum(({ today }) => today),
            sum(({ amount }) => amount),
            'total',
          ),
        ),
      ),
    );
  }
}

const linkLine = (
  { name, because, crosses, factor, effect }: StatementRow['links'][number],
  money: (amount: Num) => string,
): HTMLElement =>
  h(
    'tr',
    { class: 'link' },
    h(
      'td',
      { colspan: 4 },
      h('b', { class: sign(effect) < 0 ? 'loss' : sign(effect) > 0 ? 'gain' : undefined }, signed(money(effect))),
      ` ${because}`,
      h(
        'small',
        {},
        ` ${name}${factor === undefined ? '' : ` × ${toPercent(factor, 1)}`}${crosses ? ' · crosses' : ''}`,
      ),
    ),
  );
