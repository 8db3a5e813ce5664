import { PRESETS } from '../rules/presets/presets.ts';
import { nearest } from '../values/nearest.ts';
import type { RawTable } from './file-guess.ts';
import { fitAmounts, fitDates } from './value-guess.ts';

/** The columns that the smallest plan reads. */
export const WANTED = ['deal_id', 'close_date', 'amount', 'owner', 'stage'] as const;
export type Wanted = (typeof WANTED)[number];

/** Which column of the file is which, by position. */
export type Columns = ReadonlyMap<Wanted, number>;

/** What such columns are called, beside the presets' headers and the canonical names. */
const CALLED: Readonly<Record<Wanted, readonly string[]>> = {
  deal_id: [
    'id',
    'opportunity id',
    'record id',
    'order id',
    'order number',
    'invoice id',
    'invoice number',
    'contract id',
    'transaction id',
    'mql id',
    'number',
    'key',
  ],
  owner: [
    'owner id',
    'owner name',
    'sales agent',
    'sales rep',
    'rep',
    'seller',
    'salesperson',
    'sales person',
    'agent',
    'account executive',
    'sr id',
    'closer',
    'employee',
    'consultant',
    'user',
  ],
  close_date: [
    'closed on',
    'closed at',
    'closed date',
    'closing date',
    'won date',
    'won time',
    'won on',
    'date closed',
    'deal closed',
    'sold on',
    'signed on',
    'invoice date',
    'order date',
    'date',
  ],
  amount: [
    'close value',
    'deal value',
    'deal amount',
    'value',
    'revenue',
    'total amount',
    'total',
    'net amount',
    'price',
    'sales',
    'contract value',
    'acv',
    'arr',
    'mrr',
  ],
  stage: ['deal stage', 'stage name', 'sales stage', 'status', 'deal status', 'outcome', 'result', 'is won', 'won'],
};

/** Words of which one makes a header likely. */
const LIKELY: Readonly<Record<Wanted, RegExp>> = {
  deal_id: /\b(?:id|number|no|key)\b/,
  owner: /\b(?:owner|agent|rep|seller|salesperson|executive|closer)\b/,
  close_date: /\b(?:clos(?:ed?|ing)|won|signed|sold)\b/,
  amount: /\b(?:amount|value|revenue|total|price|sales)\b/,
  stage: /\b(?:stage|status|outcome)\b/,
};

/** `DealStage`, `deal_stage`, `Deal - Stage` → `deal stage` */
const plain = (header: string): string =>
  header
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const presetHeaders = (column: Wanted): readonly string[] =>
  PRESETS.flatMap((preset) => preset.tables.deals?.columns[column]?.headers ?? []).map(plain);

/** How much a header sounds like a column, 0 to 100. */
const sounds = (header: string, column: Wanted): number => {
  const said = plain(header);
  if (said === plain(column)) return 100;
  if (presetHeaders(column).includes(said)) return 95;
  const rank = CALLED[column].indexOf(said);
  if (rank >= 0) return 90 - rank;
  const without = said.replace(/^(?:deal|opportunity|property|order) /, '');
  if (without !== said && (without === plain(column) || CALLED[column].includes(without))) return 75;
  if (LIKELY[column].test(said)) return 60;
  return nearest(said, [plain(column), ...CALLED[column]]) === undefined || said.length < 5 ? 0 : 40;
};

const WON =
  /^(?:(?:closed?|deal)[ _-]*)?won$|^win$|^gewonnen$|^ganad[oa]$|^gagnée?$|^vint[oa]$|^sold$|^signed$|^verkauft$/i;

/** Whether a stage's name says that the deal was won; in a column that asks "won?", yes says so too. */
export const saysWon = (text: string, header: string): boolean =>
  WON.test(text) || /\bwon\b/.test(plain(text)) || (/\bwon\b/.test(plain(header)) && /^(?:true|yes|1|y)$/i.test(text));

/** Whether the values of a column are what such a column holds. */
const fits = (cells: readonly string[], header: string, column: Wanted): boolean => {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === 0) return false;
  const distinct = new Set(filled).size;
  switch (column) {
    case 'deal_id':
      return distinct === cells.length;
    case 'close_date':
      return fitDates(cells) !== undefined;
    case 'amount':
      return fitAmounts(cells, 4) !== undefined && !/\b(?:id|year|quarter|probability)\b/.test(plain(header));
    case 'owner':
      // Somebody who sells, sells more than once; and a date is nobody.
      return (cells.length < 20 || distinct < cells.length) && fitDates(cells) === undefined;
    case 'stage':
      return distinct <= 40 && (cells.length < 20 || distinct < cells.length / 2);
  }
};

/** Finds the columns of a file: by what their headers sound like, and only where their values can be it. */
export const guessColumns = ({ header, columns }: RawTable): Columns => {
  const scored = WANTED.flatMap((column) =>
    header.flatMap((name, i) => {
      const cells = columns[i] ?? [];
      const won = column === 'stage' && cells.some((cell) => saysWon(cell, name)) ? 25 : 0;
      const score = sounds(name, column) + won;
      return score > 20 && fits(cells, name, column) ? [{ column, i, score }] : [];
    }),
  ).sort((a, b) => b.score - a.score || a.i - b.i);
  const found = new Map<Wanted, number>();
  const taken = new Set<number>();
  for (const { column, i } of scored) {
    if (found.has(column) || taken.has(i)) continue;
    found.set(column, i);
    taken.add(i);
  }
  // What no header names may be the only column that it can be.
  for (const column of ['deal_id', 'close_date', 'amount'] as const) {
    if (found.has(column)) continue;
    const able = header.flatMap((name, i) => (!taken.has(i) && fits(columns[i] ?? [], name, column) ? [i] : []));
    const [only] = able;
    if (only === undefined || (able.length > 1 && column !== 'deal_id')) continue;
    found.set(column, only);
    taken.add(only);
  }
  return found;
};

/** Why a column was not found: of what its name is, the values cannot be it. */
export const whyMissing = ({ header, columns }: RawTable, column: Wanted): string => {
  const named = header.flatMap((name, i) => (sounds(name, column) >= 60 ? [{ name, cells: columns[i] ?? [] }] : []));
  const [first] = named;
  if (first === undefined) return 'no header sounds like it';
  const shown = JSON.stringify(first.name);
  if (first.cells.every((cell) => cell === '')) return `${shown} is empty in every row`;
  switch (column) {
    case 'deal_id':
      return `${shown} is not another in each row`;
    case 'close_date':
      return `not all of ${shown} reads as dates of one kind`;
    case 'amount':
      return `not all of ${shown} reads as amounts of one kind`;
    case 'owner':
    case 'stage':
      return `${shown} is another in each row`;
  }
};
