import { parseHTML } from 'linkedom';
import type { Document } from '../../src/report/document/document.ts';
import { documentPage } from '../../src/report/document/document-page.ts';

export type Page = ReturnType<typeof parseHTML>['document'];

/** A report as the page that people read. */
export const pageOf = (document: Document): Page => parseHTML(documentPage(document)).document;

/** The cells of a table on a page, a row each, the sum below it too. */
export const rowsOf = (page: Page, name: string): string[][] =>
  [...page.querySelectorAll(`table[data-name="${name}"] :is(tbody, tfoot) tr`)].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').trim()),
  );
