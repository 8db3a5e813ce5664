import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compute } from '../../src/engine/compute.ts';
import { Sink } from '../../src/findings/sink.ts';
import { loadTables } from '../../src/io/tables-load.ts';
import { Pilot } from '../../src/pilot/pilot.ts';
import { Shelf } from '../../src/pilot/shelf.ts';
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
  const paid = (of: Tables, people: readonly string[]): Num => {
    const computed = compute(plan, of, {}, sink);
    if (computed === undefined) throw new Error(JSON.stringify(sink.all()));
    const payouts = computed.periods.flatMap((period) => period.payouts);
    return payouts
      .filter(({ person }) => people.includes(person.id))
      .reduce<Num>((sum, one) => add(sum, one.amount), 0);
  };
  const ask = { files: shelf.data, periods: undefined, assume: [], draws: 0, deep: true };
  const { depth } = figuresOf(new Pilot(tables, ask).outcome({ name: 'today', file, settings: [] }));
  const delays = depth?.incentives.delays ?? [];
  expect(delays.length).toBeGreaterThan(0);
  for (const { deal, people, gain } of delays) {
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
    expect([deal, gain]).toEqual([deal, sub(paid(moved, people), paid(tables, people))]);
  }
});
