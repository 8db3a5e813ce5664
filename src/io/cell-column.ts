import type { Known } from '../rules/expression/typed.ts';
import type { Plan, TableSpec } from '../rules/plan.ts';
import type { Cells } from '../rules/table-data.ts';
import type { CellType, TableName } from '../rules/tables.ts';
import { parseDatePattern } from '../values/date-pattern.ts';
import { parseNumberFormat } from '../values/number-format.ts';
import { type CellKind, Fault, type RowState } from './cell.ts';
import { booleanCell } from './cell-boolean.ts';
import { currencyCell } from './cell-currency.ts';
import { dateCell } from './cell-date.ts';
import { daysCell } from './cell-days.ts';
import { moneyCell } from './cell-money.ts';
import { numberCell } from './cell-number.ts';
import { periodCell } from './cell-period.ts';
import { textCell } from './cell-text.ts';
import type { BoundColumn } from './columns.ts';
import { ESCAPED, textOf, unescaped } from './csv-record.ts';
import { type Range, rangeOf } from './row-rules.ts';
import { dateCandidates, numberCandidates, SettingGuess } from './setting-guess.ts';
import type { TextPool } from './text-pool.ts';
import { zoneNamed } from './zone.ts';

/** Beyond so many different texts a column's readings are no longer kept: they would not come again. */
const KEPT = 50_000;

const INITIAL = 64;

const EMPTY = new Fault('invalid-id', 'is empty', 'an id');

interface Kinds {
  readonly kind: CellKind;
  /** What might read instead where cells fail. */
  readonly guess: (() => SettingGuess) | undefined;
}

/** How the cells of a type are read in one column. */
const kindsOf = (type: CellType, column: BoundColumn, spec: TableSpec | undefined, plan: Plan): Kinds => {
  const format = spec?.numbers === undefined ? undefined : parseNumberFormat(spec.numbers);
  const percent = column.spec?.percent ?? column.preset?.percent ?? false;
  const round = column.spec?.round === true ? plan.rounding : undefined;
  switch (type) {
    case 'text':
    case 'id':
      return { kind: textCell, guess: undefined };
    case 'boolean':
      return { kind: booleanCell, guess: undefined };
    case 'currency':
      return { kind: currencyCell, guess: undefined };
    case 'period':
      return { kind: periodCell, guess: undefined };
    case 'days':
      return { kind: daysCell, guess: undefined };
    case 'date': {
      const pattern = spec?.dates === undefined ? undefined : parseDatePattern(spec.dates);
      const zone = spec?.timezone === undefined ? undefined : zoneNamed(spec.timezone);
      return { kind: dateCell({ pattern, zone }), guess: () => new SettingGuess(dateCandidates()) };
    }
    case 'number':
      return {
        kind: numberCell({ format, percent }),
        guess: () => new SettingGuess(numberCandidates(false, percent)),
      };
    case 'money':
      return { kind: moneyCell({ format, round }), guess: () => new SettingGuess(numberCandidates(true, false)) };
    case 'amount': {
      const money = moneyCell({ format, round });
      const number = numberCell({ format, percent });
      const kind: CellKind = {
        read: (text, row) => (row.money ? money : number).read(text, row),
        fast: (bytes, start, end, row) => (row.money ? money : number).fast?.(bytes, start, end, row) ?? Number.NaN,
        steady: false,
      };
      return { kind, guess: () => new SettingGuess(numberCandidates(true, false)) };
    }
  }
};

/** One column of a table: reads its cells and keeps them. */
export class CellColumn {
  readonly name: string;
  readonly field: string;
  readonly type: CellType;
  readonly index: number;
  /** By row; made longer many rows at a time, which is far quicker than to push each. */
  #cells: (Known | undefined)[] = new Array<Known | undefined>(INITIAL);
  #room = INITIAL;
  readonly #table: TableName;
  readonly #kind: CellKind;
  readonly #newGuess: (() => SettingGuess) | undefined;
  readonly #isText: boolean;
  readonly #neverEmpty: boolean;
  readonly #range: Range | undefined;
  readonly #values: ReadonlyMap<string, string> | undefined;
  readonly #pool: TextPool;
  readonly #kept = new Map<string, Known | Fault>();
  #guess: SettingGuess | undefined;
  /** The guess has not seen the cells before the first one that failed. */
  #late = false;

