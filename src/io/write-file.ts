import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemCode } from './output-error.ts';

/** A file's contents, in pieces. */
export type Pieces = Iterable<string | Uint8Array>;

/** Writes a new file and waits until it is on the disk. */
export const writeSynced = (file: string, pieces: Pieces): void => writeNew(file, pieces, true);

/** Writes a new file that `syncFile` waits for later. */
export const writeUnsynced = (file: string, pieces: Pieces): void => writeNew(file, pieces, false);

/** Waits until a file that was written is on the disk. */
export const syncFile = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeNew = (file: string, pieces: Pieces, sync: boolean): void => {
  const fd = openSync(file, 'wx');
  try {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      let at = 0;
      while (at < bytes.length) at += writeSync(fd, bytes, at);
    }
    if (sync) fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

/** File systems and systems that know no syncing of folders say so with these. */
const NOT_FOR_FOLDERS = new Set(['EISDIR', 'EINVAL', 'EPERM', 'ENOTSUP', 'EBADF']);

/** Waits until the names in a folder are on the disk. */
export const syncFolder = (folder: string): void => {
  try {
    const fd = openSync(folder, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!NOT_FOR_FOLDERS.has(systemCode(error) ?? '')) throw error;
  }
};
