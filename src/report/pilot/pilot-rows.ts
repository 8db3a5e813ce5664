import { changesOf, countChanges, heldIn } from '../../pilot/compare.ts';
import { percentile } from '../../pilot/draws.ts';
import type { FairnessOf } from '../../pilot/fairness.ts';
import type { Alignment, Failing, Linkage } from '../../pilot/linkage.ts';
import type { Figures } from '../../pilot/pilot.ts';
import type { DepartmentSight } from '../../pilot/sight.ts';
import { div, type Num, toFixed } from '../../values/num.ts';
import { departmentText } from '../summary/summary-payouts.ts';
import { changePart, gainText, NONE, partText, unitsText } from './pilot-figure.ts';
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
    standingSection(all, row, digits),
  ]
    .map(({ title, rows }) => ({ title, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) }))
    .filter(({ rows }) => rows.length > 0);
};

type Row = (label: string, of: (figures: Figures, isToday: boolean) => string, indent?: number) => PilotRow;

const costSection = (
  { today, budget, assume }: PilotResult,
  row: Row,
  departments: readonly string[],
  money: (amount: Num) => string,
): PilotSection => {
  const rows = [
    row('paid to all', ({ paid }) => money(paid.total)),
    row('to today', (own, isToday) => (isToday ? '' : changePart(today.paid.total, own.paid.total)), 2),
    row('if unlinked', ({ uncrossed }) => money(uncrossed.total), 2),
    ...departments.map((name) => row(departmentText(name), ({ paid }) => money(paid.byDepartment.get(name) ?? 0), 2)),
    row('of bookings', ({ paid, bookings }) => partText(div(paid.total, bookings)), 2),
    row('variable', ({ paid, variable }) => partText(div(variable.variable, paid.total)), 2),
    row('of that, linked', ({ variable }) => partText(div(variable.linked, variable.variable)), 2),
  ];
  if (today.draws !== undefined) {
    const drawn = (percent: number): PilotRow =>
      row(
        `${percent === 100 ? 'highest' : `${percent}%`} of draws`,
        ({ draws }) => {
          const cost = draws && percentile(draws, percent);
          return cost === undefined ? NONE : money(cost);
        },
        2,
      );
    rows.push(drawn(50), drawn(90), drawn(100));
  }
  if (budget !== undefined) {
    rows.push(row(`budget ${money(budget)} holds in`, (own) => partText(heldIn(own, budget)), 2));
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
        'gain',
        counts(({ winners }) => winners),
      ),
      row(
        'lose',
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
  return own === other ? own : `${own} (${other})`;
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
    title: 'Does it bind: pay moves, for 10% of results',
    rows: departments.flatMap((name) => [
      row(`${departmentText(name)}: others'`, ({ linkage, uncrossedLinkage }) =>
        beside(at(linkage, name)?.others, at(uncrossedLinkage, name)?.others),
      ),
      row('own', ({ linkage, uncrossedLinkage }) => beside(at(linkage, name)?.own, at(uncrossedLinkage, name)?.own), 2),
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
    title: 'Who answers when one side alone has 10% less',
    rows: departments.flatMap((name) => [
      row(`${departmentText(name)} fails`, ({ linkage, uncrossedLinkage }) =>
        beside(at(linkage, name)?.ownPart, at(uncrossedLinkage, name)?.ownPart),
      ),
      row(
        'others lose',
        ({ linkage, uncrossedLinkage }) =>
          beside(at(linkage, name)?.othersPart, at(uncrossedLinkage, name)?.othersPart),
        2,
      ),
    ]),
  };
};

/** What people see of their pay in what they do, and where the plan asks for the wrong thing. */
const doingSection = (all: readonly Figures[], row: Row): PilotSection => {
  if (all.every(({ depth }) => depth === undefined)) return { title: '', rows: [] };
  const departments = [
    ...new Set(all.flatMap(({ depth }) => depth?.sight?.departments.map(({ department }) => department) ?? [])),
  ];
  const at = ({ depth }: Figures, name: string): DepartmentSight | undefined =>
    depth?.sight?.departments.find(({ department }) => department === name);
  return {
    title: 'What people see of it, and are tempted by',
    rows: [
      ...departments.flatMap((name) => [
        row(`${departmentText(name)}: in sight`, (own) => partText(at(own, name)?.sight)),
        row('10% less costs', (own) => partText(at(own, name)?.ownLoss?.median), 2),
      ]),
      row('just below a step', ({ depth }) => (depth === undefined ? NONE : String(depth.incentives.justBelow.length))),
      row('a week late pays', ({ depth }) =>
        depth === undefined ? NONE : `${depth.incentives.delays.length} of ${depth.incentives.moved}`,
      ),
      // A plan that has none needs no line to say so.
      ...(all.some(({ depth }) => depth !== undefined && depth.incentives.gates > 0)
        ? [
            row('gates, holds bit', ({ depth }) =>
              depth === undefined ? NONE : `${depth.incentives.bit} of ${depth.incentives.gates}`,
            ),
          ]
        : []),
      row('check finds', ({ depth }) =>
        depth === undefined ? NONE : `${depth.checks.filter(({ severity }) => severity !== 'note').length} to mend`,
      ),
    ],
  };
};

/** How far the outcome hangs on how touches are shared out, and whether equal results are paid equally. */
const standingSection = (all: readonly Figures[], row: Row, digits: number): PilotSection => {
  if (all.every(({ depth }) => depth === undefined)) return { title: '', rows: [] };
  const models = [...new Set(all.flatMap(({ depth }) => depth?.robustness.shares.map(({ model }) => model) ?? []))];
  const measures = [...new Set(all.flatMap(({ depth }) => depth?.fairness.map(({ measure }) => measure) ?? []))];
  const fair = ({ depth }: Figures, name: string): FairnessOf | undefined =>
    depth?.fairness.find(({ measure }) => measure === name);
  return {
    title: 'Does it hold, and is it fair',
    rows: [
      ...models.map((name) =>
        row(`by ${name}`, ({ depth }) => {
          const other = depth?.robustness.shares.find(({ model }) => model === name);
          if (other === undefined) return NONE;
          const [gain, loss] = [other.most?.difference ?? 0, other.least?.difference ?? 0];
          return `${gainText(gain, digits)} ${gainText(loss, digits)}`;
        }),
      ),
      ...measures.flatMap((name) => [
        row(`follows ${name}`, (own) => {
          const tau = fair(own, name)?.tau;
          return tau === undefined ? NONE : toFixed(tau, 2);
        }),
        row('at equal results', (own) => partText(fair(own, name)?.spread?.part), 2),
      ]),
    ],
  };
};
