/** A page in pieces, before it is text, Markdown or HTML. All texts are as people write them, nothing is escaped yet. */
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The first column to the left, the others, which are figures, to the right. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] };

export const title = (text: string): Block => ({ kind: 'title', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (text: string): Block => ({ kind: 'text', text });
export const list = (items: readonly string[]): Block => ({ kind: 'list', items });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  rows,
});

/** A section, where there is anything in it. */
export const section = (text: string, ...blocks: readonly (Block | undefined)[]): readonly Block[] => {
  const own = blocks.filter((block) => block !== undefined).filter(isFull);
  return own.length === 0 ? [] : [heading(text), ...own];
};

const isFull = (block: Block): boolean => {
  switch (block.kind) {
    case 'list':
      return block.items.length > 0;
    case 'table':
      return block.rows.length > 0;
    case 'code':
      return block.lines.length > 0;
    default:
      return block.text !== '';
  }
};
