import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../docs/blocks.ts';
import { run, scratch } from './run.ts';

const example = path.join(root, 'examples/shared-growth');
const plan = path.join(example, 'align-pay.yaml');
const pilot = (...args: string[]) => run(['pilot', plan, ...args, '--draws', '0']);

const SMALL = `plan: Small
currency: USD
period: month
credits: { won: { each: deal, when: deal.stage == "won" } }
rewards:
  commission: { per: won, rate: 10% }
`;

describe('align-pay pilot', () => {
  const variants = ['both-ways', 'one-pool', 'unlinked'].map((name) => path.join(example, `pilot/${name}.yaml`));
  const width = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length));

  it('answers on one screen of 80 columns, today beside three variants', async () => {
    const { code, stdout, stderr } = await run(['pilot', plan, ...variants, '--draws', '5']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/today +both-ways +one-pool +unlinked/);
    expect(stdout.match(/^[WD].*\?|^What it costs/gm)).toEqual([
      'Who gains?',
      'What it costs',
      'Does it bind?',
      'Who answers?',
      'What will people do differently?',
    ]);
    expect(stdout).toMatch(/one-pool +6 +6 +5 +Rosa Lindqvist \+2,765 +Adaeze Okonkwo −2,100/);
    expect(stdout).toContain('in 9 of 10 draws');
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    expect(width(stdout)).toBeLessThanOrEqual(80);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^--full shows all figures/);
  });

  it('has every figure with --full, within 80 columns', async () => {
    const { stdout } = await pilot(...variants, '--full');
    expect(stdout).toMatch(/today +both-ways +one-pool +unlinked/);
    for (const title of [
      'What it costs',
      'Who gains, who loses',
      'Does it bind? How far pay moves when results move by 10%',
      'Who answers? Pay lost when one side alone has 10% less',
      'What is in their hands, and what are they tempted by?',
      'Does it hold? Most gained and lost, were touches credited otherwise',
      'Is it fair? 1.00: whoever reached more is paid more; 0: no order',
      '  most lost: Adaeze Okonkwo −2,100, Tomás Herrera −1,413, Lin Wei −1,058',
    ]) {
      expect(`\n${stdout}`).toContain(`\n${title}`);
    }
    expect(stdout).toMatch(/\n {4}team Enterprise +\+3\.7% \(\+2\.7\) /);
    expect(stdout).toMatch(/\n {4}sales_commission +102,245 +102,651 /);
    expect(width(stdout)).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('--full');
  });

  it('colours change nothing but colours', async () => {
    const grid = ['--vary', 'base_rate=5%..7.5%:0.5%', '--assume', 'sales +5%'];
    const { stdout: plain } = await pilot(...grid);
    const coloured = await run(['pilot', plan, ...grid, '--draws', '0'], { env: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).not.toBe(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what colours are written with
    expect(coloured.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain);
    const file = path.join(scratch(), 'out.txt');
    await run(['pilot', plan, ...grid, '--draws', '0', '--out', file], { env: { FORCE_COLOR: '1' } });
    expect(readFileSync(file, 'utf8')).toBe(plain);
  });

  it('pays the same as compute', async () => {
    const { stdout } = await pilot('--format', 'json', '--vary', 'base_rate=5%,6%');
    const { today, variants } = JSON.parse(stdout);
    const computed = await run(['compute', path.join(example, 'deals.csv'), '--format', 'json', '--out', scratch()]);
    const cents = (amount: string): number => Number(amount.replace('.', ''));
    const people: Record<string, number> = {};
    for (const { person_id, amount } of JSON.parse(computed.stdout).payouts) {
      people[person_id] = (people[person_id] ?? 0) + cents(amount);
    }
    const paid = Object.entries(today.figures.paid.people as Record<string, string>);
    expect(Object.fromEntries(paid.map(([id, amount]) => [id, cents(amount)]))).toEqual(people);
    expect(variants[1].figures.paid).toEqual(today.figures.paid);
    expect(variants[0].to_today.losers).toBeGreaterThan(0);
  });

  it('writes all money in JSON in whole units of the currency', async () => {
    const { stdout } = await pilot('--format', 'json', '--vary', 'base_rate=5%', '--rank', 'min(cost)');
    const { today, variants } = JSON.parse(stdout);
    const below = today.figures.incentives.just_below as Record<string, unknown>[];
    expect(below.map(({ person_id, counted, at, threshold }) => [person_id, counted, at, threshold])).toEqual([
      ['samir', 'money', '57450.00', '58000.00'],
      ['ingrid', 'money', '85500.00', '90000.00'],
    ]);
    expect(variants[0].rank.objective).toBe(variants[0].figures.paid.total);
  });

  it('orders a grid, and writes CSV to a file', async () => {
    const { stdout } = await pilot('--vary', 'base_rate=5%..7%:1%', '--rank', 'cost <= today, max(cost)');
    expect(
      stdout
        .split('\n')
        .filter((line) => /^[◆ ] \d%/.test(line))
        .map((line) => line.slice(2, 4)),
    ).toEqual(['6%', '5%', '7%']);
    const { stdout: csv } = await pilot('--vary', 'base_rate=5%', '--format', 'csv');
    expect(csv.split('\n')[0]).toBe('variant,figure,of,value,without_crossing_links,today');
    expect(csv).toMatch(/^base_rate=5%,paid_person,tomas,/m);
  });

  it('tells in CSV, too, what is set in a variant, its place, what it breaks, and who stands on the front', async () => {
    const { stdout } = await pilot(
      '--vary',
      'base_rate=5%,7%',
      '--rank',
      'cost <= today, min(cost)',
      '--format',
      'csv',
    );
    const of = (variant: string): readonly string[] =>
      stdout
        .split('\n')
        .filter((row) => row.startsWith(`${variant},`) && /,(setting|rank|rank_objective|breaks|on_front),/.test(row));
    expect(of('base_rate=7%').map((row) => row.replace(/\d+\.\d\d/, 'COST'))).toEqual([
      'base_rate=7%,setting,base_rate,7%,,',
      'base_rate=7%,rank,,2,,',
      'base_rate=7%,rank_objective,,COST,,',
      'base_rate=7%,breaks,cost <= today,1,,',
      expect.stringMatching(/^base_rate=7%,on_front,,[01],,$/),
    ]);
    expect(of('base_rate=5%')).toContain('base_rate=5%,rank,,1,,');
  });

  it('says what in a variant nothing reads, and which file is a plan of its own; takes a folder for the plan in it', async () => {
    const folder = scratch({
      'misspelt.yaml': `extends: ${plan}\nparams: { base_rat: 5% }\n`,
      'own.yaml': readFileSync(plan, 'utf8'),
    });
    const [misspelt, own] = ['misspelt', 'own'].map((name) => path.join(folder, `${name}.yaml`));
    const args = ['pilot', example, misspelt ?? '', own ?? '', '--draws', '0'];
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    const flat = stdout.replace(/\s+/g, ' ');
    expect(flat).toContain('misspelt.yaml sets params.base_rat, which nothing reads: is base_rate meant?');
    expect(flat).toContain("own.yaml extends no plan: it is held against today's as a plan of its own.");
    const { notes } = JSON.parse((await run([...args, '--format', 'json'])).stdout);
    expect(notes).toHaveLength(2);
  });

  it('shows today under the assumption, too, which variants are compared with', async () => {
    // 10% of 1,000.00 and 12% of it; with 5% more of sales 105.00 and 126.00.
    const files = {
      'align-pay.yaml': SMALL,
      'more.yaml': 'extends: align-pay.yaml\nrewards: { commission: { rate: 12% } }\n',
      'deals.csv': 'deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-10,1000.00,won\n',
      'people.csv': 'person_id,department\nana,sales\nbo,marketing\n',
    };
    const cwd = scratch(files);
    const tried = async (...more: string[]): Promise<string> =>
      (await run(['pilot', 'align-pay.yaml', '--assume', 'sales +5%', '--draws', '0', ...more], { cwd })).stdout;
    expect(await tried('more.yaml')).toMatch(/\n {2}if sales \+5% +105 +126\n/);
    expect(await tried('more.yaml', '--full')).toMatch(/\n {2}if sales \+5% +105 +126\n {4}against today +\+20\.0%\n/);
    expect(await tried('--vary', 'commission.rate=12%')).toMatch(/\n◆ today .* 105\n. 12% .* 126\n/);
  });

  it('is of no use where nothing was credited', async () => {
    const files = { 'deals.csv': 'deal_id,owner,close_date,amount,stage\n', 'align-pay.yaml': SMALL };
    const { code, stdout, stderr } = await run(['pilot'], { cwd: scratch(files) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('no period has a credit by the plan as it is');
  });

  it('a file called today is not taken for the plan as it is', async () => {
    const files = {
      'align-pay.yaml': SMALL,
      'today.yaml': 'extends: align-pay.yaml\nrewards: { commission: { rate: 5% } }\n',
      'deals.csv': 'deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-10,1000.00,won\n',
    };
    const cwd = scratch(files);
    const { stdout } = await run(['pilot', 'align-pay.yaml', 'today.yaml', '--format', 'csv', '--draws', '0'], { cwd });
    expect(stdout.match(/^.*,paid,,.*$/gm)).toEqual([
      'today,paid,,100.00,100.00,100.00',
      'today.yaml,paid,,50.00,50.00,100.00',
    ]);
  });

  it('several at once come to the same as one after the other', async () => {
    const grid = (jobs: string) =>
      pilot('--vary', 'base_rate=5%..6.5%:0.5%', '--vary', 'notice=5 days,9 days', '--format', 'json', '--jobs', jobs);
    const [one, several] = [await grid('1'), await grid('3')];
    expect(several).toEqual(one);
    expect(JSON.parse(one.stdout).variants).toHaveLength(8);
  });

  it('a variant that cannot be paid is said, the others are shown', async () => {
    const { code, stdout, stderr } = await pilot('--vary', 'sales_commission.rate.steps[0].up_to=50%,-5%');
    expect(code).toBe(1);
    expect(stdout).toMatch(/-5% +not payable/);
    expect(stderr).toContain('error[unordered-steps]: sales_commission.rate.steps[0].up_to=-5%: ');
  });

  it.each([
    [['--vary', 'bse_rate=1%'], 'did you mean base_rate?'],
    [['--vary', 'base_rate=1%', '--vary', 'params.base_rate=2%'], 'is said twice'],
    [['--rank', 'foo'], '--rank: "foo" is neither'],
    [['--rank', 'max(alignment.slaes)'], '--rank: there is no department slaes; did you mean sales?'],
    [['--rank', 'cost <= 5%'], 'has an amount before it and a number behind it'],
    [['--vary', 'base_rate=5%..'], 'a range goes from one number to another'],
    [
      ['--vary', 'base_rate=1%..9%:0.1%', '--vary', 'notice=1 days..200 days:1 days'],
      'the grid has 16200 variants; at most 10000',
    ],
    [['--assume', 'sales +5%, sales -2%'], 'sales is said twice'],
    [['--assume', 'sales -101%'], 'cannot fall by more than 100%'],
    [['--budget', '200,000'], 'write an amount as in 250000 or "250000 USD"'],
    [['--assume', 'salse +5%'], 'did you mean sales?'],
    [['--budget', '12 EUR'], 'the plan pays in USD'],
    [['missing.yaml'], 'there is no file missing.yaml'],
    [['--jobs', '0'], 'from 1 to 64'],
    [['--out', '/nowhere/at/all.csv'], 'the folder is not there'],
    [['--pseudonyms', '/nowhere/key'], 'the folder is not there'],
    [['--rank', 'max(budget_held)'], '--rank: budget_held is known only with --budget'],
    [['--rank', 'cost <= budget'], '--rank: budget is known only with --budget'],
    [['--rank', 'max(assumed)'], '--rank: assumed is known only with --assume'],
    [['--rank', 'min(cost_p90)'], '--rank: cost_p90 is of the draws, and --draws 0 asks for none'],
    [['--open'], '--open opens the page: write --format html --open'],
    [['--format', 'html', '--budget', '200000'], '--budget is not shown in the page'],
    [['--format', 'html', '--assume', 'sales +5%'], '--assume is not shown in the page'],
    [['--format', 'html', '--rank', 'min(cost)'], '--rank is not shown in the page'],
    [['--format', 'html'], '--draws is not shown in the page'],
    [['--vary', 'base_rate=5%,5%'], '--vary base_rate=5%,5%: 5% is there twice'],
    [['--budget', '100000.001'], '--budget 100000.001: USD has 2 decimals'],
    [[plan, plan], 'align-pay.yaml is named twice'],
    [['--period', '2026-03'], 'the plan pays by the quarter'],
    [['--period', '2026-Q1..2026-M99'], 'write a period as in 2026-Q1'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await pilot(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('a variant file with an error stops everything, with its place', async () => {
    const folder = scratch({ 'wrong.yaml': `extends: ${plan}\nrewards:\n  bonus: { pay: nothing }\n` });
    const { code, stdout, stderr } = await pilot(path.join(folder, 'wrong.yaml'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('wrong.yaml:3');
  });
});
