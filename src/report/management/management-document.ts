import type { Computed } from '../../engine/compute.ts';
import type { PeriodResult } from '../../engine/result.ts';
import { bookedIn, soldCredits } from '../../linkage/bookings.ts';
import type { Day } from '../../values/date.ts';
import { add, div, type Num, sign } from '../../values/num.ts';
import type { Period } from '../../values/period.ts';
import {
  type Block,
  type Cell,
  type Document,
  EMPTY,
  figureColumn,
  heading,
  missing,
  money,
  percent,
  type Row,
  tableOr,
  text,
  textColumn,
} from '../document/document.ts';
import { daysWords } from '../figures/day-words.ts';
import { linkTotals } from '../figures/link-totals.ts';
import { type PeriodTotals, totalsOf } from '../figures/totals.ts';
import { titleOf } from '../html/figures.ts';
import { departmentWords } from '../linkage/department-words.ts';
import { MOVED_COLUMNS, movedCells } from '../linkage/moved-columns.ts';

/** What the management reads of a period: what was paid to whom, what it bought, and what links moved. */
export const managementDocument = (computed: Computed, result: PeriodResult, held: ReadonlySet<string>): Document => {
  const { plan } = computed;
  const totals = totalsOf(result, held, plan.rewards.keys());
  return {
    title: 'Pay and what it bought',
    eyebrow: `${plan.name}, ${result.period.label}`,
    meta: [daysWords(result.period)],
    currency: plan.currency,
    digits: plan.digits,
    blocks: [
      ...bought(computed, result, held),
      ...byReward(totals, plan.currency),
      ...byTeam(totals),
      ...links(result, held),
    ],
    foot: ['Every figure is of the run that pays; payouts.csv, lines.csv and links.csv hold the same.'],
  };
};

/** What was spent in a period, and what was sold in it. */
interface Spent {
  readonly period: Period;
  readonly paid: Num;
  /** Of the campaigns that began in it; undefined where one of them has no cost. */
  readonly campaigns: Num | undefined;
  readonly withoutCost: number;
  readonly bookings: Num;
}

const bought = (computed: Computed, result: PeriodResult, held: ReadonlySet<string>): readonly Block[] => {
  const { plan, periods } = computed;
  const sold = soldCredits(computed);
  const until = periods.slice(0, periods.indexOf(result) + 1);
  const spent = until.map((each): Spent => {
    const { amount } = totalsOf(each, held, plan.rewards.keys());
    return {
      period: each.period,
      paid: amount,
      ...campaignsIn(computed, each.period),
      bookings: bookedIn(sold, each.period),
    };
  });
  const now = spent.at(-1);
  if (now === undefined) return [];
  return [
    {
      kind: 'key-figures',
      figures: [
        { label: 'Paid', cell: money(now.paid), note: plan.currency },
        { label: 'Bookings', cell: money(now.bookings), note: 'each deal once, less refunds' },
        { label: 'Pay as a part of bookings', cell: partOf(now.paid, now) },
        { label: 'The same with the cost of campaigns', cell: withCampaigns(now) },
      ],
    },
    heading(
      'What was spent, and what it bought',
      `In ${plan.currency}. The cost of a campaign is counted in the period of its first day.`,
    ),
    {
      kind: 'table',
      name: 'spent',
      caption: undefined,
      columns: [
        textColumn('Period', 'period'),
        figureColumn('Paid', 'paid'),
        figureColumn('Campaigns', 'campaigns'),
        figureColumn('Bookings', 'bookings'),
        figureColumn('Pay ÷ bookings', 'pay_of_bookings'),
        figureColumn('All ÷ bookings', 'all_of_bookings'),
      ],
      rows: spent.map((each) => ({
        cells: [
          text(each.period.label),
          money(each.paid),
          each.campaigns === undefined ? missing(withoutCostWords(each)) : money(each.campaigns),
          money(each.bookings),
          partOf(each.paid, each),
          withCampaigns(each),
        ],
      })),
      foot: undefined,
    },
  ];
};

