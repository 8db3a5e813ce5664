import { expect, test } from 'vitest';
import { Sink } from '../../src/findings/sink.ts';
import { checkColumnsRead } from '../../src/io/columns-read.ts';
import { pay, readPlanAndTables } from './pay.ts';

const LEADS = 'lead_id,campaign_id,assigned_to,assigned_on\nl2,c,ben,2026-01-20';

const PLAN = `
period: month
campaign_notice: 10 days
credits:
  told: { each: lead, announced_only: true }
rewards:
  each_lead: { per: told, pay: 1 USD }
`;

/** Which of these leads count: `lead: announced, acknowledged, starts, assigned`. */
const counted = (rows: Readonly<Record<string, string>>): readonly string[] => {
  const cells = Object.entries(rows).map(([id, row]) => [id, ...row.split(',').map((cell) => cell.trim())]);
  const { payouts, codes } = pay(PLAN, {
    campaigns: `campaign_id,owner,announced_on,acknowledged_on,starts_on\n${cells
      .map(([id, announced, acknowledged, starts]) => [id, 'mo', announced, acknowledged, starts].join(','))
      .join('\n')}`,
    leads: `lead_id,campaign_id,assigned_to,assigned_on,followed_up_on\n${cells
      .map(([id, , , , assigned]) => [id, id, id, assigned, ''].join(','))
      .join('\n')}`,
  });
  expect(codes).toEqual([]);
  return Object.keys(payouts).map((key) => key.split(' ')[1] ?? '');
};

test('a lead counts where its campaign was known of in time', () => {
  expect(
    counted({
      // exactly ten days before the start, and a day less
      told: '2026-01-05,           , 2026-01-15, 2026-01-20',
      late: '2026-01-06,           , 2026-01-15, 2026-01-20',
      // silence is no way out, and nor is a late word
      silent: '2026-01-01,         , 2026-01-15, 2026-01-20',
      tardy: '2026-01-01, 2026-01-14, 2026-01-15, 2026-01-20',
      // sales' own word is enough
      known: '          , 2026-01-05, 2026-01-15, 2026-01-20',
      barely: '         , 2026-01-06, 2026-01-15, 2026-01-20',
      // a lead that comes before the campaign starts has its own notice
      early: '2026-01-05,           , 2026-01-15, 2026-01-14',
      before: '2026-01-04,          , 2026-01-15, 2026-01-14',
      // without a start, its own date
      unstarted: '2026-01-10,       ,           , 2026-01-20',
      rushed: '2026-01-11,          ,           , 2026-01-20',
      nothing: '          ,         , 2026-01-15, 2026-01-20',
    }),
  ).toEqual(['before', 'known', 'silent', 'tardy', 'told', 'unstarted']);
});

test('a lead of no campaign does not count', () => {
  const { payouts } = pay(PLAN, {
    campaigns: 'campaign_id,owner,announced_on,starts_on\nc,mo,2026-01-01,2026-01-15',
    leads: 'lead_id,campaign_id,assigned_to,assigned_on\nl1,,ana,2026-01-20\nl2,c,ben,2026-01-20',
  });
  expect(payouts).toEqual({ '2026-01 ben each_lead': '1.00' });
});

test('a file without announced_on is refused, one without the others is not', () => {
  const said = (header: string): readonly string[] => {
    const sink = new Sink();
    const { plan, tables } = readPlanAndTables(PLAN, { campaigns: `${header}\nc,mo,2026-01-01`, leads: LEADS }, sink);
    if (plan !== undefined) checkColumnsRead(plan, tables, sink);
    return sink.all().map(({ code, message }) => `${code}: ${message}`);
  };
  expect(said('campaign_id,owner,announced_on')).toEqual([]);
  expect(said('campaign_id,owner,starts_on')).toEqual([
    'column-absent: campaigns.csv has no column announced_on, which is read here',
  ]);
});

test('the share of a touch that nobody was told of goes to nobody else', () => {
  const { payouts } = pay(
    `
period: month
campaign_notice: 10 days
credits:
  influenced: { each: attribution, share: linear, announced_only: true }
rewards:
  bonus: { per: influenced, rate: 10% }
`,
    {
      deals: 'deal_id,owner,close_date,amount\nd1,ana,2026-01-31,1000.00',
      campaigns: 'campaign_id,owner,announced_on,starts_on\na,mo,2026-01-01,2026-01-15\nb,rosa,2026-01-10,2026-01-15',
      attributions: 'deal_id,campaign_id,touched_on\nd1,a,2026-01-16\nd1,b,2026-01-17',
    },
  );
  expect(payouts).toEqual({ '2026-01 mo bonus': '50.00' });
});
