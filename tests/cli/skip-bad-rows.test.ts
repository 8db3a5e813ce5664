import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run, scratch } from './run.ts';

const plan = `plan: Touches
currency: USD
period: month
credits:
  won: { each: deal, when: deal.stage == "won" }
  influenced: { each: attribution, when: deal.stage == "won", share: linear }
rewards:
  commission: { per: won, rate: 10% }
  thanks: { per: influenced, rate: 1% }
`;
const files = {
  'align-pay.yaml': plan,
  'deals.csv': `deal_id,owner,close_date,amount,stage,refund_of
d1,ana,2026-01-15,1000.00,won,
d2,ana,2026-01-16,2000.00,won,
d3,ana,2026-01-17,3000.00,won,
d4,ana,2026-01-18,four,won,
r3,ana,2026-01-19,-5000.00,won,d3
`,
  'campaigns.csv': 'campaign_id,owner\nc1,mia\nc2,mia\n',
  'attributions.csv': `deal_id,campaign_id,touched_on
d1,c1,2026-01-02
d2,c1,2026-01-03
d2,c9,2026-01-04
d4,c2,2026-01-05
`,
};

test('a deal any of whose rows is bad is rejected whole, with what points to it', async () => {
  const cwd = scratch(files);
  const { code, stderr } = await run(['compute', '--skip-bad-rows'], { cwd });
  expect(code).toBe(0);
  const payouts = readFileSync(path.join(cwd, 'payouts', '2026-01', 'payouts.csv'), 'utf8');
  expect(payouts).toContain('ana,,,,,,commission,100.00,USD');
  expect(payouts).toContain('mia,,,,,,thanks,10.00,USD');
  const rejects = readFileSync(path.join(cwd, 'payouts', 'rejects.csv'), 'utf8')
    .trim()
    .split('\n');
  expect(rejects[0]).toBe('table,file,line,column,value,expected,code,row');
  expect(rejects.slice(1).map((row) => row.split(',').slice(0, 5).join(' '))).toEqual([
    'deals deals.csv 3 deal_id d2',
    'deals deals.csv 4 deal_id d3',
    'deals deals.csv 5 amount four',
    'deals deals.csv 6 amount -5000.00',
    'attributions attributions.csv 3 deal_id d2',
    'attributions attributions.csv 4 campaign_id c9',
    'attributions attributions.csv 5 deal_id d4',
  ]);
  expect(rejects[3]).toMatch(/,invalid-number,"d4,ana,2026-01-18,four,won,"$/);
  expect(stderr).toContain('warning[row-rejected]: 4 rows of deals.csv left out');
  expect(stderr).not.toContain('error');
});

test('rejects.csv goes when nothing is rejected any more', async () => {
  const cwd = scratch(files);
  await run(['compute', '--skip-bad-rows'], { cwd });
  writeFileSync(path.join(cwd, 'deals.csv'), files['deals.csv'].replace('four', '4.00').replace('-5000', '-500'));
  writeFileSync(path.join(cwd, 'attributions.csv'), files['attributions.csv'].replace('c9', 'c2'));
  const { code, stderr } = await run(['compute', '--skip-bad-rows'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(existsSync(path.join(cwd, 'payouts', 'rejects.csv'))).toBe(false);
});

test('without it nobody is paid', async () => {
  const cwd = scratch(files);
  const { code, stderr } = await run(['compute'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('deals.csv:5:19  amount: "four" is not an amount');
  expect(stderr).toContain('attributions.csv:4:4  campaign_id: "c9" is not in campaigns');
  expect(existsSync(path.join(cwd, 'payouts'))).toBe(false);
});

test('what is wrong with a whole file still stops the run', async () => {
  const cwd = scratch({ ...files, 'campaigns.csv': 'campaign\nc1\n' });
  const { code, stderr } = await run(['compute', '--skip-bad-rows'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('missing-column');
});
