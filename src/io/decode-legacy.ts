import iconv from 'iconv-lite';
import type { Encodings } from './decode.ts';

/** The encodings that iconv-lite knows. In a file of its own, so that only a plan that declares one loads the library. */
export const legacyEncodings: Encodings = (name) => {
  if (!iconv.encodingExists(name)) return undefined;
  const decoder = iconv.getDecoder(name);
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    end: () => decoder.end(),
  };
};
