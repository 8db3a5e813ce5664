import { markdownText } from '../markdown/markdown-text.ts';
import { toldAmount } from './explain-text.ts';
import type { Told } from './told.ts';

/** Derivations as Markdown: a heading for each payout, nested lists below it. */
export const explainMarkdown = (derivations: readonly Told[], digits: number): string =>
  `${derivations.map((each) => section(each, digits, 2)).join('\n\n')}\n`;

const section = (piece: Told, digits: number, level: number): string => {
  const amount = toldAmount(piece, digits);
  const head = `${'#'.repeat(level)} ${markdownText(piece.text)}${amount === '' ? '' : `: ${amount}`}`;
  const at = piece.at === '' ? [] : ['', `\`${piece.at}\``];
  const payouts = piece.below.filter(({ kind }) => kind === 'payout');
  const others = piece.below.filter(({ kind }) => kind !== 'payout');
  const list = others.flatMap((each) => item(each, digits, 0));
  return [
    [head, ...at].join('\n'),
    ...(list.length === 0 ? [] : [list.join('\n')]),
    ...payouts.map((each) => section(each, digits, level + 1)),
  ].join('\n\n');
};

const item = (piece: Told, digits: number, depth: number): readonly string[] => {
  const amount = toldAmount(piece, digits);
  const worth = amount === '' ? '' : ` **${amount}**`;
  const at = piece.at === '' ? '' : ` \`${piece.at}\``;
  const text = piece.kind === 'reason' ? `*${markdownText(piece.text)}*` : markdownText(piece.text);
  return [
    `${'  '.repeat(depth)}- ${text}${worth}${at}`,
    ...piece.below.flatMap((each) => item(each, digits, depth + 1)),
  ];
};
