import { markdownText } from '../markdown/markdown-text.ts';
import { harmless } from '../terminal/display-text.ts';
import type { Block } from './document.ts';

/** A page as Markdown, for mail, chat or a comment on a pull request. */
export const documentMarkdown = (blocks: readonly Block[]): string =>
  `${blocks.map((block) => linesOf(block).join('\n')).join('\n\n')}\n`;

const linesOf = (block: Block): readonly string[] => {
  switch (block.kind) {
    case 'title':
      return [`# ${markdownText(block.text)}`];
    case 'heading':
      return [`## ${markdownText(block.text)}`];
    case 'text':
      return [markdownText(block.text)];
    case 'list':
      return block.items.map((item) => `- ${markdownText(item)}`);
    case 'code':
      return ['```', ...block.lines.map(harmless), '```'];
    case 'table': {
      const row = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
      const rule = block.head.map((_, i) => (i === 0 ? '---' : '---:'));
      return [row(block.head), `| ${rule.join(' | ')} |`, ...block.rows.map(row)];
    }
  }
};
