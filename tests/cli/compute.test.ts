import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run, scratch } from './run.ts';

const plan = `plan: First
currency: USD
period: month
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { per: won, rate: 6% }
`;
const deals = `deal_id,owner,close_date,amount,stage
d1,ana,2026-01-15,1000.00,won
d2,ben,2026-01-20,500.00,won
d3,ana,2026-02-01,2500.00,won
`;
const files = { 'align-pay.yaml': plan, 'deals.csv': deals };

const read = (folder: string, ...names: string[]): string => readFileSync(path.join(folder, ...names), 'utf8');
const amounts = (folder: string, ...names: string[]): string[] =>
  read(folder, ...names)
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',').slice(-2, -1).join());

test('one word and a file are enough', async () => {
  const cwd = scratch(files);
  const { code, stdout, stderr } = await run(['compute', 'deals.csv'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readdirSync(path.join(cwd, 'payouts'))).toEqual(['2026-01', '2026-02']);
  expect(readdirSync(path.join(cwd, 'payouts', '2026-01'))).toEqual(
    ['credits.csv', 'lines.csv', 'links.csv', 'measures.csv', 'payouts.csv', 'summary.json'].sort(),
  );
  expect(read(cwd, 'payouts', '2026-01', 'payouts.csv')).toBe(
    'period,person_id,payroll_id,name,department,team,cost_center,reward,amount,currency\n' +
      '2026-01,ana,,,,,,commission,60.00,USD\n' +
      '2026-01,ben,,,,,,commission,30.00,USD\n',
  );
  expect(read(cwd, 'payouts', '2026-01', 'lines.csv')).toBe(
    'period,person_id,department,reward,line,kind,deal_id,campaign_id,lead_id,credit_date,credited,currency,original,' +
      'fx_rate,accumulated_before,rate,factor,amount,calculation,rule,source\n' +
      '2026-01,ana,,commission,1,credit,d1,,,2026-01-15,1000.00,USD,,,,0.06,1,60.00,1000.00 × 6% = 60.00,align-pay.yaml:7,deals.csv:2\n' +
      '2026-01,ben,,commission,1,credit,d2,,,2026-01-20,500.00,USD,,,,0.06,1,30.00,500.00 × 6% = 30.00,align-pay.yaml:7,deals.csv:3\n',
  );
  expect(read(cwd, 'payouts', '2026-02', 'credits.csv')).toBe(
    'credit,person_id,deal_id,campaign_id,lead_id,date,amount,source,rewards\n' +
      'won,ana,d3,,,2026-02-01,2500.00,deals.csv:4,commission\n',
  );
  expect(stdout).toContain('First · 2026-01 · USD');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).not.toContain('\u001b');
});

test('reports are the same bytes wherever they are computed', async () => {
  const cwd = scratch(files);
  await run(['compute', 'deals.csv'], { cwd });
  const [folder, zone] = [path.dirname(cwd), { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }];
  const deep = path.join(path.basename(cwd), 'deals.csv');
  const out = path.join(cwd, 'again');
  expect(await run(['compute', deep, '--out', out], { cwd: folder, env: zone })).toMatchObject({ code: 0 });
  for (const name of readdirSync(path.join(cwd, 'payouts', '2026-01'))) {
    expect(read(out, '2026-01', name)).toBe(read(cwd, 'payouts', '2026-01', name));
  }
});

test('the plan may stand in a folder above, and deals may come through a pipe', async () => {
  const cwd = scratch({ 'align-pay.yml': plan, 'data/deals.csv': deals });
  const { code } = await run(['compute', '-', '--out', 'p'], { cwd: path.join(cwd, 'data'), input: deals });
  expect(code).toBe(0);
  expect(read(cwd, 'data', 'p', '2026-01', 'lines.csv')).toContain('standard input:2\n');
  expect(JSON.parse(read(cwd, 'data', 'p', '2026-01', 'summary.json'))).toMatchObject({
    totals: { total: '90.00', people: 2, rewards: [{ reward: 'commission', amount: '90.00' }] },
    manifest: { plan: 'First', inputs: [{ file: 'align-pay.yml' }, { file: 'standard input' }] },
  });
});

test('without an argument the deals beside the plan are read', async () => {
  const { code, stdout } = await run(['compute', '--quiet'], { cwd: scratch(files) });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
});

test('--period computes what it names', async () => {
  const cwd = scratch(files);
  expect(await run(['compute', '--period', '2026-02'], { cwd })).toMatchObject({ code: 0 });
  expect(readdirSync(path.join(cwd, 'payouts'))).toEqual(['2026-02']);
  expect(await run(['compute', '--period', '2026-Q1'], { cwd })).toMatchObject({ code: 0 });
  expect(readdirSync(path.join(cwd, 'payouts'))).toEqual(['2026-01', '2026-02', '2026-03']);
});

