import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Source } from './source.ts';

const CHUNK = 1024 * 1024;
const STANDARD_INPUT = 0;
const PAUSE = 5;

/** A file's bytes counted and hashed as they were read. */
export interface Fingerprint {
  readonly sha256: string;
  readonly bytes: number;
}

/** A file, or standard input, as a source that remembers what it read. */
export interface FileSource extends Source {
  /** Of the first reading from beginning to end; undefined before. */
  readonly fingerprint: Fingerprint | undefined;
}

/** Reads into a buffer, also where standard input has nothing to give yet. */
const readSome = (fd: number, buffer: Uint8Array): number => {
  for (;;) {
    try {
      return readSync(fd, buffer, 0, buffer.length, null);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
};

function* chunksOf(fd: number, tell: (bytes: number) => void): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK);
  for (;;) {
    const size = readSome(fd, buffer);
    if (size === 0) return;
    tell(size);
    yield buffer.subarray(0, size);
  }
}

class OpenedFile implements FileSource {
  readonly file: string;
  readonly #path: string;
  readonly #tell: (bytes: number) => void;
  fingerprint: Fingerprint | undefined;

  constructor(file: string, path: string, tell: (bytes: number) => void) {
    this.file = file;
    this.#path = path;
    this.#tell = tell;
  }

  get size(): number | undefined {
    try {
      return statSync(this.#path).size;
    } catch {
      return undefined;
    }
  }

  get chunks(): Iterable<Uint8Array> {
    return { [Symbol.iterator]: () => this.#read() };
  }

  *#read(): Generator<Uint8Array> {
    const fd = openSync(this.#path, 'r');
    const hash = this.fingerprint === undefined ? createHash('sha256') : undefined;
    let bytes = 0;
    try {
      if (fstatSync(fd).isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
      for (const chunk of chunksOf(fd, this.#tell)) {
        hash?.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
      if (hash !== undefined) this.fingerprint = { sha256: hash.digest('hex'), bytes };
    } finally {
      closeSync(fd);
    }
  }
}

/** Standard input, kept, because it can be read only once. */
class StandardInput implements FileSource {
  readonly file = 'standard input';
  readonly #tell: (bytes: number) => void;
  readonly #kept: Uint8Array[] = [];
  #done = false;
  fingerprint: Fingerprint | undefined;

  constructor(tell: (bytes: number) => void) {
    this.#tell = tell;
  }

  get chunks(): Iterable<Uint8Array> {
    if (!this.#done) this.#readAll();
    return this.#kept;
  }

  #readAll(): void {
    const hash: Hash = createHash('sha256');
    let bytes = 0;
    for (const chunk of chunksOf(STANDARD_INPUT, this.#tell)) {
      hash.update(chunk);
      bytes += chunk.length;
      this.#kept.push(Uint8Array.from(chunk));
    }
    this.#done = true;
    this.fingerprint = { sha256: hash.digest('hex'), bytes };
  }
}

/**
 * A file to be read chunk by chunk; `-` is standard input. `name` is what findings call it, `tell` is told how many bytes
 * were read with each chunk.
 */
export const fileSource = (name: string, path: string, tell: (bytes: number) => void = () => {}): FileSource =>
  path === '-' ? new StandardInput(tell) : new OpenedFile(name, path, tell);
