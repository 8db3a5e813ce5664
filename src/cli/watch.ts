import { statSync } from 'node:fs';

const EVERY = 300;

/** What a file looks like that was written while a run read it: like none, so that it is read again. */
const WRITTEN_MEANWHILE = 'written meanwhile';

const stampOf = (file: string, since = Number.POSITIVE_INFINITY): string => {
  try {
    const { mtimeMs, size } = statSync(file);
    return mtimeMs >= since ? WRITTEN_MEANWHILE : `${mtimeMs}/${size}`;
  } catch {
    return 'not there';
  }
};

/**
 * Runs once, then again whenever one of the files changes that the last run has read, or has changed while it ran. Looks at
 * the files rather than listening to the system, which on network drives and in containers says nothing. Ends with the process.
 */
export const watch = async (run: () => readonly string[] | Promise<readonly string[]>): Promise<void> => {
  let stamps = new Map<string, string>();
  for (;;) {
    const since = Date.now();
    const before = new Map([...stamps.keys()].map((file) => [file, stampOf(file)]));
    stamps = new Map((await run()).map((file) => [file, before.get(file) ?? stampOf(file, since)]));
    process.stderr.write(`\nwatching ${stamps.size} files; Ctrl+C ends\n`);
    while ([...stamps].every(([file, stamp]) => stampOf(file) === stamp)) {
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }
};
