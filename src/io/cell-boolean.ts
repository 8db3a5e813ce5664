import { type CellKind, Fault } from './cell.ts';

const FAULT = new Fault(
  'invalid-boolean',
  'is neither true nor false',
  'true or false',
  'values: { "Yes": "true", "No": "false" } on this column says what other words mean',
);

/** true or false, in whatever case. */
export const booleanCell: CellKind = {
  read: (text) => {
    const low = text.toLowerCase();
    return low === 'true' ? true : low === 'false' ? false : FAULT;
  },
  steady: true,
};
