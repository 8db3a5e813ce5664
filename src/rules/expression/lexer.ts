/** The kinds of token; a `word` is a name or a keyword, `unit` text stands behind numbers. */
export type TokenKind = 'number' | 'percent' | 'date' | 'text' | 'word' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; for `text` what stands between the quotes, unescaped; for `percent` without its sign. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
}

const SPACE = /\s+/y;
const DATE = /\d{4}-\d{2}-\d{2}(?![\w-])/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const SYMBOL = /==|!=|<=|>=|[-+*/<>()[\],.]/y;
const TEXT = /"(?:[^"\\]|\\["\\])*"/y;

/** What people write out of habit, and what the language has for it. */
const HABITS: ReadonlyMap<string, string> = new Map([
  ['=', 'write == to compare'],
  ['&', 'write and'],
  ['|', 'write or'],
  ['!', 'write not, or != to compare'],
  ["'", 'texts stand in double quotes: "won"'],
  ['%', 'a percentage is written without a blank: 6%'],
  ['×', 'write *'],
  ['÷', 'write /'],
  ['−', 'write a plain minus: -'],
  ['“', 'texts stand in straight double quotes: "won"'],
  ['”', 'texts stand in straight double quotes: "won"'],
  ['^', 'there are no powers'],
]);

/** Cuts an expression's text into tokens, the last of them an `end`; or says where it cannot be read. */
export const tokensOf = (text: string): Token[] | SyntaxProblem => {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: TokenKind, value: string, length: number): void => {
    tokens.push({ kind, text: value, start: at, end: at + length });
    at += length;
  };
  while (at < text.length) {
    const space = match(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const date = match(DATE);
    if (date !== undefined) {
      push('date', date, date.length);
      continue;
    }
    const number = match(NUMBER);
    if (number !== undefined) {
      const after = text[at + number.length] ?? '';
      if (after === '%') {
        push('percent', number, number.length + 1);
      } else if (/[A-Za-z_.]/.test(after)) {
        const bad = /^[\w.]+/.exec(text.slice(at))?.[0] ?? number;
        return { message: `"${bad}" is not a number`, start: at, end: at + bad.length, hint: numberHint(bad) };
      } else {
        push('number', number, number.length);
      }
      continue;
    }
    const word = match(WORD);
    if (word !== undefined) {
      push('word', word, word.length);
      continue;
    }
    const quoted = match(TEXT);
    if (quoted !== undefined) {
      push('text', quoted.slice(1, -1).replace(/\\(["\\])/g, '$1'), quoted.length);
      continue;
    }
    const symbol = match(SYMBOL);
    if (symbol !== undefined) {
      push('symbol', symbol, symbol.length);
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (character === '"') return { message: 'a text has no closing quote', start: at, end: text.length };
    const hint = HABITS.get(character);
    const message = `"${character}" means nothing here`;
    return { message, start: at, end: at + character.length, ...(hint === undefined ? {} : { hint }) };
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
};

const numberHint = (bad: string): string => {
  const amount = /^(\d+(?:\.\d+)?)([A-Z]{3})$/.exec(bad);
  if (amount !== null) return `write ${amount[1]} ${amount[2]}`;
  const length = /^(\d+)(d|days?)$/.exec(bad);
  if (length !== null) return `write ${length[1]} days`;
  return 'numbers are written 12, 0.5 or 6%, without exponents and thousands marks';
};
