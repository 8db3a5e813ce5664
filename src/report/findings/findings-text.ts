import { CODES } from '../../findings/codes.ts';
import type { Finding, Severity } from '../../findings/finding.ts';
import { cutTo, displayWidth, harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { excerpt } from './findings-excerpt.ts';
import { countByCode, fold } from './findings-fold.ts';

export interface FindingsTextOptions {
  readonly style: Style;
  readonly width: number;
  /** The text of a file of the plan, for excerpts. */
  readonly textOf: (file: string) => string | undefined;
  /** Said after the counts where there are errors: `nothing was paid`. */
  readonly outcome?: string;
  /** What is shown below the lines of a finding on the plan, before what to do. */
  readonly below?: (finding: Finding) => readonly string[];
  /** Findings on the plan that are told in one line each. */
  readonly brief?: (finding: Finding) => boolean;
}

/** A message may be long (a whole cell stands in it), a terminal's line need not be. */
const LONGEST = 600;

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
const plural = (count: number, word: string): string => `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;

const said = (text: string): string => cutTo(harmless(text), LONGEST);

const colourOf = (style: Style, severity: Severity): ((text: string) => string) =>
  severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.cyan;

const placeOf = ({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

const isOfRow = ({ table, line, file }: Finding): boolean =>
  table !== undefined && line !== undefined && file !== undefined;

/** Of findings on one place of the plan (one rule that fails for many people) so many are told besides the first. */
const MOST_ALSO = 3;
/** Of findings of one code in different places so many are shown. */
const MOST_BLOCKS = 10;

/** What is wrong in the plan, or with a file as a whole: the place with the lines around it, what to do, and where more is said. */
const blockOf = (
  finding: Finding,
  also: readonly Finding[],
  { style, width, textOf, below }: FindingsTextOptions,
): string[] => {
  const { code, severity, message, file, path, hint, related } = finding;
  const lines = [`${colourOf(style, severity)(`${severity}[${code}]`)}: ${style.bold(said(message))}`];
  for (const each of also.slice(0, MOST_ALSO)) lines.push(`  also: ${said(each.message)}`);
  if (also.length > MOST_ALSO) lines.push(style.dim(`  and ${grouped(also.length - MOST_ALSO)} more like this`));
  if (file !== undefined) {
    lines.push(`  ${style.cyan(said(placeOf(finding)))}${path === undefined ? '' : `   ${style.dim(said(path))}`}`);
    const text = textOf(file);
    if (text !== undefined) lines.push(...excerpt(text, { ...finding, file }, style, width));
  } else if (path !== undefined) lines.push(`  ${style.dim(said(path))}`);
  for (const each of related) {
    lines.push(`  ${style.cyan(said(placeOf(each)))}  ${said(each.message)}`);
    const text = textOf(each.file);
    if (text !== undefined && each.line !== undefined) lines.push(...excerpt(text, each, style, width));
  }
  lines.push(...(below?.(finding) ?? []));
  const help = style.dim(`align-pay help ${code}`);
  const hints = hint === undefined ? [] : wrap(said(hint), Math.max(40, width - 2)).map((each) => `  ${each}`);
  const last = hints.at(-1);
  if (last !== undefined && displayWidth(last) + 3 + displayWidth(code) + 15 <= width) {
    hints[hints.length - 1] = `${last}   ${help}`;
  } else hints.push(`  ${help}`);
  return [...lines, ...hints, ''];
};

/** A block for each place that something is wrong with. */
const blocksOf = (findings: readonly Finding[], options: FindingsTextOptions): string[] => {
  const places = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { code, severity, file, line, column, path } = finding;
    // Without a line nothing says that two of a kind are about the same.
    const same = line === undefined ? finding.message : '';
    const key = JSON.stringify([severity, code, file, line, column, path, same]);
    const group = places.get(key);
    if (group === undefined) places.set(key, [finding]);
    else group.push(finding);
  }
  const shown = new Map<string, number>();
  const lines: string[] = [];
  for (const [first, ...also] of places.values()) {
    if (first === undefined) continue;
    const count = (shown.get(first.code) ?? 0) + 1;
    shown.set(first.code, count);
    if (count <= MOST_BLOCKS) lines.push(...blockOf(first, also, options));
  }
  for (const [code, count] of shown) {
    if (count > MOST_BLOCKS) lines.push(`and ${code} in ${grouped(count - MOST_BLOCKS)} more places`, '');
  }
  return lines;
};

/** `note[dead-zone] align-pay.yaml:75:5  beyond ...`, broken where it is long. */
const briefLines = (finding: Finding, { style, width }: FindingsTextOptions): string[] => {
  const { code, severity, message } = finding;
  const head = `${severity}[${code}]`;
  const text = `${said(placeOf(finding))}  ${said(message)}`;
  return wrap(`${head} ${text}`, Math.max(40, width - 2)).map((line, i) =>
    i === 0 ? line.replace(head, colourOf(style, severity)(head)) : `  ${line}`,
  );
};

/** `deals.csv:118:7  close_date: "31/02/2026" is not a date; expected YYYY-MM-DD as in 2026-02-28` */
const rowLine = (finding: Finding, style: Style): string => {
  const { severity, field, message, expected } = finding;
  const about = field === undefined || message.startsWith(`${field}:`) ? '' : `${field}: `;
  const instead = expected === undefined || message.includes(expected) ? '' : `; expected ${expected}`;
  const kind = severity === 'error' ? '' : `${colourOf(style, severity)(severity)}: `;
  return `${style.cyan(said(placeOf(finding)))}  ${kind}${said(`${about}${message}${instead}`)}`;
};

const moreLine = (file: string, more: readonly Finding[], style: Style): string => {
  const lines = [...new Set(more.map(({ line }) => line))].slice(0, 3).join(', ');
  const first = more.length > 3 ? 'first lines' : 'lines';
  return style.dim(`${said(file)}:       and ${grouped(more.length)} more like this (${first} ${lines})`);
};

/** One line a finding, folded where there are many of a kind in one column. */
const rowBlock = (findings: readonly Finding[], style: Style): string[] =>
  fold(findings).flatMap(({ shown, more }) => {
    const lines = shown.map((finding) => rowLine(finding, style));
    const hints = [...new Set(shown.map(({ hint }) => hint))].filter((hint) => hint !== undefined);
    const file = shown[0]?.file ?? '';
    return [
      ...lines,
      ...(more.length === 0 ? [] : [moreLine(file, more, style)]),
      ...hints.slice(0, 1).map((hint) => `    ${said(hint)}`),
    ];
  });

/** `415 errors, 1 warning: nothing was paid`, and where there are kinds to count, each with its page. */
const countBlock = (findings: readonly Finding[], { style, outcome }: FindingsTextOptions): string[] => {
  const numbers = (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0);
  const errors = numbers.some(({ severity }) => severity === 'error');
  const sum = numbers.map(({ severity, count }) => colourOf(style, severity)(plural(count, severity))).join(', ');
  const ofRows = countByCode(findings.filter(isOfRow));
  const widest = Math.max(0, ...ofRows.map(([code]) => code.length));
  const most = Math.max(0, ...ofRows.map(([, count]) => grouped(count).length));
  return [
    `${sum}${errors && outcome !== undefined ? `; ${outcome}` : ''}`,
    ...ofRows.map(([code, count]) => {
      const { title } = CODES[code];
      return `  ${grouped(count).padStart(most)}  ${code.padEnd(widest)}  ${style.dim(title)}`;
    }),
    ...(ofRows.length > 0 ? [style.dim(`  what a kind means: align-pay help ${ofRows[0]?.[0] ?? 'CODE'}`)] : []),
  ];
};

/** All findings for a reader: those on the plan with their lines, those on rows folded, then how many of each kind. */
export const findingsText = (findings: readonly Finding[], options: FindingsTextOptions): string => {
  if (findings.length === 0) return '';
  const ofPlan = findings.filter((finding) => !isOfRow(finding));
  const isBrief = (finding: Finding): boolean => options.brief?.(finding) === true;
  const blocks = blocksOf(
    ofPlan.filter((finding) => !isBrief(finding)),
    options,
  );
  const brief = ofPlan.filter(isBrief).flatMap((finding) => briefLines(finding, options));
  const rows = rowBlock(findings.filter(isOfRow), options.style);
  return `${[...blocks, ...brief, ...(brief.length > 0 ? [''] : []), ...rows, ...(rows.length > 0 ? [''] : []), ...countBlock(findings, options)].join('\n')}\n`;
};
