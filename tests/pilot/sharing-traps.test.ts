import { describe, expect, it } from 'vitest';
import { compute } from '../../src/engine/compute.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { Sink } from '../../src/findings/sink.ts';
import { paidOf } from '../../src/pilot/paid.ts';
import { isFailed, Runs } from '../../src/pilot/runs.ts';
import { loadPlan } from '../../src/rules/load/load.ts';
import type { Plan } from '../../src/rules/plan.ts';
import { fraction, toText } from '../../src/values/num.ts';
import { readTables } from '../engine/pay.ts';
import type { Rows } from './piloting.ts';

const HEAD = `
plan: Test
currency: USD
period: quarter
data: { people: { target_per: quarter } }
groups:
  sales: payee.department == "sales"
credits:
  won: { each: deal }
`;

const planOf = (text: string): Plan => {
  const sink = new Sink();
  const plan = loadPlan('align-pay.yaml', text, () => undefined, { resolvePath: (_, path) => path }, sink);
  if (plan === undefined || sink.hasErrors) throw new Error(JSON.stringify(sink.all(), null, 2));
  return plan;
};

const errorsOf = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);

/** What plans pay when they are paid one after the other from what they have in common, and what each pays alone. */
const both = (texts: readonly string[], rows: Rows) => {
  const plans = texts.map((text) => planOf(`${HEAD}${text}`.replace(/^\n/, '')));
  const first = plans[0] as Plan;
  const tables = readTables(first, rows, new Sink());
  const told = (people: ReadonlyMap<string, number | object>): Record<string, string> =>
    Object.fromEntries([...people].map(([id, amount]) => [id, toText(amount as number)]));
  const alone = plans.map((plan) => {
    const sink = new Sink();
    const computed = compute(plan, tables, {}, sink);
    if (computed === undefined) return errorsOf(sink.all());
    const people = new Map<string, number>();
    for (const { payouts } of computed.periods)
      for (const { person, amount } of payouts)
        people.set(person.id, (people.get(person.id) ?? 0) + (amount as number));
    return told(people);
  });
  const runs = new Runs(tables, undefined);
  const together = plans.map((plan) => {
    const payable = runs.payable(plan);
    if (isFailed(payable)) return errorsOf(payable.findings);
    const amounts = runs.amounts(payable);
    if (isFailed(amounts)) return errorsOf(amounts.findings);
    return told(paidOf(amounts).byPerson);
  });
  return { alone, together };
};

const moved = `
person_id, department, team, manager, target_pay, starts_on, ends_on
sue, sales, north, mel, 1000, , 2026-01-31
sue, sales, north, mel, 3000, 2026-02-01,
mel, sales, north, , 0, ,`;
const deals = `
deal_id, owner, close_date, amount
d1, sue, 2026-01-10, 10000
d2, sue, 2026-02-10, 10000
d3, sue, 2026-03-20, 10000`;

