import { parseDocument } from 'yaml';
import { Calendar, type Day, dayOf, type Length, type Span } from './calendar.ts';
import { type Fraction, fraction, fromText, type Rounding } from './fraction.ts';
import { type Expression, parseExpression } from './syntax.ts';

/** What a plan or its tables cannot be paid by: the code that align-pay reports, as far as the contract decides it. */
export class Refused extends Error {}

export type Yaml = string | readonly Yaml[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: Yaml;
}

export const isMap = (yaml: Yaml | undefined): yaml is YamlMap =>
  yaml !== undefined && typeof yaml === 'object' && !Array.isArray(yaml);
export const mapOf = (yaml: Yaml | undefined): YamlMap => (isMap(yaml) ? yaml : {});
export const listOf = (yaml: Yaml | undefined): readonly Yaml[] => (Array.isArray(yaml) ? yaml : []);
export const textOf = (yaml: Yaml | undefined): string | undefined => (typeof yaml === 'string' ? yaml : undefined);

const parsed = new Map<string, Expression>();
export const expressionOf = (text: string): Expression => {
  const known = parsed.get(text) ?? parseExpression(text);
  parsed.set(text, known);
  return known;
};
export const expressionIn = (yaml: YamlMap, key: string): Expression | undefined => {
  const text = textOf(yaml[key]);
  return text === undefined ? undefined : expressionOf(text);
};

/** A plan as its YAML says it, every scalar a text: its expressions are parsed where they are read. */
export interface ReferencePlan {
  readonly unit: Fraction;
  readonly currency: string;
  readonly rounding: Rounding;
  readonly period: Length;
  readonly calendar: Calendar;
  readonly targetPer: Length | undefined;
  readonly quotaProrate: string;
  readonly maxAge: number;
  readonly params: YamlMap;
  readonly groups: YamlMap;
  readonly credits: YamlMap;
  readonly measures: YamlMap;
  readonly rewards: YamlMap;
  /** Types of further columns: table → column → type. */
  readonly further: (table: string, column: string) => string | undefined;
}

const DIGITS: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };
export const unitOf = (currency: string): Fraction => fraction(10n ** BigInt(DIGITS[currency] ?? 2));

export const planOf = (text: string): ReferencePlan => {
  const yaml: YamlMap = parseDocument(text, { schema: 'failsafe' }).toJS();
  const data = mapOf(yaml.data);
  const currency = textOf(yaml.currency) ?? 'USD';
  return {
    unit: unitOf(currency),
    currency,
    rounding: yaml.rounding === 'half_even' ? 'half_even' : 'half_up',
    period: textOf(yaml.period) as Length,
    calendar: new Calendar(Number(yaml.fiscal_year_starts ?? 1)),
    targetPer: textOf(mapOf(data.people).target_per) as Length | undefined,
    quotaProrate: textOf(mapOf(data.quotas).prorate) ?? 'days',
    maxAge: Number.parseInt(textOf(mapOf(data.fx).max_age) ?? '7', 10),
    params: mapOf(yaml.params),
    groups: mapOf(yaml.groups),
    credits: mapOf(yaml.credits),
    measures: mapOf(yaml.measures),
    rewards: mapOf(yaml.rewards),
    further: (table, column) => textOf(mapOf(mapOf(mapOf(data[table]).columns)[column]).type),
  };
};

/** A row as its file has it: an empty cell is not there. */
export interface Row {
  readonly at: number;
  readonly cells: Readonly<Record<string, string>>;
}

export const rowsOf = (csv: string | undefined): Row[] => {
  const [header = '', ...lines] = (csv ?? '').trim().split('\n');
  const names = header.split(',').map((name) => name.trim());
  return lines.map((line, at) => {
    const cells = line.split(',').map((cell) => cell.trim());
    return {
      at,
      cells: Object.fromEntries(names.map((n, i) => [n, cells[i] ?? '']).filter(([, cell]) => cell !== '')),
    };
  });
};

/** A stretch of time of a person: a row of people. */
export interface Stay extends Span {
  readonly at: number;
  readonly person: string;
  /** What a day counts with: the share of working time. */
  readonly share: Fraction;
  readonly row: Row | undefined;
}

export const staysOf = (rows: readonly Row[]): Stay[] =>
  rows.map((row) => ({
    at: row.at,
    person: row.cells.person_id ?? '',
    from: row.cells.starts_on === undefined ? Number.NEGATIVE_INFINITY : dayOf(row.cells.starts_on),
    to: row.cells.ends_on === undefined ? Number.POSITIVE_INFINITY : dayOf(row.cells.ends_on),
    share: row.cells.share === undefined ? fraction(1) : fromText(row.cells.share),
    row,
  }));

export const holdsOn = ({ from, to }: Span, day: Day): boolean => from <= day && day <= to;

/** What is known while an expression is read. A missing value is `undefined`. */
export type Value =
  | { readonly kind: 'money' | 'number' | 'days' | 'date'; readonly n: Fraction }
  | { readonly kind: 'text'; readonly s: string }
  | { readonly kind: 'boolean'; readonly b: boolean };

/** The rows that a credit stands on. */
export interface Rows {
  readonly deal?: Row | undefined;
  /** The deal itself, or the one that a refund takes back. */
  readonly root?: Row | undefined;
  readonly attribution?: Row | undefined;
  readonly campaign?: Row | undefined;
  readonly lead?: Row | undefined;
  readonly split?: Row | undefined;
  /** The credit's date: on which persons are looked up. */
  readonly date?: Day | undefined;
  /** The day whose rate converts the deal's money. */
  readonly fxDate?: Day | undefined;
}

export interface Credited {
  readonly credit: string;
  readonly index: number;
  /** undefined: the company's. */
  readonly person: string | undefined;
  readonly date: Day;
  readonly amount: Fraction | undefined;
  /** 1; for a refund 0, or −1 where it completes the taking back. */
  readonly count: bigint;
  readonly isRefund: boolean;
  readonly rows: Rows;
}
