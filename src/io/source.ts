/** Where a table's bytes come from. */
export interface Source {
  /** The file as the reader named it. */
  readonly file: string;
  /**
   * The bytes in order, iterable anew each time. A chunk is only good until the next one is asked for, so that a file is
   * read through one buffer.
   */
  readonly chunks: Iterable<Uint8Array>;
  /** How many bytes there are, where that is known beforehand. */
  readonly size?: number | undefined;
}

/** A file whose bytes are at hand. */
export const bytesSource = (file: string, bytes: Uint8Array): Source => ({ file, chunks: [bytes], size: bytes.length });
