import type { PersonChange } from '../pilot/compare.ts';
import { changePart, gainText, unitsText } from '../report/pilot/pilot-figure.ts';
import { denominator, type Num, numerator, sign } from '../values/num.ts';
import { partOfWhole } from '../values/part.ts';
import { h } from './dom.ts';
import type { PersonRow } from './messages.ts';

/** So many are shown from each end until all are asked for. */
const FEW = 8;

/** Everybody by what they gain or lose; whoever is chosen has a statement below. */
export class PeopleView {
  readonly element: HTMLElement;
  readonly #people: ReadonlyMap<string, PersonRow>;
  readonly #digits: number;
  readonly #choose: (id: string) => void;
  readonly #body = h('tbody');
  readonly #search = h('input', {
    type: 'search',
    placeholder: 'Find a person',
    'aria-label': 'Find a person',
    autocomplete: 'off',
  });
  readonly #all = h('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false' });
  readonly #found = h('p', { class: 'said', role: 'status', 'aria-live': 'polite' });
  /** On paper nobody can ask for all. */
  readonly #printed = h('p', { class: 'said on-paper' });
  readonly #rows = new Map<string, Row>();
  #changes: readonly PersonChange[] = [];
  #chosen: string | undefined;
  #whole = false;

  constructor(people: readonly PersonRow[], digits: number, choose: (id: string) => void) {
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#digits = digits;
    this.#choose = choose;
    const titles = ['', 'today', 'now', 'difference', ''];
    this.element = h(
      'section',
      { class: 'people', 'aria-label': 'Everybody, by what they gain or lose' },
      h('div', { class: 'people-head' }, h('h3', { class: 'over' }, 'Person by person'), this.#search, this.#all),
      this.#found,
      this.#printed,
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...titles.map((title, i) =>
              h(
                'th',
                { scope: 'col', class: i === 4 ? 'bar-col' : undefined },
                title === '' && i === 0 ? 'person' : title,
              ),
            ),
          ),
        ),
        this.#body,
      ),
    );
    this.#search.addEventListener('input', () => this.#draw());
    this.#all.addEventListener('click', () => {
      this.#whole = !this.#whole;
      this.#draw();
    });
  }

  show(changes: readonly PersonChange[]): void {
    this.#changes = changes;
    this.#draw();
  }

  choose(id: string | undefined): void {
    this.#chosen = id;
    this.#draw();
  }

  #draw(): void {
    const wanted = this.#search.value.trim().toLowerCase();
    const found = this.#changes.filter(
      ({ id }) => wanted === '' || this.#nameOf(id).toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted),
    );
    // Who gains most, then who loses most; whoever is paid as before comes last.
    const gains = found.filter(({ difference }) => sign(difference) > 0);
    const losses = found.filter(({ difference }) => sign(difference) < 0).reverse();
    const same = found.filter(({ difference }) => sign(difference) === 0);
    const cut = !this.#whole && wanted === '' && found.length > 2 * FEW + 2;
    const most = (list: readonly PersonChange[], count: number): readonly PersonChange[] =>
      cut ? list.slice(0, count) : list;
    // Whoever is paid as before is no end, unless everybody is.
    const ends = [...most(gains, FEW), ...most(losses, FEW)];
    const shown = [...ends, ...(ends.length === 0 ? most(same, 2 * FEW) : cut ? [] : same)];
    this.#found.textContent = wanted === '' ? '' : foundText(found.length, this.#search.value.trim());
    this.#printed.textContent =
      shown.length < this.#changes.length
        ? `${shown.length} of ${this.#changes.length} people; the others are in the CSV of all payouts.`
        : '';
    this.#all.hidden = wanted !== '' || found.length <= 2 * FEW + 2;
    this.#all.textContent = this.#whole ? 'Show the ends only' : `Show all ${found.length}`;
    this.#all.setAttribute('aria-expanded', String(this.#whole));
    const widest = this.#changes.reduce((wide, { difference }) => Math.max(wide, Math.abs(units(difference))), 0);
    const rows = shown.map((change) => this.#row(change, widest));
    const says = cut ? restText(gains.length, losses.length, same.length) : [];
    if (says.length > 0) rows.push(h('tr', { class: 'gap' }, h('td', { colspan: 5 }, says.join(', '))));
    // Rows are kept and only moved: drawing hundreds anew would be felt.
    if (rows.length !== this.#body.children.length || rows.some((row, i) => this.#body.children[i] !== row)) {
      const focused = document.activeElement;
      this.#body.replaceChildren(...rows);
      if (focused instanceof HTMLElement && this.#body.contains(focused)) focused.focus({ preventScroll: true });
    }
  }

  /** Goes to the button of a person; to the search where it is not shown. */
  focus(id: string | undefined): void {
    const row = id === undefined ? undefined : this.#rows.get(id);
    if (row?.element.isConnected === true) row.focus();
    else this.#search.focus();
  }

  #row({ id, before, after, difference }: PersonChange, most: number): HTMLElement {
    let row = this.#rows.get(id);
    if (row === undefined) {
      row = new Row(this.#nameOf(id), this.#people.get(id)?.department ?? '', () => this.#choose(id));
      this.#rows.set(id, row);
    }
    row.show(before, after, difference, most === 0 ? 0 : units(difference) / most, this.#digits, id === this.#chosen);
    return row.element;
  }

  #nameOf(id: string): string {
    return this.#people.get(id)?.name ?? id;
  }
}

