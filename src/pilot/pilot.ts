import { checkPlan } from '../check/check.ts';
import type { CheckFinding } from '../check/levels.ts';
import type { Computed } from '../engine/compute.ts';
import type { Computation } from '../engine/result.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import type { Plan } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import { mul, type Num } from '../values/num.ts';
import { type Period, parsePeriod } from '../values/period.ts';
import { type Draws, drawn } from './draws.ts';
import { type FairnessOf, fairnessOf } from './fairness.ts';
import { type Incentives, incentivesOf } from './incentives.ts';
import { type FailingQuarter, failingQuarters, type Linkage, linkageOf } from './linkage.ts';
import { bookingsOf, type Paid, paidOf, type Variable, variableOf } from './paid.ts';
import { type Robustness, robustnessOf } from './robustness.ts';
import { type Condition, type Failed, isFailed, type Move, type Payable, Runs } from './runs.ts';
import { allSettings, type Setting } from './setting.ts';
import { Shelf, type ShelfData } from './shelf.ts';
import { type Sight, sightOf } from './sight.ts';
import { standingsOf } from './standings.ts';

/** A plan to be tried: a file, and what is set otherwise in it. */
export interface VariantSpec {
  readonly name: string;
  readonly file: string;
  readonly settings: readonly Setting[];
}

/** What is asked of every variant, as plain data that can be handed to a worker or into a page. */
export interface PilotAsk {
  readonly files: ShelfData;
  /** The labels of the first and the last period, and the month in which fiscal years start. */
  readonly periods: { readonly from: string; readonly to: string; readonly fiscalYearStarts: number } | undefined;
  /** A response that is assumed: some departments' results moved. */
  readonly assume: readonly Move[];
  /** How many draws of deals are paid; 0 for none. */
  readonly draws: number;
  /** Whether what takes many runs is asked for. */
  readonly deep: boolean;
}

/** What a plan comes to, as it is or without its crossing links. */
export interface Measured {
  readonly paid: Paid;
  readonly linkage: Linkage;
  /** Under the response that is assumed. */
  readonly assumed: { readonly paid: Paid; readonly bookings: Num } | undefined;
  readonly draws: Draws | undefined;
  /** What takes many runs, and is asked of a few variants only. */
  readonly depth: Depth | undefined;
}

/** What a variant comes to on the data. */
export interface Figures extends Measured {
  readonly currency: string;
  readonly digits: number;
  readonly variable: Variable;
  /** What was sold, in minor units. */
  readonly bookings: Num;
  /** The same plan without its crossing links: what linkage itself does is the difference. */
  readonly uncrossed: Measured;
}

export interface Depth {
  /** Undefined where there are no two departments. */
  readonly quarters: readonly FailingQuarter[] | undefined;
  readonly sight: Sight | undefined;
  readonly incentives: Incentives;
  readonly robustness: Robustness;
  readonly fairness: readonly FairnessOf[];
  /** What `check` finds in the plan alone. */
  readonly checks: readonly CheckFinding[];
}

export interface VariantOutcome {
  readonly spec: VariantSpec;
  /** All that is set otherwise than in the file, the weights that follow included. */
  readonly settings: readonly Setting[];
  readonly findings: readonly Finding[];
  /** Undefined where the variant cannot be loaded or paid: the findings say why. */
  readonly figures: Figures | undefined;
}

/** Tries variants of a plan on the same tables, one after the other. */
export class Pilot {
  readonly shelf: Shelf;
  readonly runs: Runs;
  readonly #ask: PilotAsk;
  #checked: { readonly plan: Plan; readonly findings: readonly CheckFinding[] } | undefined;

  constructor(tables: Tables, ask: PilotAsk) {
    this.#ask = ask;
    this.shelf = Shelf.of(ask.files);
    this.runs = new Runs(tables, periodsOf(ask));
  }

  /** A variant, loaded and credited; or why that cannot be done. */
  payable({ file, settings }: VariantSpec): Payable | { readonly findings: readonly Finding[] } {
    const sink = new Sink();
    const plan = this.shelf.plan(file, settings, sink);
    return plan === undefined ? { findings: sink.all() } : this.runs.payable(plan);
  }

  /** Everything that is asked of one variant; `progress` is told which part is done, 0 to 1. */
  outcome(spec: VariantSpec, progress: (done: number) => void = () => {}): VariantOutcome {
    const root = this.shelf.root(spec.file, new Sink());
    const settings = root === undefined ? spec.settings : allSettings(root, spec.settings);
    const failed = (findings: readonly Finding[]): VariantOutcome => ({ spec, settings, findings, figures: undefined });
    const payable = this.payable(spec);
    if (isFailed(payable)) return failed(payable.findings);
    const { runs } = this;
    const now = runs.pay(payable);
    if (isFailed(now)) return failed(now.findings);
    const { currency, digits } = payable.plan;
    // Draws take longest: what is told of them is how far it is.
    const own = this.#measured(spec, payable, {}, now, (done) => progress(this.#ask.deep ? done / 2 : done));
    if (isFailed(own)) return failed(own.findings);
    const uncrossed = this.#uncrossed(spec, payable, own, now, (done) => progress((1 + done) / 2));
    if (isFailed(uncrossed)) return failed(uncrossed.findings);
    return {
      spec,
      settings,
      findings: own.linkage.findings,
      figures: {
        currency,
        digits,
        ...own,
        variable: variableOf(now),
        bookings: this.bookings(
          payable,
          now.periods.map(({ period }) => period),
        ),
        uncrossed,
      },
    };
  }

