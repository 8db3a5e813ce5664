import type { Person } from '../../engine/result.ts';
import { isNearNextStep, type StepsReached } from '../../explain/standing.ts';
import type { HandedOver } from '../../linkage/handed-over.ts';
import { add, compare, type Num } from '../../values/num.ts';
import {
  type Block,
  type Cell,
  type Document,
  EMPTY,
  figureColumn,
  heading,
  missing,
  money,
  named,
  number,
  paragraph,
  percent,
  type Row,
  subheading,
  tableOr,
  text,
  textColumn,
} from '../document/document.ts';
import { daysWords } from '../figures/day-words.ts';
import { titleOf } from '../html/figures.ts';
import { campaignCell, compareCampaigns } from '../linkage/linkage-leads.ts';
import type { StatementAttainment } from '../statement/statement-attainment.ts';
import { countsMoney } from '../statement/statement-html-steps.ts';
import type { TeamReport } from './team-report.ts';

/** What a manager reads of a team: who stands where, who is nearly at the next step, what the team did not work. */
export const teamDocument = (report: TeamReport): Document => {
  const { computed, result, team } = report;
  const { plan } = computed;
  return {
    title: team.title,
    eyebrow: `${plan.name}, ${result.period.label}`,
    meta: [daysWords(result.period)],
    currency: plan.currency,
    digits: plan.digits,
    blocks: [...glance(report), ...near(report), ...notWorked(report), ...pay(report)],
    foot: ['Every figure is of the run that pays; payouts.csv and lines.csv hold the same.'],
  };
};

const who = ({ id, name }: Person): Cell => named(id, name);

const figure = (value: Num, isMoney: boolean): Cell => (isMoney ? money(value) : number(value));

const attained = (attainment: StatementAttainment | undefined): readonly Cell[] =>
  attainment === undefined
    ? [text(''), EMPTY, EMPTY, missing('no quota is read')]
    : [
        text(`${titleOf(attainment.measure)}, ${attainment.period}`),
        figure(attainment.done, attainment.isMoney),
        figure(attainment.quota, attainment.isMoney),
        percent(attainment.share, 1),
      ];

const STANDING = [
  textColumn('Who', 'person_id'),
  textColumn('Quota of', 'measure'),
  figureColumn('Done', 'done'),
  figureColumn('Quota', 'quota'),
  figureColumn('Attained', 'attained'),
];

const glance = ({ members, paid, computed: { plan } }: TeamReport): readonly Block[] => {
  const ranked = members.flatMap(({ attainments: [first] }) => first ?? []);
  const reached = ranked.filter(({ share }) => compare(share, 1) >= 0).length;
  const others = members.flatMap(({ person, attainments }) =>
    attainments.slice(1).map((attainment) => ({ person, attainment })),
  );
  return [
    {
      kind: 'key-figures',
      figures: [
        { label: 'People', cell: number(members.length) },
        { label: 'Reached their quota', cell: number(reached), note: `of ${ranked.length} who have one` },
        { label: 'Paid in the team', cell: money(paid), note: plan.currency },
      ],
    },
    heading('The team at a glance', 'By attainment: what is done of the quota, cut to a tenth of a percent.'),
    {
      kind: 'table',
      name: 'glance',
      caption: undefined,
      columns: [...STANDING, figureColumn('Paid', 'paid')],
      rows: members.map(({ person, attainments: [first], paid: own }) => ({
        cells: [who(person), ...attained(first), money(own)],
      })),
      foot: {
        cells: [text('Total'), EMPTY, EMPTY, EMPTY, EMPTY, sumAbove([paid])],
      },
    },
    ...(others.length === 0
      ? []
      : [
          subheading('Other quotas'),
          {
            kind: 'table',
            name: 'other_quotas',
            caption: undefined,
            columns: STANDING,
            rows: others.map(({ person, attainment }) => ({ cells: [who(person), ...attained(attainment)] })),
            foot: undefined,
          } as const,
        ]),
  ];
};

