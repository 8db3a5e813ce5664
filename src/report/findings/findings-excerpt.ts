import type { Place } from '../../findings/finding.ts';
import { displayWidth, harmless as withoutControls } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';

/** Lines before the one that is meant. */
const CONTEXT = 2;

/** What is looked at of a line, which may be a whole broken file. */
const LONGEST = 20_000;

const harmless = (text: string): string => withoutControls(text.replaceAll('\t', ' '));

/** A stretch of a line that fits: from where, and its text. */
const windowOf = (characters: readonly string[], column: number, width: number): { from: number; text: string } => {
  if (characters.length <= width) return { from: 0, text: characters.join('') };
  const from = column < width - 10 ? 0 : column - Math.floor(width / 2);
  const cut = characters.slice(from, from + width - 2).join('');
  return { from, text: `${from > 0 ? '…' : ''}${cut}${from + width - 2 < characters.length ? '…' : ''}` };
};

/** The lines of a text that a place is in, with their numbers and a caret under what is meant. */
export const excerpt = (text: string, place: Place, style: Style, width: number): string[] => {
  const { line } = place;
  if (line === undefined) return [];
  const lines = text.split(/\r\n|\n|\r/, line).map((whole) => whole.slice(0, LONGEST));
  const meant = lines[line - 1];
  if (meant === undefined) return [];
  const gutter = Math.max(5, String(line).length + 3);
  const room = Math.max(30, width - gutter - 3);
  const bar = (number: string): string => style.dim(`${number.padStart(gutter)} |`);
  const shown: string[] = [];
  for (let number = Math.max(1, line - CONTEXT); number < line; number++) {
    const before = Array.from(harmless(lines[number - 1] ?? '').trimEnd());
    shown.push(`${bar(String(number))} ${windowOf(before, 0, room).text}`.trimEnd());
  }
  const start = (place.column ?? 1) - 1;
  const characters = Array.from(meant.trimEnd());
  const { from, text: cut } = windowOf(characters, start, room);
  shown.push(`${bar(String(line))} ${harmless(cut)}`);
  if (place.column === undefined) return shown;
  const ahead = harmless(characters.slice(from, start).join(''));
  const end = Math.max(start + 1, Math.min((place.endColumn ?? start + 2) - 1, characters.length, from + room - 2));
  const under = harmless(characters.slice(start, end).join(''));
  const blank = ' '.repeat(displayWidth(ahead) + (from > 0 ? 1 : 0));
  shown.push(`${bar('')} ${blank}${style.red('^'.repeat(Math.max(1, displayWidth(under))))}`);
  return shown;
};
