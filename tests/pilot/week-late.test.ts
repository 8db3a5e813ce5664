import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compute } from '../../src/engine/compute.ts';
import { Sink } from '../../src/findings/sink.ts';
import { loadTables } from '../../src/io/tables-load.ts';
import { Pilot } from '../../src/pilot/pilot.ts';
import { Shelf } from '../../src/pilot/shelf.ts';
import { delaysCell } from '../../src/report/pilot/pilot-cells.ts';
import type { Tables } from '../../src/rules/table-data.ts';
import { formatMinor } from '../../src/values/money.ts';
import { add, type Num, sub } from '../../src/values/num.ts';
import { root } from '../docs/blocks.ts';
import { figuresOf, pilotOf, type Rows, tried } from './piloting.ts';

const gains = (plan: string, rows: Rows): readonly (readonly [string, string])[] => {
  const { depth } = figuresOf(tried(pilotOf(plan, rows, { deep: true })));
  return (depth?.incentives.delays ?? []).map(({ deal, gain }) => [deal, formatMinor(gain, 2)]);
};

const HEAD = `
period: quarter
credits:
  won: { each: deal, when: deal.stage == "won" }
`;

describe('a deal that comes a week later', () => {
  it('is asked anew by what reads its date, not only by the day it is credited on', () => {
    // 10% of what came within 30 days, 12% of what took longer: d1 took 29 days, with a week more 36. 20.00 more, and so for d2,
    // which comes into the second quarter too.
    const plan = `${HEAD}rewards:
  quick: { per: won, when: deal.close_date - deal.opened_on <= 30 days, rate: 10% }
  slow: { per: won, when: deal.close_date - deal.opened_on > 30 days, rate: 12% }`;
    const data = 'data: { deals: { columns: { opened_on: { column: opened_on, type: date } } } }';
    const deals = `
deal_id, owner, opened_on, close_date, amount, stage
d1, ann, 2026-03-02, 2026-03-31, 1000.00, won
d2, bob, 2026-03-01, 2026-03-30, 500.00, won
d3, ann, 2026-04-02, 2026-04-20, 100.00, won`;
    expect(gains(`${data}${plan}`, { deals })).toEqual([
      ['d1', '20.00'],
      ['d2', '10.00'],
    ]);
  });

  it('moves by the date that it is credited by, where that is another than the day it was closed', () => {
    // Credited by its invoice: what is invoiced in the second quarter earns 12%. Closed in January, invoiced in the last week.
    const plan = `${HEAD.replace('"won" }', '"won", date: deal.invoiced_on }')}rewards:
  first: { per: won, when: deal.invoiced_on < 2026-04-01, rate: 10% }
  second: { per: won, when: deal.invoiced_on >= 2026-04-01, rate: 12% }`;
    const data = 'data: { deals: { columns: { invoiced_on: { column: invoiced_on, type: date } } } }';
    const deals = `
deal_id, owner, close_date, invoiced_on, amount, stage
d1, ann, 2026-01-10, 2026-03-31, 1000.00, won
d2, ann, 2026-03-31, 2026-04-20, 1000.00, won`;
    expect(gains(`${data}${plan}`, { deals })).toEqual([['d1', '20.00']]);
  });

  it('cannot come after it was taken back', () => {
    const plan = `${HEAD}rewards:
  first: { per: won, when: deal.close_date < 2026-04-01, rate: 10% }
  second: { per: won, when: deal.close_date >= 2026-04-01, rate: 12% }`;
    const deals = (refund: string): string => `
deal_id, owner, close_date, amount, stage, refund_of
d1, ann, 2026-03-31, 1000.00, won,
d2, ann, 2026-04-20, 1000.00, won,
r1, ann, ${refund}, -400.00, won, d1`;
    expect(gains(plan, { deals: deals('2026-04-02') })).toEqual([]);
    // A refund on a later day is taken back at 12% as it stands: 20.00 more for the deal.
    expect(gains(plan, { deals: deals('2026-05-02') })).toEqual([['d1', '20.00']]);
  });

  const QUARTERS = `${HEAD}rewards:
  first: { per: won, when: deal.close_date < 2026-04-01, rate: 10% }
  second: { per: won, when: deal.close_date >= 2026-04-01, rate: 12% }`;
  const told = (plan: string, rows: Rows, period?: string) => {
    const periods = period === undefined ? undefined : { from: period, to: period, fiscalYearStarts: 1 };
    const { depth } = figuresOf(tried(pilotOf(plan, rows, { deep: true, periods })));
    if (depth === undefined) throw new Error('no depth');
    const { delays, moved, late } = depth.incentives;
    return {
      delays: delays.map(({ deal, seller, gain, others }) =>
        [deal, seller, formatMinor(gain, 2), formatMinor(others, 2)].join(' '),
      ),
      moved,
      late,
    };
  };
  const people = 'person_id, department\nann, sales\nbob, sales\nmia, marketing';

  it('counts where its owner gains, whatever it costs others', () => {
    // d1 earns Ann 10% in the first quarter, 12% in the second: 20.00 more. Mia has 5% of what it brings in the first, and then
    // none: 50.00 less. Together they lose 30.00, but it is Ann who can have it come later.
    const plan = `${QUARTERS.replace('credits:', 'credits:\n  opened: { each: attribution, share: linear, when: deal.stage == "won" }')}
  opening: { per: opened, when: deal.close_date < 2026-04-01, rate: 5% }`;
    const deals =
      'deal_id, owner, close_date, amount, stage\nd1, ann, 2026-03-31, 1000, won\nd2, bob, 2026-04-10, 100, won';
    const campaigns = 'campaign_id, owner\nc1, mia';
    const attributions = 'deal_id, campaign_id, touched_on\nd1, c1, 2026-03-01';
    expect(told(plan, { people, deals, campaigns, attributions }).delays).toEqual(['d1 ann 20.00 -50.00']);
  });

  it('is not counted where others gain by it and its owner does not', () => {
    const plan = `${QUARTERS.replace('10%', '12%').replace('credits:', 'credits:\n  opened: { each: attribution, share: linear, when: deal.stage == "won" }')}
  opening: { per: opened, when: deal.close_date >= 2026-04-01, rate: 5% }`;
    const deals =
      'deal_id, owner, close_date, amount, stage\nd1, ann, 2026-03-31, 1000, won\nd2, bob, 2026-04-10, 100, won';
    const campaigns = 'campaign_id, owner\nc1, mia';
    const attributions = 'deal_id, campaign_id, touched_on\nd1, c1, 2026-03-01';
    expect(told(plan, { people, deals, campaigns, attributions })).toEqual({ delays: [], moved: 1, late: 1 });
  });

  it('counts for whoever has a split of it, the most that one of them gains', () => {
    // 60% and 40% of 1,000 at two percent more: Ann 12.00, Bob 8.00.
    const plan = QUARTERS.replace('each: deal,', 'each: split,');
    const deals =
      'deal_id, owner, close_date, amount, stage\nd1, ann, 2026-03-31, 1000, won\nd2, bob, 2026-04-10, 100, won';
    const splits = 'deal_id, person_id, share\nd1, bob, 40%\nd1, ann, 60%';
    expect(told(plan, { people, deals, splits }).delays).toEqual(['d1 ann 12.00 8.00']);
  });

  it('counts for whom the plan credits where that is not the owner', () => {
    const plan = QUARTERS.replace('"won" }', '"won", to: deal.closer }');
    const data = 'data: { deals: { columns: { closer: { column: closer, type: text } } } }';
    const deals = `
deal_id, owner, closer, close_date, amount, stage
d1, mia, bob, 2026-03-31, 1000, won
d2, bob, bob, 2026-04-10, 100, won`;
    expect(told(`${data}${plan}`, { people, deals }).delays).toEqual(['d1 bob 20.00 0.00']);
  });

  it('is asked of the last period that is paid as well, by what the next one would pay', () => {
    const deals =
      'deal_id, owner, close_date, amount, stage\nd1, ann, 2026-03-31, 1000, won\nd2, bob, 2026-04-10, 100, won';
    expect(told(QUARTERS, { people, deals }, '2026-Q1')).toEqual({ delays: ['d1 ann 20.00 0.00'], moved: 1, late: 1 });
    // Nor need anything have come in the next.
    const only = deals.split('\n').slice(0, 2).join('\n');
    expect(told(QUARTERS, { people, deals: only }).delays).toEqual(['d1 ann 20.00 0.00']);
  });

  it('of the last period is not tried where the next one has no answer', () => {
    // Steps of a quota that nobody has in the second quarter.
    const plan = `${HEAD}measures: { bookings: sum(won.amount) }
rewards:
  commission: { per: won, rate: { method: marginal, of: quota(bookings), steps: [{ up_to: 100%, rate: 5% }, { rate: 8% }] } }`;
    const quotas = 'for, period, measure, amount\nann, 2026-Q1, bookings, 1000';
    const deals = 'deal_id, owner, close_date, amount, stage\nd1, ann, 2026-03-31, 1000, won';
    expect(told(plan, { people, deals, quotas })).toEqual({ delays: [], moved: 0, late: 1 });
    const figures = figuresOf(tried(pilotOf(plan, { people, deals, quotas }, { deep: true })));
    expect(delaysCell(figures, true)).toBe('–');
  });

  it('is asked until rewards for longer than a period have been paid for the next one', () => {
    // For June's deal being July's Ann has 20.00 more, and the bonus of half a year, 50.00, by the second half instead of the
    // first. Were nothing paid after the third quarter she would seem to lose it.
    const plan = `${QUARTERS.replaceAll('2026-04-01', '2026-07-01')}
  bonus: { per: won, every: half, rate: 5% }`;
    const deals =
      'deal_id, owner, close_date, amount, stage\nd1, ann, 2026-06-30, 1000, won\nd0, bob, 2026-02-10, 100, won';
    expect(told(plan, { people, deals })).toEqual({ delays: ['d1 ann 20.00 0.00'], moved: 1, late: 1 });
  });
});