describe('what variants share', () => {
  it('a reward that only one of them reads by its lines', () => {
    const people = `
person_id, department, manager, starts_on, ends_on
sue, sales, mel, ,
mel, sales, , , 2026-01-31
mel, marketing, , 2026-02-01,`;
    const rewards = `rewards:
  commission: { who: payee.manager is present, per: won, rate: 10% }
`;
    const reads = `${rewards}  override: { who: sales, pay: 10% * all_reports.pay(commission) }
`;
    // Mel was in sales in January only: 10% of the commission on d1, 1,000, not of that on all three.
    const { alone, together } = both([rewards, reads], { people, deals });
    expect(alone[1]).toEqual({ sue: '300000', mel: '10000' });
    expect(together).toEqual(alone);
  });

  it('a measure that reads the payee’s columns, from each of two stays', () => {
    const text = `measures:
  goal: payee.target_pay
rewards:
  commission: { who: 'payee.person_id == "sue"', per: won, pay: goal }
`;
    const { alone, together } = both([text], { people: moved, deals });
    expect(alone[0]).toEqual({ sue: '700000' });
    expect(together).toEqual(alone);
  });

  it('a stay that another holds beside for one group, and none for another', () => {
    const people = `
person_id, department, target_pay, starts_on, ends_on, share
sue, marketing, 0, , 2026-01-31, 50%
sue, sales, 0, , , 50%`;
    const text = `measures:
  bookings: sum(won.amount)
rewards:
  in_sales: { who: sales, pay: 10% * bookings }
  in_either: { who: 'sales or payee.department == "marketing"', pay: 1% * bookings }
`;
    const { alone, together } = both([text], { people, deals });
    // In sales alone all three deals count there; of both stays d1 belongs to the first.
    expect(alone[0]).toEqual({ sue: '330000' });
    expect(together).toEqual(alone);
  });

  it('a quota of which the plan does not say what is kept', () => {
    const people = `
person_id, department, starts_on, ends_on
sue, sales, , 2026-02-15`;
    const quotas = `
for, period, measure, amount
sue, 2026-Q1, bookings, 10000`;
    const measures = `measures:
  bookings: sum(won.amount)
`;
    const needs = `${measures}rewards:
  a: { who: sales, pay: 'coalesce(bookings / quota(bookings), 1) * 100 USD' }
`;
    const also = `${needs}  b: { who: sales, pay: 'coalesce(quota(bookings), 7 USD)' }
`;
    const other = `${measures}rewards:
  b: { who: sales, pay: 'coalesce(quota(bookings), 7 USD)' }
`;
    const { alone, together } = both([also, needs, other, needs], { people, deals, quotas });
    expect(alone).toEqual(alone.map(() => ['missing-prorate']));
    expect(together).toEqual(alone);
  });

  it('groups that are not the same in both, for whom quotas and results are', () => {
    const people = 'person_id, department, team\nsue, sales, north';
    const results = 'result, period, value, for\nmbo, 2026-Q1, 1, field\nmbo, 2026-Q1, 1, north';
    const of = (groups: string): Plan =>
      planOf(`${HEAD.replace('groups:', `groups:${groups}`)}rewards:\n  a: { who: sales, pay: 100 USD }`.trim());
    // In the second the name of a team is that of a group, in the third nothing has the name that the result is for.
    const plans = ['\n  field: payee.team == "n"', '\n  field: payee.team == "n"\n  north: payee.team == "n"', ''].map(
      of,
    );
    const tables = readTables(plans[0] as Plan, { people, deals, results }, new Sink());
    const runs = new Runs(tables, undefined);
    const together = plans.map((plan) => isFailed(runs.payable(plan)));
    expect(together).toEqual([false, true, true]);
    expect(together).toEqual(plans.map((plan) => compute(plan, tables, {}, new Sink()) === undefined));
  });

  it('results of a group whose members are others in each', () => {
    const people = 'person_id, department, team\nsue, sales, north\nmia, marketing, south';
    const results = 'result, period, value, for\nmbo, 2026-Q1, 1, field';
    const of = (team: string): Plan =>
      planOf(
        `${HEAD.replace('groups:', `groups:\n  field: payee.team == "${team}"`)}rewards:
  a: { who: sales, pay: '100 USD * field.result("mbo")' }`.trim(),
      );
    const [north, south] = [of('north'), of('south')];
    const tables = readTables(north, { people, deals, results }, new Sink());
    const runs = new Runs(tables, undefined);
    const moves = [{ of: ['sales'], by: fraction(9, 10) }];
    const paid = [north, south, north].map((plan) => {
      const payable = runs.payable(plan);
      const amounts = isFailed(payable) ? payable : runs.amounts(payable, { moves });
      return isFailed(amounts) ? amounts.findings : toText(paidOf(amounts).total);
    });
    expect(paid).toEqual(['9000', '10000', '9000']);
  });
});
