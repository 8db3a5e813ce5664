import { heldIn } from '../../pilot/compare.ts';
import { percentile } from '../../pilot/draws.ts';
import type { Alignment, Failing, Linkage } from '../../pilot/linkage.ts';
import type { Depth, Figures } from '../../pilot/pilot.ts';
import type { DepartmentSight } from '../../pilot/sight.ts';
import { nothingTried } from '../../pilot/week-late.ts';
import { isZero, type Num } from '../../values/num.ts';
import { changePart, NONE, partText, unitsText } from './pilot-figure.ts';
import { type PilotResult, paidVariants } from './pilot-result.ts';

/** A question, and the figures that answer it: a column for today's plan, then one a variant. */
export interface PilotSection {
  readonly title: string;
  readonly rows: readonly PilotRow[];
}

export interface PilotRow {
  readonly label: string;
  readonly indent: number;
  readonly cells: readonly string[];
}

/** What a plan's figures show in a row; empty where there is nothing to say of today's. */
export type Cell = (figures: Figures, isToday: boolean) => string;

/** A row of the table: what it is called, and its cells of all plans. */
export type Row = (label: string, of: Cell, indent?: number) => PilotRow;

/** Today's figures, then those of each variant that could be paid. */
export const columnsOf = (result: PilotResult): readonly Figures[] => [
  result.today,
  ...paidVariants(result).map(({ figures }) => figures),
];

export const rowOf =
  (all: readonly Figures[]): Row =>
  (label, of, indent = 0) => ({ label, indent, cells: all.map((figures, i) => of(figures, i === 0)) });

/** Without rows that say nothing in any column, and without questions that no row answers. */
export const answered = (sections: readonly PilotSection[]): readonly PilotSection[] =>
  sections
    .map(({ title, rows }) => ({ title, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) }))
    .filter(({ rows }) => rows.length > 0);

const uniqueOf = <T>(all: readonly Figures[], of: (figures: Figures) => readonly T[]): readonly T[] => [
  ...new Set(all.flatMap(of)),
];

/** Departments that are paid something, or owe it: of others nothing can be said. */
const paidAmong = (of: (linkage: Linkage) => readonly { readonly department: string }[]) => (all: readonly Figures[]) =>
  uniqueOf(all, ({ linkage, paid }) =>
    of(linkage).flatMap(({ department }) => (isZero(paid.byDepartment.get(department) ?? 0) ? [] : [department])),
  );

/** Departments whose pay some results move. */
export const movedDepartments = paidAmong(({ alignment }) => alignment);

/** Departments that can fail by themselves. */
export const failingDepartments = paidAmong(({ failing }) => failing);

export const sightDepartments = (all: readonly Figures[]): readonly string[] =>
  uniqueOf(all, ({ depth }) => depth?.sight?.departments.map(({ department }) => department) ?? []);

export const paidCell =
  (digits: number): Cell =>
  ({ paid }) =>
    unitsText(paid.total, digits);

export const toTodayCell =
  (today: Figures): Cell =>
  ({ paid }, isToday) =>
    isToday ? '' : changePart(today.paid.total, paid.total);

export const unlinkedCell =
  (digits: number): Cell =>
  ({ uncrossed }) =>
    unitsText(uncrossed.paid.total, digits);

/** The cost that so many percent of the draws do not exceed. */
export const drawnCell =
  (percent: number, digits: number): Cell =>
  ({ draws }) => {
    const cost = draws && percentile(draws, percent);
    return cost === undefined ? NONE : unitsText(cost, digits);
  };

export const heldCell =
  (budget: Num): Cell =>
  ({ draws }) =>
    partText(heldIn(draws, budget));

export const assumedCell =
  (digits: number): Cell =>
  ({ assumed }) =>
    assumed === undefined ? '' : unitsText(assumed.paid.total, digits);

const alignmentOf = ({ alignment }: Linkage, name: string): Alignment | undefined =>
  alignment.find(({ department }) => department === name);
const failingOf = ({ failing }: Linkage, name: string): Failing | undefined =>
  failing.find(({ department }) => department === name);

/** How far a department's pay moves with results, its own or those of all others. */
export const movedCell =
  (name: string, by: 'own' | 'others'): Cell =>
  ({ linkage, uncrossed }) =>
    beside(alignmentOf(linkage, name)?.[by], alignmentOf(uncrossed.linkage, name)?.[by]);

/** What a department's failure takes of its own pay, or of that of all others. */
export const lostCell =
  (name: string, of: 'ownPart' | 'othersPart'): Cell =>
  ({ linkage, uncrossed }) =>
    beside(failingOf(linkage, name)?.[of], failingOf(uncrossed.linkage, name)?.[of]);

const sightOf = (depth: Depth, name: string): DepartmentSight | undefined =>
  depth.sight?.departments.find(({ department }) => department === name);

export const inHandCell = (name: string): Cell => bothParts((depth) => sightOf(depth, name)?.sight);
export const ownLossCell = (name: string): Cell => bothParts((depth) => sightOf(depth, name)?.ownLoss?.median);
export const justBelowCell: Cell = (figures) =>
  ofDepth(({ incentives }) => String(incentives.justBelow.length))(figures);
export const delaysCell: Cell = (figures) =>
  ofDepth(({ incentives }) => (nothingTried(incentives) ? NONE : String(incentives.delays.length)))(figures);
export const checksCell: Cell = (figures) =>
  ofDepth(({ checks }) => String(checks.filter(({ severity }) => severity !== 'note').length))(figures);

/** What is asked of few variants, and in brackets the same without crossing links where that is otherwise. */
export const ofDepth =
  (text: (depth: Depth) => string) =>
  ({ depth, uncrossed }: Figures): string => {
    if (depth === undefined) return NONE;
    const own = text(depth);
    return inBrackets(own, uncrossed.depth === undefined ? own : text(uncrossed.depth));
  };

export const bothParts = (of: (depth: Depth) => Num | undefined): ((figures: Figures) => string) =>
  ofDepth((depth) => partText(of(depth)));

/** A part, and in brackets the same without crossing links where that is another. */
const beside = (part: Num | undefined, without: Num | undefined): string =>
  inBrackets(partText(part), partText(without));

const inBrackets = (own: string, without: string): string =>
  own === without ? own : `${own} (${without.replace('%', '')})`;

/** Whether some figure stands beside the same without crossing links. */
export const hasBrackets = (sections: readonly PilotSection[]): boolean =>
  sections.some(({ rows }) => rows.some(({ cells }) => cells.some((cell) => cell.endsWith(')'))));