const near = ({ members }: TeamReport): readonly Block[] =>
  members.every(({ steps }) => steps.length === 0)
    ? []
    : [
        heading('Nearly at the next step', 'Whoever lacks a tenth of the next threshold or less.'),
        tableOr('Nobody is that near.', {
          kind: 'table',
          name: 'near_next_step',
          caption: undefined,
          columns: [
            textColumn('Who', 'person_id'),
            textColumn('Reward', 'reward'),
            figureColumn('Stands at', 'stands_at'),
            figureColumn('Next step', 'next_step'),
            figureColumn('Rate there', 'rate'),
            figureColumn('Lacks', 'lacks'),
          ],
          rows: members.flatMap(({ person, steps }) =>
            steps.filter(isNearNextStep).flatMap((each) => nearRow(person, each)),
          ),
          foot: undefined,
        }),
      ];

const nearRow = (person: Person, reached: StepsReached): readonly Row[] => {
  const { reward, accumulated, next } = reached;
  if (next === undefined) return [];
  const isMoney = countsMoney(reached);
  const cells = [
    who(person),
    text(titleOf(reward.name)),
    figure(accumulated, isMoney),
    figure(next.at, isMoney),
    reward.unit === 'pay' ? money(next.rate) : percent(next.rate),
    figure(next.missing, isMoney),
  ];
  return [{ cells }];
};

const notWorked = (report: TeamReport): readonly Block[] => {
  const told = [...report.computed.plan.credits.values()].some(({ each }) => each === 'lead');
  const campaigns = byCampaignAndPerson(report).filter(({ leads }) => leads.some(({ worked }) => !worked));
  return [
    heading(
      'Campaigns that the team did not work',
      'Leads of the period that count as handed over in time, and that were not worked as the plan asks.',
    ),
    told
      ? tableOr('Every lead that was handed over in time was worked.', {
          kind: 'table',
          name: 'not_worked',
          caption: undefined,
          columns: [
            textColumn('Campaign', 'campaign_id'),
            textColumn('Who', 'person_id'),
            figureColumn('Handed over', 'handed_over'),
            figureColumn('Worked', 'worked'),
            figureColumn('Left', 'left'),
          ],
          rows: campaigns.map(({ campaign, person, leads }) => {
            const worked = leads.filter((lead) => lead.worked).length;
            const counts = [leads.length, worked, leads.length - worked].map((count) => number(count));
            return { cells: [campaignCell(report, campaign), person === undefined ? EMPTY : who(person), ...counts] };
          }),
          foot: undefined,
        })
      : paragraph('The plan credits no leads: what was worked cannot be said.'),
  ];
};

const byCampaignAndPerson = (report: TeamReport) => {
  const found = new Map<
    string,
    { readonly campaign: number; readonly person: Person | undefined; readonly leads: HandedOver[] }
  >();
  for (const lead of report.handedOver) {
    const key = `${lead.campaign}/${lead.person?.index}`;
    const own = found.get(key) ?? { campaign: lead.campaign, person: lead.person, leads: [] };
    found.set(key, own);
    own.leads.push(lead);
  }
  return [...found.values()].sort(
    (a, b) => compareCampaigns(report, a.campaign, b.campaign) || (a.person?.index ?? 0) - (b.person?.index ?? 0),
  );
};

const pay = ({ members, rewards, paid, computed: { plan } }: TeamReport): readonly Block[] => [
  heading('What the team is paid', `By reward, for the time in the team, in ${plan.currency}.`),
  {
    kind: 'table',
    name: 'pay',
    caption: undefined,
    columns: [
      textColumn('Who', 'person_id'),
      ...rewards.map((reward) => figureColumn(titleOf(reward), reward)),
      figureColumn('Paid', 'paid'),
    ],
    rows: members.map(({ person, byReward, paid: own }) => ({
      cells: [
        who(person),
        ...rewards.map((reward) => {
          const amount = byReward.get(reward);
          return amount === undefined ? EMPTY : money(amount);
        }),
        money(own),
      ],
    })),
    foot: {
      cells: [
        text('Total'),
        ...rewards.map((reward) => sumAbove(members.map(({ byReward }) => byReward.get(reward) ?? 0))),
        sumAbove([paid]),
      ],
    },
  },
];

/** A total of what stands above it. */
const sumAbove = (amounts: readonly Num[]): Cell => ({
  kind: 'money',
  minor: amounts.reduce<Num>(add, 0),
  formula: { kind: 'sum-above' },
});
