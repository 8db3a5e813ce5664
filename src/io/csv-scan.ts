import { type CsvRecord, ESCAPED, PLAIN, placeIn, QUOTED } from './csv-record.ts';

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** More bytes are needed, or there are none left. */
export const MORE = 0;
export const RECORD = 1;
export const FAULT = 2;

/** The most bytes of a cell; a quoted one that is longer is taken for one that nobody closed. */
export const LONGEST_CELL = 1024 * 1024;

/** A row of so many cells, a spreadsheet's last column, is none. */
export const MOST_CELLS = 16_384;

/** Why a row cannot be cut into cells, and where. */
export interface RowFault {
  readonly kind: 'opening' | 'closing' | 'unclosed' | 'nul' | 'long' | 'wide';
  /** The line on which the row begins, which is its line in every finding. */
  readonly rowLine: number;
  readonly line: number;
  readonly column: number;
  /** For `closing`: where the cell's quote was opened. */
  readonly openedLine: number;
  readonly openedColumn: number;
}

const CELL_START = 0;
const IN_PLAIN = 1;
const IN_QUOTES = 2;

/**
 * Cuts UTF-8 bytes into rows and cells as RFC 4180 has it: LF, CRLF or CR end a row, quoted cells may hold line breaks
 * and doubled quotes, a line with nothing in it is no row. Works on bytes, because a million rows would otherwise be a
 * hundred million characters and as many cells that nobody looks at as text.
 *
 * Give it chunks with `push`, then call `next` until it says MORE; call `end` after the last chunk, then `next` again.
 */
export class CsvScanner implements CsvRecord {
  bytes = new Uint8Array(0);
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  marks = new Uint8Array(64);
  count = 0;
  line = 1;
  recordStart = 0;
  recordEnd = 0;
  /** What is wrong where `next` said FAULT. */
  fault: RowFault | undefined;

  #delimiter: number;
  /** How many bytes of `bytes` are filled. */
  #size = 0;
  #at = 0;
  #state = CELL_START;
  /** The line that `#at` is on. */
  #lineAt = 1;
  /** Where the cell being read was opened, and on which line. */
  #cellLine = 1;
  #fresh = true;
  /** The rest of a line that cannot be read is still to come. */
  #skipping = false;
  #final = false;

  /** @param delimiter the code of the character between cells, in ASCII */
  constructor(delimiter: number) {
    this.#delimiter = delimiter;
  }

  /** Says what separates cells from the next row on. */
  set delimiter(code: number) {
    this.#delimiter = code;
  }

