import { type Html, html } from '../html/html.ts';
import { pageHtml } from '../html/page.ts';
import type { Block } from './document.ts';

/** A page that stands alone: no script, nothing from elsewhere. */
export const documentHtml = (blocks: readonly Block[]): string => {
  const [title] = blocks.filter((block) => block.kind === 'title');
  const [head = [], ...sections] = inSections(blocks.filter((block) => block !== title));
  const name = title?.text ?? 'align-pay';
  return pageHtml({
    title: name,
    body: html`<main><header><h1>${name}</h1></header>
${head.map(blockHtml)}
${sections.map((own, i) => sectionHtml(own, `section-${i + 1}`))}</main>`,
  });
};

/** What stands before the first heading, then what stands under each. */
const inSections = (blocks: readonly Block[]): readonly (readonly Block[])[] => {
  const sections: Block[][] = [[]];
  for (const block of blocks) {
    if (block.kind === 'heading') sections.push([]);
    sections.at(-1)?.push(block);
  }
  return sections;
};

const sectionHtml = ([first, ...rest]: readonly Block[], id: string): Html => {
  if (first?.kind !== 'heading') return html``;
  return html`<section class="read" aria-labelledby="${id}"><h2 id="${id}">${first.text}</h2>
${rest.map(blockHtml)}</section>
`;
};

const blockHtml = (block: Block): Html => {
  switch (block.kind) {
    case 'title':
      return html`<h1>${block.text}</h1>`;
    case 'heading':
      return html`<h2>${block.text}</h2>`;
    case 'text':
      return html`<p>${block.text}</p>
`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>
`;
    case 'code':
      return html`<pre>${block.lines.join('\n')}</pre>
`;
    case 'table':
      return tableHtml(block);
  }
};

/** On a narrow screen each row stands for itself, its figures with the names of their columns. */
const tableHtml = ({ head, rows }: Extract<Block, { kind: 'table' }>): Html => {
  const last = head.length - 1;
  const cell = (text: string, i: number): Html => {
    if (i === 0) return html`<th role="rowheader" scope="row">${text}</th>`;
    const kind = i === last ? 'num pay' : text === '' ? 'num none' : 'num';
    const label = i === last ? html`` : html` data-label="${head[i] ?? ''}"`;
    return html`<td role="cell" class="${kind}"${label}>${figureHtml(text)}</td>`;
  };
  return html`<table class="lines" role="table"><thead role="rowgroup"><tr role="row">${head.map(
    (text, i) => html`<th role="columnheader" scope="col" class="${i === 0 ? '' : 'num'}">${text}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (cells) => html`<tr role="row">${cells.map(cell)}</tr>
`,
  )}</tbody></table>
`;
};

/** What is more in one colour, what is less in another; the sign says it, too. */
const figureHtml = (text: string): Html => {
  const kind = /^\+\d/.test(text) ? 'plus' : /^−\d/.test(text) ? 'minus' : undefined;
  return kind === undefined ? html`${text}` : html`<span class="${kind}">${text}</span>`;
};
