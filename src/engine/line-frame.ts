import type { Engine } from './engine.ts';
import { emptyFrame, type Frame, showCredit } from './frame.ts';
import type { Line } from './result.ts';
import type { Payee } from './reward.ts';

/** The frame in which a line's rate, conditions and links were asked; undefined for what no rule has made. */
export const frameOfLine = (line: Line): Frame | undefined => line.payee && frameOfPayee(line.payee, line);

/** The frame of a payee for one of its stays, and for a credit where there is one. */
export const frameOfPayee = (payee: Payee, { stay, credit }: Pick<Line, 'stay' | 'credit'>): Frame => {
  const { months, period, date } = payee.frame;
  const frame: Frame = { ...emptyFrame(months), period, date, stay, reader: payee.readerOf(stay) };
  if (credit !== undefined) showCredit(frame, credit);
  return frame;
};

/** The same, reading through what the line's body was read through. */
export const frameOfBody = (engine: Engine, line: Line): Frame | undefined => {
  const { payee, reader, stay } = line;
  if (payee === undefined || reader === undefined) return undefined;
  if (line.kind === 'pool') return engine.frameFor(reader, { stay: undefined, period: payee.period });
  return { ...frameOfPayee(payee, line), stay, reader };
};