  /** Adds bytes; they are copied. What is left of a row that has begun is kept. */
  push(chunk: Uint8Array): void {
    const from = this.#fresh ? this.#at : this.recordStart;
    const kept = this.#size - from;
    if (kept + chunk.length > this.bytes.length) {
      // Doubled, so that a long row that comes in many chunks is not copied for each of them.
      const roomier = new Uint8Array(Math.max(kept + chunk.length, this.bytes.length * 2));
      roomier.set(this.bytes.subarray(from, this.#size));
      this.bytes = roomier;
    } else if (from > 0) {
      this.bytes.copyWithin(0, from, this.#size);
    }
    this.bytes.set(chunk, kept);
    this.#size = kept + chunk.length;
    this.#at -= from;
    this.recordStart -= from;
    if (from > 0) {
      for (let i = 0; i <= this.count && i < this.starts.length; i++) {
        this.starts[i] = (this.starts[i] ?? 0) - from;
        this.ends[i] = (this.ends[i] ?? 0) - from;
      }
    }
  }

  /** Says that no more bytes will come. */
  end(): void {
    this.#final = true;
  }

  /** The line and column, from 1, behind all bytes that were given so far. */
  place(): { line: number; column: number } {
    let line = this.#fresh ? this.#lineAt : this.line;
    let begin = this.#fresh ? this.#at : this.recordStart;
    let column = 1;
    for (let i = begin; i < this.#size; i++) {
      const byte = this.bytes[i] ?? 0;
      if (byte === LF || (byte === CR && this.bytes[i + 1] !== LF)) {
        line++;
        begin = i + 1;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) column++;
    }
    return { line, column };
  }

  /** Reads on to the end of the next row: RECORD, FAULT (the row is skipped), or MORE. */
  next(): number {
    if (this.#fresh && !this.#begin()) return MORE;
    const { bytes } = this;
    const size = this.#size;
    const delimiter = this.#delimiter;
    // Nearly all bytes of a cell are above every byte that means something, so that one comparison lets them pass.
    const top = delimiter > QUOTE ? delimiter : QUOTE;
    let at = this.#at;
    let count = this.count;
    let state = this.#state;
    for (;;) {
      if (state === IN_PLAIN) {
        let byte = 0;
        while (at < size) {
          byte = bytes[at] as number;
          if (byte <= top && (byte === delimiter || byte === LF || byte === CR || byte === QUOTE || byte === 0)) break;
          at++;
        }
        const start = this.starts[count] as number;
        if (at - start > LONGEST_CELL) return this.#fail('long', start, start, this.#lineAt, count);
        if (at >= size && !this.#final) break;
        if (at < size && byte === QUOTE) return this.#fail('opening', at, at, this.#lineAt, count);
        if (at < size && byte === 0) return this.#fail('nul', at, at, this.#lineAt, count);
        if (at < size && byte === CR && at + 1 >= size && !this.#final) break;
        this.ends[count] = at;
        count++;
        state = CELL_START;
        if (at < size && byte === delimiter) {
          at++;
          if (count + 1 >= this.starts.length && !this.#widen()) return this.#fail('wide', at, at, this.#lineAt, count);
          this.starts[count] = at;
          continue;
        }
        return this.#finish(at, count);
      }
      if (state === CELL_START) {
        if (at >= size && !this.#final) break;
        this.starts[count] = at;
        if (at < size && bytes[at] === QUOTE) {
          this.marks[count] = QUOTED;
          this.starts[count] = at + 1;
          this.#cellLine = this.#lineAt;
          at++;
          state = IN_QUOTES;
        } else {
          this.marks[count] = PLAIN;
          state = IN_PLAIN;
        }
        continue;
      }
      const opened = this.starts[count] as number;
      while (at < size) {
        const byte = bytes[at] as number;
        if (byte <= QUOTE) {
          if (byte === QUOTE || byte === 0) break;
          if (byte === LF) this.#lineAt++;
          else if (byte === CR) {
            if (at + 1 >= size && !this.#final) break;
            if (bytes[at + 1] !== LF || at + 1 >= size) this.#lineAt++;
          }
        }
        at++;
      }
      if (at - opened > LONGEST_CELL || (at >= size && this.#final)) {
        return this.#fail('unclosed', opened - 1, opened - 1, this.#cellLine, count);
      }
      if (at >= size) break;
      const byte = bytes[at] as number;
      if (byte === 0) return this.#fail('nul', at, opened - 1, this.#cellLine, count);
      if (at + 1 >= size && !this.#final) break;
      const behind = at + 1 < size ? (bytes[at + 1] as number) : LF;
      if (behind === QUOTE) {
        this.marks[count] = ESCAPED;
        at += 2;
        continue;
      }
      if (behind === CR && at + 2 >= size && !this.#final) break;
      if (behind !== delimiter && behind !== LF && behind !== CR) {
        return this.#fail('closing', at, opened - 1, this.#cellLine, count);
      }
      this.ends[count] = at;
      count++;
      state = CELL_START;
      at++;
      if (at < size && behind === delimiter) {
        at++;
        if (count + 1 >= this.starts.length && !this.#widen()) return this.#fail('wide', at, at, this.#lineAt, count);
        this.starts[count] = at;
        continue;
      }
      return this.#finish(at, count);
    }
    this.#at = at;
    this.count = count;
    this.#state = state;
    return MORE;
  }

  /** Passes over blank lines to where a row begins; false where that is not in sight. */
  #begin(): boolean {
    let at = this.#at;
    if (this.#skipping) {
      while (at < this.#size && this.bytes[at] !== LF && this.bytes[at] !== CR) at++;
      this.#skipping = at >= this.#size;
    }
    while (at < this.#size) {
      const byte = this.bytes[at];
      if (byte !== LF && byte !== CR) break;
      if (byte === CR && this.bytes[at + 1] === LF && at + 1 < this.#size) at++;
      else if (byte === CR && at + 1 >= this.#size && !this.#final) {
        this.#at = at;
        return false;
      }
      at++;
      this.#lineAt++;
    }
    this.#at = at;
    if (at >= this.#size) return false;
    this.#fresh = false;
    this.#state = CELL_START;
    this.count = 0;
    this.line = this.#lineAt;
    this.recordStart = at;
    return true;
  }

  /** The row ends at `at`, where its line end stands if it has one. */
  #finish(at: number, count: number): number {
    this.recordEnd = at;
    this.count = count;
    this.#after(at);
    return RECORD;
  }

  /** Reads on behind the line end at `at`. */
  #after(at: number): void {
    if (at < this.#size && this.bytes[at] === CR && at + 1 >= this.#size && !this.#final) {
      // Whether a line feed follows is not known yet: the line end is left to be passed over as a blank line's.
      this.#at = at;
    } else if (at < this.#size) {
      this.#lineAt++;
      this.#at = this.bytes[at] === CR && at + 1 < this.#size && this.bytes[at + 1] === LF ? at + 2 : at + 1;
    } else this.#at = at;
    this.#fresh = true;
    this.#state = CELL_START;
  }

  /**
   * The row cannot be read. Reading goes on at the line after the one on which the quote was opened: where it was never
   * closed, the rows that it seems to hold are rows.
   */
  #fail(kind: RowFault['kind'], at: number, opened: number, openedLine: number, count: number): number {
    this.count = count;
    const from = placeIn(this, opened);
    const place = at === opened ? from : placeIn(this, kind === 'closing' ? at + 1 : at);
    this.fault = {
      kind,
      rowLine: this.line,
      line: place.line,
      column: place.column,
      openedLine: from.line,
      openedColumn: from.column,
    };
    let end = opened;
    while (end < this.#size && this.bytes[end] !== LF && this.bytes[end] !== CR) end++;
    this.recordEnd = end;
    this.#lineAt = openedLine;
    if (end < this.#size || this.#final) this.#after(end);
    else {
      this.#at = end;
      this.#skipping = true;
      this.#fresh = true;
    }
    return FAULT;
  }

  /** Makes room for twice as many cells; false where a row has more than it may. */
  #widen(): boolean {
    if (this.starts.length >= MOST_CELLS) return false;
    const size = this.starts.length * 2;
    const starts = new Int32Array(size);
    const ends = new Int32Array(size);
    const marks = new Uint8Array(size);
    starts.set(this.starts);
    ends.set(this.ends);
    marks.set(this.marks);
    this.starts = starts;
    this.ends = ends;
    this.marks = marks;
    return true;
  }
}
