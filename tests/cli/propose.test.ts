import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { run, scratch } from './run.ts';

const example = fileURLToPath(new URL('../../examples/plans-over-time', import.meta.url));

const office = (): string => {
  const cwd = scratch();
  cpSync(example, cwd, { recursive: true });
  return cwd;
};

/** The paragraphs, lists and tables under each heading. */
const sections = (markdown: string): ReadonlyMap<string, string> =>
  new Map(
    markdown.split(/^## /m).map((part) => {
      const [name = '', ...rest] = part.split('\n');
      return [name.trim(), rest.join('\n').trim()];
    }),
  );

test('what both departments want to know stands in it', async () => {
  const { code, stdout, stderr } = await run(
    ['propose', 'plans/2027.yaml', '--with-data', '--table', 'deals=deals.csv'],
    {
      cwd: office(),
    },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const said = sections(stdout);
  expect([...said.keys()]).toEqual([
    '# Proposal: Sales and marketing 2027',
    'Why',
    'What changes',
    'Whom it touches',
    'From when',
    'How much',
    'Somebody typical in marketing',
    'Somebody typical in sales',
    'What the check says',
    'Questions that are likely to be asked',
    'Who must agree',
  ]);
  expect(said.get('Why')).toContain('Marketing shares in what it helps sales to land');
  expect(said.get('What changes')).toContain('- commission: the accelerator begins at 110% of quota instead of 100%');
  expect(said.get('From when')).toContain('in everybody’s hands by 2026-12-02, 30 days before');
  // Three people in all: no department's sum is shown, since marketing's would be one person's pay.
  expect(said.get('How much')).toContain('| marketing and sales | 3 | 0 | 0 | 11,165.00 | 15,245.57 | +4,080.57 |');
  // 100,000.00 of quota: 5% to 100%, then 8%, against 5.5% to 110%, then 8%.
  const sales = said.get('Somebody typical in sales');
  expect(sales).toContain('invented, with round figures: a quota of 100,000.00 for bookings');
  expect(sales).toContain('| commission | 5,000.00 | 5,500.00 | +500.00 |');
  expect(sales).toContain('- 10 times 10000.00 × 5.5% = 550.00');
  expect(sales).toContain('| own at 80% of goal | 4,000.00 | 4,400.00 | +400.00 |');
  expect(sales).toContain('| own at 120% of goal | 6,600.00 | 6,850.00 | +250.00 |');
  expect(sales).toContain('it would have touched 2 people in sales: too few to show what anybody was paid');
  // 1,500.00, by a curve from 0% at 80% through 100% to 150% at 120%.
  const marketing = said.get('Somebody typical in marketing');
  expect(marketing).toContain(
    'sales_lands_it (Marketing is paid when sales lands the business): sales.attainment = 100%',
  );
  expect(marketing).toContain('| those of sales at 80% of goal | 0.00 | 0.00 | 0.00 |');
  expect(marketing).toContain('| those of sales at 120% of goal | 0.00 | 2,250.00 | +2,250.00 |');
  expect(said.get('What the check says')).toContain('one-way-link');
  const questions = said.get('Questions that are likely to be asked');
  expect(questions).toContain('“What becomes of what I have earned until then?” It stays earned.');
  expect(questions).toContain('“What if I end at exactly 110% of quota?” You are still in the step below');
  expect(questions).toContain('sara for sales, mo for marketing, maria for both');
  expect(said.get('Who must agree')).toContain('- liaison: maria, for both');
});

test('pay is nobody else’s business: people are named only where that is asked for', async () => {
  const args = ['propose', 'plans/2027.yaml', '--with-data', '--table', 'deals=deals.csv'];
  const cwd = office();
  for (const format of ['markdown', 'text', 'html', 'json']) {
    const { stdout } = await run([...args, '--format', format], { cwd });
    expect(stdout).not.toMatch(/Amina|Joris|Carvalho|\b(?:amina|joris|ines)\b/);
    expect((await run([...args, '--format', format, '--names'], { cwd })).stdout).toMatch(/Joris/);
  }
});

test('with enough people each department has its sum, and whoever stands in the middle is shown without a name', async () => {
  const more = ['sales', 'marketing'].flatMap((department) =>
    [1, 2, 3].map((i) => `${department}${i},Person ${i},${department}`),
  );
  const cwd = office();
  const write = (file: string, lines: readonly string[]): void =>
    appendFileSync(path.join(cwd, file), lines.map((line) => `${line}\n`).join(''));
  write('people.csv', more);
  write('deals.csv', ['x1,sales1,2027-02-01,1000.00,won', 'x2,sales2,2027-02-01,2000.00,won']);
  const quotas = [1, 2, 3].flatMap((i) => ['2026-Q4', '2027-Q1'].map((p) => `sales${i},${p},bookings,50000.00`));
  write('quotas.csv', quotas);
  const args = ['propose', 'plans/2027.yaml', '--with-data', '--table', 'deals=deals.csv'];
  const said = sections((await run(args, { cwd })).stdout);
  expect(said.get('How much')).toMatch(/\| marketing \| \d/);
  // They gain 0.00, 5.00, 10.00, 317.50 and 493.75: four are touched.
  expect(said.get('Somebody typical in sales')).toContain(
    'touched 4 people in sales; whoever stands in the middle of them, half of the others gaining more, half less:',
  );
  expect(said.get('Somebody typical in sales')).toContain('| commission | 100.00 | 110.00 | +10.00 |');
});

test('a variant in a folder of its own is paid on the rows beside the plan that it would replace', async () => {
  const cwd = fileURLToPath(new URL('../../examples/shared-growth', import.meta.url));
  const { code, stdout, stderr } = await run(['propose', 'pilot/both-ways.yaml', '--with-data'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const said = sections(stdout);
  expect(said.get('How much')).toContain('| marketing | 0 | 0 | 6 |');
  // A link on marketing's result: 85% at 50%, 100% at 100%, so 94% at 80%.
  const sales = said.get('Somebody typical in sales');
  expect(sales).toContain('| all at goal | 6,523.00 | 6,523.00 | 0.00 |');
  expect(sales).toContain('| those of marketing at 80% of goal | 6,470.62 | 6,095.70 | −374.92 |');
});

describe('in place of which plan', () => {
  const PLAN =
    'plan: P\ncurrency: USD\nperiod: month\ncredits:\n  won: { each: deal }\nrewards:\n  commission: { per: won, rate: 5% }\n';
  const to = (text: string): string => text.replace('5%', '6%');

  test('the one that is named, the one that is extended, the one in force before, the one that git has', async () => {
    const named = scratch({ 'a.yaml': PLAN, 'b.yaml': to(PLAN) });
    const changes = (stdout: string): string | undefined => sections(stdout).get('What changes');
    const said = '- commission: its rate is 6% instead of 5%';
    expect(changes((await run(['propose', 'b.yaml', '--instead-of', 'a.yaml'], { cwd: named })).stdout)).toBe(said);
    const variant = scratch({ 'a.yaml': PLAN, 'b.yaml': 'extends: a.yaml\nrewards: { commission: { rate: 6% } }\n' });
    expect(changes((await run(['propose', 'b.yaml'], { cwd: variant })).stdout)).toBe(said);
    const change = (day: string): string => `change: { effective: ${day} }\n`;
    const folder = scratch({
      'plans/1.yaml': `${PLAN.replace('5%', '4%')}${change('2025-01-01')}`,
      'plans/2.yaml': `${PLAN}${change('2026-01-01')}`,
      'plans/3.yaml': `${to(PLAN)}${change('2027-01-01')}`,
    });
    expect(changes((await run(['propose', 'plans/3.yaml'], { cwd: folder })).stdout)).toBe(said);
    const versioned = scratch({ 'align-pay.yaml': PLAN });
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: versioned });
    };
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    execFileSync('sed', ['-i', 's/5%/6%/', path.join(versioned, 'align-pay.yaml')]);
    expect(changes((await run(['propose'], { cwd: versioned })).stdout)).toBe(said);
  });

  test('none is wrong usage; a plan that is wrong is said', async () => {
    const cwd = scratch({ 'a.yaml': PLAN, 'b.yaml': PLAN.replace('won', 'wan') });
    expect(await run(['propose', 'a.yaml'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('in place of which plan?'),
    });
    expect(await run(['propose', 'b.yaml', '--instead-of', 'a.yaml'], { cwd })).toMatchObject({ code: 1, stdout: '' });
    const out = await run(['propose', 'a.yaml', '--instead-of', 'a.yaml', '--out', 'none/p.md'], { cwd });
    expect(out).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no folder none') });
  });

  test('it goes to a file, and a change of nothing says so', async () => {
    const cwd = scratch({ 'a.yaml': PLAN, 'b.yaml': `# new\n${PLAN}` });
    const { code, stdout } = await run(
      ['propose', 'b.yaml', '--instead-of', 'a.yaml', '--out', 'p.html', '--format', 'html'],
      { cwd },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'p.html\n' });
    expect(existsSync(path.join(cwd, 'p.html'))).toBe(true);
    expect(readFileSync(path.join(cwd, 'p.html'), 'utf8')).toContain(
      'Nothing that anybody is paid, whatever the results.',
    );
  });
});

test('a file has no colours, whatever the terminal shows', async () => {
  const cwd = office();
  const args = ['propose', 'plans/2027.yaml', '--format', 'text'];
  const colours = { cwd, env: { FORCE_COLOR: '1' } };
  const mark = '\u001b';
  expect((await run(args, colours)).stdout).toContain(mark);
  await run([...args, '--out', 'out.txt'], colours);
  expect(readFileSync(path.join(cwd, 'out.txt'), 'utf8')).not.toContain(mark);
});
