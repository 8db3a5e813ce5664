import type { Preset } from './preset.ts';

/** The European Central Bank's reference rates as one wide file (eurofxref-hist.csv), one euro in each currency. */
export const ecb: Preset = {
  name: 'ecb',
  meaning: 'the European Central Bank’s euro reference rates, its wide file',
  tables: { fx: { from: 'eurofxref-hist.csv', columns: {}, shape: 'ecb' } },
};
