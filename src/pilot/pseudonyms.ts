import type { Known } from '../rules/expression/typed.ts';
import type { Cells, Table, Tables } from '../rules/table-data.ts';
import type { TableName } from '../rules/tables.ts';
import type { IdsRead, Pointed } from './ids-read.ts';
import type { NamesTold, Somebody, Told } from './names-told.ts';

/** Columns that tell who somebody is besides their id, or say something about them in words. */
const TELLING: ReadonlySet<string> = new Set(['people.name', 'people.payroll_id', 'people.cost_center']);

/** Columns that are shown where they are there, and that nobody is paid by unless a plan reads them. */
const IF_READ: ReadonlySet<string> = new Set(['campaigns.name', 'splits.role']);

/** A cell in which somebody is told. */
export interface ToldCell extends Told {
  readonly table: TableName;
  readonly column: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly cell: string;
}

export interface UnderPseudonyms {
  readonly tables: Tables;
  /** Where somebody can still be told: one cell a column. */
  readonly told: readonly ToldCell[];
}

/** What tables are hidden by. */
export interface Hiding {
  /** Asked once for each thing. */
  readonly pseudonymOf: (kind: Pointed, id: string) => string;
  readonly ids: IdsRead;
  readonly names: NamesTold;
  /** The columns that are kept; others are left out. */
  readonly keeps: (table: TableName, column: string) => boolean;
}

/** Everybody whom the people table knows, once. */
export const everybodyIn = (tables: Tables): readonly Somebody[] => {
  const columns = tables.get('people')?.columns;
  const text = (column: string, row: number): string | undefined => {
    const cell = columns?.get(column)?.[row];
    return typeof cell === 'string' ? cell : undefined;
  };
  const found = new Map<string, Somebody>();
  for (const row of (columns?.get('person_id') ?? []).keys()) {
    const id = text('person_id', row) ?? '';
    const one = { id, name: text('name', row), payrollId: text('payroll_id', row) };
    // A later stay may say another name.
    found.set(`${id}/${one.name}/${one.payrollId}`, one);
  }
  return [...found.values()];
};

/**
 * Tables in which nobody can be told: people, deals, campaigns, leads and accounts have pseudonyms wherever a column points to them,
 * and so have teams that are called by somebody's name. Names are gone. The order of rows stays, so the cents do. What a plan
 * compares with a text of its own keeps that text, except people.
 */
export const underPseudonyms = (tables: Tables, hiding: Hiding): UnderPseudonyms => {
  const hidden = new Hidden(tables, hiding);
  return { tables: new Map([...tables].map(([name, table]) => [name, hidden.table(table)])), told: hidden.told };
};

class Hidden {
  readonly told: ToldCell[] = [];
  readonly #hiding: Hiding;
  readonly #people: ReadonlySet<unknown>;
  readonly #teams: ReadonlySet<unknown>;
  readonly #known = new Map<string, string>();

  constructor(tables: Tables, hiding: Hiding) {
    this.#hiding = hiding;
    const columns = tables.get('people')?.columns;
    this.#people = new Set(columns?.get('person_id'));
    const { names, ids } = hiding;
    const others = new Set(columns?.get('department'));
    const isHidden = (team: Known | undefined): boolean =>
      typeof team === 'string' && !others.has(team) && !ids.literals.has(team) && names.in(team) !== undefined;
    this.#teams = ids.asText.has('team') ? new Set() : new Set((columns?.get('team') ?? []).filter(isHidden));
  }

  table(table: Table): Table {
    const { keeps, ids } = this.#hiding;
    const columns = new Map<string, Cells>();
    for (const [column, cells] of table.columns) {
      const name = `${table.table}.${column}`;
      if (TELLING.has(name) || !keeps(table.table, column) || (IF_READ.has(name) && !ids.read.has(name))) continue;
      columns.set(column, this.#cells(table, column, cells));
    }
    return { ...table, columns };
  }

  #cells(table: Table, column: string, cells: Cells): Cells {
    if (table.table === 'adjustments' && column === 'reason') return cells.map((cell) => cell && 'not shown');
    const isShown = new Set<string>();
    const hidden = cells.map((cell) => {
      const made = typeof cell === 'string' ? this.#pseudonym(table.table, column, cell) : undefined;
      if (typeof cell === 'string' && made === undefined) isShown.add(cell);
      return made ?? cell;
    });
    this.#search(table, column, isShown);
    return hidden;
  }

  /** What a cell is called instead; undefined where it stays as it is. */
  #pseudonym(table: TableName, column: string, cell: string): string | undefined {
    const { ids } = this.#hiding;
    const whose = column === 'for' && (table === 'quotas' || table === 'results');
    const isApprover = table === 'adjustments' && column === 'approved_by';
    const kind = whose || isApprover ? undefined : ids.pointedBy(table, column);
    // An id that nobody has is hidden all the same, unless the plan asks for it.
    if (isApprover || kind === 'person')
      return !this.#people.has(cell) && ids.named.has(cell) ? undefined : this.#made('person', cell);
    if (whose && this.#people.has(cell)) return this.#made('person', cell);
    if ((whose || kind === 'team') && this.#teams.has(cell)) return this.#made('team', cell);
    if (kind === undefined || kind === 'team' || ids.literals.has(cell) || ids.asText.has(kind)) return undefined;
    return this.#made(kind, cell);
  }

  #made(kind: Pointed, id: string): string {
    const key = `${kind}/${id}`;
    let made = this.#known.get(key);
    if (made === undefined) {
      made = this.#hiding.pseudonymOf(kind, id);
      this.#known.set(key, made);
    }
    return made;
  }

  #search({ table, file, columns, lines }: Table, column: string, texts: ReadonlySet<string>): void {
    const { names } = this.#hiding;
    // Ids that are too short to be looked for in texts are seen where a column holds nothing else.
    const areIds = texts.size > 1 && [...texts].every((text) => this.#people.has(text));
    for (const cell of texts) {
      const told = names.in(cell) ?? (areIds ? { words: cell, of: cell } : undefined);
      if (told === undefined) continue;
      const row = columns.get(column)?.indexOf(cell) ?? -1;
      this.told.push({ ...told, table, column, file, line: lines[row], cell });
      return;
    }
  }
}
