import { changesOf, countChanges, heldIn } from '../../pilot/compare.ts';
import { formatGrouped } from '../../values/money.ts';
import { cutTo, harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { type TextRow, textTable } from '../terminal/text-table.ts';
import { changePart, gainText, isGain, partText, unitsText } from './pilot-figure.ts';
import { type PaidVariant, type PilotResult, paidVariants } from './pilot-result.ts';
import { pilotSections } from './pilot-rows.ts';

export interface PilotTextOptions {
  readonly style: Style;
  readonly width: number;
}

/** So many winners and losers are named for each variant, and so many rows of a grid are shown. */
const MOST_NAMED = 3;
const MOST_ROWS = 25;

/** The question on one screen: what it costs, who gains and loses, whether it binds, who answers for whose failure. */
export const pilotText = (result: PilotResult, { style, width }: PilotTextOptions): string => {
  const { plan, periods, currency } = result;
  const { from, to } = periods;
  const title = style.bold(`${harmless(plan)} · ${from === to ? from : `${from} to ${to}`} · ${currency}`);
  const body = result.grid ? gridBlocks(result, style, width) : sideBySide(result, style, width);
  return `${[[title], ...body, notes(result, style, width)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

/** A column a variant; as many as fit beside today's, then the next ones below. */
const sideBySide = (result: PilotResult, style: Style, width: number): string[][] => {
  const variants = paidVariants(result);
  const sections = pilotSections(result);
  const table = (columns: readonly number[]): string[] | undefined => {
    const names = columns.map((i) => (i === 0 ? 'today' : cutTo(harmless(variants[i - 1]?.name ?? ''), 18)));
    const rows = sections.flatMap(({ title, rows }): TextRow[] => [
      { cells: [title], mark: style.bold },
      ...rows.map(({ label, indent, cells }) => ({
        cells: [label, ...columns.map((i) => cells[i] ?? '')],
        indent: indent + 2,
      })),
    ]);
    // Titles stand over the columns: only rows with figures make the first column wide.
    const figures = rows.filter(({ cells }) => cells.length > 1);
    const lines = textTable(
      { head: [[''], ...names.map((name) => [name])], rows: figures, markHead: style.dim },
      width,
    );
    if (lines === undefined) return undefined;
    const [head = '', ...rest] = lines;
    let at = 0;
    return [
      head,
      ...rows.map((row) => (row.cells.length > 1 ? (rest[at++] ?? '') : (row.mark ?? String)(row.cells[0] ?? ''))),
    ];
  };
  const blocks: string[][] = [];
  for (let next = 1; next <= Math.max(1, variants.length); ) {
    let count = variants.length - next + 1;
    let lines: string[] | undefined;
    for (; count >= 1 && lines === undefined; count--) {
      lines = table([0, ...Array.from({ length: count }, (_, i) => next + i)]);
    }
    blocks.push(lines ?? table([0]) ?? []);
    next += Math.max(1, count + 1);
  }
  const named = variants.flatMap((variant) => namedChanges(result, variant, style, width));
  return [...blocks, named];
};

/** The largest winners and losers of a variant, by name. */
const namedChanges = (result: PilotResult, { name, figures }: PaidVariant, style: Style, width: number): string[] => {
  const changes = changesOf(result.today, figures);
  const nameOf = (id: string): string => harmless(result.names.get(id) ?? id);
  const told = (list: typeof changes): string =>
    list.map(({ id, difference }) => `${nameOf(id)} ${gainText(difference, result.digits)}`).join(', ');
  const gains = changes.filter(({ difference }) => isGain(difference)).slice(0, MOST_NAMED);
  const losses = changes
    .filter(({ difference }) => difference !== 0 && !isGain(difference))
    .slice(-MOST_NAMED)
    .reverse();
  const line = (label: string, list: typeof changes): string[] =>
    list.length === 0
      ? []
      : wrap(`${label} ${told(list)}`, width - 4).map((text, i) => (i === 0 ? `  ${text}` : `    ${text}`));
  const lines = [...line('most gained:', gains), ...line('most lost:', losses)];
  return [style.bold(harmless(name)), ...(lines.length === 0 ? ['  nobody is paid otherwise'] : lines)];
};

/** A row a variant, in the order of `--rank` where there is one. */
const gridBlocks = (result: PilotResult, style: Style, width: number): string[][] => {
  const { today, digits, rank, variants, front, assume, budget } = result;
  const held = budget !== undefined && today.draws !== undefined;
  const departments = today.linkage.alignment.flatMap(({ department, own }) => (own === undefined ? [] : [department]));
  const order = rank?.ranked ?? variants.map((_, index) => ({ index, breaks: [], objective: undefined }));
  const onFront = new Set(front);
  const cells = (name: string, figures: PilotResult['today'], isToday: boolean): string[] => {
    const { winners, losers5 } = countChanges(changesOf(today, figures));
    return [
      name,
      unitsText(figures.paid.total, digits),
      isToday ? '' : changePart(today.paid.total, figures.paid.total),
      ...departments.map((one) =>
        partText(figures.linkage.alignment.find(({ department }) => department === one)?.others),
      ),
      isToday ? '' : String(winners),
      isToday ? '' : String(losers5),
      ...(assume === undefined
        ? []
        : [isToday || figures.assumed === undefined ? '' : unitsText(figures.assumed.paid.total, digits)]),
      ...(held ? [partText(heldIn(figures.draws, budget))] : []),
    ];
  };
  const rows: TextRow[] = [
    { cells: [`${onFront.has(-1) ? '◆' : ' '} today`, ...cells('', today, true).slice(1)], mark: style.bold },
  ];
  let hidden = 0;
  for (const { index, breaks } of order) {
    const variant = variants[index];
    if (variant === undefined) continue;
    if (rows.length > MOST_ROWS) {
      hidden++;
      continue;
    }
    const { settings, name: own } = variant.spec;
    const shown = settings.length === 0 ? own : settings.map(({ text }) => text).join(' · ');
    const name = `${onFront.has(index) ? '◆' : ' '} ${harmless(shown)}`;
    if (variant.figures === undefined) rows.push({ cells: [name, 'not payable'], mark: style.red });
    else if (breaks.length > 0) rows.push({ cells: cells(name, variant.figures, false), mark: style.dim });
    else rows.push({ cells: cells(name, variant.figures, false) });
  }
  const head = [
    ['variant'],
    ['paid'],
    ['to today'],
    ...departments.map((one) => [harmless(one), 'bound']),
    ['gain'],
    ['lose', '> 5%'],
    ...(assume === undefined ? [] : [['paid if', harmless(assume)]]),
    ...(held ? [['budget', 'holds']] : []),
  ];
  const lines = textTable({ head, rows, markHead: style.dim }, width) ?? [];
  if (hidden > 0) lines.push(style.dim(`  … and ${hidden} more; --format csv has all`));
  const varied = variants.find(({ spec }) => spec.settings.length > 0)?.spec.settings ?? [];
  const what = varied.map(({ name }, i) => `${i === 0 ? 'varied: ' : '        '}${harmless(name)}`);
  return [what, lines, rankText(result, style)];
};

const rankText = ({ rank, variants }: PilotResult, style: Style): string[] => {
  const lines = ['◆ on the front of cost against alignment: nothing cheaper binds as much'];
  if (rank === undefined) return lines;
  const broken = rank.ranked.filter(({ breaks }) => breaks.length > 0).length;
  lines.unshift(`in order of: ${rank.text}`);
  if (broken > 0) lines.push(style.dim(`${broken} of ${variants.length} break a constraint and stand last`));
  return lines;
};

const notes = (result: PilotResult, style: Style, width: number): string[] => {
  const { today, budget, digits, assume, variants } = result;
  const said: string[] = [];
  const failed = variants.filter(({ figures }) => figures === undefined);
  if (failed.length > 0) said.push(`Not payable: ${failed.map(({ spec }) => harmless(spec.name)).join(', ')}.`);
  if (today.linkage.alignment.length > 0) {
    said.push(
      'In brackets, where it is another: without the links that bind a department to another one. How each figure is defined, and what it cannot tell: docs/pilot.md.',
    );
  } else said.push('There are not two departments in people, so nothing can be said about what binds them.');
  if (today.draws !== undefined) {
    const { totals, unanswered, deals } = today.draws;
    said.push(
      `Draws: ${totals.length + unanswered} times ${deals} deals drawn from these with replacement, each with all that points to it, and paid whole (bootstrap, fixed seed).`,
    );
    if (unanswered > 0) said.push(`${unanswered} of today's draws have a payout without an answer and are left out.`);
  }
  if (budget !== undefined && today.draws === undefined) said.push(`Budget ${formatGrouped(budget, digits)}.`);
  if (assume !== undefined)
    said.push(`"if ${assume}" is an assumption that is computed, not a result that is promised.`);
  return said.flatMap((text) => wrap(text, width)).map(style.dim);
};
