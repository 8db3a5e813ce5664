import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { systemCode } from './output-error.ts';
import { syncFolder, writeSynced } from './write-file.ts';

/** What is to have which name in the end. */
export interface Change {
  /** A folder or file of the reports' folder. */
  readonly name: string;
  /** Whether it is replaced or removed. */
  readonly action: 'replace' | 'remove';
}

const JOURNAL = 'journal';

/** Where a staged folder keeps what is to come and what was. */
export const staging = (staged: string) => ({
  coming: path.join(staged, 'new'),
  gone: path.join(staged, 'old'),
  journal: path.join(staged, JOURNAL),
});

/** Says, in one rename, that all that is staged is complete: from here on it is put into place, whatever happens. */
export const writeJournal = (staged: string, changes: readonly Change[]): void => {
  const { journal } = staging(staged);
  const draft = `${journal}.draft`;
  writeSynced(draft, [JSON.stringify(changes)]);
  renameSync(draft, journal);
  syncFolder(staged);
};

const isChange = (value: unknown): value is Change => {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('action' in value)) return false;
  const { name, action } = value;
  const plain =
    typeof name === 'string' && name !== '' && path.basename(name) === name && name !== '..' && name !== '.';
  return plain && (action === 'replace' || action === 'remove');
};

/** Whether a staged folder is complete, and its changes not known to be made. */
export const hasJournal = (staged: string): boolean => existsSync(staging(staged).journal);

/** The changes of a staged folder; undefined where its staging was never completed. */
export const readJournal = (staged: string): readonly Change[] | undefined => {
  let text: string;
  try {
    text = readFileSync(staging(staged).journal, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const changes: unknown = JSON.parse(text);
    return Array.isArray(changes) && changes.every(isChange) ? changes : undefined;
  } catch {
    return undefined;
  }
};

/** Renames where there is something to rename. */
const move = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || existsSync(from)) throw error;
  }
};

/**
 * Puts staged files into place; can be begun again wherever it was broken off. What was there is moved aside and what
 * comes takes its name right behind, so that a name is missing for no longer than between two renames.
 */
export const putIntoPlace = (outDir: string, staged: string, changes: readonly Change[]): void => {
  const { coming, gone } = staging(staged);
  for (const { name, action } of changes) {
    const target = path.join(outDir, name);
    const next = path.join(coming, name);
    if (action === 'replace' && !existsSync(next)) continue;
    move(target, path.join(gone, name));
    if (action === 'replace') renameSync(next, target);
  }
  syncFolder(outDir);
};

/** Takes back what `putIntoPlace` has done so far. */
export const takeBack = (outDir: string, staged: string, changes: readonly Change[]): void => {
  const { coming, gone } = staging(staged);
  for (const { name, action } of changes) {
    const target = path.join(outDir, name);
    const next = path.join(coming, name);
    if (action === 'replace' && !existsSync(next)) move(target, next);
    move(path.join(gone, name), target);
  }
};

/** The changes are made: whoever finds the staged folder now has nothing left to put into place. */
export const closeJournal = (staged: string): void => {
  rmSync(staging(staged).journal, { force: true });
};

/** Removes a staged folder: its journal first, so that what is left of it is never taken for complete. */
export const removeStaged = (staged: string): void => {
  closeJournal(staged);
  rmSync(staged, { recursive: true, force: true });
};
