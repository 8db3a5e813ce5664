import { tokensOf } from '../expression/lexer.ts';

/** The names and keywords in an expression's text; none where it cannot be read. */
export const wordsOf = (text: string): readonly string[] => {
  const tokens = tokensOf(text);
  return Array.isArray(tokens) ? tokens.filter(({ kind }) => kind === 'word').map((token) => token.text) : [];
};
