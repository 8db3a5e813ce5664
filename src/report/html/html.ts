const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in elements and in quoted attributes; controls that HTML cannot hold are left out. */
export const htmlText = (text: string): string =>
  // Most texts need neither: one look tells.
  SPECIAL.test(text) ? text.replace(REFUSED, '').replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c) : text;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what HTML refuses
const REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same
const SPECIAL = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

/** A piece of a page: what stands in it is markup already. Only `html` and `raw` make one. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may be put into a piece: text is escaped, pieces are not, lists are joined, nothing is nothing. */
export type HtmlValue = string | number | Html | undefined | false | readonly HtmlValue[];

const markupOf = (value: HtmlValue): string => {
  if (typeof value === 'string') return value === '' ? '' : htmlText(value);
  if (value instanceof Html) return value.markup;
  if (value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  let markup = '';
  for (const each of value) markup += markupOf(each);
  return markup;
};

/** A piece of a page from a template: every value in it is escaped unless it is a piece itself. */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => {
  let markup = strings[0] as string;
  for (let i = 0; i < values.length; i++) markup += markupOf(values[i]) + strings[i + 1];
  return new Html(markup);
};

/** Markup of the project's own, taken as it is: never what a file or a user says. */
export const raw = (markup: string): Html => new Html(markup);
