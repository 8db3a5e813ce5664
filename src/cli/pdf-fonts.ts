import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of dist/fonts, and the characters in it: from, to, from, to, ..., both in it. */
interface Slice {
  readonly file: string;
  readonly weight: number;
  readonly ranges: readonly number[];
}

const FOLDER = ['fonts', '../../dist/fonts']
  .map((folder) => path.join(path.dirname(fileURLToPath(import.meta.url)), folder))
  .find((folder) => existsSync(folder));

/** The fonts that scripts/build-fonts.mjs has put beside the program. Files are read when a character of theirs is asked for. */
export class PdfFonts {
  readonly #slices: readonly Slice[];
  readonly #bytes = new Map<string, Uint8Array>();
  readonly #faces = new Map<number, readonly string[]>();

  constructor() {
    if (FOLDER === undefined) throw new Error('the fonts are not where the program is: it was not built whole');
    const { slices } = JSON.parse(readFileSync(path.join(FOLDER, 'fonts.json'), 'utf8')) as {
      readonly slices: readonly Slice[];
    };
    this.#slices = slices;
  }

  /** The faces that have a character, in bold where there is one, the one to be taken first in front. */
  facesOf(code: number, bold: boolean): readonly string[] {
    const key = bold ? -code - 1 : code;
    let faces = this.#faces.get(key);
    if (faces === undefined) {
      const having = this.#slices.filter(({ ranges }) => isIn(code, ranges));
      const fitting = having.filter(({ weight }) => weight === (bold ? 700 : 400));
      faces = (fitting.length > 0 ? fitting : having).map(({ file }) => file);
      this.#faces.set(key, faces);
    }
    return faces;
  }

  bytesOf(file: string): Uint8Array {
    let bytes = this.#bytes.get(file);
    if (bytes === undefined) {
      bytes = readFileSync(path.join(FOLDER ?? '', file));
      this.#bytes.set(file, bytes);
    }
    return bytes;
  }
}

const isIn = (code: number, ranges: readonly number[]): boolean => {
  for (let i = 0; i < ranges.length; i += 2) {
    if (code < (ranges[i] ?? 0)) return false;
    if (code <= (ranges[i + 1] ?? 0)) return true;
  }
  return false;
};
