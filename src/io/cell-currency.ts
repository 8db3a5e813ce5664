import { CURRENCY_CODES, currencyDigits } from '../values/currency.ts';
import { nearest } from '../values/nearest.ts';
import { type CellKind, Fault } from './cell.ts';

const EXPECTED = 'a code of ISO 4217 as in USD';

/** A currency's code, in capitals. */
export const currencyCell: CellKind = {
  read: (text) => {
    if (currencyDigits(text) !== undefined) return text;
    const near = text.length <= 4 ? nearest(text, CURRENCY_CODES) : undefined;
    return new Fault('invalid-currency', 'is not a currency', EXPECTED, near && `did you mean ${near}?`);
  },
  steady: true,
};
