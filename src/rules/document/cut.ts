import { lineAt, type SourceFile } from './raw.ts';

/** How far brackets and quotes of a text are open at its end. */
const openAt = (text: string): { readonly depth: number; readonly quoted: boolean } => {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
  }
  return { depth, quoted };
};

/** Whether a text is the beginning of an expression that goes on: `max(1%`, `deal.stage == "deal`. */
export const isUnfinished = (text: string): boolean => {
  const { depth, quoted } = openAt(text);
  return quoted || depth > 0;
};

/**
 * Where the expression that starts at an offset was meant to end: at the comma or brace that closes its place in a
 * `{ }`, or at the end of its line.
 */
export const meantEnd = (text: string, start: number, inFlow: boolean): number => {
  let depth = 0;
  let quoted = false;
  let i = start;
  for (; i < text.length; i++) {
    const c = text[i];
    if (c === '\n') break;
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
      continue;
    }
    if (c === '"') quoted = true;
    else if (c === '#' && /\s/.test(text[i - 1] ?? '')) break;
    else if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') {
      if (depth === 0 && inFlow) break;
      depth--;
    } else if (inFlow && (c === '}' || (c === ',' && depth === 0))) break;
  }
  let end = Math.min(i, text.length);
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--;
  return end;
};

/** An expression in quotes, as YAML takes it: in single ones where it holds texts itself. */
export const inQuotes = (expression: string): string => {
  if (!expression.includes('"') && !expression.includes('\\')) return `"${expression}"`;
  return `'${expression.replaceAll("'", "''")}'`;
};

/** The line of a file with quotes around a stretch of it. */
export const lineInQuotes = (source: SourceFile, start: number, end: number): string => {
  const line = lineAt(source, start);
  const from = start - line.start;
  const to = Math.min(end - line.start, line.text.length);
  return `${line.text.slice(0, from)}${inQuotes(line.text.slice(from, to))}${line.text.slice(to)}`.trim();
};

const KEY = /([\w%.-]+)[ \t]*:[ \t]+/y;

/**
 * For a line that YAML refuses: where on it an unquoted expression stands that ought to have quotes, if there is one.
 * The last key before the error is taken to be the one whose value broke.
 */
export const unquotedOn = (
  source: SourceFile,
  offset: number,
): { readonly start: number; readonly end: number } | undefined => {
  const line = lineAt(source, offset);
  let braces = 0;
  let found: { start: number; inFlow: boolean } | undefined;
  for (let i = 0; i < line.text.length; i++) {
    const c = line.text[i];
    if (c === '"') {
      const close = line.text.indexOf('"', i + 1);
      if (close < 0) break;
      i = close;
      continue;
    }
    if (c === '{') braces++;
    if (c === '}') braces--;
    KEY.lastIndex = i;
    const key = /[\w%.-]/.test(line.text[i - 1] ?? ' ') ? null : KEY.exec(line.text);
    if (key === null) continue;
    const start = line.start + i + key[0].length;
    if (start > offset && found !== undefined) break;
    // A key inside an expression that began earlier is part of it: `stage == a: b`.
    if (found === undefined || braces > 0 || found.inFlow) found = { start, inFlow: braces > 0 };
    i += key[0].length - 1;
  }
  if (found === undefined) return undefined;
  const end = meantEnd(source.text, found.start, found.inFlow);
  const expression = source.text.slice(found.start, end);
  const standsAlone = /^(?:[{[|>&*!'#]|$)/.test(expression) || /^"(?:[^"\\]|\\.)*"$/.test(expression);
  const breaks = /[[\]"(),]|: /.test(expression) && !isUnfinished(expression);
  return standsAlone || !breaks ? undefined : { start: found.start, end };
};

/** The bracket that is open at an offset: the innermost that nothing closes before it. */
export const unclosedBefore = (text: string, offset: number): number | undefined => {
  const open: number[] = [];
  for (let i = 0; i < offset; i++) {
    const c = text[i];
    if (c === '"' || c === "'") {
      // Only a quote that begins a word quotes; the other is an apostrophe.
      const close = /[\s{[,:]/.test(text[i - 1] ?? ' ') ? text.indexOf(c, i + 1) : -1;
      if (close >= 0 && close < offset) i = close;
    } else if (c === '#' && /\s/.test(text[i - 1] ?? ' ')) {
      const end = text.indexOf('\n', i);
      if (end < 0) break;
      i = end;
    } else if (c === '{' || c === '[') open.push(i);
    else if (c === '}' || c === ']') open.pop();
  }
  return open.pop();
};
