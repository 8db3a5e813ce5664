import { describe, expect, it } from 'vitest';
import { figureSet } from '../../../src/pilot/compare.ts';
import { paretoFront, rankedBy, readOrder } from '../../../src/pilot/rank.ts';
import type { PilotResult } from '../../../src/report/pilot/pilot-result.ts';
import { pilotText } from '../../../src/report/pilot/pilot-text.ts';
import { displayWidth } from '../../../src/report/terminal/display-text.ts';
import { PLAIN } from '../../../src/report/terminal/style.ts';
import { figuresOf, pilotOf, tried } from '../../pilot/piloting.ts';

// Ana sells 1,000.00 at the rate; Bo's 100.00 move with what sales lands, of a quota of 1,000.00.
const pilot = pilotOf(
  `
period: month
params: { rate: 10%, bonus: 100 USD }
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  commission: { who: sales, per: won, rate: rate }
  bonus:
    who: marketing
    pay: bonus
    links:
      lands:
        because: marketing is paid when sales lands
        by: sales.sum(won.amount) / 1000 USD
        curve: { 0%: 0%, 100%: 100%, 200%: 200% }
`,
  {
    deals: 'deal_id,owner,close_date,amount,stage\nd1,ana,2026-01-10,1000.00,won',
    people:
      'person_id,name,department\nana,Ana Wolfeschlegelsteinhausenbergerdorff,sales\nbo,Bo Bergerdorffwelchevoralternwaren,marketing',
  },
);

const today = figuresOf(tried(pilot));

/** A pilot of settings, each a variant: `rate=5%`. */
const resultOf = (settings: readonly (readonly string[])[], more: Partial<PilotResult> = {}): PilotResult => {
  const variants = settings.map((one) => tried(pilot, ...one));
  const sets = [today, ...variants.map(figuresOf)].map((figures) => figureSet(today, figures, undefined));
  return {
    plan: 'Test',
    currency: 'USD',
    digits: 2,
    periods: { from: '2026-01', to: '2026-01' },
    today,
    todayFindings: [],
    variants,
    notes: [],
    grid: true,
    names: new Map([
      ['ana', 'Ana Wolfeschlegelsteinhausenbergerdorff'],
      ['bo', 'Bo Bergerdorffwelchevoralternwaren'],
    ]),
    budget: undefined,
    assume: undefined,
    rank: undefined,
    front: paretoFront(sets).map((index) => index - 1),
    ...more,
  };
};

const ranked = (result: PilotResult, text: string): PilotResult => {
  const order = readOrder(text, 2);
  if ('problem' in order) throw new Error(order.problem);
  const sets = result.variants.map((one) => figureSet(today, figuresOf(one), undefined));
  return { ...result, rank: { text, order, ranked: rankedBy(order, sets) } };
};

const linesOf = (result: PilotResult, { width = 80, full = false } = {}): readonly string[] =>
  pilotText(result, { style: PLAIN, width, full }).trimEnd().split('\n');
const widest = (lines: readonly string[]): number => Math.max(...lines.map(displayWidth));

const NOTHING_DEEP = {
  quarters: undefined,
  sight: undefined,
  incentives: { justBelow: [], delays: [], moved: 0, late: 0, bit: 0, gates: 0 },
  robustness: { shares: [], unpayable: [] },
  fairness: [],
  checks: [],
};

/** Rates from 30% down to 1%: the cheapest last. */
const rates = Array.from({ length: 30 }, (_, i) => [`rate=${30 - i}%`]);

