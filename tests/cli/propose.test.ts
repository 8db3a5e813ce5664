import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
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
  expect(said.get('How much')).toContain('| marketing | 1 | 0 | 0 | 0.00 | 3,269.32 | +3,269.32 |');
  expect(said.get('Somebody typical in sales')).toContain('| commission | 4,825.00 | 5,142.50 | +317.50 |');
  expect(said.get('Somebody typical in sales')).toContain('2027-Q1: 55000.00 × 5.5% = 3025.00');
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
