import { changesOf, countChanges, heldIn } from '../../pilot/compare.ts';
import { percentile } from '../../pilot/draws.ts';
import type { FairnessOf } from '../../pilot/fairness.ts';
import { type Alignment, type Failing, type Linkage, widestGap } from '../../pilot/linkage.ts';
import type { Depth, Figures } from '../../pilot/pilot.ts';
import type { DepartmentSight } from '../../pilot/sight.ts';
import { div, type Num, toFixed } from '../../values/num.ts';
import { departmentText } from '../summary/summary-payouts.ts';
import { changePart, gainText, NONE, partText, signed, unitsText } from './pilot-figure.ts';
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

/** The figures side by side, under the questions that a pilot is for. */
export const pilotSections = (result: PilotResult): readonly PilotSection[] => {
  const { today, digits } = result;
  const all = [today, ...paidVariants(result).map(({ figures }) => figures)];
  const row = (label: string, of: (figures: Figures, isToday: boolean) => string, indent = 0): PilotRow => ({
    label,
    indent,
    cells: all.map((figures, i) => of(figures, i === 0)),
  });
  const money = (amount: Num): string => unitsText(amount, digits);
  const departments = [...new Set(all.flatMap(({ paid }) => [...paid.byDepartment.keys()]))].sort();
  return [
    costSection(result, row, departments, money),
    changeSection(result, row),
    linkageSection(all, row),
    failingSection(all, row),
    doingSection(all, row),
    sharesSection(all, row, digits),
    fairnessSection(all, row),
  ]
    .map(({ title, rows }) => ({ title, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) }))
    .filter(({ rows }) => rows.length > 0);
};

type Row = (label: string, of: (figures: Figures, isToday: boolean) => string, indent?: number) => PilotRow;

const DRAWN: ReadonlyMap<number, string> = new Map([
  [50, 'in half of the draws'],
  [90, 'in 9 of 10 draws'],
  [100, 'in the dearest draw'],
]);

