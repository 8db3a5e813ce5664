import { type ChangeCounts, changesOf, countChanges } from '../pilot/compare.ts';
import type { Setting } from '../pilot/setting.ts';
import { ControlsView } from './controls-view.ts';
import { download, h } from './dom.ts';
import { type EngineLine, openLine } from './engine-line.ts';
import { GlanceView } from './glance-view.ts';
import type { Answer, PersonRow, TrialSums } from './messages.ts';
import { PeopleView } from './people-view.ts';
import { StatementView } from './statement-view.ts';

type Opened = Extract<Answer, { answer: 'open' }>;

/** Draws the page and keeps it in step with what is moved. */
export const openPage = (): void => {
  const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';
  let page: Page | undefined;
  const line = openLine(textOf('program'), (answer) => {
    if (answer.answer === 'open') page = new Page(answer, line);
    else if (page === undefined) say(answer.answer === 'failed' ? answer.messages.join(' · ') : '');
    else page.hear(answer);
  });
  line.ask({ ask: 'open', text: textOf('data') });
};

const say = (text: string): void => {
  const status = document.getElementById('status');
  if (status !== null) status.textContent = text;
};

/** For whoever goes from heading to heading; to be seen it is plain enough. */
const hiddenHeading = (text: string): HTMLElement => h('h2', { class: 'unseen' }, text);

class Page {
  readonly #opened: Opened;
  readonly #line: EngineLine;
  readonly #people: ReadonlyMap<string, PersonRow>;
  readonly #controls: ControlsView;
  readonly #glance: GlanceView;
  readonly #list: PeopleView;
  readonly #statement: StatementView;
  readonly #old = h('p', { class: 'old', hidden: true }, 'Old figures: what was moved last cannot be paid.');
  #start = 0;
  #chosen: string | undefined;
  /** Whether a statement was asked for that has not been shown yet: it comes into sight then, and only then. */
  #comesUp = false;
  #counts: ChangeCounts = { winners: 0, losers: 0, losers5: 0 };
  /** The last question asked, and whether something was moved since. */
  #id = 0;
  #busy = false;
  #stale = false;

