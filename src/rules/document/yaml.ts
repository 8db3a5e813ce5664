import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Place } from '../../findings/finding.ts';
import type { Sink } from '../../findings/sink.ts';
import { isUnfinished, lineInQuotes, meantEnd, unclosedBefore, unquotedOn } from './cut.ts';
import {
  placeBetween,
  placeOf,
  type RawEntry,
  type RawList,
  type RawMap,
  type RawScalar,
  type RawValue,
  type ScalarForm,
  type SourceFile,
} from './raw.ts';

/** Limits that no honest plan reaches, so that no file can keep us busy. */
const MAX_CHARACTERS = 1_000_000;
const MAX_LINE = 10_000;
const MAX_DEPTH = 60;
const MAX_VALUES = 100_000;
/** Pieces that YAML may have cut one expression into. */
const MAX_PIECES = 100;

/** Reads a YAML file whose top is a map; undefined, with findings, where it is not one. */
export const readYaml = (source: SourceFile, sink: Sink): RawMap | undefined => {
  const start = placeBetween(source, 0, 0);
  const limit = beyondLimits(source);
  if (limit !== undefined) {
    sink.add('invalid-yaml', `the file ${limit.what}`, placeBetween(source, limit.at, limit.at));
    return undefined;
  }
  const document = parseDocument(source.text, { schema: 'failsafe', prettyErrors: false, uniqueKeys: false });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    reportProblems(problems, source, sink);
    return undefined;
  }
  const converter = new Converter(source, sink);
  const raw = converter.convert(document.contents, 0);
  if (converter.stopped) return undefined;
  if (raw?.kind === 'map') return raw;
  sink.add('invalid-yaml', 'the file holds no keys', { ...start, hint: 'a plan begins with plan: NAME' });
  return undefined;
};

/** Which limit a file is beyond, before it is parsed. */
const beyondLimits = ({ text, lineStarts }: SourceFile): { readonly what: string; readonly at: number } | undefined => {
  if (text.length > MAX_CHARACTERS) return { what: `has more than ${MAX_CHARACTERS} characters`, at: 0 };
  const long = lineStarts.findIndex((start, i) => (lineStarts[i + 1] ?? text.length) - start > MAX_LINE);
  if (long >= 0) return { what: `has more than ${MAX_LINE} characters in line ${long + 1}`, at: lineStarts[long] ?? 0 };
  return isNestedTooDeep(text) ? { what: `is nested more than ${MAX_DEPTH} deep`, at: 0 } : undefined;
};

/**
 * A cheap look before the parser, whose time grows with the square of the depth: brackets opened on the way, and dashes
 * and question marks in a row at the start of a line, each of which opens a level.
 */
const isNestedTooDeep = (text: string): boolean => {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '[' || c === '{') depth++;
    else if (c === ']' || c === '}') depth = Math.max(0, depth - 1);
    // Brackets in texts and comments need not close: a line that begins with a word starts anew.
    else if (c === '\n' && /[a-z]/.test(text[i + 1] ?? '')) depth = 0;
    if (depth > MAX_DEPTH) return true;
  }
  return /^[ \t]*(?:[-?:][ \t]+){61}/m.test(text);
};

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Says what YAML refuses, once a line, without what merely follows from an earlier refusal. */
const reportProblems = (problems: readonly Problem[], source: SourceFile, sink: Sink): void => {
  const lines = new Set<number | undefined>();
  let first = true;
  for (const { code, message, pos } of [...problems].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (!first && code === 'UNEXPECTED_TOKEN') continue;
    first = false;
    const offset = Math.min(pos[0], source.text.length);
    const place = placeBetween(source, offset, pos[1]);
    if (lines.has(place.line)) continue;
    lines.add(place.line);
    const expression = unquotedOn(source, offset);
    if (expression === undefined) {
      sayInvalid(code, message, place, pos[0], source, sink);
    } else {
      sink.add('cut-expression', 'YAML cannot read this expression without quotes', {
        ...placeBetween(source, expression.start, expression.end),
        hint: `write ${lineInQuotes(source, expression.start, expression.end)}`,
      });
    }
  }
};

