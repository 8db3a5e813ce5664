import type { ControlGroup } from '../pilot/controls.ts';
import type { Setting } from '../pilot/setting.ts';
import type { Step } from '../rules/document/change.ts';
import { curveView, type PointView, type Stand } from './curve-view.ts';
import { dialView } from './dial-view.ts';
import { h } from './dom.ts';

interface Shown {
  readonly view: PointView;
  readonly way: readonly Step[];
  /** As it stands in the plan that was started from. */
  readonly from: Stand;
}

/** What whoever moves something is heard by. */
interface Heard {
  readonly moved: () => void;
  /** Something was typed that is no such number: why. */
  readonly refused: (why: string) => void;
}

/** Everything that can be moved, rule by rule, and what has been. */
export class ControlsView {
  readonly element = h('div', { class: 'groups' });
  readonly #heard: Heard;
  readonly #set = new Map<string, Stand>();
  #shown = new Map<string, Shown>();
  #last: string | undefined;
  #failed: string | undefined;

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  /** What has been moved. */
  get settings(): readonly Setting[] {
    return [...this.#set].map(([name, { text, key }]) => {
      const { way = [], from } = this.#shown.get(name) ?? {};
      return key === from?.key ? { name, text, way } : { name, text, way, key };
    });
  }

  /** Shows what can be moved in a plan; `today` is the plan as it is, to go back to. */
  show(groups: readonly ControlGroup[], today: readonly ControlGroup[]): void {
    this.#set.clear();
    this.#shown = new Map();
    this.#last = undefined;
    this.#failed = undefined;
    const before = new Map<string, string>();
    for (const { dials, curves } of today) {
      for (const { dial } of dials) before.set(dial.name, dial.text);
      for (const { points } of curves) for (const { dial } of points) before.set(dial.name, dial.text);
    }
    this.element.replaceChildren(...groups.map((group) => this.#group(group, before)));
  }

  /** Shows weights that follow others, unless they have been moved themselves. */
  follow(following: readonly Setting[]): void {
    const texts = new Map(following.map(({ name, text }) => [name, text]));
    for (const [name, { view, from }] of this.#shown) {
      if (this.#set.has(name) || !name.endsWith('.weight')) continue;
      view.show({ text: texts.get(name) ?? (texts.has(name.slice(0, -'.weight'.length)) ? '0%' : from.text) });
    }
  }

  reset(): void {
    this.#set.clear();
    for (const { view, from } of this.#shown.values()) view.show(from);
  }

  /** Says where something was moved last why that cannot be paid. */
  fail(why: string): void {
    this.#failed = this.#last;
    if (this.#failed !== undefined) this.#shown.get(this.#failed)?.view.fail(why);
  }

  /** What is there can be paid. */
  heal(): void {
    if (this.#failed !== undefined) this.#shown.get(this.#failed)?.view.fail('');
    this.#failed = undefined;
  }

  /** Whether some entry was not taken. */
  get isRefused(): boolean {
    return this.element.querySelector('[aria-invalid]') !== null;
  }

  #take(name: string, stand: Stand): void {
    const from = this.#shown.get(name)?.from;
    if (from?.text === stand.text && from.key === stand.key) this.#set.delete(name);
    else this.#set.set(name, stand);
    this.#leaveOneToFollow(name);
    this.#last = name;
    this.#heard.moved();
  }

  /** Of a blend's weights one must be free to follow: the one that was moved longest ago. */
  #leaveOneToFollow(moved: string): void {
    const blend = /^(.+\.links\.)[^.]+\.weight$/.exec(moved)?.[1];
    if (blend === undefined) return;
    const inBlend = (name: string): boolean => name.startsWith(blend) && name.endsWith('.weight');
    const all = [...this.#shown.keys()].filter(inBlend);
    const set = [...this.#set.keys()].filter(inBlend);
    const oldest = set.find((name) => name !== moved);
    if (set.length === all.length && oldest !== undefined) this.#set.delete(oldest);
  }

  #group({ name, dials, curves }: ControlGroup, before: ReadonlyMap<string, string>): HTMLElement {
    const { refused } = this.#heard;
    // Two rewards have a cap each: a name by itself tells them apart.
    const said = (label: string): string => (name === 'params' ? label : `${name}, ${label}`);
    const views = dials.map((one) => {
      const { element, show, fail } = dialView({ ...one, name: said(one.label) }, before.get(one.dial.name), {
        set: (text) => this.#take(one.dial.name, { text }),
        refused,
      });
      this.#shown.set(one.dial.name, {
        view: { show: ({ text }) => show(text), fail },
        way: one.dial.way,
        from: { text: one.dial.text },
      });
      return element;
    });
    const drawings = curves.map((curve) => {
      const { element, points } = curveView(curve, said(curve.label), {
        set: (dial, stand) => this.#take(dial, stand),
        refused,
      });
      for (const { dial, x } of curve.points) {
        const view = points.get(dial.name);
        if (view !== undefined) this.#shown.set(dial.name, { view, way: dial.way, from: { text: dial.text, key: x } });
      }
      return element;
    });
    return h(
      'details',
      { open: true, class: 'group', 'aria-label': name },
      h('summary', {}, h('h3', { class: 'rule' }, name)),
      ...views,
      ...drawings,
    );
  }
}
