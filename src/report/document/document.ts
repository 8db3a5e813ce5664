import type { Day } from '../../values/date.ts';
import type { Num } from '../../values/num.ts';
import type { Told } from '../explain/told.ts';
import type { Html } from '../html/html.ts';

/**
 * A report in pieces, before it is a page, Markdown, a PDF or a workbook. Figures are figures here: each format writes them
 * in its own way, and none of them computes anything.
 */
export interface Document {
  readonly title: string;
  /** Above the title, small: the plan and what this is. */
  readonly eyebrow: string;
  /** Below the title, a line each. */
  readonly meta: readonly string[];
  readonly currency: string;
  /** Decimals of the currency. */
  readonly digits: number;
  readonly blocks: readonly Block[];
  readonly foot: readonly string[];
}

export type Cell =
  /** `id` is what machines read in its place. */
  | { readonly kind: 'text'; readonly text: string; readonly note?: string | undefined; readonly id?: string }
  /** In minor units; `signed` shows what something added or took. */
  | { readonly kind: 'money'; readonly minor: Num; readonly signed?: boolean; readonly formula?: Formula | undefined }
  /** `decimals`: cut, not rounded, to so many for people, so that 99.96% is not said to be 100%. */
  | { readonly kind: 'percent'; readonly value: Num; readonly decimals?: number | undefined }
  | { readonly kind: 'number'; readonly value: Num; readonly decimals?: number | undefined }
  | { readonly kind: 'date'; readonly day: Day }
  /** A figure that is not known, with the reason: shown as missing, never as zero. */
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'empty' };

/** What a workbook computes itself, so that an auditor can follow it; the cell's value is what it comes to. */
export type Formula =
  /** The sum of the column's rows above. */
  | { readonly kind: 'sum-above' }
  /** The sum of a column of another table of the report between two of its rows, both in it, counted from 0. */
  | {
      readonly kind: 'sum-of';
      readonly table: string;
      readonly column: string;
      readonly from: number;
      readonly to: number;
    };

export interface Column {
  readonly label: string;
  /** Text stands to the left, figures to the right. */
  readonly kind: 'text' | 'figure';
  /** What the column is called where machines read it. */
  readonly key: string;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** How the row came about, to be opened where a format can. */
  readonly told?: (() => readonly Told[]) | undefined;
}

export interface Table {
  readonly kind: 'table';
  /** What a workbook calls its sheet, and a CSV file. */
  readonly name: string;
  readonly caption: string | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly foot: Row | undefined;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly intro: string }
  | { readonly kind: 'subheading'; readonly text: string; readonly intro: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The figures that matter most: a label and a figure each. */
  | {
      readonly kind: 'key-figures';
      readonly figures: readonly { readonly label: string; readonly cell: Cell; readonly note?: string }[];
    }
  /** A drawing for pages; `says` is the same in words, and all that other formats show. */
  | { readonly kind: 'chart'; readonly svg: Html; readonly says: readonly string[] }
  | Table;

export const text = (words: string, note?: string): Cell => ({ kind: 'text', text: words, note });
/** A name that goes with an id: people see both, machines read the id. */
export const named = (id: string, name: string | undefined): Cell => ({
  kind: 'text',
  text: name ?? id,
  note: name === undefined || name === id ? undefined : id,
  id,
});
export const money = (minor: Num): Cell => ({ kind: 'money', minor });
export const effect = (minor: Num): Cell => ({ kind: 'money', minor, signed: true });
export const percent = (value: Num, decimals?: number): Cell => ({ kind: 'percent', value, decimals });
export const number = (value: Num, decimals?: number): Cell => ({ kind: 'number', value, decimals });
export const missing = (why: string): Cell => ({ kind: 'missing', why });
export const date = (day: Day): Cell => ({ kind: 'date', day });
export const EMPTY: Cell = { kind: 'empty' };

export const textColumn = (label: string, key: string): Column => ({ label, kind: 'text', key });
export const figureColumn = (label: string, key: string): Column => ({ label, kind: 'figure', key });

export const heading = (words: string, intro = ''): Block => ({ kind: 'heading', text: words, intro });
export const subheading = (words: string, intro = ''): Block => ({ kind: 'subheading', text: words, intro });
export const paragraph = (words: string): Block => ({ kind: 'paragraph', text: words });
/** What a table has no rows for is said in words. */
export const tableOr = (nothing: string, table: Table): Block => (table.rows.length === 0 ? paragraph(nothing) : table);
