import type {
  Computation,
  CreditRow,
  Line,
  LinkEffect,
  Payout,
  PeriodResult,
  Person,
  Stay,
} from '../../src/engine/result.ts';
import type { ReportContext } from '../../src/report/period/report.ts';
import type { Credit, Expression, Link, PayeeReward, Plan, Reward } from '../../src/rules/plan.ts';
import type { Table, Tables } from '../../src/rules/table-data.ts';
import { parseIsoDay } from '../../src/values/date.ts';
import { add, type Num } from '../../src/values/num.ts';
import { parsePeriod } from '../../src/values/period.ts';

/** Results built by hand, as small as a report needs them. */
const place = { file: 'align-pay.yaml', line: 10, column: 5 };

export const expression = (type: Expression['type'], text = 'x'): Expression => ({
  type,
  text,
  place,
  node: { kind: 'literal', type, start: 0, end: 1, value: 0 },
});

export const link = (name: string, more: Partial<Link> = {}): Link => ({
  name,
  because: `because of ${name}`,
  factor: { kind: 'factor', value: expression('number') },
  weight: undefined,
  when: undefined,
  whenMissing: undefined,
  atMost: undefined,
  unless: undefined,
  place,
  ...more,
});

const rewardBase = (name: string, links: readonly Link[]) => ({
  name,
  who: expression('boolean'),
  every: 'quarter' as const,
  when: undefined,
  links,
  cap: undefined,
  guarantee: undefined,
  prorate: undefined,
  place,
});

export const creditReward = (name: string, links: readonly Link[] = [], unit: 'rate' | 'pay' = 'rate'): Reward => ({
  ...rewardBase(name, links),
  body: 'credit',
  credit: 'won',
  unit,
  rate: { kind: 'value', value: expression(unit === 'pay' ? 'money' : 'number') },
  tail: undefined,
});

export const payeeReward = (name: string, links: readonly Link[] = []): PayeeReward => ({
  ...rewardBase(name, links),
  body: 'payee',
  pay: expression('money'),
  basis: 'time',
});

export const poolReward = (name: string): Reward => ({
  ...rewardBase(name, []),
  body: 'pool',
  pool: expression('money'),
  shareBy: expression('number'),
  basis: 'results',
  each: undefined,
});

export const person = (id: string, name: string | undefined, ...departments: string[]): Person => {
  const stays: Stay[] = [];
  const made = { id, index: 0, name, stays };
  departments.forEach((department, row) => {
    stays.push({
      person: made,
      row,
      from: row === 0 ? Number.NEGATIVE_INFINITY : 20500 + row,
      to: Number.POSITIVE_INFINITY,
      share: 1,
      department,
      team: `${department} team`,
      manager: undefined,
      payrollId: `p-${id}`,
      costCenter: undefined,
    });
  });
  return made;
};

export const stayOf = (who: Person, position = 0): Stay => {
  const stay = who.stays[position];
  if (stay === undefined) throw new Error(`${who.id} has no such stay`);
  return stay;
};

export const line = (who: Person, more: Partial<Line>): Line => {
  const base = more.base ?? more.exactBase ?? more.amount ?? 0;
  return {
    kind: 'credit',
    person: who,
    stay: stayOf(who),
    credit: undefined,
    counted: undefined,
    accumulatedBefore: undefined,
    rate: undefined,
    parts: undefined,
    stair: undefined,
    stoodAt: undefined,
    exactBase: base,
    base,
    links: [],
    factor: 1,
    amount: base,
    timePart: undefined,
    pool: undefined,
    rule: place,
    source: undefined,
    reason: undefined,
    tail: false,
    payee: undefined,
    reader: undefined,
    ...more,
  };
};

export const effect = (of: Link, factor: Num, money: Num, more: Partial<LinkEffect> = {}): LinkEffect => ({
  link: of,
  value: factor,
  factor,
  applied: true,
  effect: money,
  crosses: false,
  working: { applied: true, inputs: [factor], found: factor, heldTo: undefined, factor },
  ...more,
});

export const payout = (who: Person, reward: Reward | undefined, lines: readonly Line[]): Payout => ({
  person: who,
  reward,
  rewardName: reward?.name ?? 'adjustments',
  lines,
  amount: lines.reduce<Num>((sum, each) => add(sum, each.amount), 0),
  payee: undefined,
  lastStay: stayOf(who, who.stays.length - 1),
});

const won: Credit = {
  name: 'won',
  each: 'deal',
  when: undefined,
  announced: undefined,
  to: expression('text'),
  amount: expression('money'),
  date: expression('date'),
  share: undefined,
  shareAmong: undefined,
  overlay: false,
  place,
};

export const day = (text: string): number => parseIsoDay(text) ?? Number.NaN;

export const credit = (who: Person | undefined, date: string, amount: Num, deal: number): CreditRow => ({
  credit: won,
  index: deal,
  person: who,
  date: day(date),
  fxDate: day(date),
  amount,
  count: 1,
  deal,
  attribution: -1,
  campaign: -1,
  lead: -1,
  split: -1,
  rootDeal: deal,
  foreign: undefined,
});

export const periodResult = (
  label: string,
  payouts: readonly Payout[],
  more: Partial<PeriodResult> = {},
): PeriodResult => {
  const period = parsePeriod(label, 1);
  if (period === undefined) throw new Error(`${label} is no period`);
  return { period, payouts, measures: [], ...more };
};

export interface Parts {
  readonly rewards?: readonly Reward[];
  readonly credits?: readonly CreditRow[];
  readonly paidBy?: ReadonlyMap<CreditRow, readonly string[]>;
  readonly tables?: readonly Table[];
  readonly held?: readonly string[];
  readonly currency?: string;
  readonly digits?: number;
}

export const context = (periods: readonly PeriodResult[], parts: Parts = {}): ReportContext => {
  const plan: Plan = {
    name: 'Test plan',
    file: 'data/align-pay.yaml',
    currency: parts.currency ?? 'USD',
    digits: parts.digits ?? 2,
    period: 'quarter',
    fiscalYearStarts: 1,
    rounding: 'half_up',
    params: new Map(),
    data: new Map(),
    targetPer: undefined,
    quotaProrate: undefined,
    groups: new Map(),
    credits: new Map([['won', won]]),
    measures: new Map(),
    rewards: new Map((parts.rewards ?? []).map((reward) => [reward.name, reward])),
    rewardOrder: [],
    needs: new Set(),
    sources: [],
    change: undefined,
    roles: new Map(),
    campaignNotice: undefined,
    paramsRead: new Set(),
    sections: new Map(),
    checks: new Map(),
    export: undefined,
  };
  const tables: Tables = new Map((parts.tables ?? []).map((each) => [each.table, each]));
  const computation: Computation = {
    plan,
    tables,
    people: [...new Set(periods.flatMap(({ payouts }) => payouts.map((each) => each.person)))],
    credits: new Map([['won', parts.credits ?? []]]),
    periods,
    paidBy: parts.paidBy ?? new Map(),
  };
  return {
    computation,
    held: new Set(parts.held ?? []),
    version: '1.2.3',
    meaning: 'sha256:00',
    inputs: [{ file: 'deals.csv', sha256: 'abc' }],
    shown: (file) => file.replace('data/', ''),
  };
};

/** A report's rows as text, for tests to compare. */
export const rowsOf = (made: { readonly header: readonly string[]; readonly rows: Iterable<readonly string[]> }) =>
  [...made.rows].map((row) => Object.fromEntries(made.header.map((name, i) => [name, row[i]])));
