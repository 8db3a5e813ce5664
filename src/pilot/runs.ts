import { type Amounts, type Computed, type ComputeOptions, payAmounts, payCredited } from '../engine/compute.ts';
import { bindTables, type Credited, creditBound } from '../engine/credit-tables.ts';
import type { Kept, LinksLeftOut } from '../engine/engine.ts';
import type { CreditRow } from '../engine/result.ts';
import { NO_REWARDS_KEPT } from '../engine/reward-amounts.ts';
import type { Scaling } from '../engine/scaling.ts';
import type { World } from '../engine/world.ts';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import { DEPARTMENTS, movementOf, type Sides } from '../linkage/movement.ts';
import type { Credit, Plan } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import { mul, type Num, toQuotient } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import { KeptRewards } from './kept.ts';
import { Recent } from './recent.ts';
import { Signatures } from './signature.ts';

/** Some sides' results moved by a factor. */
export interface Move {
  readonly of: readonly string[];
  readonly by: Num;
  /** What stands in this period alone moves; without one, all does. A result that is given for longer stays. */
  readonly within?: Period | undefined;
  /** Departments, where not said; `name` tells other sides apart. */
  readonly sides?: { readonly name: string; readonly are: Sides } | undefined;
}

/** Under which conditions a plan is paid. */
export interface Condition {
  readonly moves?: readonly Move[] | undefined;
  readonly leftOut?: LinksLeftOut | undefined;
  readonly payees?: ReadonlySet<string> | undefined;
}

export interface Failed {
  readonly findings: readonly Finding[];
}

export const isFailed = (outcome: object): outcome is Failed => 'findings' in outcome;

/** A plan that has been credited, ready to be paid under any condition. */
export interface Payable {
  readonly plan: Plan;
  readonly credited: Credited;
  readonly signatures: Signatures;
  readonly family: Family;
}

/** What plans whose tables are bound alike have in common. */
interface Family {
  readonly world: World;
  /** By the meaning of a credit. */
  readonly credits: Recent<readonly CreditRow[]>;
  readonly scalings: Map<string, Scaling>;
  readonly kept: Map<string, KeptRewards>;
}

/** Tables take memory: of plans that bind them in more ways than these, the oldest are forgotten. */
const MOST_FAMILIES = 3;
/** Beyond so many rows of credits the oldest are forgotten. */
const MOST_CREDITS = 1_000_000;
/** Results moved in more ways than these are not kept apart. */
const MOST_MOVES = 12;

/** Pays plans over the same tables, and does nothing twice that two of them have in common. */
export class Runs {
  readonly #tables: Tables;
  readonly #families = new Recent<Family | Failed>(MOST_FAMILIES, () => 1);
  periods: { readonly from: Period; readonly to: Period } | undefined;

  constructor(tables: Tables, periods: { readonly from: Period; readonly to: Period } | undefined) {
    this.#tables = tables;
    this.periods = periods;
  }

  /** Credits by a plan, or finds again what was credited by another that means the same. */
  payable(plan: Plan): Payable | Failed {
    const signatures = new Signatures(plan);
    const family = this.#familyOf(plan, signatures);
    if (isFailed(family)) return family;
    const sink = new Sink();
    const known = (credit: Credit) => family.credits.get(signatures.credit(credit.name));
    const credited = creditBound(family.world, plan, { known }, sink);
    if (credited === undefined) return { findings: sink.all() };
    for (const [name, rows] of credited.ledger.credits) family.credits.set(signatures.credit(name), rows);
    return { plan, credited, signatures, family };
  }

