import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, scratch } from './run.ts';

const plan = (name: string, rest: string): string => `plan: ${name}
currency: USD
period: month
${rest}
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
rewards:
  commission: { per: won, rate: base_rate }
`;

const OLD = plan('Sales 2026', 'params: { base_rate: 5% }\nchange: { effective: 2026-01-01, ends: 2026-12-31 }');
const NEW = plan('Sales 2027', 'params: { base_rate: 8% }\nchange: { effective: 2027-01-01, ends: 2027-12-31 }');
const DEALS = `deal_id,owner,close_date,amount,stage
d1,ana,2026-11-10,1000.00,won
d2,ana,2026-12-10,1000.00,won
d3,ana,2027-01-10,1000.00,won
`;

const office = (files: Record<string, string> = {}): string =>
  scratch({
    'deals.csv': DEALS,
    'plans/2026.yaml': OLD,
    'plans/2027.yaml': NEW,
    'plans/2027.test.yaml': 'no plan',
    ...files,
  });

const paid = (cwd: string, out = 'payouts'): readonly string[] =>
  ['2026-11', '2026-12', '2027-01'].flatMap((period) => {
    const file = path.join(cwd, out, period, 'payouts.csv');
    if (!existsSync(file)) return [];
    const [, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
    return rows.map((row) => {
      const cells = row.split(',');
      return `${cells[0]} ${cells[1]} ${cells[7]} ${cells[8]}`;
    });
  });

test('a statement names the plan that paid it: its file, first day, and what it means', async () => {
  const cwd = office();
  await run(['compute', 'deals.csv', '--quiet'], { cwd });
  const { code, stderr } = await run(['report', 'deals.csv', '--for', 'person', '--format', 'html,md'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const meaning = (period: string): string =>
    JSON.parse(readFileSync(path.join(cwd, 'payouts', period, 'summary.json'), 'utf8')).manifest.meaning;
  expect(meaning('2026-12')).not.toBe(meaning('2027-01'));
  for (const [period, file, from] of [
    ['2026-12', '2026.yaml', '1 Jan 2026'],
    ['2027-01', '2027.yaml', '1 Jan 2027'],
  ] as const) {
    for (const format of ['html', 'md']) {
      const statement = readFileSync(path.join(cwd, 'reports', period, 'person', `ana.${format}`), 'utf8');
      expect(statement).toContain(`You are paid by the plan in ${file}, in force from ${from}.`);
      expect(statement).toContain(meaning(period));
    }
  }
});

test('each period is paid by the plan that was in force in it, and the outputs name it', async () => {
  const cwd = office();
  const { code, stdout, stderr } = await run(['compute', 'deals.csv'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(paid(cwd)).toEqual([
    '2026-11 ana commission 50.00',
    '2026-12 ana commission 50.00',
    '2027-01 ana commission 80.00',
  ]);
  expect(stdout).toContain('Sales 2026 · 2026-11');
  expect(stdout).toContain('Sales 2027 · 2027-01');
  const summary = (period: string) =>
    JSON.parse(readFileSync(path.join(cwd, 'payouts', period, 'summary.json'), 'utf8'));
  expect(summary('2026-12').manifest).toMatchObject({ plan: 'Sales 2026', file: '2026.yaml', effective: '2026-01-01' });
  expect(summary('2027-01').manifest).toMatchObject({ plan: 'Sales 2027', file: '2027.yaml', ends: '2027-12-31' });
  expect(summary('2027-01').manifest.inputs.map(({ file }: { file: string }) => file)).toEqual([
    '2027.yaml',
    '../deals.csv',
  ]);
  const json = JSON.parse((await run(['compute', 'deals.csv', '--format', 'json'], { cwd })).stdout);
  expect(json.plans.map(({ plan: name, periods }: { plan: string; periods: string[] }) => [name, periods])).toEqual([
    ['Sales 2026', ['2026-11', '2026-12']],
    ['Sales 2027', ['2027-01']],
  ]);
  expect(json.payouts).toHaveLength(3);
});

test('a period that is asked for is paid by its own plan; a folder may be named', async () => {
  const cwd = office();
  const one = await run(['compute', 'deals.csv', '--plan', 'plans', '--period', '2026-12', '--quiet'], { cwd });
  expect(one).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(paid(cwd)).toEqual(['2026-12 ana commission 50.00']);
  const explained = await run(['explain', 'ana', 'deals.csv', '--period', '2026-12'], { cwd });
  expect(explained).toMatchObject({ code: 0, stdout: expect.stringContaining('5%') });
});

test('what no plan was in force for is said', async () => {
  const cwd = office({ 'plans/2026.yaml': OLD.replace('2026-01-01', '2026-12-01') });
  const all = await run(['compute', 'deals.csv'], { cwd });
  expect(all).toMatchObject({ code: 0, stderr: expect.stringContaining('1 credit is dated before 2026-12-01') });
  expect(paid(cwd)).toHaveLength(2);
  const asked = await run(['compute', 'deals.csv', '--period', '2026-11'], { cwd });
  expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('no plan was in force in 2026-11') });
});

test('a plan past its end stays in force, with a warning; weeks ahead it is said, too', async () => {
  const cwd = scratch({ 'deals.csv': DEALS, 'align-pay.yaml': OLD });
  const { code, stderr } = await run(['compute', 'deals.csv', '--period', '2027-01'], { cwd });
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('plan-past-end') });
  expect(paid(cwd)).toEqual(['2027-01 ana commission 50.00']);
  const soon = await run(['compute', 'deals.csv', '--period', '2026-11'], { cwd });
  expect(soon.stderr).toContain('“Sales 2026” ends on 2026-12-31, in 31 days, and no plan follows');
  const follows = await run(['compute', 'deals.csv', '--period', '2026-11'], { cwd: office() });
  expect(follows.stderr).toBe('');
});

test('a plan that is not in force yet pays with a warning, and not where it must be law', async () => {
  const cwd = scratch({ 'deals.csv': DEALS, 'align-pay.yaml': NEW });
  const { code, stderr } = await run(['compute', 'deals.csv', '--period', '2026-12'], { cwd });
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('warning[plan-not-in-force]') });
  const law = await run(['compute', 'deals.csv', '--period', '2026-12', '--approved'], { cwd });
  expect(law).toMatchObject({ code: 1, stderr: expect.stringContaining('error[plan-not-in-force]') });
});

