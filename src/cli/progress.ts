const AFTER = 1000;
const EVERY = 100;
const BAR = 24;

/** A line on standard error that tells how far a long run is: on a terminal only, and not in its first second. */
export class Progress {
  readonly #begun = performance.now();
  readonly #shows: boolean;
  #last = 0;
  #drawn = false;

  constructor(shows: boolean) {
    this.#shows = shows && process.stderr.isTTY === true;
  }

  readonly tell = (what: string, part: number): void => {
    if (!this.#shows) return;
    const now = performance.now();
    if (now - this.#begun < AFTER || now - this.#last < EVERY) return;
    this.#last = now;
    this.#drawn = true;
    const full = Math.round(Math.min(1, Math.max(0, part)) * BAR);
    process.stderr.write(
      `\r${what.padEnd(10)} ${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(part * 100)}%\u001b[K`,
    );
  };

  /** Takes the line away, so that what is said next stands alone. */
  end(): void {
    if (this.#drawn) process.stderr.write('\r\u001b[K');
    this.#drawn = false;
  }
}
