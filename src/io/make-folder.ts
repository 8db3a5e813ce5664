import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { systemCode } from './output-error.ts';

/**
 * Makes a folder and those above it that are not there; gives the topmost that was made. One by one, since Node, asked for
 * all at once, says of a disk that is read-only that the folder is not there.
 */
export const makeFolder = (folder: string): string | undefined => {
  const full = path.resolve(folder);
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory() === true) return undefined;
  const above = path.dirname(full);
  const made = above === full ? undefined : makeFolder(above);
  try {
    mkdirSync(full);
  } catch (error) {
    // Another run may have been faster.
    if (systemCode(error) !== 'EEXIST' || !statSync(full).isDirectory()) throw error;
  }
  return made ?? full;
};
