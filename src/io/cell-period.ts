import { parsePeriod } from '../values/period.ts';
import { type CellKind, Fault } from './cell.ts';

const FAULT = new Fault('invalid-period', 'is not a period', 'a period as in 2026, 2026-H1, 2026-Q1 or 2026-03');

/** A period's label. */
export const periodCell: CellKind = {
  read: (text) => (parsePeriod(text, 1) === undefined ? FAULT : text),
  steady: true,
};
