import { expect, test } from 'vitest';
import type { Computed } from '../../src/engine/compute.ts';
import { isNotThere } from '../../src/explain/asked.ts';
import { computeWith, whatIf } from '../../src/explain/what-if.ts';
import { whyNot } from '../../src/explain/why-not.ts';
import { type Told, tellingOf } from '../../src/report/explain/told.ts';
import { tellWhatIf } from '../../src/report/explain/told-what-if.ts';
import { tellWhyNot } from '../../src/report/explain/told-why-not.ts';
import { add, equal, type Num } from '../../src/values/num.ts';
import { pay } from '../engine/pay.ts';

const PLAN = `
period: month
groups: { sales: payee.department == "sales" }
credits:
  won: { each: deal, when: deal.stage == "won" and deal.type == "new" }
  shared: { each: split, when: deal.stage == "won" }
  touched: { each: attribution, share: linear, share_among: attribution.touched_on <= deal.close_date }
  worked: { each: lead, when: lead.followed_up_on is present }
rewards:
  commission: { who: sales, per: won, rate: 10%, when: deal.amount > 100 USD }
  team: { per: shared, rate: 1% }
  touch: { per: touched, rate: 2% }
`;

const TABLES = {
  people: `
    person_id,department,starts_on,ends_on
    ana,sales,,2026-01-31
    ana,marketing,2026-02-01,
    ben,sales,,`,
  deals: `
    deal_id,owner,close_date,amount,stage,type
    d1,ana,2026-01-10,1000,won,new
    d2,ana,2026-01-11,1000,won,old
    d3,ana,2026-01-12,100,won,new
    d4,ana,2026-02-12,1000,won,new
    d5,ben,2026-01-13,1000,,new`,
  splits: `
    deal_id,person_id,share
    d1,ana,100%
    d1,ben,0%`,
  campaigns: `
    campaign_id,owner
    c1,ana`,
  attributions: `
    deal_id,campaign_id,touched_on
    d1,c1,2026-01-11
    d2,c1,2026-01-01`,
  leads: `
    lead_id,assigned_to,assigned_on,followed_up_on
    l1,ana,2026-01-05,
    l2,ana,2026-01-05,2026-01-06`,
};

const computed = (): Computed => {
  const { computation, findings } = pay(PLAN, TABLES);
  if (computation === undefined) throw new Error(JSON.stringify(findings));
  return computation;
};

const lines = ({ text, below }: Told): string[] => [text, ...below.flatMap(lines)];

const why = (id: string, reward?: string): string[] => {
  const run = computed();
  const [ana] = run.people;
  if (ana === undefined) throw new Error('nobody');
  const found = whyNot(run, ana, id, reward);
  if (isNotThere(found)) return [found.problem];
  return lines(
    tellWhyNot(
      found,
      ana,
      id,
      tellingOf(run, (file) => file),
    ),
  ).slice(1);
};

test('why not: the first condition that failed, with its values', () => {
  expect(why('d2', 'commission')).toEqual([
    'commission: the deal of deals.csv:3 is not credited as won, since a condition does not hold',
    'deal.type == "new": no, "old" == "new"',
    'deal.type = "old"',
  ]);
  // Both parts fail: the first is told, and a missing one is no.
  expect(why('d5', 'commission')[1]).toBe(
    'deal.stage == "won": cannot be said, deal.stage is empty, missing (deal.stage is empty) == "won"',
  );
  expect(why('l1')).toEqual([
    'worked: the lead of leads.csv:2 is not credited as worked, since a condition does not hold',
    'lead.followed_up_on is present: no, missing (lead.followed_up_on is empty) is present',
    'lead.followed_up_on = missing (lead.followed_up_on is empty)',
  ]);
});

test('why not: a condition of the reward, the job on the day, a touch after the win, somebody else, no share', () => {
  expect(why('d3', 'commission').slice(0, 2)).toEqual([
    'commission: the deal of deals.csv:4 is credited, and a condition of the reward does not hold',
    'deal.amount > 100 USD: no, 100.00 > 100 USD',
  ]);
  expect(why('d4', 'commission')).toEqual([
    'commission: it pays sales, and on 2026-02-12 ana worked in marketing',
    'the job on that day',
  ]);
  expect(why('d1', 'touch').slice(0, 3)).toEqual([
    'touch: the touch of attributions.csv:2 is not credited as touched, since a condition does not hold',
    'share_among',
    'attribution.touched_on <= deal.close_date: no, 2026-01-11 <= 2026-01-10',
  ]);
  expect(why('d5', 'team')[0]).toContain('is not credited as shared');
  expect(why('d3', 'touch')).toEqual(['touch: nothing, for it has no touch that touched could credit']);
  expect(why('d1', 'team')).toEqual([
    'team: the split of splits.csv:2 is paid, in 2026-01, line 1',
    'team: the split of splits.csv:3 has no share of what shared shares out',
  ]);
});

test('why not: what is paid, what only counts, what is not there', () => {
  expect(why('d1', 'commission')).toEqual(['commission: the deal of deals.csv:2 is paid, in 2026-01, line 1']);
  expect(why('l2')).toEqual([
    'worked: the lead of leads.csv:3 is credited; no reward pays for each, it counts where worked is read',
  ]);
  expect(why('d9')).toEqual(['there is no deal d9']);
  expect(why('l1', 'commission')).toEqual(['commission pays and counts no lead']);
});

test('what if: what is paid now and the differences add up to what would be paid', () => {
  const run = computed();
  const [ana] = run.people;
  const deals = run.tables.get('deals');
  if (ana === undefined || deals === undefined) throw new Error('nobody');
  const amounts = (deals.columns.get('amount') ?? []).with(0, 500_000);
  const other = computeWith(
    run,
    new Map([...run.tables, ['deals', { ...deals, columns: new Map([...deals.columns, ['amount', amounts]]) }]]),
  );
  if (!('engine' in other)) throw new Error(JSON.stringify(other));
  // 100.00 → 500.00, and of the team's 1% 10.00 → 50.00.
  const [told] = tellWhatIf(
    whatIf(run, other, ana),
    ana,
    'deal d1 amount 5000',
    tellingOf(run, (file) => file),
  );
  if (told === undefined) throw new Error('nothing is told');
  expect(lines(told)).toEqual([
    'ana would be paid in 2026-01, with deal d1 amount 5000, USD',
    'as it is',
    'commission: 100.00 would be 500.00',
    'd1',
    'team: 21.00 would be 61.00',
    'd1',
  ]);
  const addsUp = ({ amount, below }: Told): void => {
    const parts = below.flatMap((each) => each.amount ?? []);
    if (amount !== undefined && parts.length > 0) expect(equal(parts.reduce<Num>(add, 0), amount)).toBe(true);
    below.forEach(addsUp);
  };
  addsUp(told);
  expect(told.amount).toBe(58_100);
});
