import { scaleLinear } from 'd3-scale';
import type { Num } from '../../values/num.ts';
import { pixels, px } from '../html/figures.ts';
import { type Html, html } from '../html/html.ts';

/** Steps of a rate and where somebody stands on them, with every text that the drawing needs. */
export interface StepsChart {
  /** Said to whoever cannot see the drawing. */
  readonly title: string;
  readonly description: string;
  readonly steps: readonly { readonly end: Num | undefined; readonly rate: string; readonly endWords: string }[];
  readonly reached: Num;
  readonly reachedWords: string;
}

const WIDTH = 400;
const BAR = { top: 34, height: 30 };
const HEIGHT = 88;
const LEFT = 2;
const RIGHT = 2;
/** Below this many units a band has no room for its rate. */
const ROOM = 34;

/** A bar of steps, each with its rate, and a mark where somebody stands. */
export const chartSteps = (chart: StepsChart, id: string): Html => {
  const ends = chart.steps.map(({ end }) => (end === undefined ? undefined : pixels(end)));
  const last = Math.max(0, ...ends.map((end) => end ?? 0));
  const reached = Math.max(0, pixels(chart.reached));
  const most = Math.max(last * 1.3, reached * 1.08, 1);
  const x = scaleLinear([0, most], [LEFT, WIDTH - RIGHT]);
  const bands = chart.steps.map(({ rate }, i) => ({
    rate,
    from: x(i === 0 ? 0 : (ends[i - 1] ?? 0)),
    to: x(Math.min(ends[i] ?? most, most)),
    tone: Math.min(i, 2),
  }));
  const at = x(reached);
  const anchor = at < WIDTH * 0.3 ? 'start' : at > WIDTH * 0.7 ? 'end' : 'middle';
  const textAt = anchor === 'start' ? Math.max(LEFT, at - 4) : anchor === 'end' ? Math.min(WIDTH - RIGHT, at + 4) : at;
  const ticks = ends.flatMap((end, i) =>
    end === undefined ? [] : [{ x: x(end), words: chart.steps[i]?.endWords ?? '' }],
  );
  const shown = apart(ticks);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${chart.title}</title><desc id="${id}-d">${chart.description}</desc>
${bands.map(
  ({ from, to, tone }) =>
    html`<rect class="s${tone}" x="${px(from)}" y="${BAR.top}" width="${px(Math.max(0, to - from))}" height="${BAR.height}"/>`,
)}
<rect class="done" x="${px(LEFT)}" y="${BAR.top + BAR.height - 7}" width="${px(Math.max(0, at - LEFT))}" height="7"/>
${bands.map(({ rate, from, to }) =>
  to - from < ROOM
    ? ''
    : html`<text x="${px(besideMark(from, to, at))}" y="${BAR.top + 15}" text-anchor="middle">${rate}</text>`,
)}
<line class="rule" x1="${px(at)}" x2="${px(at)}" y1="${BAR.top - 8}" y2="${BAR.top + BAR.height + 4}"/>
<text class="strong" x="${px(textAt)}" y="${BAR.top - 14}" text-anchor="${anchor}">${chart.reachedWords}</text>
${shown.map(
  ({ x: tick, words, anchor: side }) =>
    html`<line class="tick" x1="${px(tick)}" x2="${px(tick)}" y1="${BAR.top + BAR.height}" y2="${BAR.top + BAR.height + 5}"/><text class="axis" x="${px(tick)}" y="${BAR.top + BAR.height + 19}" text-anchor="${side}">${words}</text>`,
)}
</svg>`;
};

/** The middle of a band, or of the wider part of it where the mark would stand on the text. */
const besideMark = (from: number, to: number, mark: number): number => {
  const middle = (from + to) / 2;
  if (Math.abs(middle - mark) > ROOM / 2) return middle;
  return mark - from > to - mark ? (from + mark) / 2 : (mark + to) / 2;
};

/** A character of the axis takes about so many units. */
const LETTER = 6.6;

/** The labels of an axis that have room, from the right: the last threshold is the one that matters most. */
const apart = (
  ticks: readonly { readonly x: number; readonly words: string }[],
): readonly { readonly x: number; readonly words: string; readonly anchor: 'start' | 'middle' | 'end' }[] => {
  const shown: { x: number; words: string; anchor: 'start' | 'middle' | 'end' }[] = [];
  let free = WIDTH;
  for (const tick of [...ticks].reverse()) {
    const half = (tick.words.length * LETTER) / 2;
    const anchor = tick.x + half > WIDTH ? 'end' : tick.x - half < 0 ? 'start' : 'middle';
    const right = anchor === 'end' ? tick.x : anchor === 'start' ? tick.x + 2 * half : tick.x + half;
    if (right > free) continue;
    shown.push({ ...tick, anchor });
    free = right - 2 * half - 8;
  }
  return shown.reverse();
};
