/** A value that is absent, with the reason in the reader's words ("no quota for ana in 2026-Q1"). */
export class Missing {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

export const isMissing = (value: unknown): value is Missing => value instanceof Missing;
