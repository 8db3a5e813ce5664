import { departmentText } from '../summary/summary-payouts.ts';
import {
  answered,
  assumedCell,
  checksCell,
  columnsOf,
  delaysCell,
  drawnCell,
  failingDepartments,
  heldCell,
  justBelowCell,
  lostCell,
  movedCell,
  movedDepartments,
  ownLossCell,
  type PilotRow,
  type PilotSection,
  paidCell,
  type Row,
  rowOf,
  sightDepartments,
  toTodayCell,
  unlinkedCell,
} from './pilot-cells.ts';
import { unitsText } from './pilot-figure.ts';
import type { PilotResult } from './pilot-result.ts';

/**
 * The few figures that answer each question best, so that all fit on one screen. Left out is what another figure here nearly
 * says (how far pay moves with a department's own results: what it loses when it fails) and what explains a figure rather than
 * answers (by department, by quarter, by draw). Who gains and who loses stands by names, in `pilot-people.ts`.
 */
export const glanceSections = (result: PilotResult): readonly PilotSection[] => {
  const all = columnsOf(result);
  const row = rowOf(all);
  const deep = all.some(({ depth }) => depth !== undefined);
  return answered([
    { title: 'What it costs', rows: costRows(result, row) },
    {
      title: 'Does it bind? How far pay moves when the results of others move by 10%',
      rows: movedDepartments(all).map((name) => row(departmentText(name), movedCell(name, 'others'))),
    },
    {
      title: 'Who answers? Pay lost when one side alone has 10% less',
      rows: failingDepartments(all).flatMap((name) => [
        row(`${departmentText(name)} fails`, lostCell(name, 'ownPart')),
        row('others lose', lostCell(name, 'othersPart'), 2),
      ]),
    },
    {
      title: 'What will people do differently? What 10% less costs them, and what tempts',
      rows: deep
        ? [
            ...sightDepartments(all).map((name) => row(`${departmentText(name)}: own 10% less`, ownLossCell(name))),
            row('just below a step', justBelowCell),
            row('better a week late', delaysCell),
            row('warnings of check', checksCell),
          ]
        : [],
    },
  ]);
};

/** How likely a budget holds tells more than a dear draw, where there is one. */
const costRows = ({ today, budget, assume, digits }: PilotResult, row: Row): readonly PilotRow[] => [
  row('paid to all', paidCell(digits)),
  row('against today', toTodayCell(today), 2),
  row('if not linked', unlinkedCell(digits), 2),
  ...(today.draws === undefined
    ? []
    : budget === undefined
      ? [row('in 9 of 10 draws', drawnCell(90, digits), 2)]
      : [row(`budget ${unitsText(budget, digits)} holds in`, heldCell(budget), 2)]),
  ...(assume === undefined ? [] : [row(`if ${assume}`, assumedCell(digits))]),
];
