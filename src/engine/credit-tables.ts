import type { Sink } from '../findings/sink.ts';
import type { Credit, Plan } from '../rules/plan.ts';
import { shareInputs } from '../rules/share/kinds.ts';
import type { Tables } from '../rules/table-data.ts';
import { Compiler } from './compile.ts';
import { creditAll } from './credit.ts';
import { Ledger } from './ledger.ts';
import type { CreditRow } from './result.ts';
import { checkFor } from './results.ts';
import type { Trace } from './trace.ts';
import { bind, rebound, type World } from './world.ts';

/** Rows bound to each other and credits worked out: what several plans that credit alike can be paid from. */
export interface Credited {
  readonly world: World;
  readonly ledger: Ledger;
}

/** The first half of `compute`: who is credited with what. Undefined, with findings, where something is wrong. */
export const creditTables = (
  plan: Plan,
  tables: Tables,
  { trace }: { readonly trace?: Trace | undefined },
  sink: Sink,
): Credited | undefined => {
  const world = bindTables(plan, tables, sink);
  return creditBound(world, plan, { trace }, sink);
};

/** Binds the rows of tables to each other, and holds the names that quotas and results are for against those of people and groups. */
export const bindTables = (plan: Plan, tables: Tables, sink: Sink): World => {
  const world = bind(plan, tables, sink);
  checkFor(world);
  return world;
};

/** Credits rows that are bound already; `known` hands in the rows of credits that have been given before. */
export const creditBound = (
  bound: World,
  plan: Plan,
  {
    trace,
    known,
  }: {
    readonly trace?: Trace | undefined;
    readonly known?: ((credit: Credit) => readonly CreditRow[] | undefined) | undefined;
  },
  sink: Sink,
): Credited | undefined => {
  const world = rebound(bound, plan, sink);
  const compiler = new Compiler(world, () => false, trace);
  const credits = new Map<string, readonly CreditRow[]>();
  for (const definition of plan.credits.values()) {
    const inputs =
      definition.share === undefined ? [] : shareInputs(definition.share).map((input) => compiler.compile(input.node));
    const rows = known?.(definition) ?? creditAll(definition, world, compiler, inputs, trace);
    credits.set(definition.name, rows);
  }
  return sink.hasErrors ? undefined : { world, ledger: new Ledger(credits) };
};
