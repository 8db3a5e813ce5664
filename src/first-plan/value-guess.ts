import { type CellKind, Fault, type RowState } from '../io/cell.ts';
import { dateCell } from '../io/cell-date.ts';
import { moneyCell } from '../io/cell-money.ts';
import { type Candidate, dateCandidates, numberCandidates } from '../io/setting-guess.ts';

/** How a whole column would read. */
export interface Fit {
  /** `dates: DD/MM/YYYY`; undefined where no setting is needed. */
  readonly setting: string | undefined;
  /** Settings with another meaning that read the whole column too. */
  readonly others: readonly string[];
  /** Amounts have more decimals than the currency. */
  readonly rounds: boolean;
  /** Texts that stand for an empty cell: `n/a`. */
  readonly empties: readonly string[];
  readonly kind: CellKind;
}

/** Texts without digits that may stand in a column for nothing. */
const MOST_EMPTIES = 3;

const state = (digits: number): RowState => ({ digits, currency: '', money: true });

const reads = (kind: CellKind, texts: readonly string[], row: RowState): boolean =>
  texts.every((text) => !(kind.read(text, row) instanceof Fault));

/** The distinct texts of a column, those apart that look like words for nothing. */
const split = (
  cells: readonly string[],
): { readonly texts: readonly string[]; readonly empties: readonly string[] } => {
  const all = [...new Set(cells)].filter((text) => text !== '');
  const empties = all.filter((text) => /^(?:n\/?a|null|none|nil|-+|–|—|\?|#n\/a|unknown|tbd)$/i.test(text));
  return empties.length > MOST_EMPTIES
    ? { texts: all, empties: [] }
    : { texts: all.filter((text) => !empties.includes(text)), empties };
};

const fitOf = (
  cells: readonly string[],
  plain: CellKind,
  candidates: readonly Candidate[],
  row: RowState,
): Omit<Fit, 'rounds'> | undefined => {
  const { texts, empties } = split(cells);
  if (texts.length === 0) return undefined;
  if (reads(plain, texts, row)) return { setting: undefined, others: [], empties, kind: plain };
  const fitting = candidates.filter(({ kind }) => reads(kind, texts, row));
  const [first] = fitting;
  if (first === undefined) return undefined;
  const meanings = new Map(fitting.map(({ meaning, setting }) => [meaning, setting] as const).reverse());
  meanings.delete(first.meaning);
  return { setting: first.setting, others: [...meanings.values()], empties, kind: first.kind };
};

/** How a column reads as dates, all of it; undefined where it does not. */
export const fitDates = (cells: readonly string[]): Fit | undefined => {
  const fit = fitOf(cells, dateCell({ pattern: undefined, zone: undefined }), dateCandidates(), state(2));
  return fit && { ...fit, rounds: false };
};

/** How a column reads as amounts, all of it; undefined where it does not. */
export const fitAmounts = (cells: readonly string[], digits: number): Fit | undefined => {
  const plain = moneyCell({ format: undefined, round: undefined });
  const exact = fitOf(cells, plain, numberCandidates(true, false), state(digits));
  const rounded = fitOf(cells, moneyCell({ format: undefined, round: 'half_up' }), [], state(digits));
  if (exact === undefined) return rounded && { ...rounded, rounds: true };
  // 1.234 is a thousand and more to some, one and a bit to others.
  const others =
    exact.setting !== undefined && rounded !== undefined
      ? [...exact.others, 'a decimal point and round: true']
      : exact.others;
  return { ...exact, others, rounds: false };
};

/** Reads a cell of a column that fits; undefined where it is empty. */
export const readFit = ({ kind, empties }: Fit, text: string, digits: number): number | undefined => {
  if (text === '' || empties.includes(text)) return undefined;
  const value = kind.read(text, state(digits));
  return typeof value === 'number' ? value : undefined;
};