const sayInvalid = (
  code: string,
  message: string,
  place: Place,
  offset: number,
  source: SourceFile,
  sink: Sink,
): void => {
  const unclosed = /^Flow (map|sequence)/.test(message) ? unclosedBefore(source.text, offset) : undefined;
  if (unclosed !== undefined) {
    const bracket = source.text[unclosed] ?? '';
    const open = placeBetween(source, unclosed, unclosed + 1);
    const related = [{ ...place, message: 'here at the latest it should have been closed' }];
    sink.add('invalid-yaml', `this ${bracket} is not closed`, {
      ...open,
      related,
      hint: `add ${bracket === '{' ? '}' : ']'}`,
    });
    return;
  }
  const said =
    code === 'MULTIPLE_DOCS'
      ? 'a second document begins here; a plan is one'
      : lowerFirst(message.split('\n')[0] ?? message);
  sink.add('invalid-yaml', said, place);
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const FORMS: Readonly<Record<string, ScalarForm>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

/** Turns the parser's nodes into plain data. */
class Converter {
  readonly #source: SourceFile;
  readonly #sink: Sink;
  readonly #anchors = new Map<string, { readonly value: RawValue; readonly count: number }>();
  #count = 0;
  #stopped = false;

  constructor(source: SourceFile, sink: Sink) {
    this.#source = source;
    this.#sink = sink;
  }

  /** Nothing that has been read is worth looking at: a limit was reached, or something stands for nothing. */
  get stopped(): boolean {
    return this.#stopped;
  }

  convert(node: unknown, at: number, depth = 0): RawValue | undefined {
    if (this.#stopped) return undefined;
    if (depth > MAX_DEPTH || this.#count > MAX_VALUES) {
      const limit =
        depth > MAX_DEPTH ? `is nested more than ${MAX_DEPTH} deep` : `holds more than ${MAX_VALUES} values`;
      return this.#stop(`the file ${limit}`, at);
    }
    if (isAlias(node)) return this.#alias(node.source, node.range?.[0] ?? at);
    const before = this.#count;
    this.#count++;
    const value = this.#value(node, at, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    // What an alias stands for counts each time it is used: else a few lines would make billions of values.
    if (anchor !== undefined && value !== undefined) {
      this.#anchors.set(anchor, { value, count: this.#count - before });
    }
    return value;
  }

  #stop(message: string, at: number): undefined {
    this.#stopped = true;
    this.#sink.add('invalid-yaml', message, placeBetween(this.#source, at, at + 1));
    return undefined;
  }

  #alias(name: string, at: number): RawValue | undefined {
    const target = this.#anchors.get(name);
    if (target === undefined) return this.#stop(`*${name} stands for nothing that comes before it`, at);
    this.#count += target.count;
    return target.value;
  }

  #value(node: unknown, at: number, depth: number): RawValue | undefined {
    if (isMap(node)) return this.#map(node, at, depth);
    if (isSeq(node)) return this.#list(node, at, depth);
    if (isScalar(node)) return this.#scalar(node, at);
    return this.#blank(at);
  }

  #blank(at: number): RawScalar {
    return { kind: 'scalar', text: '', form: 'plain', broken: false, source: this.#source, start: at, end: at };
  }

  #scalar(node: Scalar, at: number): RawScalar {
    const [start, end, after] = node.range ?? [at, at, at];
    const text = typeof node.value === 'string' ? node.value : '';
    const form = FORMS[node.type ?? 'PLAIN'] ?? 'plain';
    const broken = form === 'plain' && this.#isCutByComment(text, start, end, after);
    return { kind: 'scalar', text, form, broken, source: this.#source, start, end };
  }

  #isCutByComment(text: string, start: number, end: number, after: number): boolean {
    const rest = this.#source.text.slice(end, after);
    if (!/^[ \t]+#/.test(rest) || !isUnfinished(text)) return false;
    const mark = end + rest.indexOf('#');
    const line = this.#source.text.indexOf('\n', mark);
    const meant = meantWithComment(this.#source.text, start, line < 0 ? this.#source.text.length : line);
    this.#sink.add('cut-expression', 'YAML takes what follows # for a comment and has cut this expression', {
      ...placeBetween(this.#source, mark, meant),
      hint: `write ${lineInQuotes(this.#source, start, meant)}`,
    });
    return true;
  }

  #list(node: YAMLSeq, at: number, depth: number): RawList {
    const [start, end] = node.range ?? [at, at];
    const items: RawValue[] = [];
    for (let i = 0; i < node.items.length; i++) {
      const item = this.convert(node.items[i], start, depth + 1);
      if (item === undefined) break;
      const pieces = node.flow === true ? this.#pieces(item, (k) => pieceOfItem(node.items[i + 1 + k])) : 0;
      items.push(pieces > 0 && item.kind === 'scalar' ? { ...item, broken: true } : item);
      i += pieces;
    }
    return { kind: 'list', items, source: this.#source, start, end };
  }

  #map(node: YAMLMap, at: number, depth: number): RawMap {
    const [start, end] = node.range ?? [at, at];
    const entries = new Map<string, RawEntry>();
    let last: RawEntry | undefined;
    for (let i = 0; i < node.items.length; i++) {
      const pair = node.items[i] as Pair;
      const key = this.#key(pair.key, start);
      const value = this.convert(pair.value, key?.end ?? start, depth + 1);
      if (key === undefined || value === undefined) continue;
      const pieces = node.flow === true ? this.#pieces(value, (k) => pieceOfPair(node.items[i + 1 + k])) : 0;
      i += pieces;
      if (pair.value === null && node.flow === true && this.#isLeftBehind(key, last)) {
        if (last?.value.kind === 'scalar')
          entries.set(last.key.text, { ...last, value: { ...last.value, broken: true } });
        continue;
      }
      const before = entries.get(key.text);
      if (before !== undefined) {
        this.#sink.add('duplicate-key', `the key "${key.text}" stands twice in this map`, {
          ...placeOf(key),
          hint: 'keep one of the two',
          related: [{ ...placeOf(before.key), message: 'it stands here first' }],
        });
        continue;
      }
      last = { key, value: pieces > 0 && value.kind === 'scalar' ? { ...value, broken: true } : value };
      entries.set(key.text, last);
    }
    return { kind: 'map', entries, source: this.#source, start, end };
  }

  /** Whether a key without a value is none, but what a comma has cut from the value before it: `{ rate: 1,000 }`. */
  #isLeftBehind(key: RawScalar, before: RawEntry | undefined): boolean {
    if (/^[A-Za-z_][\w.]*$/.test(key.text) || before?.value.kind !== 'scalar') return false;
    const { value } = before;
    if (!value.broken) this.#sayCut(key.start, key.end, value, key.end);
    return true;
  }

  #sayCut(start: number, end: number, value: RawScalar, meant: number): void {
    this.#sink.add('cut-expression', 'YAML has cut this from the expression before it, at the comma', {
      ...placeBetween(this.#source, start, end),
      hint: `write ${lineInQuotes(this.#source, value.start, meant)}`,
      related: [{ ...placeOf(value), message: 'the expression begins here' }],
    });
  }

  #key(node: unknown, at: number): RawScalar | undefined {
    const raw = isScalar(node) ? this.#scalar(node, at) : node === null ? this.#blank(at) : undefined;
    if (raw !== undefined) return raw;
    const aliased = isAlias(node) ? this.#alias(node.source, node.range?.[0] ?? at) : undefined;
    if (aliased?.kind === 'scalar') return aliased;
    if (!this.#stopped) {
      this.#sink.add(
        'invalid-yaml',
        'a key is a word here, not a list or a map',
        placeBetween(this.#source, at, at + 1),
      );
    }
    return undefined;
  }

  /** How many of the items that follow a value are pieces that YAML has cut from it at commas; says so if any. */
  #pieces(value: RawValue, following: (index: number) => Scalar | undefined): number {
    if (value.kind !== 'scalar' || value.form !== 'plain') return 0;
    let count = 0;
    let end = value.end;
    while (count < MAX_PIECES && isUnfinished(this.#source.text.slice(value.start, end))) {
      const piece = following(count);
      if (piece?.range == null) break;
      end = piece.range[1];
      count++;
    }
    const first = following(0)?.range;
    if (count === 0 || first == null) return 0;
    const meant = Math.max(end, meantEnd(this.#source.text, value.start, true));
    this.#sayCut(first[0], end, value, meant);
    return count;
  }
}

/** A key of a `{ }` that has no value. */
const pieceOfPair = (pair: Pair | undefined): Scalar | undefined =>
  pair !== undefined && isScalar(pair.key) && pair.value === null ? pair.key : undefined;

const pieceOfItem = (item: unknown): Scalar | undefined => (isScalar(item) ? item : undefined);

/** Where an expression with a # inside ends: where its quotes and brackets have closed, else with its line. */
const meantWithComment = (text: string, start: number, lineEnd: number): number => {
  for (let end = start + 1; end <= lineEnd; end++) {
    const isEnd = end === lineEnd || /^[ \t]+#/.test(text.slice(end, lineEnd));
    if (isEnd && !isUnfinished(text.slice(start, end))) return end;
  }
  return start + text.slice(start, lineEnd).trimEnd().length;
};
