import { markdownText } from '../markdown/markdown-text.ts';
import { cellWords } from './cell-words.ts';
import type { Block, Cell, Document, Row, Table } from './document.ts';

/** A report as Markdown, for a mail, a chat or a page of a wiki. */
export const documentMarkdown = (document: Document): string => {
  const { title, eyebrow, meta, blocks, foot } = document;
  const head = [`# ${markdownText(title)}`, markdownText(eyebrow), ...meta.map(markdownText)];
  const body = blocks.flatMap((block) => blockOf(block, document));
  const end = foot.length === 0 ? [] : ['---', ...foot.map((line) => `*${markdownText(line)}*`)];
  return `${[...head, ...body, ...end].filter((part) => part !== '').join('\n\n')}\n`;
};

const blockOf = (block: Block, document: Document): readonly string[] => {
  switch (block.kind) {
    case 'heading':
      return [`## ${markdownText(block.text)}`, markdownText(block.intro)];
    case 'subheading':
      return [`### ${markdownText(block.text)}`, markdownText(block.intro)];
    case 'paragraph':
      return [markdownText(block.text)];
    case 'list':
      return [block.items.map((item) => `- ${markdownText(item)}`).join('\n')];
    case 'key-figures':
      return [
        block.figures
          .map(({ label, cell, note }) => {
            const more = note === undefined ? '' : ` (${markdownText(note)})`;
            return `- ${markdownText(label)}: **${words(cell, document)}**${more}`;
          })
          .join('\n'),
      ];
    case 'chart':
      return [block.says.map((line) => `- ${markdownText(line)}`).join('\n')];
    case 'table':
      return tableOf(block, document);
  }
};

const words = (cell: Cell, { digits }: Document): string => {
  const note = cell.kind === 'text' ? cell.note : cell.kind === 'missing' ? cell.why : undefined;
  return `${markdownText(cellWords(cell, digits))}${note === undefined || note === '' ? '' : ` (${markdownText(note)})`}`;
};

const tableOf = ({ caption, columns, rows, foot }: Table, document: Document): readonly string[] => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const row = ({ cells }: Row): string => line(columns.map((_, i) => words(cells[i] ?? { kind: 'empty' }, document)));
  const rule = line(columns.map(({ kind }) => (kind === 'figure' ? '---:' : '---')));
  const bold = (made: string): string => made.replace(/\| ([^|]+?) (?=\|)/g, '| **$1** ');
  return [
    ...(caption === undefined ? [] : [markdownText(caption)]),
    [
      line(columns.map(({ label }) => markdownText(label))),
      rule,
      ...rows.map(row),
      ...(foot === undefined ? [] : [bold(row(foot))]),
    ].join('\n'),
  ];
};
