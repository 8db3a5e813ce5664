import type { FindingCode } from '../findings/codes.ts';
import type { Place, Related } from '../findings/finding.ts';
import type { Sink } from '../findings/sink.ts';
import type { Known } from '../rules/expression/typed.ts';
import type { Plan, TableSpec } from '../rules/plan.ts';
import type { Table } from '../rules/table-data.ts';
import type { TableDefinition } from '../rules/tables.ts';
import { currencyDigits } from '../values/currency.ts';
import { formatDay } from '../values/date.ts';
import { nearest } from '../values/nearest.ts';
import { Fault, quoted, type RowState } from './cell.ts';
import { CellColumn } from './cell-column.ts';
import type { BoundColumn } from './columns.ts';
import { type CsvRecord, cellPlace, cellText, rawText } from './csv-record.ts';
import { CompoundKeys, IdKeys, type KeyHolder } from './row-keys.ts';
import { inOrder, keyColumns, neverEmpty } from './row-rules.ts';
import type { TextPool } from './text-pool.ts';

/** A finding about a row, kept until the whole table was seen. */
interface Pending {
  readonly code: FindingCode;
  readonly message: string;
  readonly line: number;
  column: number | undefined;
  readonly row: number;
  readonly cell: CellColumn | undefined;
  readonly field: string | undefined;
  readonly value: string | undefined;
  readonly expected: string | undefined;
  readonly hint: string | undefined;
  readonly related: readonly Related[];
}

/** What only a second look at the file can tell: of which columns, and of which findings by their lines. */
interface Unsure {
  readonly columns: readonly CellColumn[];
  readonly placeless: ReadonlyMap<number, readonly Pending[]>;
}

/** Others of a repeated key that a finding names. */
const NAMED = 3;

/** The most that is kept of what is wrong with a file: a million findings are half a gigabyte, and nobody reads them. */
const MOST_KEPT = 1_000_000;

/** Where a row that was not read from a file stands. */
export type PlaceOf = (row: number) => Place;

/** Types the rows of one table, one after the other, and keeps the good ones by column. */
export class TableBuilder {
  readonly #definition: TableDefinition;
  readonly #file: string;
  readonly #plan: Plan;
  readonly #pool: TextPool;
  readonly #columns: readonly CellColumn[];
  readonly #pairs: readonly (readonly [CellColumn, CellColumn])[];
  readonly #keys: readonly CellColumn[];
  readonly #ids: IdKeys | undefined;
  readonly #compound: CompoundKeys | undefined;
  readonly #currency: CellColumn | undefined;
  readonly #measure: CellColumn | undefined;
  /** Bytes of the whole file, 0 where nobody knows. */
  readonly #size: number;
  #seenBytes = 0;
  readonly #pending: Pending[] = [];
  readonly #state: RowState;
  #lines = new Uint32Array(1024);
  #good = 0;
  #row = 0;

