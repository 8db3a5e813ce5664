import { csvCell, runsAsFormula } from '../values/csv-cell.ts';

/** Bytes after which a piece of the file is given out. */
const CHUNK = 1 << 20;

const COMMA = 44;
const QUOTE = 34;
const LF = 10;
const CR = 13;

const encoder = new TextEncoder();

/** Gathers bytes; three for a character at the most. */
class Piece {
  /** Small at first: most reports are. */
  bytes = new Uint8Array(1 << 14);
  size = 0;

  /** Adds a cell, byte by byte while it is plain ASCII, which nearly every one is: a string for each row is far slower. */
  cell(text: string): void {
    const { length } = text;
    if (this.size + length * 3 + 2 > this.bytes.length) this.#widen(length * 3 + 2);
    const { bytes } = this;
    let at = this.size;
    if (length > 0 && !runsAsFormula(text)) {
      let i = 0;
      for (; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code > 127 || (code <= COMMA && (code === COMMA || code === QUOTE || code === LF || code === CR))) break;
        bytes[at++] = code;
      }
      if (i === length) {
        this.size = at;
        return;
      }
    }
    if (length > 0) this.raw(csvCell(text));
  }

  /** Adds text as it is. */
  raw(text: string): void {
    if (this.size + text.length * 3 > this.bytes.length) this.#widen(text.length * 3);
    this.size += encoder.encodeInto(text, this.bytes.subarray(this.size)).written;
  }

  byte(code: number): void {
    if (this.size >= this.bytes.length) this.#widen(1);
    this.bytes[this.size++] = code;
  }

  take(): Uint8Array {
    const piece = this.bytes.slice(0, this.size);
    this.size = 0;
    return piece;
  }

  #widen(by: number): void {
    const roomier = new Uint8Array((this.size + by) * 2);
    roomier.set(this.bytes.subarray(0, this.size));
    this.bytes = roomier;
  }
}

const addRow = (piece: Piece, cells: readonly string[]): void => {
  // A line with nothing in it would be no row.
  if (cells.length === 1 && cells[0] === '') piece.raw('""');
  for (let i = 0; i < cells.length; i++) {
    if (i > 0) piece.byte(COMMA);
    piece.cell(cells[i] as string);
  }
  piece.byte(LF);
};

/** A CSV file from its header and rows, in pieces of about a million bytes: UTF-8 without a mark, commas, LF. */
export function* csvChunks(header: readonly string[], rows: Iterable<readonly string[]>): Generator<Uint8Array> {
  const piece = new Piece();
  addRow(piece, header);
  for (const row of rows) {
    addRow(piece, row);
    if (piece.size >= CHUNK) yield piece.take();
  }
  if (piece.size > 0) yield piece.take();
}
