/** A decoder of an encoding other than Unicode's; what cannot be read comes out as U+FFFD. */
export interface LegacyDecoder {
  write(bytes: Uint8Array): string;
  end(): string | undefined;
}

/** Finds the decoder of an encoding by its name; undefined where there is none. */
export type Encodings = (name: string) => LegacyDecoder | undefined;

/** What makes bytes no text. */
export interface TextProblem {
  readonly code: 'invalid-encoding' | 'not-text';
  readonly problem: string;
  readonly expected: string;
  readonly hint: string | undefined;
}

const MAGIC: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'an Excel workbook or another zip file; save the sheet as CSV (UTF-8)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook; save the sheet as CSV (UTF-8)'],
  [[0x1f, 0x8b], 'compressed with gzip; unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF; export the figures as CSV'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file; export it as CSV'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
];

const HEAD = 4;
const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NOTHING = new Uint8Array(0);

/** Whether bytes are UTF-8; a machine's own way to tell may be faster. */
export type IsUtf8 = (bytes: Uint8Array) => boolean;

const isUtf8Plain: IsUtf8 = (bytes) => {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** How many bytes of a character begin at the end of a chunk and end in the next one. */
const unfinished = (bytes: Uint8Array): number => {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const needed = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return needed > back ? back : 0;
  }
  return 0;
};

/** Where the first wrong byte of a chunk stands. */
const firstWrong = (bytes: Uint8Array, isUtf8: IsUtf8): number => {
  let good = 0;
  let bad = bytes.length;
  // The longest beginning that is UTF-8, found by halving; a character that is cut in two counts as good.
  const readable = (size: number): boolean => {
    const part = bytes.subarray(0, size);
    return isUtf8(part.subarray(0, size - unfinished(part)));
  };
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (readable(middle)) good = middle;
    else bad = middle;
  }
  return good - unfinished(bytes.subarray(0, good));
};

/** Which UTF-16 bytes without a mark seem to be: a zero in most characters, always on the same side. */
const unmarkedUtf16 = (bytes: Uint8Array): 'utf-16be' | 'utf-16le' | undefined => {
  const head = bytes.subarray(0, Math.min(bytes.length & ~1, 64));
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  const enough = Math.max(1, head.length / 4);
  if (high >= enough && low === 0) return 'utf-16be';
  return low >= enough && high === 0 ? 'utf-16le' : undefined;
};

type Mode = 'unknown' | 'utf-8' | 'utf-16le' | 'utf-16be' | 'legacy' | 'latin1' | 'stopped';

const UNDEFINED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const canonical = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/** Whether an encoding is one of Unicode's, which need no library. */
export const isUnicodeName = (name: string | undefined): boolean =>
  name === undefined || ['utf8', 'utf16', 'utf16le', 'utf16be', 'ascii', 'usascii'].includes(canonical(name));

/**
 * Turns a file's bytes, chunk by chunk, into UTF-8 without a byte order mark. Wrong bytes are never replaced in silence:
 * the stream stops in front of the first one, says so in `problem`, and goes on with `resume`, which takes the rest for
 * Western European so that the rows behind can be checked all the same.
 */
export class TextStream {
  /** What is wrong with the bytes behind those that were given out; asked for after each `push` and `end`. */
  problem: TextProblem | undefined;
  #mode: Mode = 'unknown';
  #held: Uint8Array = NOTHING;
  #rest: Uint8Array = NOTHING;
  #legacy: LegacyDecoder | undefined;
  #could1252 = true;
  #sawWide = false;
  readonly #encoding: string | undefined;
  readonly #isUtf8: IsUtf8;

  constructor(encoding: string | undefined, legacy: LegacyDecoder | undefined, isUtf8: IsUtf8 = isUtf8Plain) {
    this.#encoding = encoding;
    this.#legacy = legacy;
    this.#isUtf8 = isUtf8;
  }

  push(chunk: Uint8Array): Uint8Array {
    return this.#read(chunk, false);
  }

  end(): Uint8Array {
    return this.#read(NOTHING, true);
  }

