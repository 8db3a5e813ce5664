import type { Sink } from '../../findings/sink.ts';
import { type Formula, report } from '../document/part.ts';
import type { Basis } from '../plan.ts';

/** Money for time and for what was done at once must say which of the two a part of the period means. */
export const checkProrate = (basis: Basis, said: boolean, formula: Formula, sink: Sink): void => {
  if (basis !== 'both' || said) return;
  const message = 'this has both money of the payee and a measure: say what is paid for a part of the period';
  const hint = 'add prorate: days (the part of the days) or prorate: none (all of it)';
  report(sink, 'missing-prorate', message, formula, { hint });
};
