import { expect, test } from 'vitest';
import { type Amounts, type Computed, type ComputeOptions, payAmounts, payCredited } from '../../src/engine/compute.ts';
import { creditTables } from '../../src/engine/credit-tables.ts';
import type { Stay } from '../../src/engine/result.ts';
import { Sink } from '../../src/findings/sink.ts';
import { type Condition, isFailed, type Payable, Runs } from '../../src/pilot/runs.ts';
import { loadPlan } from '../../src/rules/load/load.ts';
import type { Plan } from '../../src/rules/plan.ts';
import { add, fraction, isZero, type Num, toQuotient } from '../../src/values/num.ts';
import { readTables } from '../engine/pay.ts';
import { Draw } from '../reference/draw.ts';
import { caseOf, textsOf } from '../reference/random-case.ts';
import { type Node, RandomPlan, yamlOf } from '../reference/random-plan.ts';
import { settingOf } from '../reference/random-tables.ts';

/** `ALIGN_PAY_CASES=5000 npx vitest run tests/pilot/sharing-random` for a long run; `ALIGN_PAY_FIRST` begins elsewhere. */
const CASES = Number(process.env.ALIGN_PAY_CASES ?? 40);
const FIRST = Number(process.env.ALIGN_PAY_FIRST ?? 0);
const VARIANTS = 4;

type Fields = { readonly [key: string]: Node };
const isMap = (node: Node | undefined): node is Fields => typeof node === 'object' && !Array.isArray(node);

/** Measures that no random plan has: of the payee's own columns, of the period's days, of a param. */
const MEASURES: Fields = {
  customers: 'payee.level',
  growth: 'bookings / (payee.target_pay * payee.level)',
  attainment: 'if(period.end - period.start > 80 days, 80%, 120%)',
  follow_up: 'min(150%, low_rate * 12)',
  average: 'payee.target_pay',
};

/** A plan that has much in common with another: sections of it are taken from elsewhere, entry by entry. */
const variantOf = (draw: Draw, plan: Node, other: Node): Node => {
  if (!isMap(plan) || !isMap(other)) return plan;
  const mixed: Record<string, Node> = { ...plan };
  for (const [section, chance] of [
    ['params', 25],
    ['groups', 15],
    ['credits', draw.chance(20) ? 30 : 0],
    ['measures', draw.chance(50) ? 20 : 0],
    ['rewards', 35],
    ['data', 20],
  ] as const) {
    const [own, their] = [plan[section], other[section]];
    if (!isMap(own) || !isMap(their)) continue;
    const entries: Record<string, Node> = { ...own };
    for (const name of new Set([...Object.keys(own), ...Object.keys(their)])) {
      const instead = section === 'measures' && draw.chance(50) ? (MEASURES[name] ?? their[name]) : their[name];
      if (!draw.chance(chance)) continue;
      if (instead !== undefined) entries[name] = instead;
      if (section === 'rewards' && draw.chance(30)) delete entries[name];
    }
    mixed[section] = entries;
  }
  if (draw.chance(20) && isMap(mixed.groups)) mixed.groups = { ...mixed.groups, sales: 'payee.role == "rep"' };
  if (draw.chance(15) && isMap(mixed.data)) mixed.data = { ...mixed.data, quotas: {} };
  if (draw.chance(10)) mixed.rounding = 'half_even';
  if (draw.chance(30) && isMap(mixed.rewards)) {
    const read = draw.pick(Object.keys(mixed.rewards).concat('r0'));
    const scope = draw.pick(['', 'direct_reports.', 'all_reports.', 'sales.']);
    mixed.rewards = {
      ...mixed.rewards,
      reads: { who: draw.pick(['everyone', 'sales']), pay: `10% * ${scope}pay(${read})` },
    };
  }
  return mixed;
};

const NUMBER = /^(\d+)(\.\d+)?(%| [A-Z]{3}| days)$/;

/** The same plan with some of its numbers moved, as by the sliders of a page: most of what a reward rests on stays. */
const movedOf = (draw: Draw, plan: Node): Node => {
  const moved = (node: Node): Node => {
    if (typeof node === 'string') {
      const [, whole, , unit] = NUMBER.exec(node) ?? [];
      return whole === undefined || !draw.chance(15) ? node : `${Number(whole) + draw.int(1, 9)}${unit}`;
    }
    if (!isMap(node)) return (node as readonly Node[]).map(moved);
    // A weight alone would leave a blend that is not whole.
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, key === 'weight' ? value : moved(value)]),
    );
  };
  if (!isMap(plan)) return plan;
  const { params = {}, rewards = {} } = plan;
  return { ...plan, rewards: moved(rewards), ...(draw.chance(40) ? { params: moved(params) } : {}) };
};

type Cents = Record<string, string>;

const summed = (lines: Iterable<{ readonly key: string; readonly stay: Stay; readonly amount: Num }>): Cents => {
  const sums = new Map<string, Num>();
  for (const { key, stay, amount } of lines) {
    const whole = `${key} ${stay.department ?? ''} ${stay.row}`;
    sums.set(whole, add(sums.get(whole) ?? 0, amount));
  }
  return Object.fromEntries([...sums].filter(([, sum]) => !isZero(sum)).map(([key, sum]) => [key, toQuotient(sum)]));
};

