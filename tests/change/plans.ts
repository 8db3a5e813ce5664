import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { type Diff, diffPlans } from '../../src/change/diff.ts';
import { Sink } from '../../src/findings/sink.ts';
import { bytesSource } from '../../src/io/source.ts';
import { readTable } from '../../src/io/table-read.ts';
import { TextPool } from '../../src/io/text-pool.ts';
import { mutantsOf } from '../../src/plan-test/mutants.ts';
import { sourceFile } from '../../src/rules/document/raw.ts';
import { readYaml } from '../../src/rules/document/yaml.ts';
import { loadPlan } from '../../src/rules/load/load.ts';
import type { Plan } from '../../src/rules/plan.ts';
import type { Table, Tables } from '../../src/rules/table-data.ts';
import { TABLES, type TableName } from '../../src/rules/tables.ts';

/** A plan from its text, which must be good. */
export const planOf = (text: string, change?: Parameters<typeof loadPlan>[3]['change']): Plan => {
  const sink = new Sink();
  const plan = loadPlan('align-pay.yaml', text, () => undefined, { resolvePath: (_, path) => path, change }, sink);
  if (plan === undefined)
    throw new Error(
      sink
        .all()
        .map(({ message, line }) => `${line}: ${message}`)
        .join('\n'),
    );
  return plan;
};

export const diffTexts = (before: string, after: string): Diff => diffPlans(planOf(before), planOf(after));

/** What is said of the differences of two plans. */
export const saidOf = (before: string, after: string): readonly string[] =>
  diffTexts(before, after).differences.map(({ says }) => says);

export const EXAMPLE = readFileSync(new URL('../../examples/shared-growth/align-pay.yaml', import.meta.url), 'utf8');

/** The rows of the example, as a plan reads them. */
export const exampleTables = (plan: Plan): Tables => {
  const sink = new Sink();
  const pool = new TextPool();
  const tables = new Map<TableName, Table>();
  for (const definition of TABLES) {
    const file = new URL(`../../examples/shared-growth/${definition.name}.csv`, import.meta.url);
    if (!existsSync(file)) continue;
    const source = bytesSource(`${definition.name}.csv`, readFileSync(file));
    const options = { encodings: undefined, isUtf8, rejected: undefined, pool };
    tables.set(definition.name, readTable(definition, plan.data.get(definition.name), source, plan, sink, options));
  }
  if (sink.hasErrors)
    throw new Error(
      sink
        .all()
        .map(({ message }) => message)
        .join('\n'),
    );
  return tables;
};

/** The example with some words put in the place of others; each must be there. */
export const changed = (...pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the example has no ${from}`);
    return text.replace(from, to);
  }, EXAMPLE);

/** All plans that differ from the example in one of the small things that tests of plans know. */
export const mutants = (): readonly Plan[] => {
  const root = readYaml(sourceFile('align-pay.yaml', EXAMPLE), new Sink());
  if (root === undefined) return [];
  return mutantsOf(root).flatMap(({ change }) => {
    try {
      return [planOf(EXAMPLE, change)];
    } catch {
      return [];
    }
  });
};
