import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { Table, Tables } from '../rules/table-data.ts';
import { TABLES, type TableDefinition, type TableName } from '../rules/tables.ts';
import { checkColumnsRead } from './columns-read.ts';
import type { Surroundings } from './csv-rows.ts';
import { isUnicodeName } from './decode.ts';
import { type FileSource, fileSource } from './source-file.ts';
import { readTable } from './table-read.ts';
import { TextPool } from './text-pool.ts';

/** Tables that are read whenever they stand there, because payouts depend on them without being asked to. */
const ALWAYS: ReadonlySet<TableName> = new Set(['deals', 'people', 'adjustments', 'fx']);

/** A file that a run has read, for its manifest. */
export interface InputFile {
  readonly table: TableName;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Rows below the header, bad ones included. */
  readonly rows: number;
}

export interface LoadRequest {
  readonly plan: Plan;
  /** The deals file named on the command line, or `-`; undefined where only the plan says. */
  readonly deals: string | undefined;
  /** Files named on the command line for other tables. */
  readonly overrides?: ReadonlyMap<TableName, string> | undefined;
  /** The only tables that are read, and none of them is needed; all that the plan needs where not said. */
  readonly only?: ReadonlySet<TableName> | undefined;
  /** Tables that are read where they stand, though the plan does not need them. */
  readonly also?: ReadonlySet<TableName> | undefined;
  /** Rows to be left out without a word, by the line on which they begin. */
  readonly rejected?: ReadonlyMap<TableName, ReadonlySet<number>> | undefined;
  /** Is told after each chunk how many bytes of how many were read. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

export interface LoadedTables {
  readonly tables: Tables;
  readonly files: readonly InputFile[];
  /** The files, to be looked into again. */
  readonly sources: ReadonlyMap<TableName, FileSource>;
  readonly around: Surroundings;
}

/** Where rows may stand that no plan places: beside the plan; of a plan in a folder `plans`, beside that folder, too. */
export const foldersOf = (planFile: string): readonly string[] => {
  const folder = path.dirname(planFile);
  const isOfSeveral = path.basename(path.resolve(folder)) === 'plans';
  return isOfSeveral ? [folder, path.join(folder, '..')] : [folder];
};

/** Where a table may stand: its own file if one was named, else TABLE.csv beside the deals, else beside the plan. */
const placesOf = (table: TableName, request: LoadRequest): readonly string[] => {
  const override = table === 'deals' ? (request.deals ?? request.overrides?.get(table)) : request.overrides?.get(table);
  if (override !== undefined) return [override];
  const said = request.plan.data.get(table)?.file;
  if (said !== undefined) return [said];
  const folders = [...foldersOf(request.plan.file)];
  const dealsFile = request.deals ?? request.overrides?.get('deals') ?? request.plan.data.get('deals')?.file;
  if (table !== 'deals' && dealsFile !== undefined && dealsFile !== '-') folders.unshift(path.dirname(dealsFile));
  return [...new Set(folders.map((folder) => path.join(folder, `${table}.csv`)))];
};

/** The file of a table; undefined where there is none and none is needed. A needed one that is not there is said. */
const findFile = (table: TableName, request: LoadRequest, sink: Sink): string | undefined => {
  const places = placesOf(table, request);
  const found = places.find((place) => place === '-' || existsSync(place));
  if (found !== undefined) return found;
  const named = isNamed(table, request);
  const asked = request.only === undefined && request.plan.needs.has(table);
  const needed = asked || named || (table === 'deals' && request.deals !== undefined);
  if (!needed) return undefined;
  const spec = request.plan.data.get(table);
  const where = places.join(' or ');
  sink.add('file-not-found', `the plan reads ${table}, but there is no ${where}`, {
    ...(named && request.overrides?.has(table) !== true ? spec?.place : undefined),
    ...{ table, value: places[0], expected: where },
    hint: `put the file there, say \`${table}: { file: ... }\` under data, or name it with --table ${table}=FILE`,
  });
  return undefined;
};

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'it may not be read'],
  ['EPERM', 'it may not be read'],
  ['EISDIR', 'it is a folder'],
  ['EIO', 'the disk gives an error'],
  ['ENOENT', 'it is not there any more'],
]);

/** What the system says of a file that it cannot read; anything else is a bug and thrown on. */
const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) throw error;
  return REASONS.get(code) ?? code;
};

const wanted = ({ name }: TableDefinition, { plan, also }: LoadRequest): boolean =>
  ALWAYS.has(name) || plan.needs.has(name) || also?.has(name) === true || (name === 'splits' && readsSplits(plan));

/** A deal without splits has one, its owner's: the table is read where it stands, and needed nowhere. */
const readsSplits = (plan: Plan): boolean => [...plan.credits.values()].some((credit) => credit.each === 'split');

const isNamed = (table: TableName, { plan, overrides }: LoadRequest): boolean =>
  plan.data.get(table)?.file !== undefined || overrides?.has(table) === true;

/** Whether any deal is in another currency than the plan's. */
const hasForeign = (deals: Table | undefined, currency: string): boolean =>
  deals?.columns.get('currency')?.some((cell) => cell !== undefined && cell !== currency) === true;

/**
 * Finds and reads the tables that a plan needs, people and adjustments wherever they stand, and fx where currencies differ. Rows that point to
 * rows of other tables are not followed here. Everything wrong goes to the sink.
 */
export const loadTables = async (request: LoadRequest, sink: Sink): Promise<LoadedTables> => {
  const { plan } = request;
  const foreign = [...plan.data.values()].some((spec) => !isUnicodeName(spec.encoding));
  const encodings = foreign ? (await import('./decode-legacy.ts')).legacyEncodings : undefined;
  const around: Surroundings = { encodings, isUtf8 };
  const found: { definition: TableDefinition; file: string }[] = [];
  for (const definition of TABLES) {
    if (!(request.only?.has(definition.name) ?? wanted(definition, request))) continue;
    const file = findFile(definition.name, request, sink);
    if (file !== undefined) found.push({ definition, file });
  }
  let done = 0;
  let total = 0;
  const tell = (bytes: number): void => {
    done += bytes;
    request.progress?.(Math.min(done, total), total);
  };
  const opened = found.map(({ definition, file }) => ({ definition, source: fileSource(file, file, tell) }));
  for (const { source } of opened) total += source.size ?? 0;
  const pool = new TextPool();
  const tables = new Map<TableName, Table>();
  const files: InputFile[] = [];
  const sources = new Map<TableName, FileSource>();
  // Rates of exchange come last: only the deals tell whether any are needed.
  const rates = opened.filter(({ definition }) => definition.name === 'fx');
  for (const { definition, source } of [...opened.filter((file) => !rates.includes(file)), ...rates]) {
    const table = definition.name;
    if (table === 'fx' && !isNamed(table, request) && !hasForeign(tables.get('deals'), plan.currency)) continue;
    const rejected = request.rejected?.get(table);
    try {
      const read = readTable(definition, plan.data.get(table), source, plan, sink, { ...around, rejected, pool });
      const { sha256, bytes } = source.fingerprint ?? { sha256: '', bytes: 0 };
      files.push({ table, file: source.file, sha256, bytes, rows: read.rowsRead });
      tables.set(table, read);
      sources.set(table, source);
    } catch (error) {
      sink.add('file-unreadable', `${source.file} cannot be read: ${reasonOf(error)}`, { table, file: source.file });
    }
  }
  checkColumnsRead(plan, tables, sink);
  return { tables, files, sources, around };
};
