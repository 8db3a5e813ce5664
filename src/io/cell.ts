import type { FindingCode } from '../findings/codes.ts';
import type { Known } from '../rules/expression/typed.ts';

/** Why a cell cannot be what its column says. */
export class Fault {
  readonly code: FindingCode;
  /** In a sentence after the value: `is not a date`. */
  readonly problem: string;
  /** In a sentence after "expected": `YYYY-MM-DD as in 2026-01-31`. */
  readonly expected: string;
  readonly hint: string | undefined;
  constructor(code: FindingCode, problem: string, expected: string, hint?: string) {
    this.code = code;
    this.problem = problem;
    this.expected = expected;
    this.hint = hint;
  }
}

/** What a cell's meaning depends on in its own row: read before the cells that need it. */
export interface RowState {
  /** Decimals of the row's currency. */
  digits: number;
  /** The currency's code, for messages. */
  currency: string;
  /** quotas: whether the row's measure is money. */
  money: boolean;
}

/** One kind of cell. */
export interface CellKind {
  /** Reads a cell's text, which is trimmed, in NFC and not empty. */
  read(text: string, row: RowState): Known | Fault;
  /**
   * The same for the commonest ways of writing it, straight from the bytes between two positions; NaN where that takes
   * `read`. It never says anything else than `read` would.
   */
  fast?(bytes: Uint8Array, start: number, end: number, row: RowState): number;
  /** Whether equal texts mean equal values in every row, so that each is read once. */
  readonly steady: boolean;
}

const SHOWN = 60;

/** A value between quotes for a message: on one line, and not longer than a line. */
export const quoted = (value: string): string => {
  const cut = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return JSON.stringify(cut);
};
