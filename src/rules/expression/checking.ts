import type { FindingCode } from '../../findings/codes.ts';
import type { Sink } from '../../findings/sink.ts';
import type { Context, ExpressionSource, Names } from './names.ts';
import type { Syntax } from './syntax.ts';
import type { Node, Type } from './typed.ts';

/** What the parts of the checker share: where they are, what names mean, and whom to tell. */
export interface Checking {
  readonly source: ExpressionSource;
  readonly context: Context;
  readonly names: Names;
  readonly sink: Sink;
  /** Checks a part of the expression: `check` itself, handed on so that the parts need not know the whole. */
  readonly check: (syntax: Syntax, checking: Checking) => Node | undefined;
}

interface At {
  readonly start: number;
  readonly end: number;
}

/** Adds a finding about a stretch of the expression; gives undefined, as every check does where it failed. */
export const complain = (
  checking: Checking,
  code: FindingCode,
  message: string,
  at: At,
  hint?: string,
  related?: { message: string; at: At },
): undefined => {
  const { source, sink } = checking;
  sink.add(code, message, {
    ...source.place(at.start, at.end),
    path: source.path,
    hint,
    related:
      related === undefined ? [] : [{ message: related.message, ...source.place(related.at.start, related.at.end) }],
  });
  return undefined;
};

const ARTICLE: Readonly<Record<Type, string>> = {
  money: 'money',
  number: 'a number',
  date: 'a date',
  days: 'days',
  text: 'a text',
  boolean: 'a condition',
};

/** A type in the reader's words, `a number`. */
export const typeName = (type: Type): string => ARTICLE[type];

/** Several types in the reader's words, `money or a number`. */
export const typeNames = (types: readonly Type[]): string => [...new Set(types)].map(typeName).join(' or ');