const costSection = (
  { today, budget, assume }: PilotResult,
  row: Row,
  departments: readonly string[],
  money: (amount: Num) => string,
): PilotSection => {
  const rows = [
    row('paid to all', ({ paid }) => money(paid.total)),
    row('against today', (own, isToday) => (isToday ? '' : changePart(today.paid.total, own.paid.total)), 2),
    row('if not linked', ({ uncrossed }) => money(uncrossed.paid.total), 2),
    ...departments.map((name) => row(departmentText(name), ({ paid }) => money(paid.byDepartment.get(name) ?? 0), 2)),
    row('of bookings', ({ paid, bookings }) => partText(div(paid.total, bookings)), 2),
    row('paid for results', ({ paid, variable }) => partText(div(variable.variable, paid.total)), 2),
    row('of that, linked', ({ variable }) => partText(div(variable.linked, variable.variable)), 2),
  ];
  if (today.draws !== undefined) {
    const drawn = (percent: number): PilotRow =>
      row(
        DRAWN.get(percent) ?? '',
        ({ draws }) => {
          const cost = draws && percentile(draws, percent);
          return cost === undefined ? NONE : money(cost);
        },
        2,
      );
    rows.push(drawn(50), drawn(90), drawn(100));
  }
  if (budget !== undefined) {
    rows.push(row(`budget ${money(budget)} holds in`, (own) => partText(heldIn(own.draws, budget)), 2));
  }
  if (assume !== undefined) {
    rows.push(
      row(`if ${assume}`, ({ assumed }, isToday) =>
        isToday || assumed === undefined ? '' : money(assumed.paid.total),
      ),
    );
    rows.push(
      row(
        'of bookings',
        ({ assumed }, isToday) =>
          isToday || assumed === undefined ? '' : partText(div(assumed.paid.total, assumed.bookings)),
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

/** A part, and in brackets the same without crossing links where that is another. */
const beside = (part: Num | undefined, without: Num | undefined): string => {
  const own = partText(part);
  const other = partText(without);
  return own === other ? own : `${own} (${other.replace('%', '')})`;
};

const linkageSection = (all: readonly Figures[], row: Row): PilotSection => {
  const departments = [
    ...new Set(
      all.flatMap(({ linkage }) =>
        linkage.alignment.flatMap(({ department, own }) => (own === undefined ? [] : [department])),
      ),
    ),
  ];
  const at = ({ alignment }: Linkage, name: string): Alignment | undefined =>
    alignment.find(({ department }) => department === name);
  return {
    title: 'Does it bind? How far pay moves when results move by 10%',
    rows: departments.flatMap((name) => [
      row(`${departmentText(name)}: others'`, ({ linkage, uncrossed }) =>
        beside(at(linkage, name)?.others, at(uncrossed.linkage, name)?.others),
      ),
      row('its own', ({ linkage, uncrossed }) => beside(at(linkage, name)?.own, at(uncrossed.linkage, name)?.own), 2),
    ]),
  };
};

const failingSection = (all: readonly Figures[], row: Row): PilotSection => {
  const departments = [
    ...new Set(
      all.flatMap(({ linkage }) =>
        linkage.failing.flatMap(({ department, ownPart }) => (ownPart === undefined ? [] : [department])),
      ),
    ),
  ];
  const at = ({ failing }: Linkage, name: string): Failing | undefined =>
    failing.find(({ department }) => department === name);
  return {
    title: 'Who answers? Pay lost when one side alone has 10% less',
    rows: departments.flatMap((name) => [
      row(`${departmentText(name)} fails`, ({ linkage, uncrossed }) =>
        beside(at(linkage, name)?.ownPart, at(uncrossed.linkage, name)?.ownPart),
      ),
      row(
        'others lose',
        ({ linkage, uncrossed }) => beside(at(linkage, name)?.othersPart, at(uncrossed.linkage, name)?.othersPart),
        2,
      ),
      row('widest gap, points', ({ depth }) => gapText(depth, name), 2),
    ]),
  };
};

/** The quarter in which the loss falls most unevenly, and how much more of its pay the failing side loses there. */
const gapText = (depth: Depth | undefined, department: string): string => {
  const widest = depth?.quarters === undefined ? undefined : widestGap(depth.quarters, department);
  return widest === undefined ? '' : `${widest.quarter.slice(-2)} ${signed(partText(widest.gap)).replace('%', '')}`;
};

/** What people see of their pay in what they do, and where the plan asks for the wrong thing. */
const doingSection = (all: readonly Figures[], row: Row): PilotSection => {
  if (all.every(({ depth }) => depth === undefined)) return { title: '', rows: [] };
  const departments = [
    ...new Set(all.flatMap(({ depth }) => depth?.sight?.departments.map(({ department }) => department) ?? [])),
  ];
  const at = (depth: Depth | undefined, name: string): DepartmentSight | undefined =>
    depth?.sight?.departments.find(({ department }) => department === name);
  return {
    title: 'What is in their hands, and what are they tempted by?',
    rows: [
      ...departments.flatMap((name) => [
        row(
          `${departmentText(name)}: in hand`,
          bothParts((depth) => at(depth, name)?.sight),
        ),
        row(
          'own 10% less costs',
          bothParts((depth) => at(depth, name)?.ownLoss?.median),
          2,
        ),
      ]),
      row(
        'just below a step',
        ofDepth(({ incentives }) => String(incentives.justBelow.length)),
      ),
      row(
        'better a week late',
        ofDepth(({ incentives: { delays } }) => String(delays.length)),
      ),
      // A plan that has none needs no line to say so.
      ...(all.some(({ depth }) => depth !== undefined && depth.incentives.gates > 0)
        ? [
            row(
              'gates, holds bit',
              ofDepth(({ incentives: { bit } }) => String(bit)),
            ),
          ]
        : []),
      row(
        'warnings of check',
        ofDepth(({ checks }) => String(checks.filter(({ severity }) => severity !== 'note').length)),
      ),
    ],
  };
};

/** What is asked of few variants, and in brackets the same without crossing links where that is otherwise. */
const ofDepth =
  (text: (depth: Depth) => string) =>
  ({ depth, uncrossed }: Figures): string => {
    if (depth === undefined) return NONE;
    const own = text(depth);
    const other = uncrossed.depth === undefined ? own : text(uncrossed.depth);
    return own === other ? own : `${own} (${other.replace('%', '')})`;
  };

const bothParts = (of: (depth: Depth) => Num | undefined): ((figures: Figures) => string) =>
  ofDepth((depth) => partText(of(depth)));

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
          return tau === undefined ? NONE : toFixed(tau, 2);
        }),
      ),
      row(
        'spread if equal',
        bothParts((depth) => fair(depth, name)?.spread?.part),
        2,
      ),
    ]),
  };
};