  constructor(
    table: TableName,
    column: BoundColumn,
    never: boolean,
    spec: TableSpec | undefined,
    plan: Plan,
    pool: TextPool,
  ) {
    const { kind, guess } = kindsOf(column.type, column, spec, plan);
    this.#table = table;
    this.name = column.name;
    this.field = column.field;
    this.type = column.type;
    this.index = column.index;
    this.#kind = kind;
    this.#newGuess = guess;
    this.#isText = column.type === 'text' || column.type === 'id';
    this.#neverEmpty = never;
    this.#range = rangeOf(table, column.name);
    this.#pool = pool;
    const values = new Map<string, string>();
    for (const [from, to] of Object.entries(column.preset?.values ?? {})) values.set(from, to);
    for (const [from, to] of column.spec?.values ?? [])
      values.set(from.trim().normalize('NFC'), to.trim().normalize('NFC'));
    this.#values = values.size === 0 ? undefined : values;
  }

  /** Keeps a row's value. */
  put(at: number, value: Known | undefined): void {
    if (at >= this.#room) this.reserve(at * 2);
    this.#cells[at] = value;
  }

  /** Makes room for so many rows. */
  reserve(rows: number): void {
    if (rows <= this.#room) return;
    const roomier = new Array<Known | undefined>(rows);
    for (let i = 0; i < this.#room; i++) roomier[i] = this.#cells[i];
    this.#cells = roomier;
    this.#room = rows;
  }

  /** The value kept of a row. */
  at(row: number): Known | undefined {
    return this.#cells[row];
  }

  /** The values of the first rows, which are all there are. */
  taken(rows: number): Cells {
    this.#cells.length = rows;
    this.#room = rows;
    return this.#cells;
  }

  /** Reads a cell; undefined where it is empty. */
  read(bytes: Uint8Array, start: number, end: number, mark: number, row: RowState): Known | Fault | undefined {
    if (mark === ESCAPED) {
      const plain = unescaped(bytes, start, end);
      return this.#trimmed(plain, 0, plain.length, row);
    }
    return this.#trimmed(bytes, start, end, row);
  }

  #trimmed(bytes: Uint8Array, from: number, to: number, row: RowState): Known | Fault | undefined {
    let start = from;
    let end = to;
    while (start < end && isBlank(bytes[start] as number)) start++;
    while (start < end && isBlank(bytes[end - 1] as number)) end--;
    if (start === end) return this.#empty();
    if (this.#values === undefined && this.#guess === undefined) {
      if (this.#isText) {
        const text = this.#pool.take(bytes, start, end);
        return text === '' ? this.#empty() : text;
      }
      const value = this.#kind.fast?.(bytes, start, end, row) ?? Number.NaN;
      if (!Number.isNaN(value)) return this.#range === undefined ? value : (this.#range(value) ?? value);
    }
    return this.#slow(bytes, start, end, row);
  }

  #slow(bytes: Uint8Array, start: number, end: number, row: RowState): Known | Fault | undefined {
    const keep = this.#kind.steady && this.#kept.size < KEPT;
    const written = keep ? this.#pool.take(bytes, start, end) : textOf(bytes, start, end).trim().normalize('NFC');
    const text = this.#values?.get(written) ?? written;
    if (text === '') return this.#empty();
    if (this.#isText) return text === written && keep ? text : this.#pool.takeText(text);
    let value = keep ? this.#kept.get(text) : undefined;
    if (value === undefined) {
      value = this.#kind.read(text, row);
      if (!(value instanceof Fault) && this.#range !== undefined) value = this.#range(value) ?? value;
      if (keep) this.#kept.set(text, value);
    }
    const failed = value instanceof Fault && value.code.startsWith('invalid-');
    if (failed && this.#guess === undefined) this.#begin();
    this.#guess?.see(text, row, failed);
    return value;
  }

  #empty(): Fault | undefined {
    return this.#neverEmpty ? EMPTY : undefined;
  }

  /** The first cell that fails: from here on every cell is tried under other settings too. */
  #begin(): void {
    this.#guess = this.#newGuess?.();
    this.#late = this.#cells.some((cell) => cell !== undefined);
  }

  /** The hint needs another look at the cells before the first one that failed. */
  get doubtful(): boolean {
    return this.#late && this.#guess?.open === true;
  }

  /** Shows the guess a cell again. */
  lookAgain(text: string): void {
    const trimmed = text.trim().normalize('NFC');
    const meant = this.#values?.get(trimmed) ?? trimmed;
    if (meant !== '') this.#guess?.see(meant, LENIENT, false);
  }

  /** Under which setting the whole column would read, where cells failed. */
  get hint(): string | undefined {
    return this.#guess?.hint(this.#table, this.name);
  }
}

/** Decimals are not what a setting is guessed by. */
const LENIENT: RowState = { digits: 60, currency: '', money: true };

const isBlank = (byte: number): boolean => byte === 32 || (byte <= 13 && byte >= 9);
