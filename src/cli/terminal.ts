import { Chalk, supportsColor, supportsColorStderr } from 'chalk';
import { PLAIN, type Style } from '../report/terminal/style.ts';

const WIDEST = 120;
/** What is no terminal has so many columns. */
const FILE_WIDTH = 80;

/** Colours for a stream: as FORCE_COLOR says, else none where NO_COLOR is set, else what the terminal can show. */
export const styleFor = (stream: 'stdout' | 'stderr'): Style => {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const support = stream === 'stdout' ? supportsColor : supportsColorStderr;
  if (support === false || support.level === 0) return PLAIN;
  if (NO_COLOR !== undefined && NO_COLOR !== '' && FORCE_COLOR === undefined) return PLAIN;
  const chalk = new Chalk({ level: support.level });
  // chalk writes every argument that it is handed, and `map` hands it three.
  const marks = (name: keyof Style) => (text: string) => chalk[name](text);
  return {
    bold: marks('bold'),
    dim: marks('dim'),
    red: marks('red'),
    yellow: marks('yellow'),
    cyan: marks('cyan'),
    green: marks('green'),
  };
};

/** How many columns a stream has: the terminal's, within reason; 80 where it is none. */
export const widthOf = (stream: NodeJS.WriteStream): number =>
  stream.isTTY ? Math.min(WIDEST, Math.max(40, stream.columns || FILE_WIDTH)) : FILE_WIDTH;

/** How a text is laid out that goes to standard output, or to a file: a file has no colours, whatever the terminal can show. */
export const layoutFor = (out: string | undefined): { readonly style: Style; readonly width: number } =>
  out === undefined
    ? { style: styleFor('stdout'), width: widthOf(process.stdout) }
    : { style: PLAIN, width: FILE_WIDTH };