test.each([
  [['compute', 'none.csv'], 'there is no file none.csv'],
  [['compute', '--plan', 'none.yaml'], 'there is no plan none.yaml'],
  [['compute', '--table', 'leads=none.csv'], 'there is no file none.csv'],
  [['compute', '--table', 'lead=deals.csv'], 'did you mean leads?'],
  [['compute', '--table', 'leads'], 'write --table NAME=FILE'],
  [['compute', '--period', 'Q1'], 'write a period as in 2026-Q1'],
  // Half a range is none: what is behind the dots is not left out in silence.
  [['compute', '--period', '2026-01..xyz'], 'write a period as in 2026-Q1'],
  [['compute', '--period', '2026-01..'], 'write a period as in 2026-Q1'],
  [['compute', '--period', '..2026-01'], 'write a period as in 2026-Q1'],
  [['compute', '--period', '2026-01..2026-M99'], 'write a period as in 2026-Q1'],
  [['compute', '--period', '2026-01..2026-02 junk'], 'write a period as in 2026-Q1'],
  [['compute', '--period', '2026-01..2026-02..2026-03'], 'write a period as in 2026-Q1'],
  [['compute', '--period', '2026-03..2026-01'], 'it ends before it begins'],
  [['compute', '--format', 'xml'], 'Allowed choices are text, json'],
  [['compute', '--perod', '2026'], 'Did you mean --period?'],
  [['compute', 'deals.csv', 'more.csv'], 'too many arguments'],
])('%j is wrong usage', async (args, message) => {
  const cwd = scratch(files);
  const { code, stdout, stderr } = await run(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(existsSync(path.join(cwd, 'payouts'))).toBe(false);
});

test('where something is wrong, nobody is paid and earlier reports stay', async () => {
  const cwd = scratch(files);
  await run(['compute'], { cwd });
  const before = read(cwd, 'payouts', '2026-01', 'payouts.csv');
  writeFileSync(path.join(cwd, 'deals.csv'), deals.replace('2026-01-15', '15 January').replace('500.00', '$500'));
  const { code, stdout, stderr } = await run(['compute'], { cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.split('\n').slice(0, 2)).toEqual([
    'deals.csv:2:8  close_date: "15 January" is not a date; expected YYYY-MM-DD as in 2026-01-31',
    'deals.csv:3:19  amount: "$500" is not an amount; expected digits with at most one decimal point, as in 1234.50',
  ]);
  expect(stderr).toContain('2 errors; nothing was paid');
  expect(read(cwd, 'payouts', '2026-01', 'payouts.csv')).toBe(before);
});

test('ten thousand bad rows are told in a few lines', async () => {
  const bad = Array.from({ length: 10_000 }, (_, i) => `x${i},ana,2026-13-01,${i % 10 ? '1.00' : 'free'},won`).join(
    '\n',
  );
  const cwd = scratch({ ...files, 'deals.csv': `${deals}${bad}\n` });
  const { code, stderr } = await run(['compute'], { cwd });
  expect(code).toBe(1);
  expect(stderr.split('\n').length).toBeLessThan(25);
  expect(stderr).toContain('and 9,997 more like this (first lines 8, 9, 10)');
  expect(stderr).toMatch(/10,000 {2}invalid-date/);
  const { stdout } = await run(['compute', '--format', 'json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ payouts: [], files: [] });
  expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toHaveLength(11_000);
});

test('a period that comes out otherwise says who changed', async () => {
  const cwd = scratch(files);
  await run(['compute'], { cwd });
  expect((await run(['compute'], { cwd })).stdout).not.toContain('otherwise');
  writeFileSync(path.join(cwd, 'deals.csv'), deals.replace('1000.00', '2000.00'));
  const { stdout } = await run(['compute'], { cwd });
  expect(stdout).toContain('2026-01 comes out otherwise than before: 1 person');
  expect(stdout).toMatch(/ana, commission +60\.00 +120\.00 +60\.00/);
  const json = await run(['compute', '--format', 'json', '--hold', 'ana'], { cwd });
  expect((JSON.parse(json.stdout) as { changes: unknown[] }).changes[0]).toEqual({
    period: '2026-01',
    person_id: 'ana',
    name: '',
    reward: 'commission',
    before: '120.00',
    now: null,
  });
});

test('who is held is left out, and held.csv goes when nobody is', async () => {
  const cwd = scratch(files);
  const { code, stdout } = await run(['compute', '--hold', 'ana'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('1 person is held: 210.00 USD');
  expect(read(cwd, 'payouts', 'held.csv')).toBe(
    'period,person_id,name,reward,amount,currency\n2026-01,ana,,commission,60.00,USD\n2026-02,ana,,commission,150.00,USD\n',
  );
  expect(amounts(cwd, 'payouts', '2026-01', 'payouts.csv')).toEqual(['30.00']);
  await run(['compute'], { cwd });
  expect(existsSync(path.join(cwd, 'payouts', 'held.csv'))).toBe(false);
});

test('--format json is one object', async () => {
  const { code, stdout, stderr } = await run(['compute', '--format', 'json'], { cwd: scratch(files) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    plan: 'First',
    currency: 'USD',
    periods: ['2026-01', '2026-02'],
    payouts: [
      { period: '2026-01', person_id: 'ana', reward: 'commission', amount: '60.00' },
      { period: '2026-01', person_id: 'ben', amount: '30.00' },
      { period: '2026-02', person_id: 'ana', amount: '150.00' },
      { period: '2026-02', person_id: 'ben', amount: '0.00' },
    ],
    totals: [
      { period: '2026-01', total: '90.00' },
      { period: '2026-02', total: '150.00' },
    ],
    links: [],
    findings: [],
  });
});

test('colours follow FORCE_COLOR, and NO_COLOR where that is not set', async () => {
  const cwd = scratch(files);
  const coloured = async (env: Record<string, string>) =>
    (await run(['compute'], { cwd, env })).stdout.includes('\u001b[');
  expect(await coloured({ FORCE_COLOR: '1' })).toBe(true);
  expect(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
  expect(await coloured({ NO_COLOR: '1' })).toBe(false);
  expect(await coloured({ FORCE_COLOR: '0' })).toBe(false);
});