/** An amount as a number for drawing. */
const units = (amount: Num): number => Number(numerator(amount) / denominator(amount));

const foundText = (count: number, typed: string): string =>
  count === 0 ? `Nobody is called “${typed}”.` : count === 1 ? 'One person found.' : `${count} people found.`;

/** Who is not in the list of the ends. */
const restText = (gains: number, losses: number, same: number): readonly string[] => {
  const more = (count: number, what: string): readonly string[] =>
    count > FEW ? [`${count - FEW} more ${what}`] : count === 0 ? [`nobody ${what}s`] : [];
  return [...more(gains, 'gain'), ...more(losses, 'lose'), ...(same > 0 ? [`${same} are paid as today`] : [])];
};

class Row {
  readonly element: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #cells = [h('td'), h('td'), h('td')] as const;
  readonly #fill = h('span');
  #key = '';

  constructor(name: string, department: string, choose: () => void) {
    this.#button = h('button', { type: 'button', class: 'name' }, name, h('small', {}, ` ${department}`));
    this.#button.addEventListener('click', choose);
    this.element = h(
      'tr',
      {},
      h('th', { scope: 'row' }, this.#button),
      ...this.#cells,
      h('td', { class: 'bar-col', 'aria-hidden': 'true' }, h('span', { class: 'swing' }, this.#fill)),
    );
  }

  focus(): void {
    this.#button.focus();
  }

  show(before: Num, after: Num, difference: Num, part: number, digits: number, chosen: boolean): void {
    const key = `${unitsText(before, digits)}/${unitsText(after, digits)}/${part}/${chosen}`;
    if (key === this.#key) return;
    this.#key = key;
    const [was, is, by] = this.#cells;
    was.textContent = unitsText(before, digits);
    is.textContent = unitsText(after, digits);
    const none = sign(difference) === 0;
    by.replaceChildren(
      none ? '0' : gainText(difference, digits),
      h('small', {}, none || partOfWhole(difference, before) === undefined ? '' : ` ${changePart(before, after)}`),
    );
    by.className = none ? 'same' : sign(difference) > 0 ? 'gain' : 'loss';
    this.#fill.className = part < 0 ? 'losing' : 'gaining';
    this.#fill.style.width = `${Math.abs(part) * 50}%`;
    this.#button.setAttribute('aria-pressed', String(chosen));
    this.element.classList.toggle('chosen', chosen);
  }
}
