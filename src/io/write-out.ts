import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { makeFolder } from './make-folder.ts';
import { OutputError, systemCode, writing } from './output-error.ts';
import { type Pieces, syncFiles, syncFolder, type Unsynced, writeUnsynced } from './write-file.ts';
import {
  type Change,
  closeJournal,
  hasJournal,
  putIntoPlace,
  readJournal,
  removeStaged,
  staging,
  takeBack,
  writeJournal,
} from './write-journal.ts';
import { isAlive, locked } from './write-lock.ts';

/** A file to be written. */
export interface OutFile {
  readonly name: string;
  readonly chunks: Pieces;
}

/** A folder to be written, which takes the place of one with its name. */
export interface OutFolder {
  readonly name: string;
  readonly files: readonly OutFile[];
}

/** A file beside the folders; without chunks one of that name is removed. */
export interface LooseFile {
  readonly name: string;
  readonly chunks: Pieces | undefined;
}

/** Staged folders: `.align-pay-HOST-PID-TIME`. */
const STAGED = /^\.align-pay-(.*)-(\d+)-\d+$/;

const host = (): string => hostname().replace(/[^A-Za-z0-9]/g, '');

/** Staged folders that this process is at work on. */
const atWork = new Set<string>();

const stagedFolders = (outDir: string): readonly string[] => {
  try {
    return readdirSync(outDir).filter((name) => STAGED.test(name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
};

/**
 * Staged folders that nobody is at work on. One with a journal is such a one even if a process has its number: journals
 * are written and closed under the lock, so that whoever holds the lock finds only those of the dead.
 */
const leftovers = (outDir: string): readonly string[] =>
  stagedFolders(outDir)
    .filter((name) => {
      const staged = path.join(outDir, name);
      if (atWork.has(staged)) return false;
      if (hasJournal(staged)) return true;
      const [, owner, pid] = STAGED.exec(name) ?? [];
      return owner === host() ? Number(pid) === process.pid || !isAlive(Number(pid)) : isOld(staged);
    })
    .sort()
    .map((name) => path.join(outDir, name));

const HOUR_MS = 3_600_000;

/** Of another machine's processes nobody here knows whether they live. */
const isOld = (file: string): boolean => {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > HOUR_MS;
};

const settle = (outDir: string): void => {
  for (const staged of leftovers(outDir)) {
    const changes = readJournal(staged);
    if (changes !== undefined) putIntoPlace(outDir, staged, changes);
    closeJournal(staged);
    discard(staged);
  }
};

/**
 * Puts right what a killed run has left in the folder of the reports: what was complete is put into place, what was not
 * is removed. To be called before anything there is read or written.
 */
export const recover = (outDir: string): void => {
  writing(outDir, () => {
    if (leftovers(outDir).length > 0) locked(outDir, () => settle(outDir));
  });
};

/** What stands at a name must be of the kind that is to take its place: nobody's file is swept away by a folder. */
const mustBeReplaceable = (file: string, folder: boolean): void => {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || stat.isDirectory() === folder) return;
  throw new OutputError(
    file,
    folder ? 'a file stands where a folder is needed' : 'a folder stands where a file is needed',
  );
};

const swap = (outDir: string, staged: string, changes: readonly Change[]): void => {
  writeJournal(staged, changes);
  try {
    putIntoPlace(outDir, staged, changes);
    closeJournal(staged);
  } catch (error) {
    takeBack(outDir, staged, changes);
    throw error;
  }
};

/** Files that are written beside those that stand there, and take their place all at once or not at all. */
export interface StagedReports {
  /** Makes a folder that takes the place of the one with its name. */
  folder(name: string): void;
  /** Writes a file of a folder that was made. */
  file(folder: string, file: OutFile): void;
  /** Writes a file beside the folders; without chunks one of that name is removed. */
  loose(file: LooseFile): void;
  /** Waits until all that was written is on the disk, then puts everything into place. */
  finish(): Promise<void>;
  /** Removes what is staged; what was put into place stays. To be called in any case. */
  end(): void;
}

let runs = 0;

/**
 * Begins to write reports: everything is staged complete and synced beside what stands there; `finish` says so in a journal and
 * lets each folder and file change places with the old one. What is thrown (an OutputError where the system refuses) leaves
 * the folder as it was; a kill leaves what `recover` puts right.
 */
export const stageReports = (outDir: string): StagedReports => {
  const made = writing(outDir, () => {
    mustBeReplaceable(outDir, true);
    return makeFolder(outDir);
  });
  recover(outDir);
  const staged = path.join(outDir, `.align-pay-${host()}-${process.pid}-${runs++}`);
  const { coming, gone } = staging(staged);
  const changes: Change[] = [];
  const folders: string[] = [];
  const unsynced: Unsynced[] = [];
  const put = (folder: string, shownFolder: string, { name, chunks }: OutFile): void => {
    const [file, shown] = [path.join(folder, name), path.join(shownFolder, name)];
    writing(shown, () => writeUnsynced(file, chunks));
    unsynced.push({ file, shown });
  };
  const end = (): void => {
    discard(staged);
    atWork.delete(staged);
  };
  atWork.add(staged);
  try {
    writing(outDir, () => {
      mkdirSync(staged);
      mkdirSync(coming);
      mkdirSync(gone);
    });
  } catch (error) {
    end();
    throw error;
  }
  return {
    folder(name) {
      const target = path.join(outDir, name);
      writing(target, () => {
        mustBeReplaceable(target, true);
        mkdirSync(path.join(coming, name));
      });
      folders.push(name);
      changes.push({ name, action: 'replace' });
    },
    file(folder, file) {
      put(path.join(coming, folder), path.join(outDir, folder), file);
    },
    loose({ name, chunks }) {
      const target = path.join(outDir, name);
      writing(target, () => mustBeReplaceable(target, false));
      if (chunks !== undefined) put(coming, outDir, { name, chunks });
      if (chunks !== undefined || existsSync(target))
        changes.push({ name, action: chunks === undefined ? 'remove' : 'replace' });
    },
    async finish() {
      await syncFiles(unsynced);
      for (const name of folders) writing(path.join(outDir, name), () => syncFolder(path.join(coming, name)));
      writing(outDir, () => {
        syncFolder(coming);
        locked(outDir, () => swap(outDir, staged, changes));
        if (made !== undefined) syncFolder(path.dirname(made));
      });
    },
    end,
  };
};

/** Writes reports whose contents are at hand, all of them or none. */
export const writeReports = async (
  outDir: string,
  folders: readonly OutFolder[],
  loose: readonly LooseFile[] = [],
): Promise<void> => {
  const staged = stageReports(outDir);
  try {
    for (const { name, files } of folders) {
      staged.folder(name);
      for (const file of files) staged.file(name, file);
    }
    for (const file of loose) staged.loose(file);
    await staged.finish();
  } finally {
    staged.end();
  }
};

/** Removes what was staged; where even that is refused, the next run does it. */
const discard = (staged: string): void => {
  try {
    removeStaged(staged);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
};
