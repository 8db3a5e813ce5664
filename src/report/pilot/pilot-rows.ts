import { changesOf, countChanges } from '../../pilot/compare.ts';
import type { FairnessOf } from '../../pilot/fairness.ts';
import { widestGap } from '../../pilot/linkage.ts';
import type { Depth, Figures } from '../../pilot/pilot.ts';
import { type Num, toFixed } from '../../values/num.ts';
import { partOfWhole } from '../../values/part.ts';
import { departmentText } from '../summary/summary-payouts.ts';
import { harmless } from '../terminal/display-text.ts';
import {
  answered,
  assumedCell,
  bothParts,
  type Cell,
  checksCell,
  columnsOf,
  delaysCell,
  drawnCell,
  failingDepartments,
  heldCell,
  inHandCell,
  justBelowCell,
  lostCell,
  movedCell,
  movedDepartments,
  ofDepth,
  ownLossCell,
  type PilotSection,
  paidCell,
  type Row,
  rowOf,
  sightDepartments,
  toTodayCell,
  unlinkedCell,
} from './pilot-cells.ts';
import { changePart, gainText, minus, NONE, partText, signed, unitsText } from './pilot-figure.ts';
import type { PilotResult } from './pilot-result.ts';

/** All figures side by side, under the questions that a pilot is for. */
export const pilotSections = (result: PilotResult): readonly PilotSection[] => {
  const { digits } = result;
  const all = columnsOf(result);
  const row = rowOf(all);
  const departments = [...new Set(all.flatMap(({ paid }) => [...paid.byDepartment.keys()]))].sort();
  const rewards = [...new Set(all.flatMap(({ paid }) => [...paid.byReward.keys()]))];
  return answered([
    costSection(result, row, departments, rewards),
    changeSection(result, row),
    linkageSection(all, row),
    failingSection(all, row),
    doingSection(all, row),
    sharesSection(all, row, digits),
    fairnessSection(all, row),
  ]);
};

const DRAWN: ReadonlyMap<number, string> = new Map([
  [50, 'in half of the draws'],
  [90, 'in 9 of 10 draws'],
  [100, 'in the dearest draw'],
]);

const costSection = (
  { today, budget, assume, digits }: PilotResult,
  row: Row,
  departments: readonly string[],
  rewards: readonly string[],
): PilotSection => {
  const money = (amount: Num): string => unitsText(amount, digits);
  const rows = [
    row('paid to all', paidCell(digits)),
    row('against today', toTodayCell(today), 2),
    row('if not linked', unlinkedCell(digits), 2),
    ...departments.map((name) => row(departmentText(name), ({ paid }) => money(paid.byDepartment.get(name) ?? 0), 2)),
    ...rewards.map((name) => row(harmless(name), ({ paid }) => money(paid.byReward.get(name) ?? 0), 2)),
    row('of bookings', ({ paid, bookings }) => partText(partOfWhole(paid.total, bookings)), 2),
    row('paid for results', ({ paid, variable }) => partText(partOfWhole(variable.variable, paid.total)), 2),
    row('of that, linked', ({ variable }) => partText(partOfWhole(variable.linked, variable.variable)), 2),
  ];
  if (today.draws !== undefined) {
    for (const [percent, label] of DRAWN) rows.push(row(label, drawnCell(percent, digits), 2));
  }
  if (budget !== undefined) rows.push(row(`budget ${money(budget)} holds in`, heldCell(budget), 2));
  if (assume !== undefined) {
    rows.push(row(`if ${assume}`, assumedCell(digits)));
    const toToday: Cell = ({ assumed }, isToday) =>
      isToday || assumed === undefined || today.assumed === undefined
        ? ''
        : changePart(today.assumed.paid.total, assumed.paid.total);
    rows.push(row('against today', toToday, 2));
    rows.push(
      row(
        'of bookings',
        ({ assumed }) => (assumed === undefined ? '' : partText(partOfWhole(assumed.paid.total, assumed.bookings))),
        2,
      ),
    );
  }
  return { title: 'What it costs', rows };
};

const changeSection = ({ today }: PilotResult, row: Row): PilotSection => {
  const counts = (of: (counts: ReturnType<typeof countChanges>) => number) => (own: Figures, isToday: boolean) =>
    isToday ? '' : String(of(countChanges(changesOf(today, own))));
  return {
    title: 'Who gains, who loses',
    rows: [
      row(
        'people who gain',
        counts(({ winners }) => winners),
      ),
      row(
        'people who lose',
        counts(({ losers }) => losers),
      ),
      row(
        'more than 5%',
        counts(({ losers5 }) => losers5),
        2,
      ),
    ],
  };
};

