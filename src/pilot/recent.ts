/**
 * What was found most recently, up to so much weight in all: what has not been asked for longest is forgotten first. What weighs too
 * much by itself is not kept at all.
 */
export class Recent<T> {
  readonly #most: number;
  readonly #weigh: (value: T) => number;
  readonly #known = new Map<string, { readonly value: T; readonly weight: number }>();
  #weight = 0;

  constructor(most: number, weigh: (value: T) => number) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get(key: string): T | undefined {
    const found = this.#known.get(key);
    if (found === undefined) return undefined;
    this.#known.delete(key);
    this.#known.set(key, found);
    return found.value;
  }

  set(key: string, value: T): void {
    this.#forget(key);
    const weight = this.#weigh(value);
    this.#known.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#known.keys()) {
      if (this.#weight <= this.#most) break;
      this.#forget(oldest);
    }
  }

  clear(): void {
    this.#known.clear();
    this.#weight = 0;
  }

  #forget(key: string): void {
    this.#weight -= this.#known.get(key)?.weight ?? 0;
    this.#known.delete(key);
  }
}
