import { PRESETS } from '../rules/presets/presets.ts';
import { currencyDigits } from '../values/currency.ts';
import type { Day } from '../values/date.ts';
import { type PeriodKind, periodsBetween } from '../values/period.ts';
import { type Columns, guessColumns, saysWon, type Wanted, whyMissing } from './column-guess.ts';
import type { RawTable } from './file-guess.ts';
import { type Fit, fitAmounts, fitDates, readFit } from './value-guess.ts';

/** How often a value stands in a column. */
export type Counts = readonly (readonly [value: string, count: number])[];

/** The stage that means won, and what else there is. */
export interface StageGuess {
  readonly won: string | undefined;
  readonly counts: Counts;
}

/** All that a file says of itself. */
export interface DealsGuess {
  readonly table: RawTable;
  readonly columns: Columns;
  readonly preset: string | undefined;
  readonly dates: Fit;
  readonly amounts: Fit;
  readonly stage: StageGuess | undefined;
  readonly currency: { readonly code: string; readonly why: string };
  /** Position of a column of currencies with more than one in it. */
  readonly currencies: Counts | undefined;
  readonly period: PeriodKind;
  /** The first and the last day on which a deal was won. */
  readonly span: { readonly from: Day; readonly to: Day };
  /** Won deals that lack one of these. */
  readonly lacks: ReadonlyMap<'owner' | 'close_date' | 'amount', number>;
  readonly wonRows: number;
}

/** What a file lacks to be paid from. */
export interface Unfit {
  readonly missing: readonly { readonly column: Wanted; readonly why: string }[];
  readonly header: readonly string[];
}

/** How many periods `compute` computes unasked. */
const MOST_PERIODS = 36;

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/€|\bEUR\b/, 'EUR'],
  [/£|\bGBP\b/, 'GBP'],
  [/\bCHF\b/, 'CHF'],
  [/R\$/, 'BRL'],
  [/¥|\bJPY\b/, 'JPY'],
  [/\$|\bUSD\b/, 'USD'],
];

const countsOf = (cells: readonly string[]): Counts => {
  const counts = new Map<string, number>();
  for (const cell of cells) if (cell !== '') counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
};

const currencyColumn = ({ header, columns }: RawTable): Counts | undefined => {
  const at = header.findIndex((name) =>
    /^(?:currency|currencyisocode|currency_iso_code|deal currency|property_deal_currency_code)$/i.test(name.trim()),
  );
  const counts = at < 0 ? [] : countsOf(columns[at] ?? []);
  return counts.length > 0 && counts.every(([code]) => currencyDigits(code) !== undefined) ? counts : undefined;
};

const currencyOf = (
  table: RawTable,
  amountColumn: number | undefined,
  currencies: Counts | undefined,
): DealsGuess['currency'] => {
  const [most] = currencies ?? [];
  if (most !== undefined) return { code: most[0], why: 'the commonest in its column' };
  const header = amountColumn === undefined ? '' : (table.header[amountColumn] ?? '');
  const sample =
    amountColumn === undefined ? '' : (table.columns[amountColumn]?.find((cell) => /[^\d.,\s()+-]/.test(cell)) ?? '');
  const found = SIGNS.find(([sign]) => sign.test(sample) || sign.test(header.toUpperCase().replaceAll('_', ' ')));
  return found === undefined
    ? { code: 'USD', why: 'the file names none' }
    : { code: found[1], why: `as in ${JSON.stringify(sample === '' ? header : sample)}` };
};

/** A preset whose headers name all that is needed, just as it was found. */
const presetOf = ({ header }: RawTable, columns: Columns): string | undefined => {
  const key = (name: string): string => name.trim().toLowerCase();
  // The language's own names need no preset.
  if ([...columns].every(([column, i]) => key(header[i] ?? '') === column)) return undefined;
  return PRESETS.find((preset) => {
    const known = preset.tables.deals?.columns;
    return (
      known !== undefined &&
      [...columns].every(([column, i]) => {
        const names = [...(known[column]?.headers ?? []), column].map(key);
        return names.includes(key(header[i] ?? '')) && header.filter((name) => names.includes(key(name))).length === 1;
      })
    );
  })?.name;
};

const periodFor = (from: Day, to: Day): PeriodKind =>
  (['month', 'quarter', 'half'] as const).find((kind) => periodsBetween(from, to, kind, 1).length <= MOST_PERIODS) ??
  'year';

/** Looks at headers and values and finds what a first plan must say; or what the file lacks. */
export const guessDeals = (table: RawTable): DealsGuess | Unfit => {
  const columns = guessColumns(table);
  const cells = (column: Wanted): readonly string[] => table.columns[columns.get(column) ?? -1] ?? [];
  const currencies = currencyColumn(table);
  const currency = currencyOf(table, columns.get('amount'), currencies);
  const digits = currencyDigits(currency.code) ?? 2;
  const dates = fitDates(cells('close_date'));
  const amounts = fitAmounts(cells('amount'), digits);
  const missing = (['deal_id', 'owner', 'close_date', 'amount'] as const).filter((column) => !columns.has(column));
  if (missing.length > 0 || dates === undefined || amounts === undefined) {
    return { missing: missing.map((column) => ({ column, why: whyMissing(table, column) })), header: table.header };
  }
  const stage = stageOf(table, columns);
  const isWon = (row: number): boolean => stage?.won === undefined || cells('stage')[row] === stage.won;
  const lacks = new Map<'owner' | 'close_date' | 'amount', number>();
  let wonRows = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < table.rows; row++) {
    if (!isWon(row)) continue;
    wonRows++;
    const lacking = (['owner', 'close_date', 'amount'] as const).filter((column) => {
      const text = cells(column)[row] ?? '';
      return (
        text === '' ||
        (column === 'close_date' && dates.empties.includes(text)) ||
        (column === 'amount' && amounts.empties.includes(text))
      );
    });
    for (const column of lacking) lacks.set(column, (lacks.get(column) ?? 0) + 1);
    const day = readFit(dates, cells('close_date')[row] ?? '', digits);
    if (day === undefined || lacking.length > 0) continue;
    from = Math.min(from, day);
    to = Math.max(to, day);
  }
  if (from > to) return { missing: [], header: table.header };
  const several = currencies !== undefined && currencies.length > 1 ? currencies : undefined;
  const preset = presetOf(table, columns);
  return {
    table,
    columns,
    preset,
    dates,
    amounts,
    stage,
    currency,
    currencies: several,
    period: periodFor(from, to),
    span: { from, to },
    lacks,
    wonRows,
  };
};

const stageOf = ({ header, columns: cells }: RawTable, columns: Columns): StageGuess | undefined => {
  const at = columns.get('stage');
  if (at === undefined) return undefined;
  const counts = countsOf(cells[at] ?? []);
  const won = counts.find(([value]) => saysWon(value, header[at] ?? ''))?.[0];
  return { won, counts };
};
