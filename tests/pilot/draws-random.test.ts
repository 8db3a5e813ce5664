import { expect, test } from 'vitest';
import { payAmounts } from '../../src/engine/compute.ts';
import { creditTables } from '../../src/engine/credit-tables.ts';
import { repeatedLedger } from '../../src/engine/ledger.ts';
import { Sink } from '../../src/findings/sink.ts';
import { paidOf } from '../../src/pilot/paid.ts';
import { loadPlan } from '../../src/rules/load/load.ts';
import { toQuotient } from '../../src/values/num.ts';
import { payWhole, readTables } from '../engine/pay.ts';
import { Draw } from '../reference/draw.ts';
import { caseOf, textsOf } from '../reference/random-case.ts';
import { type Cells, csvTables, type Tables } from '../reference/random-tables.ts';

const CASES = Number(process.env.ALIGN_PAY_CASES ?? 40);
const FIRST = Number(process.env.ALIGN_PAY_FIRST ?? 0);

/** Each deal, and all that points to it, so often as said, under names of its own. */
const repeated = (tables: Tables, times: ReadonlyMap<string, number>): Tables => {
  const copies = (rows: readonly Cells[] | undefined, pointer: string, ids: readonly string[]): Cells[] =>
    (rows ?? []).flatMap((row) => {
      const deal = row[pointer] === '' ? (row.deal_id ?? '') : (row[pointer] ?? '');
      return Array.from({ length: deal === '' ? 1 : (times.get(deal) ?? 0) }, (_, i) => ({
        ...row,
        ...Object.fromEntries(ids.flatMap((id) => (row[id] === '' ? [] : [[id, `${row[id]}_${i}`]]))),
      }));
    });
  return {
    ...tables,
    deals: copies(tables.deals, 'refund_of', ['deal_id', 'refund_of']),
    attributions: copies(tables.attributions, 'deal_id', ['deal_id']),
    splits: copies(tables.splits, 'deal_id', ['deal_id']),
    leads: copies(tables.leads, 'deal_id', ['lead_id', 'deal_id']),
  };
};

let compared = 0;

const tryCase = (seed: number): void => {
  const one = caseOf(seed);
  const { plan: text, tables: texts } = textsOf(one);
  const sink = new Sink();
  const plan = loadPlan('align-pay.yaml', text, () => undefined, { resolvePath: (_, path) => path }, sink);
  if (plan === undefined || sink.hasErrors) return;
  const tables = readTables(plan, texts, sink);
  const credited = sink.hasErrors ? undefined : creditTables(plan, tables, {}, sink);
  const whole = payWhole(text, texts).computation;
  const [from, to] = [whole?.periods[0]?.period, whole?.periods.at(-1)?.period];
  if (credited === undefined || from === undefined || to === undefined) return;
  const periods = { from, to };
  const draw = new Draw(seed * 3 + 1);
  const ids = tables.get('deals')?.columns.get('deal_id') ?? [];
  const times = new Map(ids.map((id) => [String(id), draw.pick([0, 1, 1, 2, 3])]));
  const rows = repeated(one.tables, times);
  // A file without a row is another matter.
  if (rows.deals?.length === 0) return;
  const ledger = repeatedLedger(credited.ledger, ({ rootDeal }) =>
    rootDeal < 0 ? 1 : (times.get(String(ids[rootDeal])) ?? 0),
  );
  const drawn = payAmounts({ ...credited, ledger }, plan, { periods }, new Sink());
  const really = payWhole(text, csvTables(rows), { periods });
  const expected = really.computation;
  const told = `case ${seed}\n${text}`;
  if (expected === undefined || drawn === undefined) {
    expect(drawn === undefined, `${told}\n${really.findings.map(({ message }) => message).join('\n')}`).toBe(
      expected === undefined,
    );
    return;
  }
  const sums = Object.fromEntries([...paidOf(drawn).byReward].map(([name, sum]) => [name, toQuotient(sum)]));
  const byReward: Record<string, number> = Object.fromEntries(Object.keys(sums).map((name) => [name, 0]));
  for (const { payouts } of expected.periods)
    for (const { rewardName, amount } of payouts)
      byReward[rewardName] = (byReward[rewardName] ?? 0) + (amount as number);
  expect(sums, told).toEqual(
    Object.fromEntries(Object.entries(byReward).map(([name, sum]) => [name, toQuotient(sum)])),
  );
  compared++;
};

test('draws are paid as rows that really stand so often', { timeout: 3_600_000 }, () => {
  for (let seed = FIRST; seed < FIRST + CASES; seed++) tryCase(seed);
  expect(compared).toBeGreaterThan(CASES / 2);
});
