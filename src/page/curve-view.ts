import { amountOf, type CurveControl, dialPosition, dialSteps, dialText } from '../pilot/controls.ts';
import { denominator, div, max, min, type Num, numerator, sub } from '../values/num.ts';
import type { DialView } from './dial-view.ts';
import { h, s } from './dom.ts';

const WIDTH = 300;
const HEIGHT = 130;
const LEFT = 44;
const BOTTOM = 22;
const TOP = 12;
const RIGHT = 10;
/** The outer points stand so far from the ends, so that their labels have room. */
const INSET = 18;

/** Where something stands between two ends, for drawing only: a part as a plain number. */
const partOf = (value: Num, from: Num, to: Num): number => {
  const part = div(sub(value, from), sub(to, from)) ?? 0;
  return Number((numerator(part) * 10000n) / denominator(part)) / 10000;
};

/** A curve whose points are moved up and down, by pointer or by keys; a view for each of them. */
export const curveView = (
  { label, because, by, step, points }: CurveControl,
  set: (name: string, text: string) => void,
): { readonly element: HTMLElement; readonly dials: ReadonlyMap<string, DialView> } => {
  const xs = points.map(({ x }) => amountOf(x)?.value ?? 0);
  const [low, high] = [xs.reduce(min), xs.reduce(max)];
  const top = points.map(({ dial }) => dial.to).reduce(max);
  const texts = points.map(({ dial }) => dial.text);
  const atX = (i: number): number =>
    LEFT + INSET + (points.length === 1 ? 0.5 : partOf(xs[i] ?? 0, low, high)) * (WIDTH - LEFT - RIGHT - 2 * INSET);
  const atY = (text: string): number =>
    HEIGHT - BOTTOM - partOf(amountOf(text)?.value ?? 0, 0, top) * (HEIGHT - BOTTOM - TOP);
  const way = (values: readonly string[]): string =>
    values
      .map((text, i) => {
        const [x, y] = [atX(i).toFixed(1), atY(text).toFixed(1)];
        if (i === 0) return `M${x} ${y}`;
        return step ? `H${x}V${y}` : `L${x} ${y}`;
      })
      .join('');
  const line = s('path', { class: 'curve-line', d: way(texts) });
  const unit = points[0]?.dial.unit ?? '';
  const drawing = s(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'curve', role: 'group', 'aria-label': `${label}: a curve over ${by}` },
    s('line', { class: 'axis', x1: LEFT, x2: WIDTH - RIGHT, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM }),
    s('line', {
      class: 'grid-line',
      x1: LEFT,
      x2: WIDTH - RIGHT,
      y1: atY(unit === '%' ? '100%' : '1'),
      y2: atY(unit === '%' ? '100%' : '1'),
    }),
    s('path', { class: 'curve-today', d: way(texts) }),
    line,
    ...points.map(({ x }, i) => s('text', { class: 'tick', x: atX(i), y: HEIGHT - 7, 'text-anchor': 'middle' }, x)),
    ...(unit === '%'
      ? [s('text', { class: 'tick', x: LEFT - 6, y: atY('100%') + 4, 'text-anchor': 'end' }, '100%')]
      : []),
    s('text', { class: 'tick', x: LEFT - 6, y: HEIGHT - BOTTOM + 4, 'text-anchor': 'end' }, `0${unit}`),
  );
  const dials = new Map<string, DialView>();
  for (const [i, { x, dial }] of points.entries()) {
    const before = dial.text;
    const dot = s('circle', {
      class: 'dot',
      r: 7,
      cx: atX(i),
      tabindex: 0,
      role: 'slider',
      'aria-label': `${label} at ${x}`,
      'aria-orientation': 'vertical',
      'aria-valuemin': 0,
      'aria-valuemax': dialSteps(dial),
      'data-name': dial.name,
    });
    const value = s('text', { class: 'value', x: atX(i), 'text-anchor': 'middle' });
    const show = (text: string): void => {
      texts[i] = text;
      const y = atY(text);
      dot.setAttribute('cy', y.toFixed(1));
      dot.setAttribute('aria-valuenow', String(dialPosition(dial, text) ?? 0));
      dot.setAttribute('aria-valuetext', text === before ? `${text}, as today` : `${text}, today ${before}`);
      dot.classList.toggle('moved', text !== before);
      value.setAttribute('y', String(y < TOP + 14 ? y + 20 : y - 11));
      value.textContent = text;
      line.setAttribute('d', way(texts));
    };
    const move = (position: number): void => {
      const text = dialText(dial, Math.min(dialSteps(dial), Math.max(0, position)));
      if (text === texts[i]) return;
      show(text);
      set(dial.name, text);
    };
    const now = (): number => dialPosition(dial, texts[i] ?? before) ?? 0;
    dot.addEventListener('keydown', (event) => {
      const by = KEYS.get(event.key);
      if (by === undefined) return;
      event.preventDefault();
      move(by === Number.NEGATIVE_INFINITY ? 0 : by === Number.POSITIVE_INFINITY ? dialSteps(dial) : now() + by);
    });
    dot.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      dot.focus();
      dot.setPointerCapture(event.pointerId);
    });
    dot.addEventListener('pointermove', (event) => {
      if (!dot.hasPointerCapture(event.pointerId)) return;
      const box = drawing.getBoundingClientRect();
      const y = ((event.clientY - box.top) / box.height) * HEIGHT;
      const part = (HEIGHT - BOTTOM - y) / (HEIGHT - BOTTOM - TOP);
      // What the pointer shows is turned into steps of the dial, which are exact.
      move(Math.round(part * dialSteps({ ...dial, to: top })));
    });
    dot.addEventListener('dblclick', () => move(dialPosition(dial, before) ?? 0));
    drawing.append(value, dot);
    show(before);
    dials.set(dial.name, { element: h('span'), show });
  }
  const element = h(
    'figure',
    { class: 'curve-figure' },
    h(
      'figcaption',
      { title: because },
      h('span', { class: 'dial-label' }, label),
      h('span', { class: 'by' }, `by ${by}`),
    ),
    drawing,
  );
  return { element, dials };
};

const KEYS: ReadonlyMap<string, number> = new Map([
  ['ArrowUp', 1],
  ['ArrowRight', 1],
  ['ArrowDown', -1],
  ['ArrowLeft', -1],
  ['PageUp', 10],
  ['PageDown', -10],
  ['Home', Number.NEGATIVE_INFINITY],
  ['End', Number.POSITIVE_INFINITY],
]);
