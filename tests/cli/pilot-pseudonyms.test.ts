import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../docs/blocks.ts';
import { HOSTILE, HOSTILE_PEOPLE } from '../page/hostile.ts';
import { run, scratch } from './run.ts';

const example = path.join(root, 'examples/shared-growth');
const plan = path.join(example, 'align-pay.yaml');
const PEOPLE = readFileSync(path.join(example, 'people.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));

it('hides everybody, in the page too, and pays the same cents; the same key gives the same names', async () => {
  const folder = scratch();
  const key = path.join(folder, 'key');
  const page = path.join(folder, 'pilot.html');
  const made = await run(['pilot', plan, '--format', 'html', '--out', page, '--pseudonyms', key]);
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  expect(statSync(key).mode & 0o777).toBe(0o600);
  const text = readFileSync(page, 'utf8');
  const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text)?.[1] ?? '';
  for (const [id = '', name = ''] of PEOPLE) {
    expect(data).not.toMatch(new RegExp(`"${id}"`));
    expect(data).not.toContain(name);
  }
  expect(data).not.toContain(readFileSync(key, 'utf8').trim());
  // Nothing that no rule reads goes into the page.
  expect(data).not.toContain('Baltic Bakery Group');
  expect(data).not.toContain(folder);

  const people = async (...args: string[]): Promise<Record<string, string>> => {
    const { stdout } = await run(['pilot', plan, '--draws', '0', '--format', 'json', ...args]);
    return JSON.parse(stdout).today.figures.paid.people;
  };
  const [hidden, again, open] = [await people('--pseudonyms', key), await people('--pseudonyms', key), await people()];
  expect(again).toEqual(hidden);
  expect(Object.keys(hidden).every((id) => /^P-[2-9A-Z]{6}$/.test(id))).toBe(true);
  expect(Object.values(hidden).sort()).toEqual(Object.values(open).sort());
  expect(await people('--pseudonyms', path.join(folder, 'other'))).not.toEqual(hidden);
}, 30_000);

it('refuses where the plan names somebody, or its data shows who they are', async () => {
  const folder = scratch({
    'align-pay.yaml': `plan: Small
currency: USD
period: month
data: { deals: { columns: { rep: { type: text } } } }
credits: { won: { each: deal, when: deal.stage == "won" and deal.rep is present } }
rewards: { commission: { per: won, rate: 6% } } # as Ana Duarte asked for
`,
    'deals.csv': 'deal_id,owner,close_date,amount,stage,rep\nd1,ana,2026-01-10,100,won,Ana Duarte\n',
    'people.csv': 'person_id,name,department\nana,Ana Duarte,sales\n',
  });
  const pilot = (file: string) => run(['pilot', file, '--draws', '0', '--pseudonyms', path.join(folder, 'key')]);
  const shown = await pilot(path.join(folder, 'align-pay.yaml'));
  expect({ code: shown.code, stdout: shown.stdout }).toEqual({ code: 2, stdout: '' });
  expect(shown.stderr).toContain('deals.rep hold people');
  const named = scratch({
    'align-pay.yaml': readFileSync(path.join(folder, 'align-pay.yaml'), 'utf8')
      .replace(' and deal.rep is present', '')
      .replace('data: { deals: { columns: { rep: { type: text } } } }\n', ''),
    'deals.csv': 'deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-10,100,won\n',
    'people.csv': 'person_id,name,department\nana,Ana Duarte,sales\n',
  });
  const refused = await pilot(path.join(named, 'align-pay.yaml'));
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/align-pay\.yaml:5 names Ana Duarte/);
});

it('leaves nothing in the page by which anybody could be told: no id, name, payroll id, cost centre', async () => {
  const folder = scratch(HOSTILE);
  const made = await run(['pilot', '--format', 'html', '--pseudonyms', 'key'], { cwd: folder });
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  const text = readFileSync(path.join(folder, 'pilot.html'), 'utf8');
  for (const [id, name, , payroll] of HOSTILE_PEOPLE) {
    for (const word of [id, name, payroll]) {
      for (const written of [
        word,
        JSON.stringify(word).slice(1, -1),
        JSON.stringify(word).slice(1, -1).replaceAll('<', '\\u003c'),
      ])
        expect(text.includes(written), `${word} as ${written}`).toBe(false);
    }
  }
  for (const word of ['Duarte', 'duarte', 'Zoë', readFileSync(path.join(folder, 'key'), 'utf8').trim()])
    expect(text.includes(word), word).toBe(false);
  // Who is there is there all the same, and is paid.
  expect(text.match(/P-[2-9A-Z]{6}/g)?.length).toBeGreaterThan(HOSTILE_PEOPLE.length);
}, 30_000);