it('gains to the cent what compute pays with the date moved', async () => {
  const shelf = new Shelf({
    readText: (file) => readFileSync(file, 'utf8'),
    resolvePath: (from, to) => path.resolve(path.dirname(from), to),
  });
  const sink = new Sink();
  const file = path.join(root, 'examples/shared-growth/align-pay.yaml');
  const plan = shelf.plan(file, [], sink);
  if (plan === undefined) throw new Error(JSON.stringify(sink.all()));
  const { tables } = await loadTables({ plan, deals: undefined }, sink);
  const paid = (of: Tables, people: readonly string[] | undefined): Num => {
    const computed = compute(plan, of, {}, sink);
    if (computed === undefined) throw new Error(JSON.stringify(sink.all()));
    const payouts = computed.periods.flatMap((period) => period.payouts);
    return payouts
      .filter(({ person }) => people === undefined || people.includes(person.id))
      .reduce<Num>((sum, one) => add(sum, one.amount), 0);
  };
  const ask = { files: shelf.data, periods: undefined, assume: [], draws: 0, deep: true };
  const { depth } = figuresOf(new Pilot(tables, ask).outcome({ name: 'today', file, settings: [] }));
  const delays = depth?.incentives.delays ?? [];
  expect(delays.map(({ deal, seller, gain }) => [deal, seller, formatMinor(gain, 2)])).toEqual([
    ['d-2160', 'samir', '637.16'],
    ['d-2184', 'adaeze', '575.38'],
    ['d-2139', 'ingrid', '503.28'],
  ]);
  for (const { deal, seller, gain, others } of delays) {
    const deals = tables.get('deals');
    if (deals === undefined) throw new Error('no deals');
    const ids = deals.columns.get('deal_id') ?? [];
    const dates = (deals.columns.get('close_date') ?? []).map((day, row) =>
      ids[row] === deal ? Number(day) + 7 : day,
    );
    const moved: Tables = new Map([
      ...tables,
      ['deals', { ...deals, columns: new Map([...deals.columns, ['close_date', dates]]) }],
    ]);
    const own = sub(paid(moved, [seller]), paid(tables, [seller]));
    const all = sub(paid(moved, undefined), paid(tables, undefined));
    expect([deal, gain, others]).toEqual([deal, own, sub(all, own)]);
  }
});
