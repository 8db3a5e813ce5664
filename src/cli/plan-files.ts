import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Sink } from '../findings/sink.ts';

/** Reads the plan and what it extends, and remembers them: their texts for excerpts, their hashes for the manifest. */
export class PlanFiles {
  readonly #texts = new Map<string, string>();
  readonly #hashes = new Map<string, string>();
  readonly #elsewhere: ((file: string) => string | undefined) | undefined;

  /** `elsewhere` gives the texts of files that are not on this disk, such as those of a revision. */
  constructor(elsewhere?: (file: string) => string | undefined) {
    this.#elsewhere = elsewhere;
  }

  /** The text of a file, or undefined where it cannot be read. */
  readonly read = (file: string): string | undefined => {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    if (this.#elsewhere !== undefined) {
      const text = this.#elsewhere(file);
      if (text !== undefined) this.put(file, text);
      return text;
    }
    try {
      return this.#take(file);
    } catch {
      return undefined;
    }
  };

  /** The text of the plan itself; what is wrong with the file is said. */
  readPlan(file: string, sink: Sink): string | undefined {
    try {
      return this.#take(file);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
      if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
        sink.add('invalid-encoding', 'the plan is not UTF-8', { file, hint: 'save it as UTF-8' });
      } else if (code !== undefined && /^E[A-Z]+$/.test(code)) {
        const why = code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'it may not be read' : code;
        sink.add('file-unreadable', `the plan cannot be read: ${why}`, { file });
      } else throw error;
      return undefined;
    }
  }

  textOf(file: string): string | undefined {
    return this.#texts.get(file);
  }

  /** Takes a text as that of a file. */
  put(file: string, text: string): void {
    this.#texts.set(file, text);
  }

  /** Every file read, with its SHA-256, in the order of reading. */
  get hashes(): readonly (readonly [file: string, sha256: string])[] {
    return [...this.#hashes];
  }

  #take(file: string): string {
    const bytes = readFileSync(file);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    this.#texts.set(file, text);
    this.#hashes.set(file, createHash('sha256').update(bytes).digest('hex'));
    return text;
  }
}
