type State = readonly [number, number, number, number];

/**
 * A stream of chance that is the same on every machine: xoshiro128** 1.1 by David Blackman and Sebastiano Vigna (public
 * domain, prng.di.unimi.it). Whole numbers of 32 bits throughout.
 */
export class Chance {
  readonly #state: Int32Array;

  /** Four words, not all zero. */
  constructor(state: State) {
    this.#state = Int32Array.from(state);
  }

  /** The stream of a seed: a counter in steps of the golden ratio, its bits mixed as MurmurHash3 does, fills the state. */
  static seeded(seed: number): Chance {
    const word = (i: number): number => {
      let z = (seed + Math.imul(i, 0x9e3779b9)) | 0;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      return z ^ (z >>> 16);
    };
    return new Chance([word(1), word(2), word(3), word(4)]);
  }

  /** The next 32 bits, from 0 to 2^32 − 1. */
  next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state;
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    this.#state[0] = a ^ d ^ b;
    this.#state[1] = b ^ c ^ a;
    this.#state[2] = c ^ a ^ (b << 9);
    this.#state[3] = rotated(d ^ b, 11);
    return result >>> 0;
  }

  /** A whole number below n, each as likely as the other: what does not divide evenly is drawn again. */
  below(n: number): number {
    const limit = 4_294_967_296 - (4_294_967_296 % n);
    for (;;) {
      const drawn = this.next();
      if (drawn < limit) return drawn % n;
    }
  }
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
