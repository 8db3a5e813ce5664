import { amountOf, type CurveControl, type Dial, dialPosition, dialSteps, dialText } from '../pilot/controls.ts';
import { compare, denominator, div, max, min, type Num, numerator, sign, sub } from '../values/num.ts';
import { h, s } from './dom.ts';
import { type ExactField, exactField } from './exact-field.ts';

const WIDTH = 300;
const HEIGHT = 130;
const LEFT = 44;
const BOTTOM = 22;
const TOP = 12;
const RIGHT = 10;
/** The outer points stand so far from the ends, so that their labels have room. */
const INSET = 18;

/** Where a point stands: what the curve is worth there, and at which place of it. */
export interface Stand {
  readonly text: string;
  readonly key?: string | undefined;
}

interface CurveHeard {
  readonly set: (name: string, stand: Stand) => void;
  readonly refused: (why: string) => void;
}

/** A point, for whoever moves it elsewhere. */
export interface PointView {
  readonly show: (stand: Stand) => void;
  /** Says why where it stands cannot be paid. */
  readonly fail: (why: string) => void;
}

export interface CurveView {
  readonly element: HTMLElement;
  /** By name. */
  readonly points: ReadonlyMap<string, PointView>;
}

/** Where something stands between two ends, for drawing only: a part as a plain number. */
const partOf = (value: Num, from: Num, to: Num): number => {
  const part = div(sub(value, from), sub(to, from)) ?? 0;
  return Number((numerator(part) * 10000n) / denominator(part)) / 10000;
};

const numberOf = (text: string): Num => amountOf(text)?.value ?? 0;

/** A curve whose points are moved by pointer, by keys or by their numbers. */
export const curveView = (curve: CurveControl, name: string, heard: CurveHeard): CurveView =>
  new Drawing(curve, name, heard);

class Drawing implements CurveView {
  readonly element: HTMLElement;
  readonly points: ReadonlyMap<string, PointView>;
  readonly #curve: CurveControl;
  readonly #heard: CurveHeard;
  /** Where all points stand now: their places and what the curve is worth there. */
  readonly #xs: string[];
  readonly #ys: string[];
  readonly #line = s('path', { class: 'curve-line' });
  readonly #today = s('path', { class: 'curve-today' });
  readonly #drawing: SVGSVGElement;
  readonly #handles: readonly Handle[];
  readonly #details = h('details', { class: 'points' });
  readonly #top: Num;
  #low: Num = 0;
  #high: Num = 0;

