import { cutMiddle, cutTo, harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { type TextRow, textTable } from '../terminal/text-table.ts';
import type { PilotSection } from './pilot-cells.ts';
import { type PilotResult, paidVariants } from './pilot-result.ts';

/** A name of a variant is cut to so many columns over its figures. */
const LONGEST_NAME = 18;

/** Names cut so that they are still told apart: at their ends, in the middle where they begin alike, else by a number. */
const headings = (names: readonly string[]): readonly string[] => {
  const isAlone = (text: string, all: readonly string[]): boolean => all.filter((one) => one === text).length === 1;
  const cut = names.map((name) => cutTo(name, LONGEST_NAME));
  const halves = names.map((name, i) => (isAlone(cut[i] ?? '', cut) ? (cut[i] ?? '') : cutMiddle(name, LONGEST_NAME)));
  return halves.map((name, i) => (isAlone(name, halves) ? name : `${cutTo(names[i] ?? '', LONGEST_NAME - 4)} ${i}`));
};

/** A column a variant; as many as fit beside today's, then the next ones below. */
export const sideBySide = (
  result: PilotResult,
  sections: readonly PilotSection[],
  style: Style,
  width: number,
): string[][] => {
  const variants = paidVariants(result);
  const names = headings(['today', ...variants.map(({ name }) => harmless(name))]);
  const table = (shown: readonly number[], within = width): string[] | undefined =>
    columns(sections, names, shown, style, within);
  if (variants.length === 0) return [table([0]) ?? []];
  const blocks: string[][] = [];
  for (let next = 1; next <= variants.length; ) {
    let count = variants.length - next + 1;
    let lines = table(besides(next, count));
    while (lines === undefined && count > 1) lines = table(besides(next, --count));
    if (lines === undefined) {
      // Too narrow for two columns: one below the other, and wider than the terminal before a variant is left out.
      if (next === 1) blocks.push(table([0]) ?? table([0], Number.POSITIVE_INFINITY) ?? []);
      lines = table([next]) ?? table([next], Number.POSITIVE_INFINITY) ?? [];
    }
    blocks.push(lines);
    next += count;
  }
  return blocks;
};

/** Today's column and so many of the variants'. */
const besides = (next: number, count: number): readonly number[] => [
  0,
  ...Array.from({ length: count }, (_, i) => next + i),
];

/** Some of the columns under their names, the first question beside these; undefined where they are too wide. */
const columns = (
  [first, ...others]: readonly PilotSection[],
  names: readonly string[],
  shown: readonly number[],
  style: Style,
  width: number,
): string[] | undefined => {
  if (first === undefined) return [];
  const figures = ({ rows }: PilotSection): TextRow[] =>
    rows.map(({ label, indent, cells }) => ({
      cells: [label, ...shown.map((i) => cells[i] ?? '')],
      indent: indent + 2,
    }));
  const { title } = first;
  const lines = textTable(
    {
      head: [[title], ...shown.map((i) => [names[i] ?? ''])],
      rows: [first, ...others].flatMap(figures),
      markHead: (line) => style.bold(line.slice(0, title.length)) + style.dim(line.slice(title.length)),
    },
    width,
  );
  if (lines === undefined) return undefined;
  // Other questions stand over the columns: only rows with figures make the first column wide.
  let at = 1 + first.rows.length;
  return [
    ...lines.slice(0, at),
    ...others.flatMap((section) => {
      const rows = lines.slice(at, at + section.rows.length);
      at += section.rows.length;
      return [...wrap(section.title, width).map(style.bold), ...rows];
    }),
  ];
};
