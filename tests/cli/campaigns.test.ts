import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { blocksOf } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';

/** The plan and tables of the docs. */
const files = (): Record<string, string> =>
  Object.fromEntries(
    blocksOf('docs/campaigns.md')
      .filter(({ name }) => /\.(?:yaml|csv)$/.test(name))
      .map(({ name, text }) => [name, text]),
  );

const digest = (args: readonly string[], changes: Record<string, string> = {}) =>
  run(['campaigns', ...args], { cwd: scratch({ ...files(), ...changes }) });

test('the exit code says whether a campaign that comes is short of its notice', async () => {
  expect((await digest(['--as-of', '2026-02-01'])).code).toBe(1);
  // The forum and the fair were known of in time; the ads are past.
  expect((await digest(['--as-of', '2026-02-10', '--ahead', '10 days'])).code).toBe(0);
  expect((await digest(['--as-of', '2026-01-30', '--ahead', '11d'])).code).toBe(0);
  expect((await digest(['--as-of', '2026-01-31', '--ahead', '11d'])).code).toBe(1);
});

test('everything as data', async () => {
  const { stdout } = await digest(['--as-of', '2026-02-01', '--format', 'json']);
  const data = JSON.parse(stdout);
  expect(data).toMatchObject({ as_of: '2026-02-01', until: '2026-03-03', campaign_notice: 10, last_period: '2026-01' });
  expect(
    data.coming.map((one: { campaign_id: string; notice: string; due: string }) => [
      one.campaign_id,
      one.notice,
      one.due,
    ]),
  ).toEqual([
    ['ads', 'short', '2026-01-30'],
    ['fair', 'known', '2026-01-31'],
    ['guide', 'known', '2026-02-06'],
    ['tour', 'open', '2026-02-14'],
  ]);
  expect(data.held_to).toEqual([
    { reward: 'commission', who: 'sales', link: 'hand_over', because: 'Sales works the campaigns it was told of' },
  ]);
  expect(data.worked).toEqual([
    { team: 'North', handed_over: 2, worked: 1, left: [{ campaign: 'Freight Forum', leads: 1 }] },
    { team: 'South', handed_over: 1, worked: 1, left: [] },
  ]);
  expect(data.uncounted).toEqual([{ campaign: 'Flash sale', leads: 2, touches: 0 }]);
  // Ana worked one of two: 100.00 × 75%. With the lead of the flash sale it is one of three: 66.67%.
  expect(data.cost).toEqual([{ department: 'sales', paid: '75.00', would_have_been: '66.67' }]);
  expect(data.findings.map(({ code }: { code: string }) => code)).toEqual(['short-notice']);
});

test('a calendar that others can read, with names that need care', async () => {
  const table =
    files()['campaigns.csv']?.replace(
      'Spring fair',
      '"Fair; spring, fürs große Publikum\\; and everybody who wants to come along"',
    ) ?? '';
  const { stdout } = await digest(['--as-of', '2026-02-01', '--format', 'ics'], { 'campaigns.csv': table });
  expect(stdout.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(stdout.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const calendar = new ICAL.Component(ICAL.parse(stdout));
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  expect(events.map((event) => [event.uid, event.startDate.toString(), event.endDate.toString()])).toEqual([
    ['ads@campaign.align-pay', '2026-02-09', '2026-02-10'],
    ['fair@campaign.align-pay', '2026-02-10', '2026-02-14'],
    ['guide@campaign.align-pay', '2026-02-16', '2026-02-17'],
    ['tour@campaign.align-pay', '2026-02-24', '2026-03-07'],
    ['tour@announce.align-pay', '2026-02-14', '2026-02-15'],
  ]);
  expect(events[1]?.summary).toBe(
    'Campaign: Fair; spring, fürs große Publikum\\; and everybody who wants to come along',
  );
  const none = await digest(['--as-of', '2030-01-01', '--format', 'ics']);
  expect(new ICAL.Component(ICAL.parse(none.stdout)).getAllSubcomponents('vevent')).toEqual([]);
  // A calendar without any component is none (RFC 5545, 3.6).
  expect(none.stdout).toContain('BEGIN:VTIMEZONE');
});

test('from cron: quiet where there is nothing to tell, the same bytes each time', async () => {
  const nothing = await digest(['--as-of', '2030-01-01', '--quiet']);
  expect(nothing).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await digest(['--as-of', '2026-02-01', '--quiet'])).stdout).not.toBe('');
  const today = { env: { SOURCE_DATE_EPOCH: '1769904000' }, cwd: scratch(files()) };
  expect((await run(['campaigns'], today)).stdout).toBe((await digest(['--as-of', '2026-02-01'])).stdout);
});

test('campaigns without a first day, words for days to come, a late word of sales', async () => {
  const table = `campaign_id,owner,announced_on,acknowledged_on,starts_on
always,mo,2026-01-25,,
later,mo,2026-02-05,,2026-02-20
told,mo,,2026-02-01,2026-02-15
`;
  const { stdout, code } = await digest(['--as-of', '2026-02-01', '--format', 'json'], {
    'campaigns.csv': table,
    'leads.csv': 'lead_id,campaign_id,assigned_to,assigned_on,followed_up_on\n',
  });
  expect(code).toBe(0);
  const { coming } = JSON.parse(stdout);
  expect(
    coming.map((one: { campaign_id: string; notice: string; due: string }) => [one.campaign_id, one.notice]),
  ).toEqual([
    ['told', 'known'],
    // It will be announced in time, but has not been yet.
    ['later', 'open'],
    ['always', 'known'],
  ]);
});

test('by the plan that is in force on the day', async () => {
  const plan = files()['align-pay.yaml'] ?? '';
  const cwd = scratch({
    ...files(),
    'align-pay.yaml': 'plan: none\n',
    'plans/a.yaml': `${plan}change: { effective: 2026-01-01 }\n`,
    'plans/b.yaml': `${plan.replace('10 days', '5 days')}change: { effective: 2026-03-01 }\n`,
  });
  const noticeOn = async (day: string): Promise<unknown> =>
    JSON.parse((await run(['campaigns', '--plan', 'plans', '--as-of', day, '--format', 'json'], { cwd })).stdout)
      .campaign_notice;
  expect([await noticeOn('2026-02-28'), await noticeOn('2026-03-01')]).toEqual([10, 5]);
});

test('wrong usage, a plan that is wrong, a table that is not there', async () => {
  expect((await digest(['--ahead', 'soon'])).code).toBe(2);
  expect((await digest(['--as-of', '2026-02-30'])).code).toBe(2);
  expect((await digest(['none.csv'])).code).toBe(2);
  expect(await digest([], { 'align-pay.yaml': 'plan: x\n' })).toMatchObject({ code: 1, stdout: '' });
  const { 'campaigns.csv': _, ...others } = files();
  const absent = await run(['campaigns'], { cwd: scratch(others) });
  expect(absent).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('file-not-found') });
});
