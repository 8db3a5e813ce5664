import type { Style } from './style.ts';

/** A page of Markdown for the terminal: headings bold, code set in, marks left off. */
export const pageText = (markdown: string, style: Style): string => {
  const lines: string[] = [];
  let inCode = false;
  for (const line of markdown.trimEnd().split('\n')) {
    const fence = /^```(\S*)\s*(\S*)/.exec(line);
    if (fence !== null) {
      inCode = !inCode;
      // A file's name stands over what is in it.
      if (inCode && fence[2] !== undefined && fence[2] !== '') lines.push(style.dim(`  ${fence[2]}`));
      continue;
    }
    const heading = /^#+ (.*)$/.exec(line);
    if (inCode) lines.push(`    ${line}`.trimEnd());
    else if (heading !== null) lines.push(style.bold(heading[1] ?? ''));
    else lines.push(line.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replace(/\*\*([^*]+)\*\*/g, '$1'));
  }
  return `${lines.join('\n')}\n`;
};
