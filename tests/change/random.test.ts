import { expect, test } from 'vitest';
import { type Attribution, attribute } from '../../src/change/attribution.ts';
import { diffPlans } from '../../src/change/diff.ts';
import { type ComputeOptions, compute } from '../../src/engine/compute.ts';
import { Sink } from '../../src/findings/sink.ts';
import { mutantsOf } from '../../src/plan-test/mutants.ts';
import { sourceFile } from '../../src/rules/document/raw.ts';
import { readYaml } from '../../src/rules/document/yaml.ts';
import type { Plan } from '../../src/rules/plan.ts';
import type { Tables } from '../../src/rules/table-data.ts';
import type { TableName } from '../../src/rules/tables.ts';
import { add, type Num, sub, toText } from '../../src/values/num.ts';
import { readWhole } from '../engine/pay.ts';
import { Draw } from '../reference/draw.ts';
import { type Node, RandomPlan, yamlOf } from '../reference/random-plan.ts';
import { csvTables, type Setting, settingOf, tablesOf } from '../reference/random-tables.ts';
import { planOf } from './plans.ts';
import { rewritten } from './rewritten.ts';

/** `ALIGN_PAY_CASES=20000 ALIGN_PAY_FIRST=100000 npx vitest run tests/change/random` for a long run over other cases. */
const CASES = Number(process.env.ALIGN_PAY_CASES ?? 60);
const FIRST = Number(process.env.ALIGN_PAY_FIRST ?? 0);

type Rows = Partial<Record<TableName, string>>;

interface Case {
  readonly seed: number;
  readonly draw: Draw;
  readonly setting: Setting;
  readonly node: Node;
  readonly text: string;
  readonly rows: Rows;
  readonly plan: Plan;
  readonly tables: Tables;
}

const caseOf = (seed: number): Case | undefined => {
  const draw = new Draw(seed);
  const setting = settingOf(draw);
  const node = promising(new RandomPlan(draw, setting).plan(), draw);
  const rows = csvTables(tablesOf(draw, setting)) as Rows;
  const text = `${yamlOf(node)}\n`;
  const { plan, tables } = readWhole(text, rows, new Sink());
  return plan && { seed, draw, setting, node, text, rows, plan, tables };
};

type Fields = Readonly<Record<string, Node>>;

/** Half of the plans promise a notice of campaigns, and some of their credits ask for it. */
const promising = (node: Node, draw: Draw): Node => {
  if (draw.chance(50)) return node;
  const plan = node as Fields;
  const asking = (credit: Fields): Fields =>
    (credit.each === 'lead' || credit.each === 'attribution') && draw.chance(60)
      ? { ...credit, announced_only: 'true' }
      : credit;
  const credits = Object.entries(plan.credits as Fields).map(([name, credit]) => [name, asking(credit as Fields)]);
  return { ...plan, campaign_notice: '5 days', credits: Object.fromEntries(credits) };
};

const failing = ({ seed, text }: Case, why: string, other = ''): never =>
  expect.fail(`case ${seed}: ${why}\n\n${text}\n${other}`);

/** What is paid to whom for what; undefined where the plan cannot be paid on the rows. */
const paid = (
  plan: Plan,
  tables: Tables,
  periods?: ComputeOptions['periods'],
): ReadonlyMap<string, Num> | undefined => {
  const sink = new Sink();
  const computed = compute(plan, tables, periods === undefined ? {} : { periods }, sink);
  if (computed === undefined || sink.hasErrors) return undefined;
  const pays = new Map<string, Num>();
  for (const { period, payouts } of computed.periods)
    for (const { person, rewardName, amount } of payouts)
      if (amount !== 0) pays.set(`${period.label} ${person.id} ${rewardName}`, amount);
  return pays;
};

const shown = (pays: ReadonlyMap<string, Num> | undefined): readonly string[] | undefined =>
  pays && [...pays].map(([key, amount]) => `${key}: ${toText(amount)}`).sort();

