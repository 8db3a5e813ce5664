import { scaleSqrt } from 'd3-scale';
import { abs, type Num, sign } from '../../values/num.ts';
import { pixels, px } from '../html/figures.ts';
import { type Html, html } from '../html/html.ts';

/** Money that moved between two sides, an arrow each, with every text that the drawing needs. */
export interface FlowsChart {
  readonly title: string;
  readonly description: string;
  readonly left: string;
  readonly right: string;
  readonly flows: readonly Flow[];
}

interface Flow {
  /** Whose pay was moved: the arrow points there. */
  readonly to: 'left' | 'right';
  readonly label: string;
  readonly amount: Num;
  readonly amountWords: string;
}

const WIDTH = 400;
const HEAD = 30;
const ROW = 48;
/** The thickest and the thinnest arrow. */
const THICK = 11;
const THIN = 2;
/** A character takes about so many units; between a label and an amount stay a few. */
const LETTER = 6.5;
const GAP = 12;

/** Two sides, and arrows from the side whose results moved pay to the side whose pay they moved; as thick as the money. */
export const chartFlows = ({ title, description, left, right, flows }: FlowsChart, id: string): Html => {
  const most = Math.max(1, ...flows.map(({ amount }) => pixels(abs(amount))));
  // The area of an arrow, not its thickness alone, is what the eye compares: small ones stay visible.
  const thickness = scaleSqrt([0, most], [THIN, THICK]);
  const height = HEAD + flows.length * ROW;
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>
<text class="strong" x="0" y="14">${short(left, WIDTH / 2 - GAP)}</text><text class="strong" x="${WIDTH}" y="14" text-anchor="end">${short(right, WIDTH / 2 - GAP)}</text>
${flows.map((flow, i) => arrow(flow, HEAD + i * ROW, thickness(pixels(abs(flow.amount)))))}
</svg>`;
};

const arrow = ({ to, label, amount, amountWords }: Flow, top: number, thick: number): Html => {
  const tone = to === 'left' ? 'to-0' : 'to-1';
  const middle = top + 31;
  const half = Math.max(5, thick * 0.9);
  const tip = half * 1.5;
  const [start, end] = to === 'left' ? [WIDTH, tip] : [0, WIDTH - tip];
  // The line reaches a little into its head, so that no seam shows.
  const into = to === 'left' ? -1 : 1;
  const point = to === 'left' ? 0 : WIDTH;
  const room = WIDTH - amountWords.length * LETTER - GAP;
  // The amount stands where the arrow points.
  const [amountAt, amountAnchor, labelAt, labelAnchor] =
    to === 'left' ? ([0, 'start', WIDTH, 'end'] as const) : ([WIDTH, 'end', 0, 'start'] as const);
  return html`<text class="axis" x="${labelAt}" y="${top + 14}" text-anchor="${labelAnchor}">${short(label, room)}</text><text class="strong" x="${amountAt}" y="${top + 14}" text-anchor="${amountAnchor}">${amountWords}</text>
<line class="flow ${tone}${sign(amount) < 0 ? ' took' : ''}" x1="${px(start)}" x2="${px(end + into)}" y1="${middle}" y2="${middle}" stroke-width="${px(thick)}"/>
<path class="flow-head ${tone}" d="M${px(point)} ${middle}L${px(end)} ${px(middle - half)}V${px(middle + half)}Z"/>
`;
};

/** As much of a text as has room. */
const short = (words: string, room: number): string => {
  const letters = [...words];
  const most = Math.max(1, Math.floor(room / LETTER));
  return letters.length <= most
    ? words
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};
