import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Sink } from '../findings/sink.ts';
import { writing } from '../io/output-error.ts';
import { columnsNeeded } from '../pilot/columns-needed.ts';
import { idsRead, type Pointed } from '../pilot/ids-read.ts';
import { NamesTold } from '../pilot/names-told.ts';
import type { VariantSpec } from '../pilot/pilot.ts';
import { everybodyIn, type ToldCell, underPseudonyms } from '../pilot/pseudonyms.ts';
import { hiddenRoles } from '../pilot/roles-hidden.ts';
import type { Setting } from '../pilot/setting.ts';
import type { Shelf, ShelfData } from '../pilot/shelf.ts';
import type { Plan } from '../rules/plan.ts';
import type { Table, Tables } from '../rules/table-data.ts';
import type { TableName } from '../rules/tables.ts';
import { UsageError } from './usage-error.ts';

const KEY_BYTES = 32;
/** Letters and digits that are not mistaken for each other. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What pseudonyms begin with, and how many letters follow: there are more deals than people. */
const FORMS: Readonly<Record<Pointed, readonly [prefix: string, letters: number]>> = {
  person: ['P', 6],
  deal: ['D', 8],
  campaign: ['C', 6],
  lead: ['L', 8],
  team: ['T', 6],
  account: ['A', 8],
};

/** The key of a file; made, readable by its owner only, where it is not there yet. Whoever has it can tell who is who. */
const keyIn = (file: string): Buffer => {
  if (!existsSync(file)) {
    const made = `${randomBytes(KEY_BYTES).toString('hex')}\n`;
    writing(file, () => writeFileSync(file, made, { mode: 0o600, flag: 'wx' }));
  }
  const key = readFileSync(file);
  if (key.toString('utf8').trim().length < 16) {
    throw new UsageError(
      `--pseudonyms ${file}: a key has at least 16 characters; name a file that is not there, and it is made`,
    );
  }
  return key;
};

/** `P-7KQ2XM` for a person's id: the same for the same key, and no way back without it. */
const pseudonyms = (key: Buffer): ((kind: Pointed, id: string) => string) => {
  const taken = new Map<string, string>();
  return (kind, id) => {
    const [prefix, count] = FORMS[kind];
    const of = kind === 'person' ? '' : `${kind}/`;
    for (let round = 0; ; round++) {
      const digest = createHmac('sha256', key).update(`${of}${round}/${id}`).digest();
      const letters = Array.from({ length: count }, (_, i) => ALPHABET[(digest[i] ?? 0) % ALPHABET.length]).join('');
      const made = `${prefix}-${letters}`;
      const other = taken.get(made);
      if (other !== undefined && other !== id) continue;
      taken.set(made, id);
      return made;
    }
  };
};

export interface ToHide {
  readonly tables: Tables;
  /** The plan first. */
  readonly plans: readonly Plan[];
  readonly variants: readonly VariantSpec[];
  readonly shelf: Shelf;
}

export interface Hidden {
  readonly tables: Tables;
  readonly files: ShelfData;
  /** Words in which somebody is told. */
  readonly tells: (text: string) => boolean;
}

/** The tables and plans under pseudonyms; refuses where somebody could still be told by them. */
export const underPseudonymsOf = (keyFile: string, toHide: ToHide): Hidden => {
  const { tables, shelf, variants } = toHide;
  const people = tables.get('people');
  if (people === undefined) throw new UsageError('--pseudonyms: there is no people table, so nobody has an id to hide');
  const plans = [...toHide.plans, ...settingPlans(variants, shelf)];
  const ids = idsRead(plans);
  const everybody = everybodyIn(tables);
  const names = new NamesTold(everybody, departmentsOfMany(people));
  const pseudonymOf = pseudonyms(keyIn(keyFile));
  const needed = columnsNeeded(plans);
  // Regions are what fairness is asked by, whether or not a plan reads them.
  const keeps = (table: TableName, column: string): boolean =>
    needed(table, column) || (table === 'deals' && column === 'region');
  const { tables: hidden, told } = underPseudonyms(tables, { pseudonymOf, ids, names, keeps });
  const files = hiddenRoles(shelf.data, (person) => pseudonymOf('person', person));
  const folder = path.dirname(toHide.plans[0]?.file ?? '');
  const known = new Set(everybody.map(({ id }) => id));
  const problems = [
    ...[...ids.named].flatMap(([text, place]) =>
      known.has(text) ? [`${place} asks for ${text}: nobody can be asked for by name`] : [],
    ),
    ...[...ids.asText].flatMap(([kind, place]) =>
      kind === 'team' || kind === 'account'
        ? []
        : [`${place} reads a ${kind}’s id as a text, or compares it with something else, so it cannot be hidden`],
    ),
    ...told.map(cellProblem),
    ...textProblems(files, variants, folder, names),
  ];
  if (problems.length > 0) throw new UsageError(refusal(problems));
  // A file that somebody keeps may be called by a name.
  const unnamed = new Map(
    [...hidden].map(([name, table]) => [name, { ...table, file: path.join(folder, `${name}.csv`) }]),
  );
  return { tables: unnamed, files, tells: (text) => names.in(text) !== undefined };
};

