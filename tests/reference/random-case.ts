import { Draw } from './draw.ts';
import { type Node, RandomPlan, yamlOf } from './random-plan.ts';
import { csvTables, settingOf, type Tables, tablesOf } from './random-tables.ts';

export interface Case {
  readonly plan: Node;
  readonly tables: Tables;
}

export const caseOf = (seed: number): Case => {
  const draw = new Draw(seed);
  const setting = settingOf(draw);
  const plan = new RandomPlan(draw, setting).plan();
  return { plan, tables: tablesOf(draw, setting) };
};

export const textsOf = ({ plan, tables }: Case) => ({ plan: `${yamlOf(plan)}\n`, tables: csvTables(tables) });
