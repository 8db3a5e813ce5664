/** Reports could not be written; those that stood there before still do. */
export class OutputError extends Error {
  /** The file or folder that could not be written. */
  readonly file: string;
  /** In a sentence: `the disk is full`. */
  readonly reason: string;
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file} cannot be written: ${reason}`, options);
    this.file = file;
    this.reason = reason;
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota of disk space is used up'],
  ['EFBIG', 'a file would be larger than is allowed here'],
  ['EACCES', 'writing is not allowed there'],
  ['EPERM', 'writing is not allowed there'],
  ['EROFS', 'the disk is read-only'],
  ['ENOTDIR', 'a file stands where a folder is needed'],
  ['EEXIST', 'a file stands where a folder is needed'],
  ['EISDIR', 'a folder stands where a file is needed'],
  ['ENOENT', 'the folder is not there'],
  ['EIO', 'the disk gives an error'],
  ['EMFILE', 'too many files are open'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'its links lead in a circle'],
]);

/** The system's code of an error (ENOSPC), or undefined where the system has not raised it. */
export const systemCode = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
};

/** What the system refuses, as an OutputError; a bug as it is. */
export const refusal = (file: string, error: unknown): unknown => {
  const code = systemCode(error);
  return code === undefined ? error : new OutputError(file, REASONS.get(code) ?? code, { cause: error });
};

/** Runs something that writes; what the system refuses comes out as an OutputError. */
export const writing = <T>(file: string, action: () => T): T => {
  try {
    return action();
  } catch (error) {
    throw refusal(file, error);
  }
};
