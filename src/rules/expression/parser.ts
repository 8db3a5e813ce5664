import { type SyntaxProblem, type Token, tokensOf } from './lexer.ts';
import type { Name, Syntax } from './syntax.ts';
import type { AggregateFunction, BinaryOperator } from './typed.ts';

/** Words that cannot be names. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'present',
  'missing',
  'where',
  'for',
  'true',
  'false',
  'days',
  'day',
]);

/** Limits that no honest expression reaches. */
const MAX_TOKENS = 4000;
const MAX_DEPTH = 100;

const BINDING: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['==', 4],
  ['!=', 4],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['in', 4],
  ['is', 4],
  ['not', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
]);
const COMPARISON = 4;
const NOT = 3;
const NEGATION = 7;

const AGGREGATES: ReadonlySet<string> = new Set(['sum', 'count', 'avg', 'count_distinct']);
/** `min` and `max` are aggregates over a credit, functions over values. */
const EITHER: ReadonlySet<string> = new Set(['min', 'max']);

class Failure extends Error {
  readonly problem: SyntaxProblem;
  constructor(problem: SyntaxProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Reads an expression (a Pratt parser); `isCredit` tells `min(won.amount)` from `min(1, 2)`. */
export const parse = (text: string, isCredit: (name: string) => boolean): Syntax | SyntaxProblem => {
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) return tokens;
  if (tokens.length === 1) return { message: 'an expression is empty', start: 0, end: text.length };
  if (tokens.length > MAX_TOKENS) {
    return { message: `an expression has more than ${MAX_TOKENS} words and signs`, start: 0, end: text.length };
  }
  try {
    return new Parser(tokens, isCredit).whole();
  } catch (failure) {
    if (failure instanceof Failure) return failure.problem;
    throw failure;
  }
};

class Parser {
  readonly #tokens: readonly Token[];
  readonly #isCredit: (name: string) => boolean;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], isCredit: (name: string) => boolean) {
    this.#tokens = tokens;
    this.#isCredit = isCredit;
  }

