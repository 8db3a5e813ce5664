import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compute } from '../../src/engine/compute.ts';
import type { Computation } from '../../src/engine/result.ts';
import { Sink } from '../../src/findings/sink.ts';
import { type LoadedTables, loadTables } from '../../src/io/tables-load.ts';
import { type Paid, paidOf } from '../../src/pilot/paid.ts';
import { Pilot, type PilotAsk, type VariantSpec } from '../../src/pilot/pilot.ts';
import { isFailed } from '../../src/pilot/runs.ts';
import { Shelf } from '../../src/pilot/shelf.ts';
import { gridOf, readAxis } from '../../src/pilot/vary.ts';
import type { Plan } from '../../src/rules/plan.ts';
import { add, type Num } from '../../src/values/num.ts';

const file = path.resolve(import.meta.dirname, '../../examples/shared-growth/align-pay.yaml');
const shelf = new Shelf({ readText: (name) => readFileSync(name, 'utf8'), resolvePath: (_, written) => written });

/** Everything that is paid, to the cent, line by line. */
const cents = ({ periods }: Computation) =>
  periods.map(({ period, payouts }) => [
    period.label,
    ...payouts.map(({ person, rewardName, lines }) => [
      person.id,
      rewardName,
      ...lines.map(({ kind, amount }) => [kind, amount]),
    ]),
  ]);

/** What is paid, added up from the payouts. */
const sums = ({ plan, periods }: Computation): Paid => {
  const [byDepartment, byReward, byPerson] = [new Map<string, Num>(), new Map<string, Num>(), new Map<string, Num>()];
  const addTo = (to: Map<string, Num>, key: string, amount: Num): Map<string, Num> =>
    to.set(key, add(to.get(key) ?? 0, amount));
  let total: Num = 0;
  for (const name of plan.rewards.keys()) byReward.set(name, 0);
  for (const { person, rewardName, amount, lines, lastStay } of periods.flatMap(({ payouts }) => payouts)) {
    total = add(total, amount);
    addTo(byReward, rewardName, amount);
    addTo(byPerson, person.id, amount);
    addTo(byDepartment, lastStay.department ?? '', 0);
    for (const line of lines) addTo(byDepartment, line.stay.department ?? '', line.amount);
  }
  return { total, byDepartment, byReward, byPerson };
};

describe('variants on the same data', () => {
  let plan: Plan;
  let loaded: LoadedTables;
  beforeAll(async () => {
    const sink = new Sink();
    const read = shelf.plan(file, [], sink);
    if (read === undefined) throw new Error(JSON.stringify(sink.all()));
    plan = read;
    loaded = await loadTables({ plan, deals: undefined }, sink);
  });
  const ask = (more: Partial<PilotAsk> = {}): PilotAsk => ({
    files: shelf.data,
    periods: undefined,
    assume: [],
    draws: 0,
    deep: false,
    ...more,
  });

  it('pay the same cents as separate runs of compute, whatever they share', () => {
    const root = shelf.root(file, new Sink());
    if (root === undefined) throw new Error('no plan');
    const axes = [
      // params that credits read, that steps read; where a step ends, its rate; a factor, a weight, a curve, a cap, a pool, a
      // share model, a measure
      'notice=5 days,9 days',
      'base_rate=5%,6%',
      'sales_commission.rate.steps[0].up_to=60%,100%',
      'sales_commission.rate.steps[1].rate=9%,11%',
      // over half a year the same quota(bookings) is another
      'sales_commission.rate.accumulate=quarter,half',
      'sales_commission.links.won_together.factor=102%,104%',
      'marketing_bonus.links[0].weight=40%,60%',
      'sales_commission.links.hand_over.curve[50%]=60%,90%',
      'sales_commission.cap=9000 USD,250000 USD',
      'shared_pool.pool=0.4% * max(0 USD, sum(new_business.amount)),0 USD',
      'credits.influenced.share=linear,first_touch',
      'measures.follow_up=count(worked) / count(handed_over),1',
    ].map((text) => {
      const axis = readAxis(text, root);
      if ('problem' in axis) throw new Error(axis.problem);
      return axis;
    });
    const grid = gridOf(axes);
    if ('problem' in grid) throw new Error(grid.problem);
    // Every 61st of them, in an order that shares much and forgets much.
    const specs = grid.filter((_, i) => i % 61 === 0).map((settings): VariantSpec => ({ name: '', file, settings }));
    const pilot = new Pilot(loaded.tables, ask());
    const seen = new Set<string>();
    for (const spec of specs) {
      const payable = pilot.payable(spec);
      if (isFailed(payable)) throw new Error(JSON.stringify(payable.findings));
      const alone = compute(shelf.plan(file, spec.settings, new Sink()) ?? plan, loaded.tables, {}, new Sink());
      const shared = pilot.runs.pay(payable);
      const summed = pilot.runs.amounts(payable);
      if (isFailed(shared) || isFailed(summed) || alone === undefined) throw new Error('not payable');
      expect(cents(shared)).toEqual(cents(alone));
      expect(paidOf(summed)).toEqual(sums(alone));
      seen.add(JSON.stringify(cents(alone), (_, value) => (typeof value === 'bigint' ? String(value) : value)));
      // Results moved and links left out in between must leave nothing behind.
      pilot.runs.amounts(payable, { moves: [{ of: ['sales'], by: 2 }] });
      pilot.runs.amounts(payable, { leftOut: 'crossing' });
    }
    expect(specs.length).toBeGreaterThan(30);
    // Most of them pay otherwise than each other: the test would notice results that are shared wrongly.
    expect(seen.size).toBeGreaterThan(20);
  });

  it('what some people are paid is the same whether or not others are asked for', () => {
    const pilot = new Pilot(loaded.tables, ask());
    const payable = pilot.payable({ name: '', file, settings: [] });
    if (isFailed(payable)) throw new Error('not payable');
    const all = pilot.runs.pay(payable);
    const some = pilot.runs.pay(payable, { payees: new Set(['priya', 'wei']) });
    if (isFailed(all) || isFailed(some)) throw new Error('not payable');
    const of = (computation: Computation) =>
      cents(computation).map(([label, ...payouts]) => [
        label,
        ...payouts.filter(([id]) => id === 'priya' || id === 'wei'),
      ]);
    expect(of(some)).toEqual(of(all));
  });
});
