import type { ControlGroup } from '../pilot/controls.ts';
import type { Setting } from '../pilot/setting.ts';
import type { Step } from '../rules/document/change.ts';
import { curveView } from './curve-view.ts';
import { type DialView, dialView } from './dial-view.ts';
import { h } from './dom.ts';

interface Shown {
  readonly view: DialView;
  readonly way: readonly Step[];
  /** As it stands in the plan that was started from. */
  readonly text: string;
}

/** Everything that can be moved, rule by rule, and what has been. */
export class ControlsView {
  readonly element = h('div', { class: 'groups' });
  readonly #moved: () => void;
  readonly #set = new Map<string, string>();
  #shown = new Map<string, Shown>();

  constructor(moved: () => void) {
    this.#moved = moved;
  }

  /** What has been moved. */
  get settings(): readonly Setting[] {
    return [...this.#set].map(([name, text]) => ({ name, text, way: this.#shown.get(name)?.way ?? [] }));
  }

  /** Shows what can be moved in a plan; `today` is the plan as it is, to go back to. */
  show(groups: readonly ControlGroup[], today: readonly ControlGroup[]): void {
    this.#set.clear();
    this.#shown = new Map();
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
    for (const [name, { view, text }] of this.#shown) {
      if (this.#set.has(name) || !name.endsWith('.weight')) continue;
      view.show(texts.get(name) ?? (texts.has(name.slice(0, -'.weight'.length)) ? '0%' : text));
    }
  }

  reset(): void {
    this.#set.clear();
    for (const { view, text } of this.#shown.values()) view.show(text);
  }

  #take(name: string, text: string): void {
    if (this.#shown.get(name)?.text === text) this.#set.delete(name);
    else this.#set.set(name, text);
    this.#leaveOneToFollow(name);
    this.#moved();
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
    const views = dials.map((one) => {
      const view = dialView(one, before.get(one.dial.name), (text) => this.#take(one.dial.name, text));
      this.#shown.set(one.dial.name, { view, way: one.dial.way, text: one.dial.text });
      return view.element;
    });
    const drawings = curves.map((curve) => {
      const { element, dials: points } = curveView(curve, (dial, text) => this.#take(dial, text));
      for (const { dial } of curve.points) {
        const view = points.get(dial.name);
        if (view !== undefined) this.#shown.set(dial.name, { view, way: dial.way, text: dial.text });
      }
      return element;
    });
    return h(
      'details',
      { open: true, class: 'group', 'aria-label': name },
      h('summary', {}, h('h2', {}, name)),
      ...views,
      ...drawings,
    );
  }
}