  whole(): Syntax {
    const syntax = this.#expression(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') {
      const equals = rest.text === '=' ? ' (write == to compare)' : '';
      throw this.#fail(`"${rest.text}" comes where the expression should have ended${equals}`, rest);
    }
    return syntax;
  }

  #peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #is(text: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return (token.kind === 'symbol' || token.kind === 'word') && token.text === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string, what: string): Token {
    const token = this.#peek();
    if (!this.#is(text)) throw this.#fail(`expected ${what}, got ${shown(token)}`, token);
    return this.#next();
  }

  #fail(message: string, { start, end }: { start: number; end: number }, hint?: string): Failure {
    return new Failure({ message, start, end, ...(hint === undefined ? {} : { hint }) });
  }

  #expression(least: number): Syntax {
    if (++this.#depth > MAX_DEPTH)
      throw this.#fail(`an expression is nested more than ${MAX_DEPTH} deep`, this.#peek());
    let left = this.#prefix();
    for (;;) {
      const token = this.#peek();
      const binding = token.kind === 'symbol' || token.kind === 'word' ? BINDING.get(token.text) : undefined;
      if (binding === undefined || binding < least) break;
      const infix = this.#infix(left, token, binding);
      if (infix === undefined) break;
      left = infix;
      if (binding === COMPARISON) {
        const again = this.#peek();
        const chained = (again.kind === 'symbol' || again.kind === 'word') && BINDING.get(again.text) === COMPARISON;
        if (chained) {
          throw this.#fail('comparisons cannot be chained', again, 'write a <= b and b <= c');
        }
      }
    }
    this.#depth--;
    return left;
  }

  #infix(left: Syntax, token: Token, binding: number): Syntax | undefined {
    const { start } = left;
    if (token.text === 'not' && !this.#is('in', 1)) return undefined;
    this.#next();
    if (token.text === 'is') {
      const negated = this.#take('not');
      const word = this.#next();
      if (word.text !== 'present' && word.text !== 'missing') {
        throw this.#fail(`expected "present" or "missing" after "is", got ${shown(word)}`, word);
      }
      return { kind: 'presence', operand: left, present: (word.text === 'present') !== negated, start, end: word.end };
    }
    if (token.text === 'not') {
      this.#next();
      const within = this.#list(left);
      return { kind: 'unary', op: 'not', operand: within, start, end: within.end };
    }
    if (token.text === 'in') return this.#list(left);
    const right = this.#expression(binding + 1);
    return { kind: 'binary', op: token.text as BinaryOperator, left, right, start, end: right.end };
  }

  #list(operand: Syntax): Syntax {
    this.#expect('[', 'a list such as ["new", "renewal"] after "in"');
    const items: Syntax[] = [];
    do items.push(this.#expression(0));
    while (this.#take(','));
    const close = this.#expect(']', '"]"');
    return { kind: 'in', operand, items, start: operand.start, end: close.end };
  }

  #prefix(): Syntax {
    const token = this.#next();
    const { start, end } = token;
    switch (token.kind) {
      case 'number':
        return this.#number(token);
      case 'percent':
        return { kind: 'number', text: token.text, unit: 'percent', start, end };
      case 'date':
        return { kind: 'date', text: token.text, start, end };
      case 'text':
        return { kind: 'text', value: token.text, start, end };
      case 'word':
        return this.#word(token);
      case 'symbol':
        if (token.text === '-') {
          const operand = this.#expression(NEGATION);
          return { kind: 'unary', op: '-', operand, start, end: operand.end };
        }
        if (token.text === '(') {
          const inner = this.#expression(0);
          const close = this.#expect(')', '")"');
          return { ...inner, start, end: close.end };
        }
        throw this.#fail(`expected a value, got "${token.text}"`, token);
      default:
        throw this.#fail('the expression ends where a value should stand', token);
    }
  }

  #number(token: Token): Syntax {
    const after = this.#peek();
    if (after.kind === 'word' && (after.text === 'days' || after.text === 'day')) {
      this.#next();
      return { kind: 'number', text: token.text, unit: 'days', start: token.start, end: after.end };
    }
    if (after.kind === 'word' && /^[A-Z]{3}$/.test(after.text)) {
      this.#next();
      return { kind: 'money', text: token.text, currency: after.text, start: token.start, end: after.end };
    }
    return { kind: 'number', text: token.text, unit: 'none', start: token.start, end: token.end };
  }

  #word(token: Token): Syntax {
    const { text, start, end } = token;
    if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true', start, end };
    if (text === 'not') {
      const operand = this.#expression(NOT);
      return { kind: 'unary', op: 'not', operand, start, end: operand.end };
    }
    if (KEYWORDS.has(text)) throw this.#fail(`expected a value, got "${text}"`, token);
    const names: Name[] = [token];
    while (this.#is('.')) {
      this.#next();
      names.push(this.#name());
    }
    if (!this.#is('(')) {
      return { kind: 'path', names, start, end: (names[names.length - 1] as Name).end };
    }
    const name = names.pop() as Name;
    const scope = names.pop();
    if (names.length > 0) throw this.#fail(`"${name.text}" takes one scope before it, as in sales.quota(...)`, token);
    return this.#call(scope, name);
  }

  #name(): Name {
    const token = this.#next();
    if (token.kind !== 'word') throw this.#fail(`expected a name after ".", got ${shown(token)}`, token);
    return token;
  }

  #call(scope: Name | undefined, name: Name): Syntax {
    this.#expect('(', '"("');
    const start = scope?.start ?? name.start;
    const over = this.#peek();
    if (AGGREGATES.has(name.text) || (EITHER.has(name.text) && over.kind === 'word' && this.#isCredit(over.text))) {
      return this.#aggregate(scope, name, start);
    }
    const args: Syntax[] = [];
    if (!this.#is(')')) {
      do args.push(this.#expression(0));
      while (this.#take(','));
    }
    const close = this.#expect(')', '"," or ")"');
    return { kind: 'call', scope, name, args, start, end: close.end };
  }

  #aggregate(scope: Name | undefined, name: Name, start: number): Syntax {
    const path: Name[] = [this.#aggregated(name)];
    while (this.#take('.')) path.push(this.#name());
    let where: Syntax | undefined;
    let forDeal = false;
    for (;;) {
      if (where === undefined && this.#take('where')) {
        where = this.#expression(0);
      } else if (!forDeal && this.#take('for')) {
        this.#expect('deal', '"deal" after "for"');
        forDeal = true;
      } else break;
    }
    const close = this.#expect(')', '"where", "for deal" or ")"');
    const fn = name.text as AggregateFunction;
    return { kind: 'aggregate', scope, fn, path, where, forDeal, start, end: close.end };
  }

  #aggregated(name: Name): Name {
    const token = this.#next();
    if (token.kind !== 'word' || KEYWORDS.has(token.text)) {
      const example = name.text === 'count' ? 'count(won)' : `${name.text}(won.amount)`;
      throw this.#fail(`${name.text} adds up a credit, as in ${example}; got ${shown(token)}`, token);
    }
    return token;
  }
}

const shown = (token: Token): string => (token.kind === 'end' ? 'the end of the expression' : `"${token.text}"`);
