import { dayOf } from './calendar.ts';
import { type Fraction, fromText } from './fraction.ts';

/** Expressions of the plan language, as read by the second implementation. */
export type Expression =
  | { readonly kind: 'number'; readonly value: Fraction }
  | { readonly kind: 'money'; readonly value: Fraction }
  | { readonly kind: 'days'; readonly value: Fraction }
  | { readonly kind: 'date'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'path'; readonly names: readonly string[] }
  | { readonly kind: 'call'; readonly names: readonly string[]; readonly args: readonly Expression[] }
  | {
      readonly kind: 'aggregate';
      readonly name: string;
      readonly of: readonly string[];
      readonly where: Expression | undefined;
      readonly forDeal: boolean;
    }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'minus'; readonly of: Expression }
  | { readonly kind: 'is'; readonly of: Expression; readonly present: boolean }
  | { readonly kind: 'in'; readonly of: Expression; readonly list: readonly Expression[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression };

export const AGGREGATES = ['sum', 'count', 'count_distinct', 'avg', 'min', 'max'];

const TOKEN =
  /\s*(?:(\d{4}-\d\d-\d\d)|(\d+(?:\.\d+)?)(%|\s+[A-Z]{3}\b|\s+days?\b)?|("[^"]*")|([A-Za-z_]\w*)|(==|!=|<=|>=|[-+*/<>()[\],.]))/y;

interface Token {
  readonly kind: 'date' | 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly unit: string;
}

const tokensOf = (text: string): Token[] => {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) {
      if (text.slice(at).trim() !== '') throw new SyntaxError(`cannot read: ${text.slice(at)}`);
      return [...found, { kind: 'end', text: '', unit: '' }];
    }
    const [, date, number, unit = '', quoted, name, sign] = match;
    if (date !== undefined) found.push({ kind: 'date', text: date, unit: '' });
    else if (number !== undefined) found.push({ kind: 'number', text: number, unit: unit.trim() });
    else if (quoted !== undefined) found.push({ kind: 'text', text: quoted.slice(1, -1), unit: '' });
    else if (name !== undefined) found.push({ kind: 'name', text: name, unit: '' });
    else found.push({ kind: 'sign', text: sign ?? '', unit: '' });
  }
};

/** Reads an expression: `or` binds least, then `and`, `not`, comparisons, + −, × ÷, a sign before. */
export const parseExpression = (text: string): Expression => {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): Token => tokens[at] ?? { kind: 'end', text: '', unit: '' };
  const takes = (word: string): boolean => {
    const { kind, text: found } = peek();
    if ((kind !== 'sign' && kind !== 'name') || found !== word) return false;
    at += 1;
    return true;
  };
  const expect = (word: string): void => {
    if (!takes(word)) throw new SyntaxError(`expected ${word} at ${peek().text} in: ${text}`);
  };
  const chain = (operators: readonly string[], below: () => Expression): Expression => {
    let left = below();
    for (;;) {
      const operator = operators.find(takes);
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: below() };
    }
  };
  const names = (): string[] => {
    const found = [peek().text];
    at += 1;
    while (takes('.')) {
      found.push(peek().text);
      at += 1;
    }
    return found;
  };
  const list = (end: string): Expression[] => {
    const found: Expression[] = [];
    while (!takes(end)) {
      found.push(either());
      takes(',');
    }
    return found;
  };
  const primary = (): Expression => {
    const token = peek();
    if (takes('(')) {
      const inside = either();
      expect(')');
      return inside;
    }
    if (takes('-')) return { kind: 'minus', of: primary() };
    if (token.kind !== 'name') at += 1;
    switch (token.kind) {
      case 'date':
        return { kind: 'date', value: dayOf(token.text) };
      case 'text':
        return { kind: 'text', value: token.text };
      case 'number': {
        if (token.unit === '%') return { kind: 'number', value: fromText(`${token.text}%`) };
        if (token.unit === '') return { kind: 'number', value: fromText(token.text) };
        return { kind: token.unit.startsWith('day') ? 'days' : 'money', value: fromText(token.text) };
      }
      case 'name': {
        if (token.text === 'true' || token.text === 'false') {
          at += 1;
          return { kind: 'boolean', value: token.text === 'true' };
        }
        const path = names();
        if (!takes('(')) return { kind: 'path', names: path };
        const name = path.at(-1) ?? '';
        // min and max are aggregates of one credit and functions of several values
        const isEither = name === 'min' || name === 'max';
        const next = tokens.slice(at).find((token, i) => i % 2 === 1 && token.text !== '.')?.text ?? '';
        const isOfCredit = peek().kind === 'name' && [')', 'where', 'for'].includes(next);
        const isAggregate = AGGREGATES.includes(name) && (!isEither || isOfCredit);
        if (!isAggregate) return { kind: 'call', names: path, args: list(')') };
        const of = names();
        const where = takes('where') ? either() : undefined;
        const forDeal = takes('for');
        if (forDeal) expect('deal');
        expect(')');
        return { kind: 'aggregate', name, of, where, forDeal };
      }
      default:
        throw new SyntaxError(`did not expect ${token.text} in: ${text}`);
    }
  };
  const product = (): Expression => chain(['*', '/'], primary);
  const total = (): Expression => chain(['+', '-'], product);
  const comparison = (): Expression => {
    const left = total();
    if (takes('is')) {
      const present = takes('present');
      if (!present) expect('missing');
      return { kind: 'is', of: left, present };
    }
    if (takes('in')) {
      expect('[');
      return { kind: 'in', of: left, list: list(']') };
    }
    const operator = ['==', '!=', '<=', '>=', '<', '>'].find(takes);
    return operator === undefined ? left : { kind: 'binary', operator, left, right: total() };
  };
  const negation = (): Expression => (takes('not') ? { kind: 'not', of: negation() } : comparison());
  const both = (): Expression => chain(['and'], negation);
  function either(): Expression {
    return chain(['or'], both);
  }
  const whole = either();
  if (peek().kind !== 'end') throw new SyntaxError(`did not expect ${peek().text} in: ${text}`);
  return whole;
};
