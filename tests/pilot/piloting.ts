import type { Finding } from '../../src/findings/finding.ts';
import { Sink } from '../../src/findings/sink.ts';
import { type Figures, Pilot, type PilotAsk, type VariantOutcome } from '../../src/pilot/pilot.ts';
import { gridOf, readAxis } from '../../src/pilot/vary.ts';
import type { TableName } from '../../src/rules/tables.ts';
import { readPlanAndTables } from '../engine/pay.ts';

export type Rows = Partial<Record<TableName, string>>;

export const FILE = 'align-pay.yaml';

/** A pilot over a plan and tables given as text. */
export const pilotOf = (planText: string, rows: Rows, ask: Partial<PilotAsk> = {}): Pilot => {
  const sink = new Sink();
  const { plan, tables } = readPlanAndTables(planText, rows, sink);
  if (plan === undefined || sink.hasErrors) throw new Error(JSON.stringify(sink.all(), null, 2));
  const text = `plan: Test\ncurrency: USD\n${planText.replace(/^\n/, '')}`;
  const files = { texts: [[FILE, text]] as const, paths: [] };
  return new Pilot(tables, { files, periods: undefined, assume: [], draws: 0, deep: false, ...ask });
};

/** What the plan comes to with these settings: `base_rate=5%`. */
export const tried = (pilot: Pilot, ...settings: readonly string[]): VariantOutcome => {
  const root = pilot.shelf.root(FILE, new Sink());
  if (root === undefined) throw new Error('the plan is not there');
  const axes = settings.map((text) => {
    const axis = readAxis(text, root);
    if ('problem' in axis) throw new Error(axis.problem);
    return axis;
  });
  const grid = gridOf(axes);
  if ('problem' in grid) throw new Error(grid.problem);
  return pilot.outcome({ name: settings.join(' '), file: FILE, settings: grid[0] ?? [] });
};

export const figuresOf = (outcome: VariantOutcome): Figures => {
  if (outcome.figures === undefined) throw new Error(said(outcome.findings));
  return outcome.figures;
};

export const said = (findings: readonly Finding[]): string => findings.map(({ message }) => message).join('; ');
