import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export interface Block {
  /** The word behind the fence: `yaml`, `csv`, `sh`, `console`. */
  readonly kind: string;
  /** What stands behind it: a file's name, `payouts`. */
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** The fenced blocks of a page, in its order. */
export const blocksOf = (page: string): readonly Block[] => {
  const lines = readFileSync(path.join(root, page), 'utf8').split('\n');
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const fence = /^```(\w+) ?(.*)$/.exec(lines[i] ?? '');
    if (fence === null) continue;
    const end = lines.indexOf('```', i + 1);
    const text = `${lines.slice(i + 1, end).join('\n')}\n`;
    blocks.push({ kind: fence[1] ?? '', name: fence[2] ?? '', text, line: i + 1 });
    i = end;
  }
  return blocks;
};