  #measured(
    spec: VariantSpec,
    payable: Payable,
    condition: Condition,
    now: Computed,
    progress: (done: number) => void,
  ): Measured | Failed {
    const { runs } = this;
    const amounts = runs.amounts(payable, condition);
    if (isFailed(amounts)) return amounts;
    const { assume, draws, deep } = this.#ask;
    const assumed = assume.length === 0 ? undefined : runs.amounts(payable, { ...condition, moves: assume });
    if (assumed !== undefined && isFailed(assumed)) return assumed;
    const paid = paidOf(amounts);
    return {
      paid,
      linkage: linkageOf(runs, payable, paid, condition),
      assumed: assumed && { paid: paidOf(assumed), bookings: this.bookings(payable, assumed.periods, assume) },
      draws: draws === 0 ? undefined : drawn(runs, payable, condition, draws, progress),
      depth: deep ? this.#depth(spec, payable, now, paid, condition) : undefined,
    };
  }

  /** Where no line has met a link that crosses, without them is as it is. Many variants are not drawn for once more. */
  #uncrossed(
    spec: VariantSpec,
    payable: Payable,
    own: Measured,
    now: Computed,
    progress: (done: number) => void,
  ): Measured | Failed {
    const { runs } = this;
    const condition: Condition = { leftOut: 'crossing' };
    if (!this.#ask.deep) {
      const amounts = runs.amounts(payable, condition);
      if (isFailed(amounts)) return amounts;
      const paid = paidOf(amounts);
      const linkage = linkageOf(runs, payable, paid, condition);
      return { paid, linkage, assumed: undefined, draws: undefined, depth: undefined };
    }
    if (!crossesIn(payable, now)) return own;
    const without = runs.pay(payable, condition);
    return isFailed(without) ? without : this.#measured(spec, payable, condition, without, progress);
  }

  /** Asked once of a plan: leaving links out changes nothing of what is written in it. */
  #checks(plan: Plan): readonly CheckFinding[] {
    if (this.#checked?.plan !== plan) this.#checked = { plan, findings: checkPlan(plan).findings };
    return this.#checked.findings;
  }

  #depth(spec: VariantSpec, payable: Payable, now: Computed, paid: Paid, condition: Condition): Depth {
    const { runs } = this;
    const tryWith = (settings: readonly Setting[]): Payable | Failed =>
      this.payable({ ...spec, settings: [...spec.settings, ...settings] });
    return {
      quarters: failingQuarters(runs, payable, condition),
      sight: sightOf(runs, payable, paid, condition),
      incentives: incentivesOf(runs, payable, now, condition),
      robustness: robustnessOf(runs, payable, paid, tryWith, condition),
      fairness: fairnessOf(standingsOf(now)),
      checks: this.#checks(payable.plan),
    };
  }

  /** What was sold in the periods that are paid, with results moved or as they are. */
  bookings(payable: Payable, [first, ...more]: readonly Period[], moves: readonly Move[] = []): Num {
    if (first === undefined) return 0;
    const { scaling } = this.runs.optionsOf(payable, { moves });
    return bookingsOf(payable.credited.ledger.credits, { from: first, to: more.at(-1) ?? first }, (row) =>
      scaling === undefined ? (row.amount ?? 0) : mul(row.amount ?? 0, scaling.credit(row)),
    );
  }
}

/** Whether some link of the plan crosses for somebody who is paid by its reward. */
const crossesIn = ({ plan }: Payable, { engine, people }: Computed): boolean =>
  [...plan.rewards.values()].some(({ links }) =>
    links.some((link) => people.some(({ stays }) => stays.some((stay) => engine.crossing.crosses(link, stay)))),
  );

const periodsOf = ({ periods }: PilotAsk): { readonly from: Period; readonly to: Period } | undefined => {
  if (periods === undefined) return undefined;
  const from = parsePeriod(periods.from, periods.fiscalYearStarts);
  const to = parsePeriod(periods.to, periods.fiscalYearStarts);
  return from && to && { from, to };
};

/** The periods of a plan's own data, for all variants to be paid for the same ones. */
export const periodsPaid = (plan: Plan, { periods }: Computation): PilotAsk['periods'] => {
  const from = periods[0]?.period.label;
  const to = periods.at(-1)?.period.label;
  return from === undefined || to === undefined ? undefined : { from, to, fiscalYearStarts: plan.fiscalYearStarts };
};

/** The periods in words: `2026-Q1`, `2026-Q1 to 2026-Q4`. */
export const periodsText = ({ periods }: PilotAsk): string => {
  if (periods === undefined) return '';
  return periods.from === periods.to ? periods.from : `${periods.from} to ${periods.to}`;
};
