import type { Mark, Measure, Paint } from './drawing.ts';
import { colour, drawingStyle } from './palette.ts';

/** A drawing of ours, an SVG made by src/report/chart, as marks on a page. */
interface Drawn {
  readonly height: number;
  readonly marks: readonly Mark[];
}

const TOKEN = /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const decoded = (text: string): string => text.replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

/** Draws it so wide, its upper left corner at a place. Titles and descriptions are not drawn: the words stand beside it. */
export const drawSvg = (svg: string, x: number, y: number, width: number, measure: Measure): Drawn => {
  const marks: Mark[] = [];
  let scale = 1;
  let height = 0;
  let silent = 0;
  let text: ReadonlyMap<string, string> | undefined;
  for (const [, close, name, attributes = '', , words] of svg.matchAll(TOKEN)) {
    if (name === undefined) {
      if (text !== undefined && silent === 0)
        marks.push(textMark(decoded(words ?? ''), text, { x, y, scale }, measure));
      continue;
    }
    const set = new Map([...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, decoded(value)]));
    if (name === 'title' || name === 'desc') silent += close === '/' ? -1 : 1;
    else if (name === 'text') text = close === '/' ? undefined : set;
    else if (close === '/') continue;
    else if (name === 'svg') {
      const [, , wide = 1, high = 1] = (set.get('viewBox') ?? '').split(' ').map(Number);
      scale = width / wide;
      height = high * scale;
    } else {
      const path = pathOf(name, set);
      if (path !== undefined) marks.push({ kind: 'path', path, x, y, scale, ...paintOf(name, set) });
    }
  }
  return { height, marks };
};

const styleOf = (set: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...drawingStyle((set.get('class') ?? '').split(' ')), ...set]);

const pathOf = (name: string, set: ReadonlyMap<string, string>): string | undefined => {
  const of = (key: string): number => Number(set.get(key) ?? 0);
  switch (name) {
    case 'rect':
      return `M${of('x')} ${of('y')}h${of('width')}v${of('height')}h${-of('width')}Z`;
    case 'line':
      return `M${of('x1')} ${of('y1')}L${of('x2')} ${of('y2')}`;
    case 'circle':
      return `M${of('cx') - of('r')} ${of('cy')}a${of('r')} ${of('r')} 0 1 0 ${2 * of('r')} 0a${of('r')} ${of('r')} 0 1 0 ${-2 * of('r')} 0Z`;
    case 'path':
      return set.get('d');
    case 'polygon':
      return `M${set.get('points')}Z`;
    case 'polyline':
      return `M${set.get('points')}`;
    default:
      return undefined;
  }
};

const paintOf = (name: string, set: ReadonlyMap<string, string>): Paint => {
  const style = styleOf(set);
  const stroke = style.get('stroke');
  const fill = style.get('fill') ?? (name === 'line' ? 'none' : colour('ink'));
  const opacity = style.get('opacity');
  const dash = style.get('stroke-dasharray');
  return {
    fill: fill === 'none' ? undefined : fill,
    stroke: stroke === 'none' ? undefined : stroke,
    width: Number(style.get('stroke-width') ?? 1),
    dash: dash?.split(' ').map(Number),
    opacity: opacity === undefined ? undefined : Number(opacity),
  };
};

/** Letters of drawings are so many of their units high. */
const LETTERS = 12;

const textMark = (
  words: string,
  set: ReadonlyMap<string, string>,
  { x, y, scale }: { readonly x: number; readonly y: number; readonly scale: number },
  measure: Measure,
): Mark => {
  const style = styleOf(set);
  const made = {
    size: LETTERS * scale,
    bold: Number(style.get('font-weight') ?? 400) > 500,
    colour: style.get('fill') ?? colour('ink'),
  };
  const anchor = set.get('text-anchor');
  const width = measure(words, made);
  const before = anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0;
  return {
    kind: 'text',
    x: x + Number(set.get('x') ?? 0) * scale - before,
    y: y + Number(set.get('y') ?? 0) * scale,
    text: words,
    style: made,
  };
};
