import { harmless } from '../terminal/display-text.ts';

/** What Markdown would read as a mark of its own is shown as it is, on one line; mentions and issue numbers alert nobody. */
export const markdownText = (text: string): string =>
  harmless(text.replace(/\s+/g, ' ').trim())
    .replace(/[\\`*[\]<>|~]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/&(?=[a-zA-Z#])/g, '&amp;')
    .replace(/^([#+-]|\d+\.)(?=\s)/, '\\$1')
    .replace(/(?<!\w)[@#](?=\w)/g, '$&\u200b');
