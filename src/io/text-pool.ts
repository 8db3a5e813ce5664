import { textOf } from './csv-record.ts';

const HIGH = 128;

/**
 * Every text once: equal cells share one string, so that three million touches hold no more ids than there are deals,
 * and no chunk of a file is kept alive by a piece of it. Ids of different tables share it, which makes them quick to
 * look up and compare.
 *
 * Cells of plain ASCII are looked up by their bytes without making a string first; the others by their text.
 */
export class TextPool {
  readonly #texts: string[] = [];
  readonly #wide = new Map<string, number>();
  /** Open addressing, two numbers a slot, so that a look-up touches one line of memory: hash, and index + 1 or 0. */
  #slots = new Int32Array(4096);
  #used = 0;
  /** The number of the text that was last taken; equal texts have equal numbers. */
  lastIndex = -1;

  /** How many different texts there are. */
  get size(): number {
    return this.#texts.length;
  }

  /** The text between two positions: trimmed, in NFC. */
  take(bytes: Uint8Array, start: number, end: number): string {
    let hash = end - start;
    let seen = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      seen |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    if (seen >= HIGH) return this.takeText(textOf(bytes, start, end).trim().normalize('NFC'));
    return this.#ascii(bytes, start, end, hash ^ (hash >>> 15));
  }

  /** The one string that stands for this text. */
  takeText(text: string): string {
    const known = this.#wide.get(text);
    if (known !== undefined) {
      this.lastIndex = known;
      return this.#texts[known] ?? text;
    }
    const bytes = new TextEncoder().encode(text);
    if (bytes.length === text.length) return this.take(bytes, 0, bytes.length);
    this.#add(text);
    this.#wide.set(text, this.lastIndex);
    return text;
  }

  #ascii(bytes: Uint8Array, start: number, end: number, hash: number): string {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    for (;;) {
      const index = (slots[slot + 1] as number) - 1;
      if (index < 0) break;
      if (slots[slot] === hash) {
        const text = this.#texts[index] as string;
        if (same(text, bytes, start, end)) {
          this.lastIndex = index;
          return text;
        }
      }
      slot = (slot + 2) & mask;
    }
    const text = this.#add(textOf(bytes, start, end));
    slots[slot] = hash;
    slots[slot + 1] = this.lastIndex + 1;
    this.#used++;
    if (this.#used * 4 > slots.length) this.#grow();
    return text;
  }

  #add(text: string): string {
    this.lastIndex = this.#texts.length;
    this.#texts.push(text);
    return text;
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Int32Array(before.length * 2);
    const mask = slots.length - 1;
    for (let i = 0; i < before.length; i += 2) {
      if (before[i + 1] === 0) continue;
      let slot = ((before[i] as number) << 1) & mask;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = before[i] as number;
      slots[slot + 1] = before[i + 1] as number;
    }
    this.#slots = slots;
  }
}

const same = (text: string, bytes: Uint8Array, start: number, end: number): boolean => {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
};
