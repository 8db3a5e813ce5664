import { changesOf, countChanges, heldIn } from '../../pilot/compare.ts';
import type { Figures, VariantOutcome } from '../../pilot/pilot.ts';
import type { Ranked } from '../../pilot/rank.ts';
import { harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { type TextRow, textTable } from '../terminal/text-table.ts';
import { movedDepartments } from './pilot-cells.ts';
import { changePart, partText, unitsText } from './pilot-figure.ts';
import type { PilotResult } from './pilot-result.ts';

/** So many variants fit on a screen, with what stands around them. */
const MOST_ROWS = 15;

/** A variant's place, and the constraints that it breaks. */
type Placed = Pick<Ranked, 'index' | 'breaks'>;

/** A row a variant, in the order of `--rank` where there is one; not more than fit on a screen, or all. */
export const gridBlocks = (result: PilotResult, style: Style, width: number, all: boolean): string[][] => {
  const { today, rank, variants, front } = result;
  const order: readonly Placed[] = rank?.ranked ?? variants.map((_, index) => ({ index, breaks: [] }));
  const onFront = new Set(front);
  const shown = all ? order : screenful(order, onFront, rank !== undefined);
  const columns = gridColumns(result);
  const mark = (index: number): string => (onFront.has(index) ? '◆ ' : '  ');
  const variantRow = ({ index, breaks }: Placed): TextRow => {
    const variant = variants[index];
    const name = mark(index) + (variant === undefined ? '' : nameOf(variant));
    if (variant?.figures === undefined) return { cells: [name, 'not payable'], mark: style.red };
    const cells = [name, ...columns.map(({ of }) => of(variant.figures ?? today, false))];
    return breaks.length > 0 ? { cells, mark: style.dim } : { cells };
  };
  const rows: TextRow[] = [
    { cells: [`${mark(-1)}today`, ...columns.map(({ of }) => of(today, true))], mark: style.bold },
    ...shown.map(variantRow),
  ];
  const { lines, leftOut } = fitting(columns, rows, style, width);
  // Without colours, too, one sees where those begin that break a constraint.
  const keeping = shown.filter(({ breaks }) => breaks.length === 0).length;
  const broken = order.filter(({ breaks }) => breaks.length > 0).length;
  if (keeping < shown.length) {
    lines.splice(
      lines.length - (shown.length - keeping),
      0,
      style.dim(`  ${broken} of ${order.length} break a constraint:`),
    );
  }
  const seen = new Set(shown);
  const hidden = order.filter((one) => !seen.has(one));
  if (hidden.length > 0) lines.push(style.dim(`  … and ${hidden.length} more${hiddenText(hidden, onFront)}`));
  const varied = variants.find(({ spec }) => spec.settings.length > 0)?.spec.settings ?? [];
  const what = varied.map(({ name }, i) => `${i === 0 ? 'varied: ' : '        '}${harmless(name)}`);
  const said = [
    ...(rank === undefined ? [] : wrap(`in order of: ${harmless(rank.text)}`, width)),
    ...wrap(
      '◆ on the front of cost against alignment: nothing cheaper binds the department as much that is bound least',
      width,
    ),
    ...(leftOut.length === 0 ? [] : wrap(`Too wide for here: ${leftOut.join(', ')}.`, width)),
  ];
  return [what, lines, said];
};

/** Whether some variants are not among the rows of a screen. */
export const isGridCut = ({ variants }: PilotResult): boolean => variants.length > MOST_ROWS;

/** The first in an order that was asked for; else those on the front, and others as far as there is room. */
const screenful = (order: readonly Placed[], onFront: ReadonlySet<number>, isRanked: boolean): readonly Placed[] => {
  if (isRanked) return order.slice(0, MOST_ROWS);
  const by = (front: boolean): Placed[] => order.filter(({ index }) => onFront.has(index) === front);
  const kept = new Set([...by(true), ...by(false)].slice(0, MOST_ROWS));
  return order.filter((one) => kept.has(one));
};

const hiddenText = (hidden: readonly Placed[], onFront: ReadonlySet<number>): string => {
  const said = [
    [hidden.filter(({ index }) => onFront.has(index)).length, 'on the front'],
    [hidden.filter(({ breaks }) => breaks.length > 0).length, 'that break a constraint'],
  ] as const;
  const told = said.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.length === 0 ? '' : `, ${told.join(', ')}`;
};

const nameOf = ({ spec: { settings, name } }: VariantOutcome): string =>
  harmless(settings.length === 0 ? name : settings.map(({ text }) => text).join(' · '));

/** A column of a grid. What is called something can be left out where a terminal is too narrow for all. */
interface Column {
  readonly head: readonly string[];
  readonly of: (figures: Figures, isToday: boolean) => string;
  readonly called?: string;
}

const gridColumns = ({ today, digits, assume, budget }: PilotResult): readonly Column[] => {
  const changed = (of: (counts: ReturnType<typeof countChanges>) => number): Column['of'] => {
    return (figures, isToday) => (isToday ? '' : String(of(countChanges(changesOf(today, figures)))));
  };
  return [
    { head: ['paid'], of: ({ paid }) => unitsText(paid.total, digits) },
    {
      head: ['to today'],
      of: ({ paid }, isToday) => (isToday ? '' : changePart(today.paid.total, paid.total)),
      called: 'cost against today',
    },
    ...movedDepartments([today]).map(
      (name): Column => ({
        head: [harmless(name), 'bound'],
        of: ({ linkage }) => partText(linkage.alignment.find(({ department }) => department === name)?.others),
      }),
    ),
    { head: ['gain'], of: changed(({ winners }) => winners), called: 'how many gain' },
    { head: ['lose', '> 5%'], of: changed(({ losers5 }) => losers5) },
    ...(assume === undefined
      ? []
      : [
          {
            head: ['paid if', harmless(assume)],
            of: ({ assumed }: Figures) => (assumed === undefined ? '' : unitsText(assumed.paid.total, digits)),
          },
        ]),
    ...(budget === undefined || today.draws === undefined
      ? []
      : [{ head: ['budget', 'holds'], of: ({ draws }: Figures) => partText(heldIn(draws, budget)) }]),
  ];
};

/** The table, without the columns that can be spared where it is too wide; wider than the terminal before it is no table. */
const fitting = (
  columns: readonly Column[],
  rows: readonly TextRow[],
  style: Style,
  width: number,
): { readonly lines: string[]; readonly leftOut: readonly string[] } => {
  const spared: number[] = [];
  const table = (within: number): string[] | undefined => {
    const isShown = (_: unknown, at: number): boolean => !spared.includes(at - 1);
    return textTable(
      {
        head: [['variant'], ...columns.map(({ head }) => head)].filter(isShown),
        rows: rows.map((row) => ({ ...row, cells: row.cells.filter(isShown) })),
        markHead: style.dim,
      },
      within,
    );
  };
  const sparable = columns.flatMap(({ called }, at) => (called === undefined ? [] : [at]));
  let lines = table(width);
  for (const at of sparable) {
    if (lines !== undefined) break;
    spared.push(at);
    lines = table(width);
  }
  if (lines !== undefined) return { lines, leftOut: spared.map((at) => columns[at]?.called ?? '') };
  spared.length = 0;
  return { lines: table(Number.POSITIVE_INFINITY) ?? [], leftOut: [] };
};