const partOf = (amount: Num, { bookings }: Spent): Cell => {
  const part = sign(bookings) > 0 ? div(amount, bookings) : undefined;
  return part === undefined ? missing('nothing was booked') : percent(part, 2);
};

const withCampaigns = (spent: Spent): Cell =>
  spent.campaigns === undefined ? missing(withoutCostWords(spent)) : partOf(add(spent.paid, spent.campaigns), spent);

const withoutCostWords = ({ withoutCost }: Spent): string =>
  withoutCost === 0
    ? 'there is no campaigns.csv'
    : `${withoutCost} ${withoutCost === 1 ? 'campaign has' : 'campaigns have'} no cost`;

const campaignsIn = (
  { tables }: Computed,
  { from, to }: Period,
): { readonly campaigns: Num | undefined; readonly withoutCost: number } => {
  const table = tables.get('campaigns');
  if (table === undefined) return { campaigns: undefined, withoutCost: 0 };
  const cell = (column: string, row: number) => table.columns.get(column)?.[row];
  let sum: Num = 0;
  let withoutCost = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const first = (cell('starts_on', row) ?? cell('announced_on', row)) as Day | undefined;
    if (first === undefined || first < from || first > to) continue;
    const cost = cell('cost', row) as Num | undefined;
    if (cost === undefined) withoutCost++;
    else sum = add(sum, cost);
  }
  return { campaigns: withoutCost > 0 ? undefined : sum, withoutCost };
};

const sumAbove = (minor: Num): Cell => ({ kind: 'money', minor, formula: { kind: 'sum-above' } });

const byReward = ({ rewards, departments, amount }: PeriodTotals, currency: string): readonly Block[] => [
  heading(
    'What was paid, by reward and department',
    `In ${currency}, by the department of the job that it was paid for.`,
  ),
  {
    kind: 'table',
    name: 'pay',
    caption: undefined,
    columns: [
      textColumn('Reward', 'reward'),
      ...departments.map(({ department }) => figureColumn(departmentWords(department), departmentWords(department))),
      figureColumn('Total', 'total'),
    ],
    rows: [...rewards].map(
      ([reward, sum]): Row => ({
        cells: [
          text(titleOf(reward)),
          ...departments.map(({ byReward: own }) => {
            const part = own.get(reward);
            return part === undefined ? EMPTY : money(part);
          }),
          money(sum),
        ],
      }),
    ),
    foot: { cells: [text('Total'), ...departments.map((each) => sumAbove(each.amount)), sumAbove(amount)] },
  },
];

const byTeam = ({ departments, teams, amount }: PeriodTotals): readonly Block[] => [
  heading('Departments and teams'),
  {
    kind: 'table',
    name: 'teams',
    caption: undefined,
    columns: [textColumn('Department', 'department'), textColumn('Team', 'team'), figureColumn('Paid', 'paid')],
    rows: teams.map(({ department, team, amount: sum }) => ({
      cells: [text(departmentWords(department)), text(team), money(sum)],
    })),
    foot: { cells: [text('Total'), text(`${departments.length} departments`), sumAbove(amount)] },
  },
];

const links = (result: PeriodResult, held: ReadonlySet<string>): readonly Block[] => {
  const totals = linkTotals([result], held);
  if (totals.length === 0) return [];
  return [
    heading('What links added and took', 'Those that cross bind the pay of one department to what another does.'),
    tableOr('No link applied to anybody.', {
      kind: 'table',
      name: 'links',
      caption: undefined,
      columns: [
        textColumn('Link', 'link'),
        textColumn('On', 'reward'),
        textColumn('Crosses', 'crosses'),
        textColumn('Pay of', 'pay_of'),
        ...MOVED_COLUMNS,
      ],
      rows: totals.flatMap(({ link, reward, touches }) =>
        touches.map((touch) => ({
          cells: [
            text(titleOf(link.name)),
            text(titleOf(reward)),
            text(touch.crosses ? 'yes' : 'no'),
            text(departmentWords(touch.department)),
            ...movedCells(touch),
          ],
        })),
      ),
      foot: undefined,
    }),
  ];
};
