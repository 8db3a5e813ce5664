/**
 * How wide a text stands on a terminal, and what of it may be shown there at all. Widths follow Unicode's East Asian Width
 * (wide and fullwidth are two columns), with emoji as two and marks that combine as none.
 */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1b000, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;
const ASCII = /^[ -~]*$/;

// What a reader sees as one character: a flag, emoji joined to one, a letter with its marks. Written out, because Intl's
// segments change with the machine's Unicode data.
const GRAPHEME =
  /(?:\p{RI}\p{RI}|\p{ExtPict}(?:\p{EMod}|\uFE0F)*(?:\u200D\p{ExtPict}(?:\p{EMod}|\uFE0F)*)*|.)(?:\p{M}|\u200D|\uFE0F)*/gsu;

/** What a reader sees as one character each. */
export const graphemesOf = (text: string): readonly string[] => text.match(GRAPHEME) ?? [];

const graphemeWidth = (grapheme: string): number => {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xad ? 0 : 1;
  if (EMOJI.test(grapheme)) return 2;
  if (NO_WIDTH.test(grapheme)) return 0;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
};

/** The columns that a text without colours takes. */
export const displayWidth = (text: string): number => {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += graphemeWidth(grapheme);
  return width;
};

/** Cut to so many columns, with `…` where something is missing. */
export const cutTo = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const grapheme of graphemesOf(text)) {
    const next = graphemeWidth(grapheme);
    if (used + next > width - 1) break;
    kept += grapheme;
    used += next;
  }
  return `${kept}…`;
};

/** The same without what stands in the middle, of texts that begin alike and end differently. */
export const cutMiddle = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  const half = Math.floor((width - 1) / 2);
  let end = '';
  for (const grapheme of [...graphemesOf(text)].reverse()) {
    if (displayWidth(end) + graphemeWidth(grapheme) > half) break;
    end = grapheme + end;
  }
  return cutTo(text, width - displayWidth(end)) + end;
};

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - displayWidth(text))) + text;

const escaped = (character: string): string => {
  if (character === '\t') return '\\t';
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
};

/** Controls and marks that turn the direction of text are shown as escapes: a cell must not write to the terminal. */
export const harmless = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, escaped);

/** Broken between words into lines of at most so many columns. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
};