const ofAmounts = ({ rewards, adjustments }: Amounts): Cents =>
  summed([
    ...rewards.flatMap(({ reward, period, result }) =>
      [...result.lines].flatMap(([{ id }, lines]) =>
        lines.map(({ stay, amount }) => ({ key: `${period.label} ${reward.name} ${id}`, stay, amount })),
      ),
    ),
    ...adjustments
      .flatMap(({ lines }) => lines)
      .map(({ person, stay, amount }) => ({ key: `adjustment ${person.id}`, stay, amount })),
  ]);

const ofComputed = ({ periods }: Computed): Cents =>
  summed(
    periods.flatMap(({ period, payouts }) =>
      payouts.flatMap(({ person, rewardName, reward, lines }) =>
        lines.map(({ stay, amount }) => ({
          key: reward === undefined ? `adjustment ${person.id}` : `${period.label} ${rewardName} ${person.id}`,
          stay,
          amount,
        })),
      ),
    ),
  );

const CONDITIONS: readonly Condition[] = [
  {},
  {},
  { leftOut: 'crossing' },
  { moves: [{ of: ['sales'], by: fraction(9, 10) }] },
  { moves: [{ of: ['sales'], by: fraction(9, 10) }], leftOut: 'crossing' },
  { moves: [{ of: ['marketing', 'ops'], by: fraction(11, 10) }] },
];

const load = (text: string): Plan | undefined => {
  const sink = new Sink();
  const plan = loadPlan('align-pay.yaml', text, () => undefined, { resolvePath: (_, path) => path }, sink);
  return sink.hasErrors ? undefined : plan;
};

let compared = 0;
let different = 0;

const tryCase = (seed: number): void => {
  const setting = settingOf(new Draw(seed));
  const { plan: base, tables: rows } = caseOf(seed);
  const draw = new Draw(seed * 7 + 3);
  const trees = [base];
  for (let i = 1; i < VARIANTS; i++)
    trees.push(
      draw.chance(50)
        ? movedOf(draw, draw.pick(trees))
        : variantOf(draw, draw.pick(trees), new RandomPlan(draw, setting).plan()),
    );
  const texts = trees.map((tree) => `${yamlOf(tree)}\n`);
  const plans = texts.flatMap((text) => load(text) ?? []);
  const first = plans[0];
  if (first === undefined || plans.length < 2) return;
  const sink = new Sink();
  const tables = readTables(first, textsOf({ plan: base, tables: rows }).tables, sink);
  if (sink.hasErrors) return;
  const alone = (
    plan: Plan,
    options: ComputeOptions,
    of: typeof payAmounts | typeof payCredited,
  ): Amounts | Computed | string => {
    const own = new Sink();
    const credited = creditTables(plan, tables, {}, own);
    const paid = credited && of(credited, plan, options, own);
    return paid ?? codes(own.all());
  };
  const whole = alone(first, {}, payCredited);
  if (typeof whole === 'string') return;
  const computed = whole as Computed;
  const [from, to] = [computed.periods[0]?.period, computed.periods.at(-1)?.period];
  if (from === undefined || to === undefined) return;
  const periods = { from, to };
  const runs = new Runs(tables, periods);
  const seen = new Set<string>();
  for (let i = 0; i < 14; i++) {
    const plan = draw.pick(plans);
    const condition = draw.pick(CONDITIONS);
    const what = `case ${seed}, ${JSON.stringify(condition, (_, value) => (typeof value === 'bigint' ? String(value) : value))}`;
    const payable = runs.payable(plan);
    const fresh = new Runs(tables, periods).payable(plan);
    const told = `${what}\n${texts.join('\n---\n')}`;
    if (isFailed(payable) || isFailed(fresh)) {
      expect(isFailed(payable) && codes(payable.findings), told).toEqual(isFailed(fresh) && codes(fresh.findings));
      continue;
    }
    const shared = runs.amounts(payable, condition);
    const options = { ...optionsOf(fresh, condition, periods, tables), kept: undefined };
    const own = alone(plan, options, payAmounts);
    const byLine = alone(plan, options, payCredited);
    const found = isFailed(shared) ? codes(shared.findings) : ofAmounts(shared);
    expect(found, told).toEqual(typeof own === 'string' ? own : ofAmounts(own as Amounts));
    expect(found, told).toEqual(typeof byLine === 'string' ? byLine : ofComputed(byLine as Computed));
    compared++;
    if (!isFailed(shared)) seen.add(JSON.stringify(found));
  }
  different += seen.size;
};

const codes = (
  findings: readonly { readonly code: string; readonly severity: string; readonly message: string }[],
): string =>
  [
    ...new Set(
      findings.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`),
    ),
  ]
    .sort()
    .join('; ');

const optionsOf = (
  payable: Payable,
  condition: Condition,
  periods: NonNullable<ComputeOptions['periods']>,
  tables: ConstructorParameters<typeof Runs>[0],
): ComputeOptions => new Runs(tables, periods).optionsOf(payable, condition);

test('random plans that have much in common pay what each pays alone', { timeout: 3_600_000 }, () => {
  for (let seed = FIRST; seed < FIRST + CASES; seed++) tryCase(seed);
  expect(compared).toBeGreaterThan(CASES * 5);
  // Variants that pay otherwise than each other: results that are shared wrongly would be seen.
  expect(different).toBeGreaterThan(CASES * 2);
});
