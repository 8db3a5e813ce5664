import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run, scratch } from './run.ts';

const OLD = `plan: Sales
currency: USD
period: month
params: { base_rate: 5% }
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  bookings: sum(won.amount)
rewards:
  commission:
    per: won
    rate: { method: marginal, of: quota(bookings), steps: [{ up_to: 100%, rate: base_rate }, { rate: 10% }] }
`;
const NEW = OLD.replace('up_to: 100%', 'up_to: 110%').replace('base_rate: 5%', 'base_rate: 6%');

const ROWS = {
  'deals.csv': 'deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-15,12000.00,won\nd2,ben,2026-01-15,5000.00,won\n',
  'quotas.csv': 'for,period,measure,amount\nana,2026-01,bookings,10000.00\nben,2026-01,bookings,10000.00\n',
};

test('a change in the reader’s terms, with whom it touches', async () => {
  const cwd = scratch({ 'old.yaml': OLD, 'new.yaml': NEW });
  const { code, stdout, stderr } = await run(['diff', 'old.yaml', 'new.yaml'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`old.yaml → new.yaml

What changes pay
  - base_rate is 6% instead of 5% (new.yaml:4)
  - commission: the accelerator begins at 110% of quota instead of 100%
    (new.yaml:12)

Whom it touches
  - commission: everyone
`);
});

test('who would have gained and lost, by which part of the change, to the cent', async () => {
  const cwd = scratch({ 'old.yaml': OLD, 'new.yaml': NEW, ...ROWS });
  const { code, stdout } = await run(['diff', 'old.yaml', 'new.yaml', '--with-data', '--format', 'json'], { cwd });
  expect(code).toBe(0);
  const { pay } = JSON.parse(stdout);
  // ana: 10,000 × 5% + 2,000 × 10% = 700 before, 11,000 × 6% + 1,000 × 10% = 760 after. The rate alone makes 100 more on
  // 10,000, the threshold alone 50 less on 1,000; together 10 more, of which each has half.
  expect(pay.people).toEqual([
    {
      person_id: 'ana',
      name: null,
      department: null,
      before: '700.00',
      after: '760.00',
      difference: '60.00',
      by_part: ['105.00', '-45.00'],
    },
    {
      person_id: 'ben',
      name: null,
      department: null,
      before: '250.00',
      after: '300.00',
      difference: '50.00',
      by_part: ['50.00', '0.00'],
    },
  ]);
  expect(pay.parts.map(({ part }: { part: string }) => part)).toEqual([
    'params > base_rate',
    'rewards > commission > rate > step 1 > end',
  ]);
  const text = await run(['diff', 'old.yaml', 'new.yaml', '--with-data'], { cwd });
  expect(text.stdout).toContain('In 2026-01, 2 of 2 people would have been paid otherwise: +110.00 USD in all.');
  expect(text.stdout).toContain('ana       +105.00  −45.00');
});

test('a change that alters nothing says so, quietly where asked', async () => {
  const cwd = scratch({ 'old.yaml': OLD, 'new.yaml': `# a comment\n${OLD.replaceAll('bookings', 'sold')}` });
  const { stdout } = await run(['diff', 'old.yaml', 'new.yaml'], { cwd });
  expect(stdout).toContain(
    'This change alters no payout, whatever the rows, provided that:\n\n  - rows of quotas.csv for bookings say sold\n',
  );
  expect((await run(['diff', 'old.yaml', 'new.yaml', '--quiet'], { cwd })).stdout).toBe('');
});

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    },
  });

test('revisions, with what a plan extends, from a folder below', async () => {
  const cwd = scratch({ 'base.yaml': OLD, 'plans/sales.yaml': 'extends: ../base.yaml\nplan: Variant\n' });
  git(cwd, 'init', '-q', '-b', 'main');
  git(cwd, 'add', '.');
  git(cwd, 'commit', '-qm', 'first');
  execFileSync('sed', ['-i', 's/base_rate: 5%/base_rate: 4%/', path.join(cwd, 'base.yaml')]);
  const folder = path.join(cwd, 'plans');
  for (const named of ['main:plans/sales.yaml', 'HEAD:./sales.yaml']) {
    const { code, stdout } = await run(['diff', named, 'sales.yaml'], { cwd: folder });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('base_rate is 4% instead of 5%'),
    });
  }
  const unknown = await run(['diff', 'mian:plans/sales.yaml', 'sales.yaml'], { cwd: folder });
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('git knows no revision mian') });
  const absent = await run(['diff', 'main:other.yaml', 'sales.yaml'], { cwd: folder });
  expect(absent).toMatchObject({ code: 2, stderr: expect.stringContaining('main has no file other.yaml') });
});

test('git difftool shows it, by the recipe of the docs', () => {
  const page = readFileSync(new URL('../../docs/change.md', import.meta.url), 'utf8');
  const recipe = /git config difftool\.align-pay\.cmd '(.*)'/.exec(page)?.[1] ?? '';
  expect(recipe).toContain('align-pay diff');
  const cwd = scratch({ 'align-pay.yaml': `${OLD}` });
  git(cwd, 'init', '-q', '-b', 'main');
  git(cwd, 'add', '.');
  git(cwd, 'commit', '-qm', 'first');
  execFileSync('sed', ['-i', 's/base_rate: 5%/base_rate: 4%/', path.join(cwd, 'align-pay.yaml')]);
  const bin = path.dirname(new URL('../../bin/align-pay.js', import.meta.url).pathname);
  git(cwd, 'config', 'difftool.align-pay.cmd', recipe.replace('align-pay diff', `node ${bin}/align-pay.js diff`));
  expect(git(cwd, 'difftool', '-y', '--tool', 'align-pay')).toContain('base_rate is 4% instead of 5%');
});

test('what is wrong with either plan, with rows, or with the command is said', async () => {
  const cwd = scratch({ 'old.yaml': OLD, 'bad.yaml': OLD.replace('won.amount', 'wan.amount'), ...ROWS });
  const bad = await run(['diff', 'old.yaml', 'bad.yaml'], { cwd });
  expect(bad).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('unknown-name') });
  expect((await run(['diff', 'old.yaml', 'none.yaml'], { cwd })).code).toBe(2);
  const other = scratch({ 'old.yaml': OLD, 'new.yaml': NEW.replaceAll('USD', 'EUR'), ...ROWS });
  expect((await run(['diff', 'old.yaml', 'new.yaml', '--with-data'], { cwd: other })).code).toBe(2);
  const rows = scratch({ 'old.yaml': OLD, 'new.yaml': NEW, ...ROWS, 'deals.csv': 'deal_id,owner\nd1,ana\n' });
  const wrong = await run(['diff', 'old.yaml', 'new.yaml', '--with-data'], { cwd: rows });
  expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('missing-column') });
});

test('Markdown and HTML show names as they are', async () => {
  const cwd = scratch({ 'old.yaml': OLD, 'new.yaml': OLD.replace('plan: Sales', 'plan: "<b>*Sales*|</b>"') });
  const markdown = await run(['diff', 'old.yaml', 'new.yaml', '--format', 'markdown'], { cwd });
  expect(markdown.stdout).toContain('“\\<b\\>\\*Sales\\*\\|\\</b\\>”');
  const html = await run(['diff', 'old.yaml', 'new.yaml', '--format', 'html'], { cwd });
  expect(html.stdout).toContain('“&lt;b&gt;*Sales*|&lt;/b&gt;”');
  expect(html.stdout).not.toContain('<b>');
});