/** Another plan for the same rows: small changes on top of each other, settings, or another plan altogether. */
const changed = ({ draw, node, text, setting }: Case): Plan | undefined => {
  const edited = (fields: Fields): string => `${yamlOf({ ...(node as Fields), ...fields })}\n`;
  try {
    if (draw.chance(15)) return planOf(`${yamlOf(new RandomPlan(draw, setting).plan())}\n`);
    if (draw.chance(20)) {
      const period = draw.pick(['month', 'quarter', 'half', 'year']);
      return planOf(
        edited(draw.pick<Fields>([{ period }, { campaign_notice: '20 days' }, { fiscal_year_starts: '03' }])),
      );
    }
    let root = readYaml(sourceFile('align-pay.yaml', text), new Sink());
    for (let i = draw.int(1, 4); i > 0 && root !== undefined; i--) root = draw.pick(mutantsOf(root)).change(root);
    return planOf(text, () => root ?? expect.fail('no plan'));
  } catch {
    // Not every change makes a plan.
    return undefined;
  }
};

/** By person, as the engine pays both plans over the same periods. */
const differences = (one: Case, after: Plan, { from, to }: Attribution): ReadonlyMap<string, Num> => {
  const sums = new Map<string, Num>();
  const take = (plan: Plan, put: (sum: Num, amount: Num) => Num): void => {
    for (const [key, amount] of paid(plan, one.tables, { from, to }) ?? []) {
      const person = key.split(' ')[1] ?? '';
      sums.set(person, put(sums.get(person) ?? 0, amount));
    }
  };
  take(after, add);
  take(one.plan, sub);
  return sums;
};

const seeds = Array.from({ length: CASES }, (_, i) => FIRST + i);
const counts = { kept: 0, same: 0, attributed: 0 };

test('a plan that is rewritten is recognised, and paid the same', { timeout: 3_600_000 }, () => {
  for (const one of seeds.map(caseOf)) {
    if (one === undefined) continue;
    const { plan, rewards, measures } = rewritten(one.node, one.draw);
    const text = `${yamlOf(plan)}\n`;
    const quotas = [...measures].reduce(
      (rows, [was, is]) => rows.replaceAll(`,${was},`, `,${is},`),
      one.rows.quotas ?? '',
    );
    const sink = new Sink();
    const other = readWhole(text, { ...one.rows, quotas }, sink);
    if (other.plan === undefined) return failing(one, `rewritten, it is no plan: ${sink.all()[0]?.message}`, text);
    const diff = diffPlans(one.plan, other.plan);
    if (!diff.paysTheSame) failing(one, `not recognised: ${diff.differences.map(({ says }) => says).join('; ')}`, text);
    const back = (key: string): string => {
      const [period, person, reward = ''] = key.split(' ');
      return `${period} ${person} ${rewards.get(reward) ?? reward}`;
    };
    const now = paid(other.plan, other.tables);
    const named = now && new Map([...now].map(([key, amount]) => [back(key), amount]));
    expect(shown(named), `case ${one.seed}`).toEqual(shown(paid(one.plan, one.tables)));
    counts.kept++;
  }
  expect(counts.kept).toBeGreaterThan(CASES / 2);
});

test('a plan that is changed is not said to pay the same where it does not, and parts add up to the cent', {
  timeout: 3_600_000,
}, () => {
  for (const one of seeds.map(caseOf)) {
    for (const after of one === undefined ? [] : [changed(one), changed(one)]) {
      if (one === undefined || after === undefined) continue;
      const diff = diffPlans(one.plan, after);
      if (diff.paysTheSame) {
        expect(shown(paid(diff.after, one.tables)), `case ${one.seed}`).toEqual(shown(paid(one.plan, one.tables)));
        counts.same++;
        continue;
      }
      const outcome = attribute(diff, { before: one.tables, after: one.tables }, {});
      if (outcome === undefined || 'findings' in outcome) continue;
      const told = new Map<string, Num>();
      for (const { person, before, after: now, byPart } of outcome.people) {
        const sum = byPart.reduce<Num>(add, 0);
        if (sub(sub(now, before), sum) !== 0 || !byPart.every((part) => Number.isInteger(part)))
          failing(
            one,
            `${person}: ${byPart.map((part) => toText(part)).join(' + ')} is not ${toText(sub(now, before))}`,
          );
        told.set(person, add(told.get(person) ?? 0, sum));
      }
      for (const [person, amount] of differences(one, diff.after, outcome))
        if (sub(amount, told.get(person) ?? 0) !== 0)
          failing(one, `${person} gains ${toText(amount)}, not what is told`);
      counts.attributed++;
    }
  }
  expect(counts.attributed).toBeGreaterThan(CASES / 4);
});
