/** Text of a reader's own in a page of Markdown: what would be taken for markup is shown as it is, on one line. */
export const markdownText = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>|#~]/g, '\\$&')
    .replace(/^([-+=]|\d+[.)])/, '\\$1')
    .replace(/&(?=[a-zA-Z#])/g, '\\&');
