import { type CellKind, Fault } from './cell.ts';

const FAULT = new Fault('invalid-number', 'is not a number of days', 'whole days as in 30');

/** A length of time: whole days. */
export const daysCell: CellKind = {
  read: (text) => {
    const match = /^([+-]?\d{1,9})(?: days?)?$/.exec(text);
    return match === null ? FAULT : Number(match[1]) + 0;
  },
  steady: true,
};
