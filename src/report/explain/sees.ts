import type { Line, Payout, Person } from '../../engine/result.ts';
import type { Read } from '../../explain/figure.ts';
import type { Node } from '../../rules/expression/typed.ts';

/** What a reader of a derivation may see of others. */
export interface Sees {
  /** A figure that a rule read: whose it is, whom it adds up. */
  readonly figure: (read: Read) => boolean;
  /** The value of a cell or of a column of people, which may be somebody's id or pay. */
  readonly cell: (node: Node, value: unknown) => boolean;
  readonly person: (person: Person) => boolean;
  /** What a pool holds and how much all weigh in it. */
  readonly pool: (payout: Payout, line: Line) => boolean;
  /** Rows of people who may not be named are left out, and what only their names would say. */
  readonly everybody: boolean;
}

/** Whoever answers for the pay of all: finance, and whoever asks the command line. */
export const SEES_ALL: Sees = {
  figure: () => true,
  cell: () => true,
  person: () => true,
  pool: () => true,
  everybody: true,
};
