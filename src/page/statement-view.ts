import { changePart, signed } from '../report/pilot/pilot-figure.ts';
import { formatGrouped } from '../values/money.ts';
import { add, type Num, sign, toPercent } from '../values/num.ts';
import { h } from './dom.ts';
import type { PersonRow, StatementRow } from './messages.ts';

/** What one person would have been paid, reward by reward, with what each link did and why. */
export class StatementView {
  readonly element = h('section', { class: 'statement', 'aria-live': 'polite' });
  readonly #digits: number;
  readonly #currency: string;
  readonly #close: () => void;

  constructor(digits: number, currency: string, close: () => void) {
    this.#digits = digits;
    this.#currency = currency;
    this.#close = close;
    this.element.hidden = true;
  }

  show(person: PersonRow | undefined, rows: readonly StatementRow[]): void {
    this.element.hidden = person === undefined;
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
    this.element.replaceChildren(
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
