import type { Side } from '../../linkage/crossovers.ts';
import { formatDay } from '../../values/date.ts';
import { add, type Num } from '../../values/num.ts';
import {
  type Block,
  figureColumn,
  heading,
  money,
  named,
  number,
  subheading,
  type Table,
  tableOr,
  text,
  textColumn,
} from '../document/document.ts';
import { departmentWords } from './department-words.ts';
import { campaignCell } from './linkage-leads.ts';
import type { LinkageReport } from './linkage-report.ts';

/** Who crossed over, or carried an idea through: the list from which people are recognised. */
export const crossoverBlocks = (report: LinkageReport): readonly Block[] => {
  const { computed, result } = report;
  return [
    heading(
      'Crossovers',
      `What those who work on both sides brought in and earned in ${result.period.label}, in ${computed.plan.currency}: the people to be recognised.`,
    ),
    subheading(
      'Carried from the drawing board to the conversion',
      'The campaign was their idea, and they closed the deal that it opened. Earned is what is paid for that touch and of that deal.',
    ),
    tableOr('Nobody has, in this period.', carriedTable(report)),
    subheading('People who moved', 'Each side of the move is counted where it was done.'),
    tableOr('Nobody has moved from one department to another.', moverTable(report)),
  ];
};

const carriedTable = (report: LinkageReport): Table => ({
  kind: 'table',
  name: 'carried_through',
  caption: undefined,
  columns: [
    textColumn('Who', 'person_id'),
    textColumn('Works in', 'department'),
    textColumn('Idea', 'campaign_id'),
    figureColumn('Deals', 'deals'),
    figureColumn('Brought in', 'brought_in'),
    figureColumn('Earned', 'earned'),
  ],
  rows: report.carried.map(({ person, department, campaign, deals, bookings, earned }) => ({
    cells: [
      named(person.id, person.name),
      text(departmentWords(department)),
      campaignCell(report, campaign),
      number(deals),
      money(bookings),
      money(earned),
    ],
  })),
  foot: undefined,
});

const moverTable = ({ movers }: LinkageReport): Table => ({
  kind: 'table',
  name: 'moved',
  caption: undefined,
  columns: [
    textColumn('Who', 'person_id'),
    textColumn('Department', 'department'),
    textColumn('Since', 'since'),
    figureColumn('Deals won', 'won'),
    figureColumn('Bookings of campaigns', 'touched'),
    figureColumn('Earned', 'earned'),
  ],
  rows: movers.flatMap(({ person, sides }) => {
    const who = named(person.id, person.name);
    const sum = (of: (side: Side) => Num): Num => sides.reduce<Num>((total, side) => add(total, of(side)), 0);
    return [
      ...sides.map(({ department, from, won, touched, earned }) => ({
        cells: [
          who,
          text(departmentWords(department)),
          text(Number.isFinite(from) ? formatDay(from) : ''),
          money(won),
          money(touched),
          money(earned),
        ],
      })),
      {
        cells: [
          who,
          text('both'),
          text(''),
          money(sum(({ won }) => won)),
          money(sum(({ touched }) => touched)),
          money(sum(({ earned }) => earned)),
        ],
      },
    ];
  }),
  foot: undefined,
});
