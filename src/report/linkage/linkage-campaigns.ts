import type { Action, DepartmentReturn } from '../../linkage/actions.ts';
import { add, type Num } from '../../values/num.ts';
import {
  type Block,
  type Cell,
  date,
  figureColumn,
  heading,
  missing,
  money,
  named,
  number,
  paragraph,
  subheading,
  tableOr,
  text,
  textColumn,
} from '../document/document.ts';
import { daysWords } from '../figures/day-words.ts';
import { amountText } from '../html/figures.ts';
import { departmentWords } from './department-words.ts';
import type { LinkageReport } from './linkage-report.ts';

const NO_TOUCHES = 'the plan shares no deal out over touches';
const NO_LEADS = 'the plan credits no leads';
const NO_COST = 'no cost is given';

/** Campaigns from launch to cash, what each department's actions returned, and how long acknowledgements took. */
export const campaignBlocks = (report: LinkageReport): readonly Block[] => {
  const { actions, days, computed } = report;
  if (!computed.tables.has('campaigns'))
    return [
      heading('Campaigns, from launch to cash'),
      paragraph('There is no campaigns.csv: what campaigns and plays cost and brought cannot be said.'),
    ];
  const before = actions.actions.filter(({ beganBefore }) => beganBefore);
  return [
    heading(
      'Campaigns, from launch to cash',
      `A campaign is any action of a department, a play of sales too. What became of each from ${daysWords(days)}, in ${computed.plan.currency}. The return is credited bookings ÷ (cost + incentives paid for it, on both sides).`,
    ),
    tableOr('No campaign was under way.', actionTable(actions.actions)),
    ...(before.length === 0
      ? []
      : [
          paragraph(
            `${before.map(({ name }) => name).join(', ')} began before these days: what came of ${before.length === 1 ? 'it' : 'them'} before is not in it.`,
          ),
        ]),
    subheading(
      'What each department’s actions returned',
      'The campaigns above, by the department of whoever runs them on their first day.',
    ),
    tableOr('There is none.', returnTable(actions.departments)),
    paragraph(noneWords(report)),
    subheading('From announcement to acknowledgement'),
    paragraph(acknowledgedWords(actions.actions)),
    tableOr('No campaign was under way.', noticeTable(actions.actions)),
  ];
};

const optional = <T>(value: T | undefined, cell: (value: T) => Cell, why: string): Cell =>
  value === undefined ? missing(why) : cell(value);

const returnCell = ({
  return: returned,
  bookings,
  cost,
}: {
  readonly return: Num | undefined;
  readonly bookings: Num | undefined;
  readonly cost: Num | undefined;
}): Cell => {
  if (returned !== undefined) return number(returned, 2);
  if (bookings === undefined) return missing(NO_TOUCHES);
  return missing(cost === undefined ? 'the cost is missing' : 'nothing was spent');
};

const actionTable = (actions: readonly Action[]) =>
  ({
    kind: 'table',
    name: 'campaigns',
    caption: undefined,
    columns: [
      textColumn('Campaign', 'campaign_id'),
      textColumn('Run by', 'department'),
      figureColumn('Cost', 'cost'),
      figureColumn('Leads handed over', 'handed_over'),
      figureColumn('Worked in time', 'worked'),
      figureColumn('Deals', 'deals'),
      figureColumn('Bookings credited', 'bookings'),
      figureColumn('Paid to its own side', 'paid_own_side'),
      figureColumn('Paid to the other side', 'paid_other_side'),
      figureColumn('Return', 'return'),
    ],
    rows: actions.map((action) => {
      const { id, name, department, owner, cost, handedOver, worked, deals, bookings, incentives } = action;
      const own = incentives.get(department ?? '') ?? 0;
      const others = [...incentives].reduce<Num>(
        (sum, [whose, amount]) => (whose === (department ?? '') ? sum : add(sum, amount)),
        0,
      );
      return {
        cells: [
          named(id, name),
          text(departmentWords(department), owner),
          optional(cost, money, NO_COST),
          optional<Num>(handedOver?.length, number, NO_LEADS),
          optional<Num>(worked, number, NO_LEADS),
          optional<Num>(deals, number, NO_TOUCHES),
          optional(bookings, money, NO_TOUCHES),
          money(own),
          money(others),
          returnCell(action),
        ],
      };
    }),
    foot: undefined,
  }) as const;

const returnTable = (departments: readonly DepartmentReturn[]) =>
  ({
    kind: 'table',
    name: 'returns',
    caption: undefined,
    columns: [
      textColumn('Department', 'department'),
      figureColumn('Actions', 'actions'),
      figureColumn('Cost', 'cost'),
      figureColumn('Bookings credited', 'bookings'),
      figureColumn('Incentives paid', 'paid'),
      figureColumn('Return', 'return'),
    ],
    rows: departments.map((own) => ({
      cells: [
        text(departmentWords(own.department)),
        number(own.actions),
        optional(own.cost, money, `${own.withoutCost} of ${own.actions} have none`),
        optional(own.bookings, money, NO_TOUCHES),
        money(own.paid),
        returnCell(own),
      ],
    })),
    foot: undefined,
  }) as const;

/** What was paid for no campaign is said, so that the figures above add up to what was paid. */
const noneWords = ({ actions: { tiedToNone }, computed: { plan } }: LinkageReport): string => {
  const by = [...tiedToNone].sort(([a], [b]) => (a < b ? -1 : 1));
  if (by.length === 0) return 'All that was paid was paid for a campaign.';
  const words = by.map(([department, amount]) => `${departmentWords(department)} ${amountText(amount, plan.digits)}`);
  return `Paid for no campaign (target pay, pools, caps, deals that none touched): ${words.join(', ')}. A deal’s commission is shared out over its campaigns as the deal is.`;
};

const acknowledgedWords = (actions: readonly Action[]): string => {
  const taken = actions.flatMap(({ daysToAcknowledge }) => daysToAcknowledge ?? []).sort((a, b) => a - b);
  const announced = actions.filter(({ announcedOn }) => announcedOn !== undefined).length;
  if (announced === 0) return 'None of them was announced.';
  const [middle] = taken.slice((taken.length - 1) >> 1);
  if (middle === undefined) return `None of the ${announced} that were announced was acknowledged.`;
  return `${taken.length} of the ${announced} that were announced ${taken.length === 1 ? 'was' : 'were'} acknowledged, the middle one after ${middle} ${middle === 1 ? 'day' : 'days'}.`;
};

const noticeTable = (actions: readonly Action[]) =>
  ({
    kind: 'table',
    name: 'notice',
    caption: undefined,
    columns: [
      textColumn('Campaign', 'campaign_id'),
      textColumn('Run by', 'department'),
      figureColumn('Announced', 'announced_on'),
      figureColumn('First day', 'starts_on'),
      figureColumn('Acknowledged', 'acknowledged_on'),
      figureColumn('Days to acknowledge', 'days'),
    ],
    rows: actions.map(({ id, name, department, announcedOn, startsOn, acknowledgedOn, daysToAcknowledge }) => ({
      cells: [
        named(id, name),
        text(departmentWords(department)),
        optional(announcedOn, date, 'not announced'),
        optional(startsOn, date, 'none is given'),
        optional(acknowledgedOn, date, 'not acknowledged'),
        optional<Num>(daysToAcknowledge, number, announcedOn === undefined ? 'not announced' : 'not acknowledged'),
      ],
    })),
    foot: undefined,
  }) as const;