describe('a grid', () => {
  it('fits on a screen, with the front in sight wherever it stands, and says where the rest is', () => {
    const lines = linesOf(resultOf(rates));
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(lines.filter((line) => /^[◆ ] \d+% /.test(line)).map((line) => line.split(/ +/)[1])).toEqual([
      '30%',
      '29%',
      '28%',
      '27%',
      '26%',
      '25%',
      '24%',
      '23%',
      '22%',
      '21%',
      '20%',
      '19%',
      '18%',
      '17%',
      '1%',
    ]);
    expect(lines.find((line) => line.startsWith('◆ 1%'))).toMatch(/^◆ 1% +110 +−45\.0%/);
    expect(lines).toContain('  … and 15 more');
    expect(lines.at(-1)).toBe('--full shows all variants; what each figure is, and cannot tell: docs/pilot.md.');
  });

  it('has no brackets, and says nothing of them', () => {
    expect(linesOf(resultOf(rates)).join('\n')).not.toMatch(/bracket|\(\d/);
  });

  it('in full has a row for every variant, and of few all figures as well', () => {
    const all = linesOf(resultOf(rates), { full: true });
    expect(all.filter((line) => /^[◆ ] \d+% /.test(line))).toHaveLength(30);
    expect(all.join('\n')).not.toContain('--full');
    expect(linesOf(resultOf(rates.slice(0, 2)), { full: true })).toContain(
      'Does it bind? How far pay moves when results move by 10%',
    );
  });

  it('keeps variants that break a constraint apart, without colours too, and counts those that are not shown', () => {
    const few = linesOf(ranked(resultOf([['rate=9%'], ['rate=11%'], ['rate=8%']]), 'cost <= today, max(cost)'));
    const at = few.indexOf('  1 of 3 break a constraint:');
    expect(few.slice(at - 2, at + 2).map((line) => line.slice(2, 5).trim())).toEqual(['9%', '8%', '1 o', '11%']);
    const many = linesOf(ranked(resultOf(rates), 'cost <= 0.7 * today, max(cost)'));
    // 4% and less cost 140 and less
    expect(many).toContain('  26 of 30 break a constraint:');
    expect(many).toContain('  … and 15 more, 15 that break a constraint');
    expect(many.length).toBeLessThanOrEqual(30);
  });

  it('names few of many that cannot be paid', () => {
    const result = resultOf(rates);
    const variants = result.variants.map((one) => ({ ...one, figures: undefined }));
    const lines = linesOf({ ...result, variants });
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(lines).toContain('Not payable: rate=30%, rate=29%, rate=28% and 27 more.');
    expect(linesOf({ ...result, variants }, { full: true }).join(' ')).toContain('rate=2%, rate=1%.');
  });

  it('leaves out what can be spared where it is too narrow, and says so; it never vanishes', () => {
    const narrow = linesOf(resultOf(rates.slice(0, 2)), { width: 40 });
    expect(narrow.join(' ')).toContain('Too wide for here: cost against today, how many gain.');
    expect(widest(narrow)).toBeLessThanOrEqual(40);
    expect(linesOf(resultOf(rates.slice(0, 2)), { width: 20 }).find((line) => line.includes('30%'))).toMatch(/400/);
  });
});

describe('variants beside each other', () => {
  const files = (count: number): PilotResult => resultOf(rates.slice(0, count), { grid: false });

  it('names are cut to the width, then left out, before the counts are', () => {
    const most = (width: number): string =>
      linesOf(resultOf([['rate=12%', 'bonus=90 USD']], { grid: false }), { width })[3] ?? '';
    expect(most(140)).toContain('Ana Wolfeschlegelsteinhausenbergerdorff +20  Bo Bergerdorffwelchevoralternwaren −10');
    expect(most(80)).toMatch(/ 1 +1 +1 {2}Ana Wolfeschleg… \+20 +Bo Bergerdorffw… −10$/);
    expect(most(40)).toMatch(/^ {2}rate=12%.* 1 +1 +1$/);
  });

  it('are told apart where their names begin alike, or are alike within what fits', () => {
    const heads = (names: readonly string[]): string => {
      const result = files(names.length);
      const variants = result.variants.map((one, i) => ({ ...one, spec: { ...one.spec, name: names[i] ?? '' } }));
      return linesOf({ ...result, variants }).find((line) => line.startsWith('What it costs')) ?? '';
    };
    expect(heads(['a-plan-for-next-year-low', 'a-plan-for-next-year-high'])).toMatch(
      / a-plan-fo…year-low +a-plan-fo…ear-high$/,
    );
    expect(heads(['a-plan-for-next-year-in-spring-time', 'a-plan-for-next-year-with-spring-time'])).toMatch(
      / a-plan-for-ne… 1 +a-plan-for-ne… 2$/,
    );
    expect(heads(['low', 'high'])).toMatch(/ low +high$/);
  });

  it('in full have the money of each reward, what check finds by its code, and where everybody’s pay stands', () => {
    const result = files(1);
    const finding = { code: 'cliff', severity: 'warning', message: 'm', related: [] } as const;
    const found = {
      ...result.today,
      depth: { ...NOTHING_DEEP, checks: [finding, finding, { ...finding, code: 'unlinked-pay' }] },
    };
    const lines = linesOf({ ...result, today: found as unknown as PilotResult['today'] }, { full: true });
    expect(lines.join('\n')).toMatch(/\n {4}commission +\d+ +\d+\n {4}bonus +\d+ +\d+\n/);
    expect(lines[lines.indexOf('today') + 1]).toBe('  check: 2 cliff, unlinked-pay');
    expect(lines).toContain('What check finds: align-pay check FILE tells more of it.');
    expect(lines.slice(-2).join(' ')).toContain("Everybody's pay by each variant: --format csv.");
  });

  it('none is lost where only one column fits', () => {
    const lines = linesOf(files(3), { width: 30 });
    const heads = lines.filter((line) => line.startsWith('What it costs'));
    expect(heads.map((line) => line.replace('What it costs', '').trim())).toEqual([
      'today',
      'rate=30%',
      'rate=29%',
      'rate=28%',
    ]);
  });

  it('many are a row each, unless all is asked for', () => {
    const lines = linesOf(files(12));
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(lines.filter((line) => /^[◆ ] \d+% /.test(line))).toHaveLength(12);
    expect(lines.at(-1)).toContain('--full');
    expect(linesOf(files(12), { full: true }).join('\n')).toContain('Who answers?');
  });

  it('in an order that was asked for they stand in it', () => {
    const lines = linesOf(ranked(files(3), 'min(cost)'));
    expect(lines.filter((line) => /^[◆ ] \d+% /.test(line)).map((line) => line.slice(2, 5))).toEqual([
      '28%',
      '29%',
      '30%',
    ]);
  });
});