test('what was earned stays earned: another plan for a period that was paid is shown', async () => {
  const cwd = scratch({ 'deals.csv': DEALS, 'align-pay.yaml': OLD });
  await run(['compute', 'deals.csv', '--period', '2026-12'], { cwd });
  const again = await run(['compute', 'deals.csv', '--period', '2026-12'], { cwd });
  expect(again.stderr).not.toContain('earned-changed');
  const other = { cwd: scratch({ 'deals.csv': DEALS, 'align-pay.yaml': NEW }) };
  const changed = await run(['compute', 'deals.csv', '--period', '2026-12', '--out', path.join(cwd, 'payouts')], other);
  expect(changed.code).toBe(0);
  expect(changed.stderr).toContain(
    '2026-12 was paid by another plan, and comes out otherwise for 1 person by “Sales 2027”',
  );
  expect(changed.stdout).toContain('ana, commission   50.00  80.00       30.00');
});

describe('plans that do not follow each other', () => {
  test.each<[string, Record<string, string>, string]>([
    ['the same day', { 'plans/b.yaml': NEW }, 'two plans are in force from 2027-01-01'],
    [
      'no day',
      {
        'plans/a.yaml': plan('A', 'params: { base_rate: 1% }'),
        'plans/b.yaml': plan('B', 'params: { base_rate: 1% }'),
      },
      'two plans say no first day',
    ],
    [
      'within a period of the plan before',
      {
        'plans/2026.yaml': OLD.replace('period: month', 'period: quarter'),
        'plans/2027.yaml': NEW.replace('2027-01-01', '2027-02-01'),
      },
      '2027-02-01 lies within 2027-Q1 of the plan before it',
    ],
    [
      'a yearly reward that is cut',
      {
        'plans/2026.yaml': `${OLD}  bonus: { every: year, pay: 100 USD }\n`,
        'plans/2027.yaml': NEW.replace('effective: 2027-01-01', 'effective: 2026-07-01'),
      },
      'bonus is paid every year, and 2026 is cut by “Sales 2027”, which does not pay it',
    ],
  ])('%s', async (_, files, said) => {
    const cwd = office(files);
    const { code, stderr } = await run(['compute', 'deals.csv'], { cwd });
    expect({ code, stderr: stderr.replace(/\s+/g, ' ') }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(said),
    });
    const check = await run(['check', 'plans'], { cwd });
    expect({ code: check.code, stdout: check.stdout.replace(/\s+/g, ' ') }).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(said),
    });
    expect(existsSync(path.join(cwd, 'payouts'))).toBe(false);
  });

  test('check asks whether the plan in force is law', async () => {
    const cwd = office();
    const before = await run(['check', '--approved', '--as-of', '2025-12-31'], { cwd });
    expect(before).toMatchObject({ code: 1, stdout: expect.stringContaining('no plan is in force on 2025-12-31') });
    const now = await run(['check', '--approved', '--as-of', '2027-11-30', '--format', 'json'], { cwd });
    const { findings } = JSON.parse(now.stdout) as { findings: { code: string; file: string }[] };
    const law = findings.filter(({ code }) => code === 'not-approved' || code === 'plan-ends-soon');
    expect(law).toMatchObject([
      { code: 'not-approved', file: 'plans/2027.yaml' },
      { code: 'plan-ends-soon', file: 'plans/2027.yaml' },
    ]);
  });
});