  constructor(opened: Opened, line: EngineLine) {
    this.#opened = opened;
    this.#line = line;
    this.#people = new Map(opened.people.map((person) => [person.id, person]));
    const { digits, currency } = opened.head.plan;
    this.#glance = new GlanceView(opened);
    this.#list = new PeopleView(opened.people, digits, (id) => this.#choose(id === this.#chosen ? undefined : id));
    this.#statement = new StatementView(digits, currency, {
      close: () => {
        const opener = this.#chosen;
        this.#choose(undefined);
        this.#list.focus(opener);
      },
      turn: (period) => this.#askStatement(period),
    });
    this.#controls = new ControlsView({ moved: () => this.#moved(), refused: say });
    this.#controls.show(opened.controls[0] ?? [], opened.controls[0] ?? []);
    document.getElementById('bar')?.replaceChildren(...this.#bar());
    document.getElementById('controls')?.replaceChildren(hiddenHeading('What can be moved'), this.#controls.element);
    document
      .getElementById('results')
      ?.replaceChildren(hiddenHeading('What comes of it'), this.#old, this.#glance.element, this.#list.element);
    document.getElementById('person')?.replaceChildren(this.#statement.element);
    document.body.append(this.#glance.strip);
    document.body.classList.add('ready');
    this.#show(opened.today);
    this.#glance.showLinkage(opened.linkage);
    this.#ask();
  }

  hear(answer: Answer): void {
    switch (answer.answer) {
      case 'paid':
        this.#heardPaid(answer);
        return;
      case 'linkage':
        this.#heardLinkage(answer);
        return;
      case 'unlinked':
        if (answer.id === this.#id) this.#glance.showUnlinked(answer);
        return;
      case 'statement':
        if (answer.id === this.#id && answer.person === this.#chosen) this.#statement.showHandedOut(answer);
        return;
      case 'text':
        download(answer.name, answer.text);
        return;
      case 'failed':
        this.#busy = false;
        document.body.classList.add('failed');
        this.#old.hidden = false;
        this.#controls.fail(`This cannot be paid: ${answer.messages[0] ?? ''}`);
        say(`This cannot be paid, so the figures are those from before it: ${answer.messages.join(' · ')}`);
        if (this.#stale) this.#ask();
        return;
      case 'open':
        return;
    }
  }

  #heardPaid({ sums, statement, following }: Extract<Answer, { answer: 'paid' }>): void {
    document.body.classList.remove('failed');
    this.#old.hidden = true;
    this.#controls.heal();
    this.#controls.follow(following);
    this.#show(sums);
    this.#statement.show(this.#chosen === undefined ? undefined : this.#people.get(this.#chosen), statement);
    if (this.#comesUp) this.#statement.element.scrollIntoView({ block: 'nearest' });
    this.#comesUp = false;
  }

  #heardLinkage({ id, linkage }: Extract<Answer, { answer: 'linkage' }>): void {
    this.#busy = false;
    this.#glance.showLinkage(linkage);
    // For whoever looks on: nothing that is computed depends on it.
    const took = Math.round(performance.measure('answered', 'asked').duration);
    const { winners, losers } = this.#counts;
    const left = this.#controls.isRefused ? '. An entry was not taken: see the field' : '';
    say(`${this.#people.size} people paid anew in ${took} ms: ${winners} gain, ${losers} lose${left}`);
    if (this.#stale) {
      this.#ask();
      return;
    }
    this.#askStatement(undefined);
    this.#line.ask({ ask: 'unlinked', id, trial: this.#trial() });
  }

  #askStatement(period: string | undefined): void {
    const person = this.#chosen;
    if (person === undefined) return;
    const { period: shown } = this.#statement;
    this.#line.ask({ ask: 'statement', id: this.#id, trial: this.#trial(), person, period: period ?? shown });
  }

  #show(sums: TrialSums): void {
    const changes = changesOf(this.#opened.today, sums);
    this.#counts = countChanges(changes);
    this.#glance.show(sums, this.#counts, changes.length);
    this.#list.show(changes);
  }

  #choose(id: string | undefined): void {
    this.#chosen = id;
    this.#comesUp = id !== undefined;
    this.#list.choose(id);
    if (id === undefined) this.#statement.show(undefined, []);
    this.#moved();
  }

  #moved(): void {
    if (this.#busy) this.#stale = true;
    else this.#ask();
  }

  #trial(): { readonly start: number; readonly settings: readonly Setting[] } {
    return { start: this.#start, settings: this.#controls.settings };
  }

  #ask(): void {
    this.#stale = false;
    this.#busy = true;
    this.#id++;
    performance.mark('asked');
    document.body.classList.toggle('changed', this.#start !== 0 || this.#controls.settings.length > 0);
    this.#line.ask({ ask: 'figures', id: this.#id, trial: this.#trial(), person: this.#chosen });
  }

  #bar(): readonly HTMLElement[] {
    const { head, controls } = this.#opened;
    const start = h(
      'select',
      { 'aria-label': 'Start from' },
      ...head.starts.map(({ name }, i) => h('option', { value: i }, i === 0 ? 'the plan as it is' : name)),
    );
    start.addEventListener('change', () => {
      this.#start = Number(start.value);
      this.#controls.show(controls[this.#start] ?? [], controls[0] ?? []);
      this.#moved();
    });
    const button = (label: string, className: string, press: () => void): HTMLElement => {
      const made = h('button', { type: 'button', class: className }, label);
      made.addEventListener('click', press);
      return made;
    };
    const ask = (what: 'overlay' | 'payouts') => (): void => {
      this.#line.ask({ ask: what, id: this.#id, trial: this.#trial() });
    };
    return [
      ...(head.pseudonyms ? [h('span', { class: 'by' }, 'names are hidden')] : []),
      h('label', { class: 'start' }, 'Start from ', start),
      button('Back to where I started', 'quiet needs-change', () => {
        this.#controls.reset();
        this.#moved();
      }),
      h('span', { class: 'space' }),
      button('Download payouts', 'quiet', ask('payouts')),
      button('Download as a variant', 'main', ask('overlay')),
    ];
  }
}