  #familyOf(plan: Plan, signatures: Signatures): Family | Failed {
    const key = this.#tables.has('people') ? signatures.world : signatures.allCredits;
    const family = this.#families.get(key) ?? this.#bind(plan);
    this.#families.set(key, family);
    return family;
  }

  #bind(plan: Plan): Family | Failed {
    const sink = new Sink();
    const world = bindTables(plan, this.#tables, sink);
    if (sink.hasErrors) {
      // What else is wrong is said with it.
      creditBound(world, plan, {}, sink);
      return { findings: sink.all() };
    }
    const credits = new Recent<readonly CreditRow[]>(MOST_CREDITS, (rows) => rows.length);
    return { world, credits, scalings: new Map(), kept: new Map() };
  }

  /** What a plan pays under a condition, line by line, in some periods or all; or why it cannot be paid. */
  pay(payable: Payable, condition: Condition = {}, periods = this.periods): Computed | Failed {
    const sink = new Sink();
    const options = { ...this.optionsOf(payable, condition), periods, kept: undefined };
    return payCredited(payable.credited, payable.plan, options, sink) ?? { findings: sink.all() };
  }

  /** What it pays some people, line by line: of what others have read along the way nothing is read again. */
  payOnly(payable: Payable, people: ReadonlySet<string>, condition: Condition = {}): Computed | Failed {
    const sink = new Sink();
    const options = this.optionsOf(payable, condition);
    const kept = options.kept && figuresAlone(options.kept);
    const paid = payCredited(payable.credited, payable.plan, { ...options, payees: people, kept }, sink);
    return paid ?? forgotten(payable, condition, sink);
  }

  /** What a plan pays under a condition, in amounts alone; or why it cannot be paid. */
  amounts(payable: Payable, condition: Condition = {}): Amounts | Failed {
    const sink = new Sink();
    const options = this.optionsOf(payable, condition);
    const paid = payAmounts(payable.credited, payable.plan, options, sink);
    return paid ?? forgotten(payable, condition, sink);
  }

  /** How the engine is asked for what a plan pays under a condition. */
  optionsOf({ signatures, family }: Payable, condition: Condition): ComputeOptions {
    const { moves = [], leftOut, payees } = condition;
    const key = keyOf(condition);
    const scaling = moves.length === 0 ? undefined : scalingFor(family, key, moves);
    // What some people alone are paid is of no use to others.
    const kept = payees === undefined ? keptFor(family, key).for(signatures, leftOut) : undefined;
    return { periods: this.periods, scaling, leftOut, payees, kept };
  }
}

/** After an error: what was read along the way is not to be found again by a run that would not say it. */
const forgotten = ({ family }: Payable, condition: Condition, sink: Sink): Failed => {
  family.kept.get(keyOf(condition))?.forgetFigures();
  return { findings: sink.all() };
};

/** Figures hold for everybody; what rewards pay is another thing where some people alone are asked for. */
const figuresAlone = (kept: Kept): Kept => ({ ...kept, ...NO_REWARDS_KEPT });

const nameOf = ({ of, by, within, sides }: Move): string =>
  JSON.stringify([sides?.name ?? 'department', of, toQuotient(by), within?.label]);

/** What is kept for one way to move results says nothing of another. */
const keyOf = ({ moves = [] }: Condition): string => moves.map(nameOf).join('; ');

const keptFor = ({ kept }: Family, key: string): KeptRewards => {
  let found = kept.get(key);
  if (found === undefined) {
    found = new KeptRewards();
    if (kept.size < MOST_MOVES) kept.set(key, found);
  }
  return found;
};

const scalingFor = ({ world, scalings }: Family, key: string, moves: readonly Move[]): Scaling => {
  let found = scalings.get(key);
  if (found === undefined) {
    found = together(
      moves.map(({ of, by, within, sides }) => {
        const whole = movementOf({ world }, new Set(of), by, sides?.are ?? DEPARTMENTS);
        return within === undefined ? whole : inPeriod(whole, within);
      }),
    );
    if (scalings.size < MOST_MOVES) scalings.set(key, found);
  }
  return found;
};

const inPeriod = (scaling: Scaling, { from, to }: Period): Scaling => ({
  credit: (row) => (from <= row.date && row.date <= to ? scaling.credit(row) : 1),
  takesOthers: (row) => scaling.takesOthers(row),
  result: (name, period) => (from <= period.from && period.to <= to ? scaling.result(name, period) : 1),
});

/** Several movements at once: what two of them move is moved by both. */
const together = (scalings: readonly Scaling[]): Scaling => {
  const [only] = scalings;
  if (only !== undefined && scalings.length === 1) return only;
  return {
    credit: (row) => scalings.reduce<Num>((product, { credit }) => mul(product, credit(row)), 1),
    takesOthers: (row) => scalings.every(({ takesOthers }) => takesOthers(row)),
    result: (name, period) => scalings.reduce<Num>((product, { result }) => mul(product, result(name, period)), 1),
  };
};
