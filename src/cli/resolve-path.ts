import path from 'node:path';

/** A path that stands in a file, as one that can be read from here. */
export const resolvePath = (from: string, written: string): string =>
  path.isAbsolute(written) ? written : path.join(path.dirname(from), written);
