import { noticeCost } from '../../change/notice-cost.ts';
import { stayOn } from '../../engine/people.ts';
import type { HandedOver } from '../../linkage/handed-over.ts';
import { isZero, sign, sub } from '../../values/num.ts';
import {
  type Block,
  type Cell,
  effect,
  figureColumn,
  heading,
  missing,
  named,
  number,
  paragraph,
  type Table,
  tableOr,
  text,
  textColumn,
} from '../document/document.ts';
import { compareText } from '../figures/cell-text.ts';
import type { LinkageReport } from './linkage-report.ts';

/** What sales was told of and did not work, and what marketing handed over without a word. */
export const leadBlocks = (report: LinkageReport): readonly Block[] => {
  const { computed, result } = report;
  const { label } = result.period;
  const told = [...computed.plan.credits.values()].some(({ each }) => each === 'lead');
  return [
    heading(
      'Campaigns that were not taken to heart',
      `Leads of ${label} that the plan counts as handed over in time, and that were not worked as it asks.`,
    ),
    told
      ? tableOr('Every lead that was handed over in time was worked.', leftTable(report))
      : paragraph('The plan credits no leads: what was worked cannot be said.'),
    heading(
      'Leads handed over without notice',
      `Leads of ${label} whose campaign nobody was told of in time. They weigh against nobody.`,
    ),
    computed.tables.has('leads')
      ? tableOr('Every lead came with notice.', untoldTable(report))
      : paragraph('There is no leads.csv: what was handed over cannot be said.'),
    ...costBlocks(report),
  ];
};

/** The team that somebody works in on a day; their department where that has no teams. */
const teamOn = ({ person, date }: HandedOver): string => {
  const stay = person && stayOn(person.stays, date);
  return stay?.team ?? stay?.department ?? 'no team';
};

type Read = Pick<LinkageReport, 'computed'>;

const campaignText = ({ computed: { tables } }: Read, row: number, column: string): string | undefined =>
  tables.get('campaigns')?.columns.get(column)?.[row] as string | undefined;

/** A campaign by name and id. */
export const campaignCell = (report: Read, row: number): Cell => {
  const id = campaignText(report, row, 'campaign_id');
  return id === undefined ? text('no campaign') : named(id, campaignText(report, row, 'name'));
};

/** The order in which campaigns are listed: by name, then id. */
export const compareCampaigns = (report: Read, a: number, b: number): number => {
  const key = (row: number): string =>
    campaignText(report, row, 'name') ?? campaignText(report, row, 'campaign_id') ?? '';
  return compareText(key(a), key(b)) || a - b;
};

/** Leads by campaign and by team, in order of their names. */
const byCampaignAndTeam = (
  report: Read,
  leads: readonly HandedOver[],
): readonly { readonly campaign: number; readonly team: string; readonly leads: readonly HandedOver[] }[] => {
  const found = new Map<string, { readonly campaign: number; readonly team: string; readonly leads: HandedOver[] }>();
  for (const lead of leads) {
    const { campaign } = lead;
    const team = teamOn(lead);
    const key = JSON.stringify([campaign, team]);
    const own = found.get(key) ?? { campaign, team, leads: [] };
    found.set(key, own);
    own.leads.push(lead);
  }
  return [...found.values()].sort(
    (a, b) => compareCampaigns(report, a.campaign, b.campaign) || compareText(a.team, b.team),
  );
};

const leftTable = (report: LinkageReport): Table => ({
  kind: 'table',
  name: 'not_worked',
  caption: undefined,
  columns: [
    textColumn('Campaign', 'campaign_id'),
    textColumn('Team', 'team'),
    figureColumn('Handed over', 'handed_over'),
    figureColumn('Worked', 'worked'),
    figureColumn('Left', 'left'),
  ],
  rows: byCampaignAndTeam(report, report.handedOver).flatMap(({ campaign, team, leads }) => {
    const worked = leads.filter((lead) => lead.worked).length;
    const left = leads.length - worked;
    if (left === 0) return [];
    return [
      { cells: [campaignCell(report, campaign), text(team), number(leads.length), number(worked), number(left)] },
    ];
  }),
  foot: undefined,
});

const untoldTable = (report: LinkageReport): Table => ({
  kind: 'table',
  name: 'without_notice',
  caption: undefined,
  columns: [
    textColumn('Campaign', 'campaign_id'),
    textColumn('Handed over to', 'team'),
    figureColumn('Leads', 'leads'),
    figureColumn('Followed up all the same', 'followed_up'),
  ],
  rows: byCampaignAndTeam(report, report.withoutNotice).map(({ campaign, team, leads }) => ({
    cells: [
      campaignCell(report, campaign),
      text(team),
      number(leads.length),
      number(leads.filter((lead) => lead.worked).length),
    ],
  })),
  foot: undefined,
});

/** What lack of notice cost, where the plan says what counts only with it. */
const costBlocks = ({ computed, result, withoutNotice }: LinkageReport): readonly Block[] => {
  if (withoutNotice.length === 0) return [];
  const cost = noticeCost(computed, result);
  if (cost === undefined) {
    const why = 'the plan has no credit with announced_only: true, without which it could be paid again';
    return [{ kind: 'key-figures', figures: [{ label: 'What the lack of notice cost', cell: missing(why) }] }];
  }
  const moved = cost.filter(({ paid, would }) => !isZero(sub(paid, would)));
  if (moved.length === 0) return [paragraph('The lack of notice cost nobody anything.')];
  return [
    {
      kind: 'key-figures',
      figures: moved.map(({ department, paid, would }) => ({
        label: `The lack of notice ${sign(sub(paid, would)) < 0 ? 'cost' : 'brought'} ${department}`,
        cell: effect(sub(paid, would)),
        note: 'what it is paid, less what it would be had they counted',
      })),
    },
  ];
};