const SHOWN = 5;

const refusal = (problems: readonly string[]): string => {
  const more = problems.length - SHOWN;
  const list = problems.slice(0, SHOWN).map((problem) => `\n  ${problem}`);
  return `--pseudonyms: nothing was written, for people could be told by their names:${list.join('')}${more > 0 ? `\n  and ${more} more` : ''}`;
};

const cellProblem = ({ table, column, file, line, cell, words, of }: ToldCell): string => {
  const at = line === undefined ? file : `${path.basename(file)}:${line}`;
  const holds = cell === words ? `is “${words}”` : `“${cell}” holds “${words}”`;
  return `${table}.${column} (${at}) ${holds}, by which ${of} can be told: call it otherwise, or have no plan read the column`;
};

/** A setting is an expression as those of plans are: what it reads and compares counts as well. */
const settingPlans = (variants: readonly VariantSpec[], shelf: Shelf): readonly Plan[] => {
  const once = new Map<string, readonly [file: string, setting: Setting]>();
  for (const { file, settings } of variants) {
    for (const setting of settings) once.set(JSON.stringify([file, setting]), [file, setting]);
  }
  return [...once.values()].flatMap(([file, setting]) => shelf.plan(file, [setting], new Sink()) ?? []);
};

/** The departments that have several people: their names are nobody’s. */
const departmentsOfMany = ({ columns }: Table): readonly string[] => {
  const ids = columns.get('person_id') ?? [];
  const members = new Map<string, Set<unknown>>();
  for (const [row, department] of (columns.get('department') ?? []).entries()) {
    if (typeof department !== 'string') continue;
    const set = members.get(department) ?? new Set();
    members.set(department, set.add(ids[row]));
  }
  return [...members].flatMap(([department, set]) => (set.size > 1 ? [department] : []));
};

const textProblems = (
  { texts, paths }: ShelfData,
  variants: readonly VariantSpec[],
  folder: string,
  names: NamesTold,
): readonly string[] => {
  const problems: string[] = [];
  const search = (text: string, problem: (words: string, of: string) => string): void => {
    const told = names.in(text);
    if (told !== undefined) problems.push(problem(told.words, told.of));
  };
  const shown = (file: string): string => path.relative(folder, file);
  for (const [file, text] of texts) {
    for (const [index, line] of text.split('\n').entries()) {
      search(
        unescaped(line),
        (words, of) =>
          `${shown(file)}:${index + 1} says “${words}”, by which ${of} can be told, and the page holds the plan: say it without the name`,
      );
    }
  }
  const named = [
    ...texts.map(([file]) => shown(file)),
    ...paths.map(([, written]) => written),
    ...variants.map(({ name }) => name),
  ];
  for (const name of new Set(named)) {
    search(name, (words, of) => `${name} is called “${words}”, by which ${of} can be told: call it otherwise`);
  }
  for (const [name, text] of new Set(
    variants.flatMap(({ settings }) => settings.map((one) => [one.name, one.text] as const)),
  )) {
    search(text, (words, of) => `--vary ${name}: “${words}” tells ${of}`);
  }
  return problems;
};

/** A line of YAML with what its escapes stand for: `\u0041` is an A. */
const unescaped = (line: string): string =>
  line.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))/gi, (_, ...codes: (string | undefined)[]) => {
    const code = Number.parseInt(codes.slice(0, 3).find((one) => one !== undefined) ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  });
