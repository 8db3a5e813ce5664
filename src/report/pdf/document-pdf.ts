import { sign } from '../../values/num.ts';
import { cellWords } from '../document/cell-words.ts';
import type { Block, Document } from '../document/document.ts';
import { drawSvg } from './chart.ts';
import type { Measure, Pdf, TextStyle } from './drawing.ts';
import { Flow, LEADING, MARGIN } from './flow.ts';
import { linesOf } from './lines.ts';
import { colour } from './palette.ts';
import { drawTable, fits } from './table.ts';

/** A4, in points. */
const PORTRAIT = { width: 595.28, height: 841.89 };
const LANDSCAPE = { width: PORTRAIT.height, height: PORTRAIT.width };

const style = (size: number, tone: string, bold = false): TextStyle => ({ size, bold, colour: colour(tone) });
const EYEBROW = style(8.6, 'accent', true);
const TITLE = style(20, 'ink', true);
const META = style(9.2, 'soft');
const HEADING = style(12.6, 'ink', true);
const SUBHEADING = style(10, 'ink', true);
const BODY = style(9.2, 'ink');
const SOFT = style(9.2, 'soft');
const SMALL = style(8, 'soft');

/** A report as pages of A4, across where a table is too wide to stand upright. */
export const documentPdf = (document: Document, measure: Measure): Pdf => {
  const { title, eyebrow, meta, blocks, foot, digits } = document;
  const isWide = blocks.some(
    (block) => block.kind === 'table' && !fits(block, digits, PORTRAIT.width - 2 * MARGIN.side, measure),
  );
  const size = isWide ? LANDSCAPE : PORTRAIT;
  const flow = new Flow(size, measure);
  flow.paragraph(eyebrow, EYEBROW);
  flow.y += 3;
  flow.bookmark(title);
  flow.paragraph(title, TITLE);
  for (const line of meta) flow.paragraph(line, META);
  for (const [i, block] of blocks.entries()) drawBlock(block, blocks[i + 1], document, flow);
  if (foot.length > 0) {
    flow.y += 14;
    flow.need(40);
    flow.rule(flow.left, flow.y, flow.width, colour('line'));
    flow.y += 6;
    for (const line of foot) flow.paragraph(line, SMALL);
  }
  numberPages(flow, document, size);
  return { title: `${title}: ${eyebrow}`, subject: eyebrow, ...size, pages: flow.pages };
};

/** Each page says whose it is, and which of how many. */
const numberPages = (
  { pages, left, width, measure }: Flow,
  { title, eyebrow }: Document,
  { height }: { readonly height: number },
): void => {
  for (const [i, { marks }] of pages.entries()) {
    const y = height - 26;
    const number = `page ${i + 1} of ${pages.length}`;
    const room = width - measure(number, SMALL) - 12;
    const [whose = ''] = linesOf(i === 0 ? eyebrow : `${title}: ${eyebrow}`, room, SMALL, measure);
    marks.push({ kind: 'text', x: left, y, text: whose, style: SMALL });
    marks.push({ kind: 'text', x: left + width - measure(number, SMALL), y, text: number, style: SMALL });
  }
};

const drawBlock = (block: Block, next: Block | undefined, document: Document, flow: Flow): void => {
  switch (block.kind) {
    case 'heading':
      flow.y += 12;
      flow.need(headRoom(next, 80));
      flow.bookmark(block.text);
      flow.paragraph(block.text, HEADING);
      flow.y += 1;
      flow.paragraph(block.intro, SOFT, Math.min(flow.width, 460));
      flow.y += 5;
      return;
    case 'subheading':
      flow.y += 7;
      flow.need(headRoom(next, 60));
      flow.paragraph(block.text, SUBHEADING);
      flow.paragraph(block.intro, SOFT, Math.min(flow.width, 460));
      flow.y += 3;
      return;
    case 'paragraph':
      flow.paragraph(block.text, BODY, Math.min(flow.width, 460));
      flow.y += 4;
      return;
    case 'list':
      drawList(block.items, flow);
      return;
    case 'key-figures':
      drawKeyFigures(block, document, flow);
      return;
    case 'chart':
      drawChart(block, flow);
      return;
    case 'table':
      drawTable(block, document.digits, flow);
      return;
  }
};

/** A heading stands on the page of what it heads. */
const headRoom = (next: Block | undefined, least: number): number =>
  next?.kind === 'chart' || next?.kind === 'subheading' ? least + 110 : least;

const drawList = (items: readonly string[], flow: Flow): void => {
  for (const item of items) {
    flow.need(SOFT.size * LEADING);
    flow.line('•', flow.left + 2, flow.y, SOFT);
    flow.paragraph(item, SOFT, Math.min(flow.width, 460), 12);
  }
  flow.y += 4;
};

const drawChart = ({ svg, says }: Extract<Block, { kind: 'chart' }>, flow: Flow): void => {
  const width = Math.min(flow.width, 400);
  const { height } = drawSvg(svg.markup, 0, 0, width, flow.measure);
  flow.need(height);
  for (const mark of drawSvg(svg.markup, flow.left, flow.y, width, flow.measure).marks) flow.mark(mark);
  flow.y += height + 5;
  drawList(says, flow);
};

/** Cards side by side, as many as there is room for. */
const drawKeyFigures = (
  { figures }: Extract<Block, { kind: 'key-figures' }>,
  { digits }: Document,
  flow: Flow,
): void => {
  const columns = Math.min(4, figures.length);
  const [gap, inset] = [8, 9];
  const width = (flow.width - gap * (columns - 1)) / columns;
  flow.y += 12;
  for (let from = 0; from < figures.length; from += columns) {
    const cards = figures.slice(from, from + columns).map(({ label, cell, note }) => {
      const side = cell.kind === 'money' && cell.signed === true ? sign(cell.minor) : 0;
      const why = cell.kind === 'missing' ? cell.why : undefined;
      const words = cellWords(cell, digits);
      const tone = side === 0 ? 'ink' : side > 0 ? 'plus' : 'minus';
      const size = [15, 13, 11, 9.5, 8].find(
        (each) => flow.measure(words, style(each, tone, true)) <= width - 2 * inset,
      );
      const figure = style(size ?? 8, tone, true);
      const lines = (text: string | undefined, of: TextStyle) =>
        text === undefined ? [] : linesOf(text, width - 2 * inset, of, flow.measure).map((line) => ({ line, of }));
      return [
        ...lines(label, SMALL),
        ...lines(words, figure),
        ...lines([note, why].filter((each) => each !== undefined).join(' '), SMALL),
      ];
    });
    const heights = cards.map((lines) => lines.reduce((sum, { of }) => sum + of.size * LEADING, 0));
    const height = Math.max(...heights) + 2 * inset;
    flow.need(height + gap);
    for (const [i, lines] of cards.entries()) {
      const x = flow.left + i * (width + gap);
      const box = `M0 0H${width}V${height}H0Z`;
      flow.mark({ kind: 'path', path: box, x, y: flow.y, scale: 1, stroke: colour('line'), width: 0.7 });
      let y = flow.y + inset;
      for (const { line, of } of lines) {
        flow.line(line, x + inset, y, of);
        y += of.size * LEADING;
      }
    }
    flow.y += height + gap;
  }
};
