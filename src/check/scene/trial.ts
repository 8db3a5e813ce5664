import { type ComputeOptions, compute, payCredited } from '../../engine/compute.ts';
import { type Credited, creditTables } from '../../engine/credit-tables.ts';
import type { Computation } from '../../engine/result.ts';
import type { Finding } from '../../findings/finding.ts';
import { Sink } from '../../findings/sink.ts';
import type { Plan } from '../../rules/plan.ts';
import type { Period } from '../../values/period.ts';
import type { ExampleRows } from '../counterexample.ts';
import { tablesOf } from './tables.ts';

/** What the engine makes of rows: payouts, or why there are none. */
export type Outcome =
  | { readonly computation: Computation; readonly errors?: undefined }
  | { readonly computation?: undefined; readonly errors: readonly Finding[] };

/** Counts how often the engine is run, so that a check ends on every machine after the same work. */
export class Trials {
  readonly budget: number;
  #runs = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  get runs(): number {
    return this.#runs;
  }

  get spent(): boolean {
    return this.#runs >= this.budget;
  }

  pay(plan: Plan, rows: ExampleRows, options: ComputeOptions): Outcome {
    this.#runs++;
    const sink = new Sink();
    const computation = compute(plan, tablesOf(rows), options, sink);
    return computation === undefined ? { errors: sink.all() } : { computation };
  }

  credit(plan: Plan, rows: ExampleRows): Credited | undefined {
    return creditTables(plan, tablesOf(rows), {}, new Sink());
  }

  payCredited(credited: Credited, plan: Plan, options: ComputeOptions): Outcome {
    this.#runs++;
    const sink = new Sink();
    const computation = payCredited(credited, plan, options, sink);
    return computation === undefined ? { errors: sink.all() } : { computation };
  }
}

export const onePeriod = (from: Period, to: Period = from): ComputeOptions['periods'] => ({ from, to });
