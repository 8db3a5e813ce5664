import type { Sink } from '../../findings/sink.ts';
import { type Day, parseIsoDay } from '../../values/date.ts';
import { nearest } from '../../values/nearest.ts';
import { type Formula, isMapPart, isScalarPart, type Part, report } from './part.ts';
import { isEmpty, isNull, type RawList, type RawMap, type RawScalar, shown } from './raw.ts';
import type { Description, Shape } from './shape.ts';

/** Says that a value is not what its key takes. */
export const refuse = (part: Part, sink: Sink, expected: string, hint?: string): undefined => {
  // What YAML has cut is already said.
  if (isScalarPart(part) && part.value.broken) return undefined;
  const got = isEmpty(part.value) ? 'nothing stands here' : `got ${shown(part.value)}`;
  report(sink, 'invalid-value', `expected ${expected}, ${got}`, part, {
    expected,
    ...(hint === undefined ? {} : { hint }),
  });
  return undefined;
};

const scalarOf = (part: Part, sink: Sink, expected: string, hint?: string): RawScalar | undefined => {
  if (!isScalarPart(part) || part.value.broken || part.value.text.trim() === '')
    return refuse(part, sink, expected, hint);
  return part.value;
};

/** A text of at least one letter, for people. */
export const text = (expected: string, example?: string): Shape<string> => ({
  describes: { kind: 'text', ...(example === undefined ? {} : { example }) },
  read: (part, sink) => scalarOf(part, sink, expected)?.text.trim(),
});

/** A text taken to the letter, blanks and all. */
export const exactText = (expected: string, example?: string): Shape<string> => ({
  describes: { kind: 'text', ...(example === undefined ? {} : { example }) },
  read: (part, sink) => {
    if (!isScalarPart(part) || part.value.broken || part.value.text === '') return refuse(part, sink, expected);
    return part.value.text;
  },
});

/** `a, b or c` */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;

/** One of a few words. */
export const choice = <const W extends string>(words: readonly W[]): Shape<W> => ({
  describes: { kind: 'choice', of: words },
  read: (part, sink) => {
    const scalar = scalarOf(part, sink, listed(words));
    if (scalar === undefined) return undefined;
    const word = words.find((candidate) => candidate === scalar.text.trim());
    if (word !== undefined) return word;
    const near = nearest(scalar.text, words);
    return refuse(part, sink, listed(words), near === undefined ? undefined : `did you mean ${near}?`);
  },
});

/** true or false. */
export const flag: Shape<boolean> = {
  describes: { kind: 'flag' },
  read: (part, sink) => {
    const scalar = scalarOf(part, sink, 'true or false');
    if (scalar === undefined) return undefined;
    if (scalar.text === 'true' || scalar.text === 'false') return scalar.text === 'true';
    return refuse(part, sink, 'true or false');
  },
};

/** A length of time in whole days, as a literal: `60 days`. */
export const days = (least: number): Shape<number> => {
  const expected = 'a number of days such as 7 days';
  return {
    describes: { kind: 'literal', example: '7 days' },
    read: (part, sink) => {
      const scalar = scalarOf(part, sink, expected);
      if (scalar === undefined) return undefined;
      const count = /^(\d{1,6}) +days?$/.exec(scalar.text.trim())?.[1];
      if (count === undefined) return refuse(part, sink, expected, daysHint(scalar.text));
      return Number(count) < least ? refuse(part, sink, `at least ${least} days`) : Number(count);
    },
  };
};

const daysHint = (written: string): string | undefined => {
  const count = /^\s*(\d+)\s*(?:d|days?)?\s*$/.exec(written)?.[1];
  return count === undefined ? undefined : `write ${count} days`;
};

/** A day of the calendar. */
export const date: Shape<Day> = {
  describes: { kind: 'text', pattern: '^\\d{4}-\\d{2}-\\d{2}$', example: '2027-01-01' },
  read: (part, sink) => {
    const expected = 'a date such as 2027-01-01';
    const scalar = scalarOf(part, sink, expected);
    return scalar && (parseIsoDay(scalar.text.trim()) ?? refuse(part, sink, expected));
  },
};

/** An expression, to be read once all names are known; `type` says of which type, for hover texts. */
export const formula = (type: string): Shape<Formula> => ({
  describes: { kind: 'expression', type },
  read: (part, sink) => {
    const expected = `an expression (${type})`;
    if (!isScalarPart(part)) return refuse(part, sink, expected, brokenHint(part));
    if (part.value.broken) return undefined;
    if (isNull(part.value) || part.value.text.trim() === '') return refuse(part, sink, expected);
    return part;
  },
});

const brokenHint = (part: Part): string | undefined => {
  const { source, start, end } = part.value;
  const words = source.text.slice(start, end);
  return words.length < 80 && !words.includes('\n')
    ? `an expression that begins so needs quotes: '${words}'`
    : undefined;
};

/** Something whose own reader looks at it later. */
export const part = (describes: Description): Shape<Part> => ({
  describes,
  read: (given, sink) => {
    if (isScalarPart(given) && given.value.broken) return undefined;
    return isEmpty(given.value) ? refuse(given, sink, 'a value') : given;
  },
});

/** A map whose keys are names of the author's own; nothing behind the key is an empty one. */
export const names = (of: Description, expected: string): Shape<Part<RawMap>> => ({
  describes: { kind: 'map', of },
  read: (given, sink) => {
    if (isMapPart(given)) return given;
    if (!isEmpty(given.value)) return refuse(given, sink, expected);
    const { source, start, end } = given.value;
    return { ...given, value: { kind: 'map', entries: new Map(), source, start, end } };
  },
});

/** A map whose keys are a construct's own; nothing behind the key is an empty one. */
export const section = (describes: Description, expected: string): Shape<Part<RawMap>> => ({
  ...names(describes, expected),
  describes,
});

/** A list, each item a part of its own. */
export const list = (of: Description, expected: string): Shape<readonly Part[]> => ({
  describes: { kind: 'list', of },
  read: (given, sink) => {
    if (given.value.kind !== 'list') return refuse(given, sink, expected);
    return itemsOf({ ...given, value: given.value });
  },
});

/** The items of a list, counted from 1 in their paths. */
export const itemsOf = (given: Part<RawList>): readonly Part[] =>
  given.value.items.map((value, i) => ({ value, key: undefined, path: [...given.path, String(i + 1)] }));
