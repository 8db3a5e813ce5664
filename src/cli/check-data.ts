import { compute } from '../engine/compute.ts';
import { Sink } from '../findings/sink.ts';
import { loadTables } from '../io/tables-load.ts';
import type { Plan } from '../rules/plan.ts';
import { placeCells } from './place-cells.ts';

/** What computing a plan with its own tables finds. */
export const checkData = async (plan: Plan, sink: Sink): Promise<void> => {
  const own = new Sink();
  const loaded = await loadTables({ plan, deals: undefined }, own);
  if (!own.hasErrors) compute(plan, loaded.tables, {}, own);
  for (const finding of placeCells(own.all(), loaded, plan)) sink.push(finding);
};
