import type { Mark, Measure, PdfPage, TextStyle } from './drawing.ts';
import { linesOf } from './lines.ts';

export const MARGIN = { side: 48, top: 42, bottom: 50 } as const;

/** Lines stand so many times their letters' size apart. */
export const LEADING = 1.42;
/** A paragraph of so many lines stands on one page. */
const SHORT = 6;
/** From the top of a line to where its letters stand, in parts of their size. */
const ASCENT = 1.06;

/** Fills pages from the top to the bottom. */
export class Flow {
  readonly pages: PdfPage[] = [];
  readonly left = MARGIN.side;
  readonly width: number;
  readonly measure: Measure;
  readonly #bottom: number;
  /** Where the next thing begins. */
  y: number = MARGIN.top;

  constructor(size: { readonly width: number; readonly height: number }, measure: Measure) {
    this.width = size.width - 2 * MARGIN.side;
    this.#bottom = size.height - MARGIN.bottom;
    this.measure = measure;
    this.nextPage();
  }

  get room(): number {
    return this.#bottom - this.y;
  }

  nextPage(): void {
    this.pages.push({ marks: [], bookmarks: [] });
    this.y = MARGIN.top;
  }

  /** A new page where less room than this is left. */
  need(height: number): void {
    if (height > this.room && this.y > MARGIN.top) this.nextPage();
  }

  mark(mark: Mark): void {
    this.pages.at(-1)?.marks.push(mark);
  }

  bookmark(title: string): void {
    this.pages.at(-1)?.bookmarks.push(title);
  }

  /** One line of text, its top at `top`; smaller letters may stand on a line of larger ones. */
  line(text: string, x: number, top: number, style: TextStyle, size = style.size): void {
    this.mark({ kind: 'text', x, y: top + size * ASCENT, text, style });
  }

  rule(x: number, y: number, width: number, colour: string, thickness = 0.6): void {
    this.mark({ kind: 'path', path: `M0 0H${width}`, x, y, scale: 1, stroke: colour, width: thickness });
  }

  /** A paragraph over the whole width, or as much of it as is said; a short one is not torn between pages. */
  paragraph(text: string, style: TextStyle, width = this.width, indent = 0): void {
    const lines = linesOf(text, width - indent, style, this.measure);
    const height = style.size * LEADING;
    if (lines.length <= SHORT) this.need(lines.length * height);
    for (const line of lines) {
      this.need(height);
      this.line(line, this.left + indent, this.y, style);
      this.y += height;
    }
  }
}
