import { type Cell, type Column, EMPTY, effect, figureColumn, money, number, percent } from '../document/document.ts';
import type { LinkTouch } from '../figures/link-totals.ts';

/** The columns in which a report says what a link did to somebody's pay. */
export const MOVED_COLUMNS: readonly Column[] = [
  figureColumn('People', 'people'),
  figureColumn('Mean factor', 'factor'),
  figureColumn('Added', 'added'),
  figureColumn('Took', 'took'),
  figureColumn('Net', 'net'),
];

/** The cells under them; the mean factor is left empty where the link was applied to nothing. */
export const movedCells = ({
  people,
  averageFactor,
  added,
  took,
  effect: net,
}: Pick<LinkTouch, 'people' | 'averageFactor' | 'added' | 'took' | 'effect'>): readonly Cell[] => [
  number(people),
  averageFactor === undefined ? EMPTY : percent(averageFactor, 1),
  money(added),
  money(took),
  effect(net),
];
