import { htmlText } from '../html/html.ts';
import type { Block } from './document.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid #8884; text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
pre { background: #8882; padding: .6rem; overflow-x: auto; }
@media print { body { margin: 0; max-width: none; } }
`;

/** A page that stands alone: no script, nothing from elsewhere. */
export const documentHtml = (blocks: readonly Block[]): string => {
  const name = blocks.find((block) => block.kind === 'title');
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`;
  const shown = name?.kind === 'title' ? htmlText(name.text) : 'align-pay';
  return `<!doctype html>
<html lang="en">
<head>${head}<title>${shown}</title><style>${STYLE}</style></head>
<body>
${blocks.map(htmlOf).join('\n')}
</body>
</html>
`;
};

const htmlOf = (block: Block): string => {
  switch (block.kind) {
    case 'title':
      return `<h1>${htmlText(block.text)}</h1>`;
    case 'heading':
      return `<h2>${htmlText(block.text)}</h2>`;
    case 'text':
      return `<p>${htmlText(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${htmlText(item)}</li>`).join('\n')}\n</ul>`;
    case 'code':
      return `<pre>${block.lines.map(htmlText).join('\n')}</pre>`;
    case 'table': {
      const row = (cells: readonly string[], tag: string): string =>
        `<tr>${cells.map((cell) => `<${tag}>${htmlText(cell)}</${tag}>`).join('')}</tr>`;
      return `<table>\n<thead>${row(block.head, 'th')}</thead>\n<tbody>\n${block.rows.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`;
    }
  }
};
