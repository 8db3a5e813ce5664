import { formatGrouped } from '../../values/money.ts';
import { isWhole, sign } from '../../values/num.ts';
import { displayWidth, harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import type { Told } from './told.ts';

export interface ExplainTextOptions {
  readonly style: Style;
  readonly width: number;
  readonly digits: number;
  /** Columns that all of it is moved in. */
  readonly indent?: number;
}

const INDENT = 2;

/** Derivations as text: indented by what they belong to, amounts on the right, rule and row behind what they explain. */
export const explainText = (derivations: readonly Told[], options: ExplainTextOptions): string =>
  `${derivations.map((each) => linesOf(each, 0, options).join('\n')).join('\n\n')}\n`;

const linesOf = (piece: Told, depth: number, options: ExplainTextOptions): string[] => [
  ...ownLines(piece, depth, options),
  ...piece.below.flatMap((each) => linesOf(each, depth + 1, options)),
];

/** An amount that something added or took has its sign, one that something comes to has none but minus. */
export const toldAmount = ({ kind, amount }: Told, digits: number): string => {
  if (amount === undefined || !isWhole(amount)) return '';
  const text = formatGrouped(amount, digits);
  return kind === 'link' && sign(amount) >= 0 ? `+${text}` : text;
};

const ownLines = (
  piece: Told,
  depth: number,
  { style, width, digits, indent: moved = 0 }: ExplainTextOptions,
): string[] => {
  const indent = ' '.repeat(moved + depth * INDENT);
  const amount = toldAmount(piece, digits);
  const room = Math.max(30, width - indent.length - (amount === '' ? 0 : amount.length + 2));
  const said = wrap(harmless(piece.kind === 'reason' ? `“${piece.text}”` : piece.text), room);
  const lines = said.map((line, i) => `${i === 0 ? indent : `${indent}  `}${marked(piece, line, style)}`);
  const widths = said.map((line, i) => indent.length + (i === 0 ? 0 : 2) + displayWidth(line));
  const last = lines.length - 1;
  const free = room + indent.length - (widths[last] ?? 0);
  if (piece.at !== '') {
    if (free >= piece.at.length + 2) {
      lines[last] += `  ${style.dim(piece.at)}`;
      widths[last] = (widths[last] ?? 0) + piece.at.length + 2;
    } else {
      lines.push(`${indent}  ${style.dim(piece.at)}`);
      widths.push(indent.length + 2 + piece.at.length);
    }
  }
  if (amount !== '') {
    const gap = Math.max(2, width - (widths[0] ?? 0) - amount.length);
    lines[0] += ' '.repeat(gap) + (piece.kind === 'payout' || piece.kind === 'line' ? style.bold(amount) : amount);
  }
  return lines;
};

const marked = ({ kind }: Told, text: string, style: Style): string => {
  if (kind === 'payout' || kind === 'line') return style.bold(text);
  if (kind === 'link') return style.cyan(text);
  return kind === 'row' || kind === 'note' || kind === 'reason' ? style.dim(text) : text;
};
