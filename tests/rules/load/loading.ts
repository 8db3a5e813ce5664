import { Sink } from '../../../src/findings/sink.ts';
import { loadPlan } from '../../../src/rules/load/load.ts';
import type { Plan } from '../../../src/rules/plan.ts';

export interface Loaded {
  readonly plan: Plan | undefined;
  /** Each finding in one line: `code line:column-end path: message (hint)`. */
  readonly lines: readonly string[];
  readonly sink: Sink;
}

/** Loads a plan from texts; `others` are the files beside it, by name. */
export const load = (
  text: string,
  others: Readonly<Record<string, string>> = {},
  params: Readonly<Record<string, string>> = {},
): Loaded => {
  const sink = new Sink();
  const files = new Map(Object.entries(others));
  const resolvePath = (from: string, path: string): string => new URL(path, `file:///${from}`).pathname.slice(1);
  const plan = loadPlan(
    'plan.yaml',
    text,
    (file) => files.get(file),
    { params: new Map(Object.entries(params)), resolvePath },
    sink,
  );
  const lines = sink.all().map((found) => {
    const file = found.file === 'plan.yaml' || found.file === undefined ? '' : `${found.file}:`;
    const hint = found.hint === undefined ? '' : ` (${found.hint})`;
    return `${found.code} ${file}${found.line}:${found.column}-${found.endColumn} ${found.path ?? ''}: ${found.message}${hint}`;
  });
  return { plan, lines, sink };
};

/** Only `code line:column` of each finding. */
export const found = (text: string, others: Readonly<Record<string, string>> = {}): readonly string[] =>
  load(text, others)
    .sink.all()
    .map(({ code, line, column }) => `${code} ${line}:${column}`);

/** A text without its «marks», and where each marked stretch stands: `line:column-endColumn`. */
export const unmarked = (text: string): { readonly text: string; readonly places: readonly string[] } => {
  const places: string[] = [];
  const lines = text.split('\n').map((line, i) => {
    let plain = '';
    let start = 0;
    for (const c of line) {
      if (c === '«') start = plain.length;
      else if (c === '»') places.push(`${i + 1}:${start + 1}-${plain.length + 1}`);
      else plain += c;
    }
    return plain;
  });
  return { text: lines.join('\n'), places };
};
