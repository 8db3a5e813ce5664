import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { refusal, systemCode } from './output-error.ts';

/** A file's contents, in pieces. */
export type Pieces = Iterable<string | Uint8Array>;

/** Writes a new file and waits until it is on the disk. */
export const writeSynced = (file: string, pieces: Pieces): void => writeNew(file, pieces, true);

/** Writes a new file that `syncFiles` waits for later. */
export const writeUnsynced = (file: string, pieces: Pieces): void => writeNew(file, pieces, false);

/** A file that was written, and the name by which complaints call it. */
export interface Unsynced {
  readonly file: string;
  readonly shown: string;
}

/** As many as are waited for at once: on some systems few files may be open. */
const AT_ONCE = 16;

/** Waits until all of these are on the disk: several at once take it little longer than one. */
export const syncFiles = async (files: readonly Unsynced[]): Promise<void> => {
  const left = files.values();
  const worker = async (): Promise<void> => {
    for (const { file, shown } of left) {
      try {
        await syncFile(file);
      } catch (error) {
        throw refusal(shown, error);
      }
    }
  };
  // All are waited for in any case: none may be open when the caller removes them.
  const workers = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, files.length) }, worker));
  for (const result of workers) if (result.status === 'rejected') throw result.reason;
};

const syncFile = async (file: string): Promise<void> => {
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