const linkageSection = (all: readonly Figures[], row: Row): PilotSection => ({
  title: 'Does it bind? How far pay moves when results move by 10%',
  rows: movedDepartments(all).flatMap((name) => [
    row(`${departmentText(name)}: others'`, movedCell(name, 'others')),
    row('its own', movedCell(name, 'own'), 2),
  ]),
});

const failingSection = (all: readonly Figures[], row: Row): PilotSection => ({
  title: 'Who answers? Pay lost when one side alone has 10% less',
  rows: failingDepartments(all).flatMap((name) => [
    row(`${departmentText(name)} fails`, lostCell(name, 'ownPart')),
    row('others lose', lostCell(name, 'othersPart'), 2),
    row('widest gap, points', ({ depth }) => gapText(depth, name), 2),
  ]),
});

/** The quarter in which the loss falls most unevenly, and how much more of its pay the failing side loses there. */
const gapText = (depth: Depth | undefined, department: string): string => {
  const widest = depth?.quarters === undefined ? undefined : widestGap(depth.quarters, department);
  return widest === undefined ? '' : `${widest.quarter.slice(-2)} ${signed(partText(widest.gap)).replace('%', '')}`;
};

/** What people see of their pay in what they do, and where the plan asks for the wrong thing. */
const doingSection = (all: readonly Figures[], row: Row): PilotSection => {
  if (all.every(({ depth }) => depth === undefined)) return { title: '', rows: [] };
  // A plan that has no gates needs no line to say so.
  const gates = all.some(({ depth }) => depth !== undefined && depth.incentives.gates > 0);
  return {
    title: 'What is in their hands, and what are they tempted by?',
    rows: [
      ...sightDepartments(all).flatMap((name) => [
        row(`${departmentText(name)}: in hand`, inHandCell(name)),
        row('own 10% less costs', ownLossCell(name), 2),
      ]),
      row('just below a step', justBelowCell),
      row('better a week late', delaysCell),
      ...(gates
        ? [
            row(
              'gates, holds bit',
              ofDepth(({ incentives: { bit } }) => String(bit)),
            ),
          ]
        : []),
      row('warnings of check', checksCell),
    ],
  };
};

/** How far what people are paid hangs on how touches are shared out. */
const sharesSection = (all: readonly Figures[], row: Row, digits: number): PilotSection => {
  const models = [...new Set(all.flatMap(({ depth }) => depth?.robustness.shares.map(({ model }) => model) ?? []))];
  return {
    title: 'Does it hold? Most gained and lost, were touches credited otherwise',
    rows: models.map((name) =>
      row(MODEL_WORDS.get(name) ?? name, ({ depth }) => {
        const other = depth?.robustness.shares.find(({ model }) => model === name);
        if (other === undefined) return NONE;
        return `${gainText(other.most?.difference ?? 0, digits)} ${gainText(other.least?.difference ?? 0, digits)}`;
      }),
    ),
  };
};

const MODEL_WORDS: ReadonlyMap<string, string> = new Map([
  ['first_touch', 'all to the first'],
  ['last_touch', 'all to the last'],
  ['linear', 'to all alike'],
  ['position', 'most to first and last'],
  ['time_decay', 'more to the later'],
]);

/** Whether equal results are paid equally. */
const fairnessSection = (all: readonly Figures[], row: Row): PilotSection => {
  const measures = [...new Set(all.flatMap(({ depth }) => depth?.fairness.map(({ measure }) => measure) ?? []))];
  const fair = ({ fairness }: Depth, name: string): FairnessOf | undefined =>
    fairness.find(({ measure }) => measure === name);
  return {
    title: 'Is it fair? 1.00: whoever reached more is paid more; 0: no order',
    rows: measures.flatMap((name) => [
      row(
        name,
        ofDepth((depth) => {
          const tau = fair(depth, name)?.tau;
          return tau === undefined ? NONE : minus(toFixed(tau, 2));
        }),
      ),
      row(
        'spread if equal',
        bothParts((depth) => fair(depth, name)?.spread?.part),
        2,
      ),
      ...groupsOf(all, name).map((group) =>
        row(
          harmless(group),
          ofDepth((depth) => {
            const part = fair(depth, name)?.groups.find((one) => one.group === group)?.part;
            return part === undefined ? NONE : signed(partText(part));
          }),
          2,
        ),
      ),
    ]),
  };
};

/** Teams, regions, and those who crossed over, of whom something can be said in some column. */
const groupsOf = (all: readonly Figures[], measure: string): readonly string[] => {
  const named = all.flatMap(({ depth }) => depth?.fairness.filter((one) => one.measure === measure) ?? []);
  return [...new Set(named.flatMap(({ groups }) => groups.map(({ group }) => group)))].sort();
};
