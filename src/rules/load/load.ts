import type { Sink } from '../../findings/sink.ts';
import { currencyDigits } from '../../values/currency.ts';
import { readFields } from '../document/fields.ts';
import type { Part } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { walk } from '../expression/typed.ts';
import type { Plan } from '../plan.ts';
import { readChange, readRoles } from './change.ts';
import { readChecks } from './checks.ts';
import { draftCredits, readCredit } from './credits.ts';
import { readData } from './data.ts';
import { readExport } from './export.ts';
import { type Files, readExtended } from './extending.ts';
import { draftGroups, readGroup } from './groups.ts';
import { draftMeasures, Measures } from './measures.ts';
import { Naming } from './naming.ts';
import { needsOf } from './needs.ts';
import { checkGroupCircles, orderRewards } from './order.ts';
import { overrideParams, readParams } from './params.ts';
import { PLAN_FIELDS } from './plan-fields.ts';
import { planNames } from './plan-names.ts';
import { PlanReader, type Reading } from './reader.ts';
import { checkMeasuresRead, checkTargetPer } from './reading-checks.ts';
import { draftRewards, readReward } from './rewards.ts';

export interface LoadOptions {
  /** Values that take the place of the plan's params, as a command or a plan test says. */
  readonly params?: ReadonlyMap<string, string> | undefined;
  /** Changes the plan as it stands in its files, before anything is made of it: another plan, at the places of this one. */
  readonly change?: ((root: RawMap) => RawMap) | undefined;
  /** A path that stands in a file, as one that can be read. */
  readonly resolvePath: Files['resolvePath'];
}

/**
 * Reads a plan: its YAML, the files it extends, its keys, its names, its expressions and what they mean together. Adds
 * every finding to the sink and gives undefined where one of them is an error. Touches no disk; never throws.
 */
export const loadPlan = (
  file: string,
  text: string,
  readText: Files['readText'],
  options: LoadOptions,
  sink: Sink,
): Plan | undefined => {
  const before = sink.count('error');
  const extended = readExtended(file, text, { readText, resolvePath: options.resolvePath }, sink);
  if (extended === undefined) return undefined;
  const { sources } = extended;
  const root = options.change?.(extended.root) ?? extended.root;
  const top = readFields({ value: root, key: undefined, path: [] }, PLAN_FIELDS, { what: 'a plan' }, sink);
  if (top === undefined) return undefined;

  // First what stands where, so that names are known; then the expressions, which read them.
  const naming = new Naming(sink);
  const currency = top.currency ?? currencyIn(sources[0]?.text ?? '');
  const digits = currencyDigits(currency) ?? 2;
  const params = readParams(top.params, { currency, digits }, naming, sink);
  overrideParams(params, options.params ?? new Map(), { currency, digits }, sink);
  const data = readData(top.data, options.resolvePath, naming, sink);
  const groupDrafts = draftGroups(top.groups, naming);
  const creditDrafts = draftCredits(top.credits, naming, sink);
  const measureDrafts = draftMeasures(top.measures, naming, sink);
  const rewardDrafts = draftRewards(top.rewards, top.period ?? 'month', naming, sink);
  const measureReader = new Measures(measureDrafts, sink);
  const names = planNames({
    currency,
    params,
    data,
    groups: new Set(groupDrafts.keys()),
    credits: creditDrafts,
    measureNames: new Set(measureDrafts.keys()),
    measures: measureReader,
    rewards: rewardDrafts,
  });
  const wrong = new Set([
    ...lost(top.params, params),
    ...lost(top.credits, creditDrafts),
    ...lost(top.groups, groupDrafts),
    ...data.wrong,
  ]);
  const reader = new PlanReader(names, params, wrong, sink);

  const groups = readAll(groupDrafts, (part) => readGroup(part, reader));
  const credits = readAll(creditDrafts, (draft) => readCredit(draft, top.campaign_notice, reader));
  const measures = measureReader.readAll(reader);
  const rewards = readAll(rewardDrafts, (draft) => readReward(draft, { reader, credits: creditDrafts, measures }));
  const checks = readChecks(top.checks, reader);
  checkMeasuresRead(reader.readings, measures, sink);
  if (data.targetPer === undefined) checkTargetPer(reader.readings, sink);
  checkGroupCircles(reader.readings, groupDrafts, sink);
  const roles = readRoles(top.roles, top.change, sink);
  const calendar = { period: top.period ?? 'month', fiscalYearStarts: top.fiscal_year_starts ?? 1 };
  const change = top.change && readChange(top.change, roles, calendar, sink);
  const exported = top.export && readExport(top.export, rewardDrafts.keys(), file, sink);
  const rewardOrder = orderRewards(reader.readings, rewardDrafts, sink);
  if (sink.count('error') > before || top.plan === undefined || top.period === undefined) return undefined;
  return {
    name: top.plan,
    file,
    currency,
    digits,
    period: top.period,
    fiscalYearStarts: top.fiscal_year_starts ?? 1,
    rounding: top.rounding ?? 'half_up',
    params,
    paramsRead: paramsIn(reader.readings),
    data: data.tables,
    targetPer: data.targetPer,
    quotaProrate: data.quotaProrate,
    groups,
    credits,
    measures,
    rewards,
    rewardOrder,
    change,
    roles,
    campaignNotice: top.campaign_notice,
    needs: needsOf(credits.values(), reader.readings),
    sources: sources.map((source) => ({ file: source.file, text: source.text })),
    sections: new Map([...root.entries].map(([name, { key }]) => [name, placeOf(key)])),
    checks,
    export: exported,
  };
};

/** The currency of a plan that names none that exists: that of its first amount, so that not each of them is wrong too. */
const currencyIn = (text: string): string => {
  const code = /\d ([A-Z]{3})\b/.exec(text)?.[1] ?? '';
  return currencyDigits(code) === undefined ? 'USD' : code;
};

/** The names of a section that nothing could be made of. */
const lost = (section: Part<RawMap> | undefined, kept: ReadonlyMap<string, unknown>): readonly string[] =>
  section === undefined ? [] : [...section.value.entries.keys()].filter((name) => !kept.has(name));

const paramsIn = (readings: readonly Reading[]): ReadonlySet<string> => {
  const read = new Set<string>();
  for (const { expression } of readings) {
    walk(expression.node, (node) => {
      if (node.kind === 'param') read.add(node.name);
    });
  }
  return read;
};

const readAll = <D, T>(drafts: ReadonlyMap<string, D>, read: (draft: D) => T | undefined): Map<string, T> => {
  const all = new Map<string, T>();
  for (const [name, draft] of drafts) {
    const one = read(draft);
    if (one !== undefined) all.set(name, one);
  }
  return all;
};
