import { statSync } from 'node:fs';

const EVERY = 300;

const stampOf = (file: string): string => {
  try {
    const { mtimeMs, size } = statSync(file);
    return `${mtimeMs}/${size}`;
  } catch {
    return 'not there';
  }
};

/**
 * Runs once, then again whenever one of the files changes that the last run has read. Looks at the files rather than
 * listening to the system, which on network drives and in containers says nothing. Ends with the process.
 */
export const watch = async (run: () => readonly string[] | Promise<readonly string[]>): Promise<void> => {
  for (;;) {
    const stamps = new Map((await run()).map((file) => [file, stampOf(file)]));
    process.stderr.write(`\nwatching ${stamps.size} files; Ctrl+C ends\n`);
    while ([...stamps].every(([file, stamp]) => stampOf(file) === stamp)) {
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }
};
