/**
 * A stream of chance that is the same on every machine: xoshiro128** 1.1 by David Blackman and Sebastiano Vigna (public
 * domain, https://prng.di.unimi.it/xoshiro128starstar.c), its four words of state filled from the seed by splitmix32. Whole
 * numbers of 32 bits throughout.
 */
export class Chance {
  readonly #state = new Int32Array(4);

  constructor(seed: number) {
    let x = seed | 0;
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) | 0;
      let z = x;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      this.#state[i] = z ^ (z >>> 16);
    }
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
