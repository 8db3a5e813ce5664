import type { Known } from '../rules/expression/typed.ts';

/** A row that has a key, for the finding that says so. */
export interface KeyHolder {
  readonly line: number;
  readonly row: number;
}

/** Keys of one id: told apart by the id's number in the pool of texts, which costs nothing more than reading it did. */
export class IdKeys {
  /** By the id's number: the line and the row of its first holder, each + 1. */
  #lines = new Int32Array(1024);
  #rows = new Int32Array(1024);
  readonly #more = new Map<number, KeyHolder[]>();

  add(index: number, line: number, row: number): void {
    if (index >= this.#lines.length) this.#grow(index);
    const first = this.#lines[index] as number;
    if (first === 0) {
      this.#lines[index] = line;
      this.#rows[index] = row;
      return;
    }
    const holders = this.#more.get(index);
    if (holders !== undefined) holders.push({ line, row });
    else
      this.#more.set(index, [
        { line: first, row: this.#rows[index] as number },
        { line, row },
      ]);
  }

  repeated(): Iterable<readonly KeyHolder[]> {
    return this.#more.values();
  }

  #grow(index: number): void {
    const size = Math.max(index + 1, this.#lines.length * 2);
    const lines = new Int32Array(size);
    const rows = new Int32Array(size);
    lines.set(this.#lines);
    rows.set(this.#rows);
    this.#lines = lines;
    this.#rows = rows;
  }
}

/** Keys of several columns. */
export class CompoundKeys {
  readonly #holders = new Map<string, KeyHolder | KeyHolder[]>();

  add(parts: readonly (Known | undefined)[], line: number, row: number): void {
    const key = parts.map((part) => String(part ?? '')).join('\u0000');
    const before = this.#holders.get(key);
    if (before === undefined) this.#holders.set(key, { line, row });
    else if (Array.isArray(before)) before.push({ line, row });
    else this.#holders.set(key, [before, { line, row }]);
  }

  *repeated(): Iterable<readonly KeyHolder[]> {
    for (const holders of this.#holders.values()) if (Array.isArray(holders)) yield holders;
  }
}