  constructor(
    definition: TableDefinition,
    columns: readonly BoundColumn[],
    spec: TableSpec | undefined,
    plan: Plan,
    pool: TextPool,
    file: string,
    size = 0,
  ) {
    this.#size = size;
    this.#definition = definition;
    this.#file = file;
    this.#plan = plan;
    this.#pool = pool;
    const table = definition.name;
    const never = new Set(
      definition.columns.filter((column) => neverEmpty(table, column)).map((column) => column.name),
    );
    // What other cells of the row are read by comes before them.
    const rank = (column: BoundColumn): number => (FIRST.has(`${table}.${column.name}`) ? 0 : 1);
    const ordered = [...columns].sort((a, b) => rank(a) - rank(b));
    const made = ordered.map((column) => new CellColumn(table, column, never.has(column.name), spec, plan, pool));
    const named = (name: string): CellColumn | undefined => made.find((column) => column.name === name);
    this.#columns = made;
    this.#currency = table === 'deals' ? named('currency') : undefined;
    this.#measure = table === 'quotas' ? named('measure') : undefined;
    this.#pairs = inOrder(table).flatMap(([first, second]) => {
      const before = named(first);
      const after = named(second);
      return before === undefined || after === undefined ? [] : [[before, after] as const];
    });
    const keys = keyColumns(table).flatMap((name) => named(name) ?? []);
    this.#keys = keys;
    // A key that lacks a column in the file says nothing of repetition; the company's results need no `for`.
    const complete = keys.length === keyColumns(table).length || table === 'results';
    this.#ids = complete && keyColumns(table).length === 1 ? new IdKeys() : undefined;
    this.#compound = complete && keyColumns(table).length > 1 ? new CompoundKeys() : undefined;
    this.#state = { digits: plan.digits, currency: plan.currency, money: false };
  }

  /** How many rows were seen, good or bad. */
  get rowsRead(): number {
    return this.#row;
  }

  /** Takes a row; a bad one is said and left out. */
  row(record: CsvRecord): void {
    if (this.#pending.length >= MOST_KEPT) return;
    const { bytes, starts, ends, marks } = record;
    const state = this.#state;
    const row = this.#row++;
    const at = this.#good;
    let bad = false;
    for (const column of this.#columns) {
      const i = column.index;
      const value = column.read(bytes, starts[i] as number, ends[i] as number, marks[i] as number, state);
      if (typeof value === 'object' && value instanceof Fault) {
        bad = true;
        this.#say(value, column, record, row);
        column.put(at, undefined);
        if (column === this.#currency) this.#setCurrency(undefined, true);
        continue;
      }
      column.put(at, value);
      if (column === this.#currency) this.#setCurrency(value, false);
      else if (column === this.#measure) {
        const fault = this.#setMeasure(value);
        if (fault !== undefined) {
          bad = true;
          this.#say(fault, column, record, row);
        }
      }
      // Right behind the reading, while the pool still knows which text it was.
      if (column === this.#keys[0] && value !== undefined) this.#ids?.add(this.#pool.lastIndex, record.line, row);
    }
    for (const [before, after] of this.#pairs) {
      const from = before.at(at);
      const to = after.at(at);
      if (typeof from !== 'number' || typeof to !== 'number' || to >= from) continue;
      bad = true;
      const expected = `not before ${before.field} (${cellText(record, before.index).trim()})`;
      this.#say(new Fault('value-out-of-range', `is before ${before.field}`, expected), after, record, row);
    }
    if (this.#compound !== undefined && this.#hasKey(at)) {
      this.#compound.add(
        this.#keys.map((column) => column.at(at)),
        record.line,
        row,
      );
    }
    if (bad) return;
    if (at >= this.#lines.length) {
      const lines = new Uint32Array(this.#lines.length * 2);
      lines.set(this.#lines);
      this.#lines = lines;
    }
    this.#lines[at] = record.line;
    this.#good++;
    if (row < SAMPLE) this.#foresee(record, row);
  }

  /** Passes over a row that is left out. */
  skip(): void {
    this.#row++;
  }

  /** Takes a row that cannot be read cell by cell. */
  badRow(code: FindingCode, message: string, record: CsvRecord, column: number, expected: string, hint?: string): void {
    if (this.#pending.length >= MOST_KEPT) return;
    const row = this.#row++;
    this.#pending.push({
      ...{ code, message, line: record.line, column, row, expected, hint },
      ...{ cell: undefined, field: undefined, value: rawText(record), related: [] },
    });
  }

  /** Columns whose hints need another look at their cells, and lines whose findings lack a column. */
  get unsure(): Unsure {
    this.#findRepeated();
    const placeless = new Map<number, Pending[]>();
    for (const finding of this.#pending) {
      if (finding.column !== undefined || finding.cell === undefined) continue;
      const found = placeless.get(finding.line);
      if (found === undefined) placeless.set(finding.line, [finding]);
      else found.push(finding);
    }
    return { columns: this.#columns.filter((column) => column.doubtful), placeless };
  }

  /** Shows a row again that `unsure` asked for. */
  lookAgain(record: CsvRecord, { columns, placeless }: Unsure): void {
    for (const column of columns) column.lookAgain(cellText(record, column.index));
    for (const finding of placeless.get(record.line) ?? []) {
      if (finding.cell !== undefined) finding.column = cellPlace(record, finding.cell.index).column;
    }
  }

  /** Says all that was found and gives the good rows. */
  finish(sink: Sink, placeOf?: PlaceOf): Table & { readonly rowsRead: number } {
    this.#findRepeated();
    const hints = new Map(this.#columns.map((column) => [column, column.hint]));
    for (const finding of this.#pending) {
      const { code, message, cell, ...parts } = finding;
      const place = placeOf?.(finding.row) ?? { file: this.#file, line: parts.line, column: parts.column };
      const guessed = code.startsWith('invalid-') && cell !== undefined ? hints.get(cell) : undefined;
      const hint = guessed ?? parts.hint;
      sink.add(code, message, { ...parts, ...place, hint, table: this.#definition.name });
    }
    if (this.#pending.length >= MOST_KEPT) {
      sink.add(
        'file-unreadable',
        `a million things are wrong in ${this.#file}; its rows behind them were not looked at`,
        {
          ...{ table: this.#definition.name, file: this.#file },
          hint: 'is it the right file? see its delimiter, encoding and columns',
        },
      );
    }
    const columns = new Map(this.#columns.map((column) => [column.name, column.taken(this.#good)]));
    const { name } = this.#definition;
    return {
      table: name,
      file: this.#file,
      rowCount: this.#good,
      lines: this.#lines.subarray(0, this.#good),
      columns,
      rowsRead: this.#row,
    };
  }

  /** From the first rows and the size of the file, makes room for all of them. */
  #foresee(record: CsvRecord, row: number): void {
    this.#seenBytes += record.recordEnd - record.recordStart + 1;
    if (row !== SAMPLE - 1) return;
    const rows = Math.min(MOST_RESERVED, Math.ceil((this.#size / this.#seenBytes) * SAMPLE * 1.05));
    for (const column of this.#columns) column.reserve(rows);
  }

  #hasKey(at: number): boolean {
    return this.#keys.every((column) => column.at(at) !== undefined || column.name === 'for');
  }

  #setCurrency(value: Known | undefined, unknown: boolean): void {
    const state = this.#state;
    state.currency = typeof value === 'string' ? value : this.#plan.currency;
    state.digits = currencyDigits(state.currency) ?? this.#plan.digits;
    // With a currency that is none, nobody can say how many decimals are too many.
    if (unknown) state.digits = MOST_DECIMALS;
  }

  #setMeasure(value: Known | undefined): Fault | undefined {
    this.#state.money = true;
    if (typeof value !== 'string') return undefined;
    const measure = this.#plan.measures.get(value);
    if (measure !== undefined) {
      this.#state.money = measure.value.type === 'money';
      return undefined;
    }
    const names = [...this.#plan.measures.keys()];
    const near = nearest(value, names);
    const known = names.length === 0 ? 'the plan has no measures' : `a measure of the plan: ${names.join(', ')}`;
    return new Fault('unknown-measure', 'is no measure of the plan', known, near && `did you mean ${near}?`);
  }

  #say(fault: Fault, cell: CellColumn, record: CsvRecord, row: number): void {
    const value = cellText(record, cell.index);
    const shown =
      value.trim() === '' ? `${cell.field} ${fault.problem}` : `${cell.field}: ${quoted(value)} ${fault.problem}`;
    const message = `${shown}; expected ${fault.expected}`;
    const { code, expected, hint } = fault;
    const { line, column } = cellPlace(record, cell.index);
    const elsewhere = line === record.line ? [] : [{ file: this.#file, line, column, message: 'the cell begins here' }];
    const { field } = cell;
    this.#pending.push({
      code,
      message,
      line: record.line,
      column,
      row,
      cell,
      field,
      value,
      expected,
      hint,
      related: elsewhere,
    });
  }

  #repeatedDone = false;

  /** Every row of a key that stands more than once is bad, the first one too. */
  #findRepeated(): void {
    if (this.#repeatedDone) return;
    this.#repeatedDone = true;
    const bad = new Set<number>();
    for (const holders of (this.#ids ?? this.#compound)?.repeated() ?? []) {
      for (const holder of holders) bad.add(holder.line);
    }
    if (bad.size === 0) return;
    const keyOf = new Map<number, string>();
    for (let at = 0; at < this.#good; at++) {
      const line = this.#lines[at] as number;
      if (bad.has(line)) keyOf.set(line, this.#keys.map((column) => shownKey(column, at)).join(' + '));
    }
    for (const holders of (this.#ids ?? this.#compound)?.repeated() ?? []) this.#sayRepeated(holders, keyOf);
    this.#drop(bad);
  }

  #sayRepeated(holders: readonly KeyHolder[], keyOf: ReadonlyMap<number, string>): void {
    const key = holders.map((holder) => keyOf.get(holder.line)).find((text) => text !== undefined);
    const name = this.#keys.map((column) => column.field).join(' + ');
    const [cell] = this.#keys;
    const first = holders.slice(0, NAMED + 1);
    for (const { line, row } of holders) {
      const others = first.filter((other) => other.row !== row).slice(0, NAMED);
      const related = others.map((other) => ({ file: this.#file, line: other.line, message: 'the same key' }));
      const where = others.map((other) => other.line).join(', ');
      const left = holders.length - 1 - others.length;
      const more = left > 0 ? ` and ${left} more` : '';
      const shown = key === undefined ? `this ${name}` : `${name} ${quoted(key)}`;
      this.#pending.push({
        code: 'duplicate-row',
        message: `${shown} stands in more than one row: also in line ${where}${more}`,
        ...{ line, column: undefined, row, cell, field: cell?.field, value: key },
        expected: `one row for each ${name}`,
        hint: undefined,
        related,
      });
    }
  }

  /** Takes rows out again. */
  #drop(bad: ReadonlySet<number>): void {
    const before = this.#lines;
    let kept = 0;
    for (let at = 0; at < this.#good; at++) {
      const line = before[at] as number;
      if (bad.has(line)) continue;
      for (const column of this.#columns) column.put(kept, column.at(at));
      before[kept] = line;
      kept++;
    }
    this.#good = kept;
  }
}

/** Columns that say how others of their row are read. */
const FIRST = new Set(['deals.currency', 'quotas.measure']);

const MOST_DECIMALS = 60;

/** Rows from which the number of all rows is foreseen, and the most that room is made for at once. */
const SAMPLE = 4096;
const MOST_RESERVED = 10_000_000;

const shownKey = (column: CellColumn, at: number): string => {
  const cell = column.at(at);
  return column.type === 'date' && typeof cell === 'number' ? formatDay(cell) : String(cell ?? '');
};
