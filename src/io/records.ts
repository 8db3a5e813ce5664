import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Day, parseIsoDay } from '../values/date.ts';
import { gitMaybe, topOf } from './git.ts';

/** A record file as found: its text, and since when git knows it. */
export interface RecordFile {
  readonly file: string;
  readonly text: string;
  /** The author's day of the first commit that has this very text; undefined where git has none. */
  readonly since: Day | undefined;
  /** No file has this text any more: it was taken away, or something else was written in its place. */
  readonly deleted: boolean;
}

export interface RecordFiles {
  readonly files: readonly RecordFile[];
  /** `none`: no git here; `cut`: a shallow clone, whose history begins in the middle. */
  readonly history: 'whole' | 'cut' | 'none';
}

const LARGEST = 64 * 1024;

/** Every record below a folder, and every one that git has ever seen there and that is there no more. */
export const recordsIn = (folder: string): RecordFiles => {
  let base = folder;
  while (!existsSync(base) && path.dirname(base) !== base) base = path.dirname(base);
  const top = topOf(base);
  const own = filesBelow(folder);
  if (top === undefined)
    return { files: own.map(({ file, text }) => ({ file, text, since: undefined, deleted: false })), history: 'none' };
  const shallow = gitMaybe(top, 'rev-parse', '--is-shallow-repository')?.trim() === 'true';
  const known = historyOf(top, path.resolve(folder));
  const there = new Set<string>();
  const files = own.map(({ file, text }): RecordFile => {
    const blob = gitMaybe(top, 'hash-object', '--path', path.resolve(file), path.resolve(file))?.trim() ?? '';
    there.add(blob);
    return { file, text, since: known.get(blob)?.since, deleted: false };
  });
  const gone = [...known].flatMap(([blob, { file, since }]): RecordFile[] => {
    if (there.has(blob)) return [];
    const text = gitMaybe(top, 'cat-file', 'blob', blob);
    return text === undefined ? [] : [{ file: path.relative('.', file), text, since, deleted: true }];
  });
  return { files: [...files, ...gone], history: shallow ? 'cut' : 'whole' };
};

const filesBelow = (folder: string): readonly { readonly file: string; readonly text: string }[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(file);
      if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) return [];
      // What is far too large to be one is said to be none, not passed over.
      return [{ file, text: statSync(file).size > LARGEST ? '' : readFileSync(file, 'utf8') }];
    });
};

/** For each text that a file of the folder ever had, on any branch that was merged: where, and the author's day of the first commit with it. */
const historyOf = (
  top: string,
  folder: string,
): ReadonlyMap<string, { readonly file: string; readonly since: Day }> => {
  const found = new Map<string, { file: string; since: Day }>();
  const log = gitMaybe(
    top,
    'log',
    // Also of branches of which a merge has kept nothing.
    '--full-history',
    '--root',
    '--format=%x01%as',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '-m',
    '-z',
    '--',
    folder,
  );
  for (const commit of (log ?? '').split('\u0001').slice(1)) {
    const since = parseIsoDay(commit.slice(0, 10));
    if (since === undefined) continue;
    // :000000 100644 OLD NEW A, then the path, both ended by NUL
    for (const [, blob = '', status, name = ''] of commit.matchAll(
      /:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ([AM])\0([^\0]+)\0/g,
    )) {
      if (status === undefined || !/\.ya?ml$/.test(name)) continue;
      const before = found.get(blob);
      if (before === undefined || since < before.since) found.set(blob, { file: path.join(top, name), since });
    }
  }
  return found;
};
