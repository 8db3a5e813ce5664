const COMMA = 44;
const QUOTE = 34;
const LF = 10;
const CR = 13;
const TAB = 9;

const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?%?$/;

/** Whether a spreadsheet would take a cell for a formula. */
export const runsAsFormula = (cell: string): boolean => {
  switch (cell.charCodeAt(0)) {
    case 61: // =
    case 43: // +
    case 45: // -
    case 64: // @
    case TAB:
    case CR:
      return !PLAIN_NUMBER.test(cell);
    default:
      return false;
  }
};

const mustQuote = (cell: string): boolean => {
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (code <= COMMA && (code === COMMA || code === QUOTE || code === LF || code === CR)) return true;
  }
  return false;
};

/**
 * A cell as it stands in a CSV file: in quotes only where it must be, and with an apostrophe in front where a spreadsheet
 * would run it as a formula.
 */
export const csvCell = (cell: string): string => {
  const safe = runsAsFormula(cell) ? `'${cell}` : cell;
  return mustQuote(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