  constructor(curve: CurveControl, name: string, heard: CurveHeard) {
    this.#curve = curve;
    this.#heard = heard;
    const { label, because, by, points } = curve;
    this.#xs = points.map(({ x }) => x);
    this.#ys = points.map(({ dial }) => dial.text);
    this.#top = points.map(({ dial }) => dial.to).reduce(max);
    const unit = points[0]?.dial.unit ?? '';
    const whole = unit === '%' ? '100%' : '1';
    this.#drawing = s(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'curve', role: 'group', 'aria-label': `${name}: a curve over ${by}` },
      s('line', { class: 'axis', x1: LEFT, x2: WIDTH - RIGHT, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM }),
      s('line', { class: 'grid-line', x1: LEFT, x2: WIDTH - RIGHT, y1: this.#atY(whole), y2: this.#atY(whole) }),
      this.#today,
      this.#line,
      ...(unit === '%'
        ? [s('text', { class: 'tick', x: LEFT - 6, y: this.#atY('100%') + 4, 'text-anchor': 'end' }, '100%')]
        : []),
      s('text', { class: 'tick', x: LEFT - 6, y: HEIGHT - BOTTOM + 4, 'text-anchor': 'end' }, `0${unit}`),
    );
    this.#handles = points.map((_, i) => this.#handle(i, name));
    this.#drawing.append(...this.#handles.flatMap(({ tick, value, dot }) => [tick, value, dot]));
    this.points = new Map(
      points.map(({ dial, x }, i): [string, PointView] => [
        dial.name,
        {
          show: ({ text, key }) => this.#show(i, key ?? x, text),
          fail: (why) => {
            this.#handles[i]?.y.fail(why);
            if (why !== '') this.#details.open = true;
          },
        },
      ]),
    );
    this.element = h(
      'figure',
      { class: 'curve-figure' },
      h(
        'figcaption',
        { title: because },
        h('span', { class: 'dial-label' }, label),
        h('span', { class: 'by' }, `by ${by}`),
      ),
      this.#drawing,
      this.#numbers(name),
    );
    this.#draw();
  }

  /** The same points as numbers, for whoever does not drag. */
  #numbers(name: string): HTMLElement {
    this.#details.append(
      h('summary', { 'aria-label': `${name}: points as numbers` }, 'Points as numbers'),
      ...this.#handles.map(({ x, y }) =>
        h('div', { class: 'point' }, h('span', {}, 'at'), x.field, h('span', {}, 'it is'), y.field, x.reason, y.reason),
      ),
    );
    return this.#details;
  }

  #atX(text: string): number {
    const inner = WIDTH - LEFT - RIGHT - 2 * INSET;
    return (
      LEFT +
      INSET +
      (compare(this.#low, this.#high) === 0 ? 0.5 : partOf(numberOf(text), this.#low, this.#high)) * inner
    );
  }

  #atY(text: string): number {
    return HEIGHT - BOTTOM - partOf(numberOf(text), 0, this.#top) * (HEIGHT - BOTTOM - TOP);
  }

  #way(xs: readonly string[], ys: readonly string[]): string {
    return ys
      .map((text, i) => {
        const [x, y] = [this.#atX(xs[i] ?? '').toFixed(1), this.#atY(text).toFixed(1)];
        if (i === 0) return `M${x} ${y}`;
        return this.#curve.step ? `H${x}V${y}` : `L${x} ${y}`;
      })
      .join('');
  }

  #show(i: number, x: string, y: string): void {
    this.#xs[i] = x;
    this.#ys[i] = y;
    this.#draw();
  }

  #move(i: number, x: string, y: string): void {
    if (x === this.#xs[i] && y === this.#ys[i]) return;
    this.#show(i, x, y);
    const { dial } = this.#curve.points[i] ?? {};
    if (dial !== undefined) this.#heard.set(dial.name, { text: y, key: x });
  }

  /** The nearest place that leaves the points in their order. */
  #placeOf(i: number, position: number): string {
    const { at } = this.#curve.points[i] as CurveControl['points'][number];
    let [least, most] = [0, dialSteps(at)];
    const before = this.#xs[i - 1];
    const after = this.#xs[i + 1];
    while (before !== undefined && compare(numberOf(dialText(at, least)), numberOf(before)) <= 0) least++;
    while (after !== undefined && compare(numberOf(dialText(at, most)), numberOf(after)) >= 0) most--;
    return least > most ? (this.#xs[i] ?? '') : dialText(at, Math.min(most, Math.max(least, position)));
  }

  /** Why a place would put the points out of order. */
  #outOfOrder(i: number, text: string): string | undefined {
    const [before, after] = [this.#xs[i - 1], this.#xs[i + 1]];
    if (before !== undefined && compare(numberOf(text), numberOf(before)) <= 0)
      return `It must be above ${before}, the point before.`;
    if (after !== undefined && compare(numberOf(text), numberOf(after)) >= 0)
      return `It must be below ${after}, the point after.`;
    return undefined;
  }

  #draw(): void {
    const { points } = this.#curve;
    const places = [...this.#xs.map(numberOf), ...points.map(({ x }) => numberOf(x))];
    [this.#low, this.#high] = [places.reduce(min), places.reduce(max)];
    this.#line.setAttribute('d', this.#way(this.#xs, this.#ys));
    this.#today.setAttribute(
      'd',
      this.#way(
        points.map(({ x }) => x),
        points.map(({ dial }) => dial.text),
      ),
    );
    for (const [i, handle] of this.#handles.entries()) {
      const { x: oldX, dial } = points[i] as CurveControl['points'][number];
      const [x, y] = [this.#xs[i] ?? '', this.#ys[i] ?? ''];
      const { dot, value, tick } = handle;
      const [cx, cy] = [this.#atX(x), this.#atY(y)];
      const isMoved = x !== oldX || y !== dial.text;
      for (const circle of dot.children) {
        circle.setAttribute('cx', cx.toFixed(1));
        circle.setAttribute('cy', cy.toFixed(1));
      }
      dot.setAttribute('aria-valuenow', String(dialPosition(dial, y) ?? 0));
      const where = x === oldX ? '' : ` at ${x}`;
      const before = `${dial.text}${x === oldX ? '' : ` at ${oldX}`}`;
      dot.setAttribute('aria-valuetext', isMoved ? `${y}${where}, today ${before}` : `${y}, as today`);
      dot.classList.toggle('moved', isMoved);
      value.setAttribute('x', cx.toFixed(1));
      value.setAttribute('y', String(cy < TOP + 14 ? cy + 20 : cy - 11));
      value.textContent = y;
      tick.setAttribute('x', cx.toFixed(1));
      tick.textContent = x;
      handle.x.show(x);
      handle.y.show(y);
    }
  }

  #handle(i: number, name: string): Handle {
    const { x, dial, at } = this.#curve.points[i] as CurveControl['points'][number];
    // What is seen is smaller than what is hit.
    const circles = [s('circle', { class: 'hit', r: 14 }), s('circle', { class: 'dot', r: 7 })];
    const dot = s(
      'g',
      {
        class: 'handle',
        tabindex: 0,
        role: 'slider',
        'aria-label': `${name} at ${x}`,
        'aria-description': 'Up and down changes the value, left and right the place.',
        'aria-orientation': 'vertical',
        'aria-valuemin': 0,
        'aria-valuemax': dialSteps(dial),
        'data-name': dial.name,
      },
      ...circles,
    );
    const now = (which: Dial, text: string | undefined): number => dialPosition(which, text ?? '') ?? 0;
    const worth = (position: number): string => dialText(dial, Math.min(dialSteps(dial), Math.max(0, position)));
    const up = (position: number): void => this.#move(i, this.#xs[i] ?? x, worth(position));
    dot.addEventListener('keydown', (event) => {
      const [sideways, by] = KEYS.get(event.key) ?? [];
      if (by === undefined) return;
      event.preventDefault();
      const many = event.shiftKey ? 10 * by : by;
      if (sideways === true) this.#move(i, this.#placeOf(i, now(at, this.#xs[i]) + many), this.#ys[i] ?? dial.text);
      else up(Number.isFinite(by) ? now(dial, this.#ys[i]) + many : by < 0 ? 0 : dialSteps(dial));
    });
    this.#drag(i, dot);
    dot.addEventListener('dblclick', () =>
      this.#move(i, this.#outOfOrder(i, x) === undefined ? x : (this.#xs[i] ?? x), dial.text),
    );
    const { refused } = this.#heard;
    return {
      dot,
      value: s('text', { class: 'value', 'text-anchor': 'middle' }),
      tick: s('text', { class: 'tick', y: HEIGHT - 7, 'text-anchor': 'middle' }),
      x: exactField({
        name: `${name} at ${x}: place`,
        unit: at.unit,
        example: x,
        take: (text) => this.#move(i, text, this.#ys[i] ?? dial.text),
        wrong: (text) => this.#outOfOrder(i, text),
        refused,
      }),
      y: exactField({
        name: `${name} at ${x}: value`,
        unit: dial.unit,
        example: dial.text,
        take: (text) => this.#move(i, this.#xs[i] ?? x, text),
        wrong: (text) => (sign(numberOf(text)) < 0 ? `It must not be below 0${dial.unit}.` : undefined),
        refused,
      }),
    };
  }

  /** Up and down by the steps of its value; sideways once the pointer is away from the place by more than a shake of the hand. */
  #drag(i: number, dot: SVGGElement): void {
    const { dial, at } = this.#curve.points[i] as CurveControl['points'][number];
    let from = { x: 0, low: this.#low, high: this.#high, text: '', isSideways: false };
    dot.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      dot.focus();
      dot.setPointerCapture(event.pointerId);
      from = { x: event.clientX, low: this.#low, high: this.#high, text: this.#xs[i] ?? '', isSideways: false };
    });
    dot.addEventListener('pointermove', (event) => {
      if (!dot.hasPointerCapture(event.pointerId)) return;
      const box = this.#drawing.getBoundingClientRect();
      const y = ((event.clientY - box.top) / box.height) * HEIGHT;
      const part = (HEIGHT - BOTTOM - y) / (HEIGHT - BOTTOM - TOP);
      // What the pointer shows is turned into steps of the dial, which are exact.
      const position = Math.round(part * dialSteps({ ...dial, to: this.#top }));
      const worth = dialText(dial, Math.min(dialSteps(dial), Math.max(0, position)));
      const across = ((event.clientX - from.x) / box.width) * WIDTH;
      from.isSideways ||= Math.abs(across) > SHAKE;
      // By how far it was at first: the scale itself moves with the outer points.
      const range = partOf(sub(from.high, from.low), 0, at.step);
      const steps = Math.round((across / (WIDTH - LEFT - RIGHT - 2 * INSET)) * range);
      const place = from.isSideways
        ? this.#placeOf(i, (dialPosition(at, from.text) ?? 0) + steps)
        : (this.#xs[i] ?? from.text);
      this.#move(i, place, worth);
    });
  }
}

interface Handle {
  readonly dot: SVGGElement;
  readonly value: SVGTextElement;
  readonly tick: SVGTextElement;
  readonly x: ExactField;
  readonly y: ExactField;
}

/** Units of the drawing by which a hand shakes sideways while it drags up. */
const SHAKE = 8;

const KEYS: ReadonlyMap<string, readonly [sideways: boolean, by: number]> = new Map([
  ['ArrowUp', [false, 1]],
  ['ArrowDown', [false, -1]],
  ['ArrowRight', [true, 1]],
  ['ArrowLeft', [true, -1]],
  ['PageUp', [false, 10]],
  ['PageDown', [false, -10]],
  ['Home', [false, Number.NEGATIVE_INFINITY]],
  ['End', [false, Number.POSITIVE_INFINITY]],
]);
