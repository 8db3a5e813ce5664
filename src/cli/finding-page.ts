import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODES, type FindingCode } from '../findings/codes.ts';

/** The folder of the pages: in the package, which is the nearest folder above that has them. */
const pagesFolder = (): string | undefined => {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const pages = path.join(folder, 'docs', 'findings');
    if (existsSync(pages)) return pages;
    const above = path.dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
};

/** What docs/findings says about a code, as Markdown. */
export const findingPage = (code: FindingCode): string => {
  const folder = pagesFolder();
  const file = folder === undefined ? undefined : path.join(folder, `${code}.md`);
  if (file !== undefined && existsSync(file)) return readFileSync(file, 'utf8');
  return `# ${code}\n\n${CODES[code].title}\n`;
};