test('figures that reach across a change: counted by the plan in force, what was paid by the plan of its time', async () => {
  const yearly = (rate: string, effective: string): string => `plan: P
currency: USD
period: month
change: { effective: ${effective} }
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
rewards:
  commission: { per: won, rate: ${rate} }
  progress: { pay: 1% * bookings.ytd }
  bonus: { every: year, pay: 10% * pay(commission) }
`;
  const cwd = scratch({
    'plans/a.yaml': yearly('5%', '2026-01-01'),
    'plans/b.yaml': yearly('8%', '2026-07-01'),
    'deals.csv': `deal_id,owner,close_date,amount,stage
d1,ana,2026-02-10,1000.00,won
d2,ana,2026-12-10,1000.00,won
`,
  });
  const { code, stdout } = await run(['compute', 'deals.csv', '--period', '2026-12', '--format', 'json'], { cwd });
  expect(code).toBe(0);
  const { payouts } = JSON.parse(stdout) as { payouts: { reward: string; amount: string }[] };
  expect(payouts.map(({ reward, amount }) => `${reward} ${amount}`)).toEqual([
    'commission 80.00',
    // 1% of what was booked since January, by the plan that is in force.
    'progress 20.00',
    // A tenth of what was paid: 50.00 by the plan of February, 80.00 by that of December.
    'bonus 13.00',
  ]);
});

test('quotas of measures that only another plan of the programme has are that one’s', async () => {
  const withQuota = (name: string, effective: string, measure: string): string =>
    plan(name, `params: { base_rate: 5% }\nchange: { effective: ${effective} }`)
      .replace('bookings: sum', `${measure}: sum`)
      .replace('rate: base_rate', `rate: base_rate, cap: quota(${measure})`);
  const cwd = office({
    'plans/2026.yaml': withQuota('A', '2026-01-01', 'bookings'),
    'plans/2027.yaml': withQuota('B', '2027-01-01', 'sold'),
    'quotas.csv': 'for,period,measure,amount\nana,2026,bookings,480.00\nana,2027,sold,120.00\n',
  });
  const { code, stderr } = await run(['compute', 'deals.csv', '--quiet'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(paid(cwd)).toEqual([
    '2026-11 ana commission 40.00',
    '2026-12 ana commission 40.00',
    '2027-01 ana commission 10.00',
  ]);
});

test('the example of the docs pays each quarter by its own plan', async () => {
  const folder = new URL('../../examples/plans-over-time/', import.meta.url).pathname;
  const { code, stdout } = await run([
    'compute',
    path.join(folder, 'deals.csv'),
    '--out',
    scratch(),
    '--format',
    'json',
  ]);
  const { payouts } = JSON.parse(stdout) as { payouts: { period: string; person_id: string; amount: string }[] };
  expect(code).toBe(0);
  expect(payouts.map(({ period, person_id, amount }) => `${period} ${person_id} ${amount}`)).toEqual([
    // 60,000 × 5% and 3,000 × 8%; 38,500 × 5%
    '2026-Q4 ines 3240.00',
    '2026-Q4 joris 1925.00',
    // sales at 116,250 of 110,000, 105.68% of quota: 100% and a quarter of the way from 100% to 150% at 120%
    '2027-Q1 amina 1713.07',
    // 61,250 × 5.5%, below 110% of 60,000; 55,000 × 5.5%, exactly 110% of 50,000
    '2027-Q1 ines 3368.75',
    '2027-Q1 joris 3025.00',
  ]);
});
