import { type Num, sign } from '../../values/num.ts';
import { decimalsOf, effectHtml, percentHtml } from '../html/figures.ts';
import { type Html, html } from '../html/html.ts';
import { pageHtml } from '../html/page.ts';
import { toldHtml } from '../html/told-html.ts';
import { cellWords } from './cell-words.ts';
import { type Block, type Cell, type Document, EMPTY, type Row, type Table } from './document.ts';

/** A report as a page of its own: one file, no script, no network. */
export const documentPage = (document: Document): string =>
  pageHtml({
    title: `${document.title}: ${document.eyebrow}`,
    body: html`<main class="wide">${documentBody(document)}</main>`,
  });

/** What stands in the page. */
const documentBody = (document: Document): Html => {
  const { title, eyebrow, meta, foot } = document;
  return html`<header><p class="eyebrow">${eyebrow}</p><h1><bdi>${title}</bdi></h1>${meta.map((line) => html`<p class="meta">${line}</p>`)}</header>
${sections(document).map((section, i) => sectionHtml(section, i + 1, document))}
${foot.length === 0 ? '' : html`<footer>${foot.map((line) => html`<p>${line}</p>`)}</footer>`}`;
};

interface Section {
  readonly heading: Extract<Block, { kind: 'heading' }> | undefined;
  readonly blocks: readonly Block[];
}

const sections = ({ blocks }: Document): readonly Section[] => {
  const made: { heading: Section['heading']; blocks: Block[] }[] = [{ heading: undefined, blocks: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') made.push({ heading: block, blocks: [] });
    else made.at(-1)?.blocks.push(block);
  }
  return made.filter(({ heading, blocks: own }) => heading !== undefined || own.length > 0);
};

const sectionHtml = ({ heading, blocks }: Section, number: number, document: Document): Html => {
  const id = `section-${number}`;
  // A table without a caption of its own is called by the heading that it stands under.
  let under = heading?.text ?? document.title;
  const body = blocks.map((block) => {
    if (block.kind === 'subheading') under = block.text;
    return blockHtml(block, under, document);
  });
  if (heading === undefined) return html`${body}`;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading.text}</h2>${intro(heading.intro)}
${body}</section>`;
};

const intro = (words: string): Html => (words === '' ? html`` : html`<p>${words}</p>`);

const blockHtml = (block: Block, under: string, document: Document): Html => {
  switch (block.kind) {
    case 'heading':
      return html``;
    case 'subheading':
      return html`<h3>${block.text}</h3>${intro(block.intro)}`;
    case 'paragraph':
      return html`<p class="soft">${block.text}</p>`;
    case 'list':
      return html`<ul class="steps">${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'key-figures':
      return html`<div class="pair">${block.figures.map(({ label, cell, note }) => {
        const value = cell.kind === 'missing' ? html`missing` : cellHtml(cell, 0, document);
        const notes = [cell.kind === 'missing' ? cell.why : undefined, note].filter((line) => line !== undefined);
        return html`<div class="card"><h3>${label}</h3><p class="figure">${value}</p>${notes.map((line) => html`<p>${line}</p>`)}</div>`;
      })}</div>`;
    case 'chart':
      return html`<figure>${block.svg}</figure>`;
    case 'table':
      return tableHtml(block, under, document);
  }
};

const cellHtml = (cell: Cell, decimals: number, { digits }: Document): Html => {
  switch (cell.kind) {
    case 'money':
      return cell.signed === true && sign(cell.minor) !== 0
        ? effectHtml(cell.minor, digits)
        : html`${cellWords(cell, digits)}`;
    case 'percent':
      return decimals === 0 || cell.decimals !== undefined
        ? html`${cellWords(cell, digits)}`
        : percentHtml(cell.value, decimals);
    case 'missing':
      return html`<span class="soft">missing</span><small>${cell.why}</small>`;
    case 'text':
      return html`<bdi>${cell.text}</bdi>${cell.note === undefined ? '' : html`<small><bdi>${cell.note}</bdi></small>`}`;
    default:
      return html`${cellWords(cell, digits)}`;
  }
};

/** Words that may be cut where there is no room for them: no plan's own, but a name. */
const LONG_WORD = /\S{15}/u;

/** A percentage with as many decimals as it has: those of a column stand in line by their points. */
const plainPercent = (cell: Cell | undefined): Num | undefined =>
  cell?.kind === 'percent' && cell.decimals === undefined ? cell.value : undefined;

/** Beyond so many columns a table is set smaller where there is little room. */
const MANY = 6;

const tableHtml = (table: Table, under: string, document: Document): Html => {
  const { columns, rows, foot, caption, name } = table;
  const decimals = columns.map((_, i) => decimalsOf(rows.map(({ cells }) => plainPercent(cells[i]))));
  // On a narrow screen a row is a card: the last figure stands beside its name, the others below with their labels.
  const last = columns.findLastIndex(({ kind }) => kind === 'figure');
  const row = ({ cells, told }: Row): Html => {
    const made = columns.map(({ label, kind }, i) => {
      const cell = cells[i] ?? EMPTY;
      const value = cellHtml(cell, decimals[i] ?? 0, document);
      if (i === 0) {
        const pieces = told?.() ?? [];
        const why =
          pieces.length === 0
            ? ''
            : html`<details><summary>Why</summary>${toldHtml(pieces, document.digits)}</details>`;
        return html`<th role="rowheader" scope="row">${value}${why}</th>`;
      }
      const classes = [
        ...(kind === 'figure' ? ['num'] : ['read']),
        ...(i === last ? ['pay'] : []),
        ...(cell.kind === 'empty' || (cell.kind === 'text' && cell.text === '') ? ['none'] : []),
      ];
      return i === last
        ? html`<td role="cell" class="${classes.join(' ')}">${value}</td>`
        : html`<td role="cell" class="${classes.join(' ')}" data-label="${label}"><span class="v">${value}</span></td>`;
    });
    return html`<tr role="row">${made}</tr>
`;
  };
  return html`<table class="lines${columns.length > MANY ? ' many' : ''}" role="table" data-name="${name}">${caption === undefined ? html`<caption class="unseen">${under}</caption>` : html`<caption>${caption}</caption>`}<thead role="rowgroup"><tr role="row">${columns.map(
    ({ label, kind }) =>
      html`<th role="columnheader" scope="col" class="${kind === 'figure' ? 'num' : 'read'}${LONG_WORD.test(label) ? ' long' : ''}">${label}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map(row)}</tbody>${foot === undefined ? '' : html`<tfoot role="rowgroup">${row(foot)}</tfoot>`}</table>`;
};
