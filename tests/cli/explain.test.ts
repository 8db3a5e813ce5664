import { expect, test } from 'vitest';
import { blocksOf } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';

/** The files of docs/explain.md. */
const project = (): string =>
  scratch(
    Object.fromEntries(
      blocksOf('docs/explain.md')
        .filter(({ name }) => /\.(?:yaml|csv)$/.test(name))
        .map(({ name, text }) => [name, text]),
    ),
  );

const explain = (...args: readonly string[]) => run(['explain', ...args], { cwd: project() });

test.each([
  [['anna'], 'there is no person anna; did you mean ana?'],
  [['ana', '--reward', 'comission'], 'there is no reward comission; did you mean commission?'],
  [['ana', '--line', '9'], 'any reward of ana has no line 9 in 2026-Q1; its lines are 1 to 2'],
  [['ana', '--line', 'nine'], '--line nine: write the number of a line, as in 3'],
  [['ana', '--deal', 'd9'], 'there is no deal d9'],
  [['ana', '--deal', 'd3'], 'no line of ana for any reward in 2026-Q1 is about d3'],
  [['ana', '--why-not', 'd9'], 'there is no deal d9'],
  [['ana', '--why-not', 'd1', '--line', '1'], '--why-not asks of a deal or a lead'],
  [['ana', '--what-if', 'd1'], 'write a row, its id, a column and a value'],
  [['ana', '--what-if', 'deel d1 amount 1'], 'there is no deel; a row is a person, fx, deal'],
  [['ana', '--what-if', 'deal d1 ammount 1'], 'has no column ammount; did you mean amount?'],
  [['ana', '--what-if', 'deal d9 amount 1'], 'has no deal_id d9'],
  [['ana', '--what-if', 'deal d1 amount 1e3'], '"1e3"'],
  [['ana', '--what-if', 'deal d1 close_date'], 'nothing can be paid then'],
  [['ana', '--period', '2026-13'], '--period 2026-13: write a period'],
  [['ana', '--plan', 'none.yaml'], 'there is no plan none.yaml'],
])('align-pay explain %j is wrong usage, and says what would be right', async (args, message) => {
  const { code, stdout, stderr } = await explain(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('of no period nothing can be explained', async () => {
  const files = {
    'align-pay.yaml':
      'plan: Small\ncurrency: USD\nperiod: month\ncredits: { won: { each: deal } }\nrewards: { commission: { per: won, rate: 10% } }\n',
    'deals.csv': 'deal_id,owner,close_date,amount,stage\n',
    'people.csv': 'person_id,department\nana,sales\n',
  };
  const { code, stderr } = await run(['explain', 'ana'], { cwd: scratch(files) });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('no period has a credit') });
});

test('--format json has the same pieces, amounts as text', async () => {
  const { code, stdout } = await explain('ben', '--format', 'json');
  expect(code).toBe(0);
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ plan: 'Sales', currency: 'USD', findings: [] });
  expect(told.derivations).toMatchObject([
    {
      kind: 'payout',
      amount: '480.00',
      at: 'align-pay.yaml:12',
      below: [{ kind: 'line', amount: '480.00', at: 'deals.csv:5' }],
    },
  ]);
  const [, pay, link] = told.derivations[0].below[0].below;
  expect(pay).toMatchObject({ kind: 'pay', text: '8,000.00 × 6%', amount: '480.00' });
  expect(link.below.map(({ text }: { text: string }) => text)).toContain(
    'it is missing (a division by zero), so when_missing holds: 100%',
  );
});

test('--format md is a list under a heading', async () => {
  const { stdout } = await explain('ana', '--format', 'md');
  expect(stdout).toContain('## commission of ana in 2026-Q1, USD: 7,670.01\n');
  expect(stdout).toContain('- line 2: 2026-03-12 d2 **2,360.01** `deals.csv:3`\n');
  expect(stdout).toContain('  - hand_over: × 98.3333…% (with the other department) **-40.00** `align-pay.yaml:21`\n');
});

test('where the data is wrong, what is wrong is said as by compute', async () => {
  const cwd = project();
  const { code, stdout, stderr } = await run(['explain', 'ana', '--table', 'leads=deals.csv'], { cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('missing-column');
});
