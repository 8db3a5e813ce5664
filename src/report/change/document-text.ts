import { harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { textTable } from '../terminal/text-table.ts';
import type { Block } from './document.ts';

interface Layout {
  readonly style: Style;
  readonly width: number;
}

/** A page for the terminal. */
export const documentText = (blocks: readonly Block[], layout: Layout): string => {
  const lines: string[] = [];
  blocks.forEach((block, i) => {
    // What stands under a heading stands right under it.
    if (i > 0 && blocks[i - 1]?.kind !== 'heading') lines.push('');
    lines.push(...linesOf(block, layout));
  });
  return `${lines.join('\n')}\n`;
};

const linesOf = (block: Block, { style, width }: Layout): readonly string[] => {
  switch (block.kind) {
    case 'title':
    case 'heading':
      return wrap(harmless(block.text), width).map(style.bold);
    case 'text':
      return wrap(harmless(block.text), width - 2).map((line) => `  ${line}`);
    case 'list':
      return block.items.flatMap((item) =>
        wrap(harmless(item), width - 4).map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`),
      );
    case 'code':
      return block.lines.map((line) => `    ${harmless(line)}`);
    case 'table': {
      const rows = block.rows.map((cells) => ({ cells: cells.map(harmless) }));
      const shown = textTable({ head: block.head.map((name) => [name]), rows, markHead: style.dim }, width - 2);
      return (shown ?? narrow(block)).map((line) => `  ${line}`);
    }
  }
};

/** A table that is too wide, row by row. */
const narrow = ({ head, rows }: Extract<Block, { kind: 'table' }>): readonly string[] =>
  rows.flatMap((cells) => [
    harmless(cells[0] ?? ''),
    ...cells.slice(1).flatMap((cell, i) => (cell === '' ? [] : [`  ${head[i + 1] ?? ''}: ${harmless(cell)}`])),
  ]);
