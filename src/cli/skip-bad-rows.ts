import { type Computed, type ComputeOptions, compute } from '../engine/compute.ts';
import { dealOfRow, rowsOfDeals, withoutLines } from '../engine/reject.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import type { LoadedTables } from '../io/tables-load.ts';
import type { Plan } from '../rules/plan.ts';
import { type TableName, tableNamed } from '../rules/tables.ts';
import { rawRowsOf } from './raw-rows-of.ts';

/** What came of paying the good rows only. */
export interface Skipped {
  readonly computation: Computed | undefined;
  /** Why rows were left out; one row may have several reasons. */
  readonly rejects: readonly Finding[];
  /** All else that was found. */
  readonly others: readonly Finding[];
}

/** Whether an error is about one row, so that the row can be left out. */
export const isRowError = ({ severity, table, line, row }: Finding): boolean =>
  severity === 'error' && table !== undefined && line !== undefined && row !== undefined;

/** Leaves bad rows out until no more are found: a deal any of whose rows is bad goes whole, with what points to it. */
class Rejection {
  readonly rejects: Finding[] = [];
  readonly #lines = new Map<TableName, Set<number>>();
  readonly #deals = new Set<string>();
  readonly #plan: Plan;
  readonly #loaded: LoadedTables;

  constructor(plan: Plan, loaded: LoadedTables) {
    this.#plan = plan;
    this.#loaded = loaded;
  }

  get tables() {
    return withoutLines(this.#loaded.tables, this.#lines);
  }

  /** Rejects the rows of some errors; false where all of them are rejected already. */
  reject(errors: readonly Finding[]): boolean {
    const fresh = new Map<TableName, Set<number>>();
    let any = false;
    for (const finding of errors) {
      const table = finding.table === undefined ? undefined : tableNamed(finding.table)?.name;
      if (table === undefined || finding.line === undefined) continue;
      this.rejects.push(finding);
      if (this.#add(this.#lines, table, finding.line)) {
        this.#add(fresh, table, finding.line);
        any = true;
      }
    }
    for (const [table, lines] of fresh) this.#rejectDealsOf(table, lines);
    this.#rejectWithDeals();
    return any;
  }

  #add(to: Map<TableName, Set<number>>, table: TableName, line: number): boolean {
    const lines = to.get(table) ?? new Set();
    to.set(table, lines);
    if (lines.has(line)) return false;
    lines.add(line);
    return true;
  }

  /** The deals that rejected rows belong to; of a row that could not be read, as its text tells. */
  #rejectDealsOf(name: TableName, lines: ReadonlySet<number>): void {
    if (!['deals', 'attributions', 'leads', 'splits'].includes(name)) return;
    const table = this.#loaded.tables.get(name);
    const unread = new Set(lines);
    for (let row = 0; table !== undefined && row < table.rowCount; row++) {
      const line = table.lines[row] ?? 0;
      if (!unread.delete(line)) continue;
      const deal = dealOfRow(table, row);
      if (deal !== undefined) this.#deals.add(deal);
    }
    for (const { cells, text } of rawRowsOf(name, unread, this.#loaded, this.#plan).values()) {
      const idIn = (column: string): string => (cells.get(column)?.value ?? '').trim().normalize('NFC');
      const refunded = name === 'deals' ? idIn('refund_of') : '';
      this.#deals.add(refunded === '' ? idIn('deal_id') : refunded);
      // Where the row is cut into the wrong cells, any of its pieces may be the id.
      if (cells.size === 0) for (const piece of text.split(/[,;|"\t]/)) this.#deals.add(piece.trim().normalize('NFC'));
    }
    this.#deals.delete('');
  }

  #rejectWithDeals(): void {
    for (const { table: name, row, line, column, deal } of rowsOfDeals(this.#loaded.tables, this.#deals)) {
      if (!this.#add(this.#lines, name, line)) continue;
      this.rejects.push({
        code: 'rejected-with-deal',
        severity: 'error',
        message: `another row of deal "${deal}" is rejected, so this one is too`,
        file: this.#loaded.tables.get(name)?.file,
        line,
        row,
        table: name,
        field: column,
        value: deal,
        expected: 'a deal with no bad rows',
        related: [],
      });
    }
  }
}

/** Computes with the good rows. `found` is what reading the files has found. */
export const computeGoodRows = (
  plan: Plan,
  loaded: LoadedTables,
  found: readonly Finding[],
  options: ComputeOptions,
): Skipped => {
  const rejection = new Rejection(plan, loaded);
  const others = found.filter((finding) => !isRowError(finding));
  rejection.reject(found.filter(isRowError));
  for (;;) {
    const sink = new Sink();
    const computation = compute(plan, rejection.tables, options, sink);
    const said = sink.all();
    if (!said.some(isRowError) || !rejection.reject(said.filter(isRowError))) {
      return { computation, rejects: rejection.rejects, others: [...others, ...said] };
    }
  }
};
