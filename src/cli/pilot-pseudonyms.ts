import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { writing } from '../io/output-error.ts';
import { underPseudonyms } from '../pilot/pseudonyms.ts';
import type { Plan } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import { UsageError } from './usage-error.ts';

const KEY_BYTES = 32;
/** Letters and digits that are not mistaken for each other. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 6;

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

/** `P-7KQ2XM` for an id: the same for the same key, and no way back without it. */
const pseudonyms = (key: Buffer): ((id: string) => string) => {
  const taken = new Map<string, string>();
  return (id) => {
    for (let round = 0; ; round++) {
      const digest = createHmac('sha256', key).update(`${round}/${id}`).digest();
      const letters = Array.from({ length: LETTERS }, (_, i) => ALPHABET[(digest[i] ?? 0) % ALPHABET.length]).join('');
      const made = `P-${letters}`;
      const other = taken.get(made);
      if (other !== undefined && other !== id) continue;
      taken.set(made, id);
      return made;
    }
  };
};

/** The tables under pseudonyms; refuses where somebody's id or name would still be shown by the data or by a plan. */
export const underPseudonymsOf = (
  keyFile: string,
  tables: Tables,
  plans: readonly Plan[],
  texts: readonly (readonly [file: string, text: string])[],
): Tables => {
  const people = tables.get('people');
  if (people === undefined) throw new UsageError('--pseudonyms: there is no people table, so nobody has an id to hide');
  const made = underPseudonyms(tables, pseudonyms(keyIn(keyFile)));
  const shown = made.telling.filter((column) => isRead(column, plans));
  if (shown.length > 0) {
    throw new UsageError(
      `--pseudonyms: ${shown.join(', ')} hold people's ids or names, and the plan reads them: they would be shown`,
    );
  }
  const names = ['person_id', 'name'].flatMap(
    (column) => (people.columns.get(column) ?? []) as readonly (string | undefined)[],
  );
  for (const [file, text] of texts) {
    for (const [index, line] of text.split('\n').entries()) {
      const told = names.find((name) => name !== undefined && holdsWord(line, name));
      if (told !== undefined)
        throw new UsageError(`--pseudonyms: ${file}:${index + 1} names ${told}, and the page holds the plan`);
    }
  }
  return made.tables;
};

const isRead = (column: string, plans: readonly Plan[]): boolean => {
  const [, name = ''] = column.split('.');
  return plans.some(({ sources }) => sources.some(({ text }) => holdsWord(text, name)));
};

/** Whether a text holds a name as words of its own. */
const holdsWord = (text: string, name: string): boolean => {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before = '', after = ''] = [text.charAt(at - 1), text.charAt(at + name.length)];
    if (!/[\p{L}\p{N}_]/u.test(before) && !/[\p{L}\p{N}_]/u.test(after)) return true;
  }
  return false;
};