  /** Goes on behind a wrong byte; what was held back comes out now. */
  resume(): Uint8Array {
    const rest = this.#rest;
    this.#rest = NOTHING;
    if (this.#mode !== 'utf-8') return rest;
    this.#mode = 'latin1';
    return this.#latin1(rest);
  }

  /** After the end: what to do about wrong bytes, known only when all of them were seen. */
  hint(): string | undefined {
    if (this.problem?.code !== 'invalid-encoding' || this.problem.hint !== undefined) return this.problem?.hint;
    if (this.#mode !== 'latin1') return undefined;
    if (this.#sawWide)
      return 'the file is UTF-8 up to here: what wrote this line used another encoding; save it as UTF-8';
    return this.#could1252
      ? '`encoding: windows-1252` reads the whole file'
      : 'save the file as UTF-8, or say with `encoding:` what it is';
  }

  #read(chunk: Uint8Array, last: boolean): Uint8Array {
    const bytes = this.#held.length === 0 ? chunk : joined(this.#held, chunk);
    this.#held = NOTHING;
    if (this.#mode === 'unknown') {
      if (bytes.length < HEAD && !last) {
        this.#held = bytes.slice();
        return NOTHING;
      }
      return this.#decode(this.#sniff(bytes), last);
    }
    return this.#decode(bytes, last);
  }

  /** Finds out from the first bytes what the file is; returns them without a byte order mark. */
  #sniff(bytes: Uint8Array): Uint8Array {
    const [a, b, c] = bytes;
    for (const [magic, what] of MAGIC) {
      if (magic.every((byte, i) => bytes[i] === byte)) return this.#stop(what);
    }
    if (a === 0xef && b === 0xbb && c === 0xbf) {
      this.#mode = 'utf-8';
      return bytes.subarray(3);
    }
    if (a === 0xff && b === 0xfe) {
      this.#mode = 'utf-16le';
      return bytes.subarray(2);
    }
    if (a === 0xfe && b === 0xff) {
      this.#mode = 'utf-16be';
      return bytes.subarray(2);
    }
    const declared = canonical(this.#encoding ?? 'utf-8');
    if (declared === 'utf16le' || declared === 'utf16') this.#mode = 'utf-16le';
    else if (declared === 'utf16be') this.#mode = 'utf-16be';
    else if (this.#legacy !== undefined) this.#mode = 'legacy';
    else {
      this.#mode = 'utf-8';
      const name = unmarkedUtf16(bytes);
      if (name !== undefined) {
        this.#mode = 'stopped';
        this.problem = {
          code: 'invalid-encoding',
          problem: 'the file is not UTF-8: it has a zero byte in every character',
          expected: 'UTF-8',
          hint: `\`encoding: ${name}\` reads it`,
        };
        return NOTHING;
      }
    }
    return bytes;
  }

  #stop(what: string): Uint8Array {
    this.#mode = 'stopped';
    this.problem = { code: 'not-text', problem: 'the file is not text', expected: 'CSV', hint: `this is ${what}` };
    return NOTHING;
  }

  #decode(bytes: Uint8Array, last: boolean): Uint8Array {
    switch (this.#mode) {
      case 'utf-8':
        return this.#utf8(bytes, last);
      case 'utf-16le':
      case 'utf-16be':
        return this.#utf16(bytes, last);
      case 'legacy': {
        const tail = last ? (this.#legacy?.end() ?? '') : '';
        return this.#encoded(`${this.#legacy?.write(bytes) ?? ''}${tail}`);
      }
      case 'latin1':
        return this.#latin1(bytes);
      default:
        return NOTHING;
    }
  }

  #utf8(bytes: Uint8Array, last: boolean): Uint8Array {
    const cut = last ? bytes.length : bytes.length - unfinished(bytes);
    const whole = bytes.subarray(0, cut);
    if (this.#isUtf8(whole)) {
      if (cut < bytes.length) this.#held = bytes.slice(cut);
      return whole;
    }
    const at = firstWrong(bytes, this.#isUtf8);
    const good = bytes.subarray(0, at);
    this.#sawWide = good.some((byte) => byte >= 0x80);
    this.#rest = bytes.slice(at);
    const code = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    this.problem = {
      code: 'invalid-encoding',
      problem: `the byte ${code} is not UTF-8`,
      expected: 'UTF-8',
      hint: undefined,
    };
    return good;
  }

  #utf16(bytes: Uint8Array, last: boolean): Uint8Array {
    let size = bytes.length - (bytes.length % 2);
    const little = this.#mode === 'utf-16le';
    const high = bytes[little ? size - 1 : size - 2] ?? 0;
    // A pair of surrogates may be cut in two by the end of a chunk.
    if (!last && size >= 2 && high >= 0xd8 && high < 0xdc) size -= 2;
    if (!last && size < bytes.length) this.#held = bytes.slice(size);
    const text = new TextDecoder(little ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(
      last ? bytes : bytes.subarray(0, size),
    );
    const clean =
      !text.includes('\uFFFD') || (!(last && bytes.length % 2 === 1) && isWellFormed(bytes.subarray(0, size), little));
    return clean ? encoder.encode(text) : this.#encoded(text);
  }

  /** Text in which U+FFFD stands for what could not be read. */
  #encoded(text: string): Uint8Array {
    const at = this.problem === undefined ? text.indexOf('\uFFFD') : -1;
    if (at < 0) return encoder.encode(text);
    const name = this.#mode === 'legacy' ? (this.#encoding ?? '') : this.#mode.toUpperCase();
    this.problem = {
      code: 'invalid-encoding',
      problem: `bytes that are not ${name}`,
      expected: name,
      hint: 'save the file as UTF-8, or say with `encoding:` what it is',
    };
    this.#rest = encoder.encode(text.slice(at));
    return encoder.encode(text.slice(0, at));
  }

  #latin1(bytes: Uint8Array): Uint8Array {
    let wide = 0;
    for (const byte of bytes) {
      if (byte < 0x80) continue;
      wide++;
      if (UNDEFINED_IN_1252.has(byte)) this.#could1252 = false;
    }
    const out = new Uint8Array(bytes.length + wide);
    let size = 0;
    for (const byte of bytes) {
      if (byte < 0x80) out[size++] = byte;
      else {
        out[size++] = 0xc0 | (byte >> 6);
        out[size++] = 0x80 | (byte & 0x3f);
      }
    }
    return out;
  }
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** Whether every surrogate has its other half. */
const isWellFormed = (bytes: Uint8Array, little: boolean): boolean => {
  try {
    new TextDecoder(little ? 'utf-16le' : 'utf-16be', { fatal: true, ignoreBOM: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};
