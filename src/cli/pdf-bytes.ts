import PDFDocument from 'pdfkit';
import type { Document } from '../report/document/document.ts';
import { documentPdf } from '../report/pdf/document-pdf.ts';
import type { GlyphRun, Mark, TextStyle } from '../report/pdf/drawing.ts';
import { drawnText, glyphRuns } from '../report/pdf/glyph-runs.ts';
import type { Day } from '../values/date.ts';
import { PdfFonts } from './pdf-fonts.ts';

const DAY_MS = 86_400_000;
let fonts: PdfFonts | undefined;

/** A report as a PDF file. It says that it was made on `day`, so that the same run gives the same bytes. */
export const pdfBytes = async (document: Document, day: Day): Promise<Uint8Array> => {
  fonts ??= new PdfFonts();
  const made = new Date(day * DAY_MS);
  const pdf = new PDFDocument({
    autoFirstPage: false,
    bufferPages: false,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    margin: 0,
    // No face until a text asks for one; pdfkit's own would need files of its own.
    font: '',
    info: { Creator: 'align-pay', Producer: 'align-pay', CreationDate: made, ModDate: made },
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const pen = new Pen(pdf, fonts);
  const { title, subject, width, height, pages } = documentPdf(document, pen.measure);
  pdf.info.Title = title;
  pdf.info.Subject = subject;
  for (const { marks, bookmarks } of pages) {
    pdf.addPage({ size: [width, height], margin: 0 });
    for (const bookmark of bookmarks) pdf.outline.addItem(bookmark);
    for (const mark of marks) pen.draw(mark);
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
};

/** Draws with the faces of a document, each of which it embeds the first time that it is used. */
class Pen {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #fonts: PdfFonts;
  readonly #known = new Set<string>();
  readonly #widths = new Map<string, number>();

  constructor(pdf: PDFKit.PDFDocument, all: PdfFonts) {
    this.#pdf = pdf;
    this.#fonts = all;
  }

  readonly measure = (text: string, { size, bold }: TextStyle): number => {
    const key = `${bold}${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = 0;
      for (const run of this.#runs(text, bold)) width += this.#widthOf(run, 1000);
      this.#widths.set(key, width);
    }
    return (width * size) / 1000;
  };

  draw(mark: Mark): void {
    if (mark.kind === 'text') {
      const { size, bold, colour } = mark.style;
      let x = mark.x;
      for (const run of this.#runs(mark.text, bold)) {
        const width = this.#widthOf(run, size);
        this.#pdf.fillColor(colour).text(run.text, x, mark.y, { lineBreak: false, baseline: 'alphabetic' });
        x += width;
      }
      return;
    }
    const { path, x, y, scale, fill, stroke, width = 1, dash, opacity = 1 } = mark;
    this.#pdf.save().translate(x, y).scale(scale).opacity(opacity).lineWidth(width);
    if (dash !== undefined) this.#pdf.dash(dash[0] ?? 1, { space: dash[1] ?? 1 });
    this.#pdf.path(path);
    if (fill !== undefined && stroke !== undefined) this.#pdf.fillAndStroke(fill, stroke);
    else if (fill !== undefined) this.#pdf.fill(fill);
    else if (stroke !== undefined) this.#pdf.stroke(stroke);
    this.#pdf.restore();
  }

  #runs(text: string, bold: boolean): readonly GlyphRun[] {
    const facesOf = (code: number): readonly string[] => this.#fonts.facesOf(code, bold);
    return glyphRuns(drawnText(text), facesOf, facesOf(0x41)[0] ?? '');
  }

  #widthOf({ face, text }: GlyphRun, size: number): number {
    if (!this.#known.has(face)) {
      this.#known.add(face);
      // The types know of Node's Buffer only; pdfkit takes any bytes.
      this.#pdf.registerFont(face, this.#fonts.bytesOf(face) as Buffer);
    }
    return this.#pdf.font(face, size).widthOfString(text);
  }
}
