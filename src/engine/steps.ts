import type { Expression } from '../rules/plan.ts';
import type { RateSteps } from '../rules/rate/kinds.ts';
import {
  payOf,
  type StepPart,
  type StepValue,
  stepAt,
  stepOfAll,
  unorderedAt,
  walkSteps,
} from '../rules/rate/steps.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { add, div, isZero, mul, type Num, sign } from '../values/num.ts';
import type { Period } from '../values/period.ts';
import type { Engine } from './engine.ts';
import type { Frame, Value } from './frame.ts';
import { ViewReader } from './reader.ts';
import type { Stay } from './result.ts';
import type { Payee } from './reward.ts';

/** The steps of a rate as they are for a stay: their ends in what is counted, and what those are shares of. */
export interface Stair {
  readonly rate: RateSteps;
  readonly values: readonly StepValue[];
  /** What `of` came to; undefined where the thresholds are absolute. */
  readonly of: Num | undefined;
  /** What `of` and the thresholds were read through. */
  readonly reader: () => ViewReader;
}

/** What one line makes of the steps. */
export interface Stepped {
  readonly stair: Stair;
  /** Where one step gave the rate: the amount accumulated that stands in it. */
  readonly stoodAt: Num | undefined;
  readonly rate: Num;
  /** F(after) − F(before), where the method is marginal. */
  readonly pay: Num | undefined;
  readonly before: Num;
  readonly parts: readonly StepPart[] | undefined;
}

/** Gives what an expression has come to, asked now or before. */
export type Keep = (expression: Expression, ask: () => Value) => Value;

/** The one step that a line falls in, from 0; or how much of it falls in which. */
export type Falls = number | readonly StepPart[];

/** Where a line falls on the steps. */
interface Next {
  readonly stair: Stair;
  readonly before: Num;
  /** What of it falls in which steps; undefined where one step holds for all of it. */
  readonly parts: readonly StepPart[] | undefined;
  /** That one step, and the amount accumulated that stands in it. */
  readonly step: number;
  readonly stoodAt: Num | undefined;
  /** It moves nothing, where each part of what moves has the rate of its step. */
  readonly nothing: boolean;
}

/** A payee's way up (and down) the steps of a rate, line by line. */
export class Walk {
  readonly #engine: Engine;
  readonly #payee: Payee;
  readonly #rate: RateSteps;
  /** The period over which the rate accumulates: for it, `of` and the thresholds are read. */
  readonly #wide: Period;
  readonly #stairs = new Map<Stay | undefined, Stair | Missing>();
  #accumulated: Num = 0;
  #final: Num = 0;
  #missing: Missing | undefined;
  readonly #keep: Keep;

  /** `keep` may hand in what an expression that is asked over the whole period has come to before. */
  constructor(engine: Engine, payee: Payee, rate: RateSteps, wide: Period, keep: Keep = (_, ask) => ask()) {
    this.#keep = keep;
    this.#engine = engine;
    this.#payee = payee;
    this.#rate = rate;
    this.#wide = wide;
  }

  #wideReader({ stay = this.#payee.lastStay }: Frame): ViewReader {
    const { person, holding, period } = this.#payee;
    return new ViewReader(this.#engine, {
      person,
      creditDays: holding,
      quotaDays: holding,
      stay,
      team: stay.team,
      period: this.#wide,
      within: undefined,
      log: this.#engine.logOf(period),
    });
  }

  /** Whether lines are to be counted ahead: see `foresee`. */
  get foresees(): boolean {
    return this.#rate.method === 'retroactive';
  }

  /** Counts a line that an earlier period has paid. */
  pass(amount: Num | Missing): void {
    if (isMissing(amount)) this.#missing ??= amount;
    else {
      this.#accumulated = add(this.#accumulated, amount);
      this.#final = add(this.#final, amount);
    }
  }

  /** Retroactive: counts a line of this period ahead, since the one rate is that of the period's end. */
  foresee(amount: Num | Missing): void {
    if (isMissing(amount)) this.#missing ??= amount;
    else this.#final = add(this.#final, amount);
  }

  /** What the next line counts in which steps, and what they give for it. */
  step(amount: Num | Missing): Stepped | Missing {
    const next = this.#next(amount);
    if (isMissing(next)) return next;
    const { stair, before, parts, stoodAt } = next;
    if (parts === undefined) {
      const { rate } = stair.values[next.step] as StepValue;
      return { stair, stoodAt, rate, pay: next.nothing ? 0 : undefined, before, parts };
    }
    const pay = payOf(parts);
    // Within one step the rate is that step's: nothing needs to be divided.
    const [first] = parts;
    const rate = first !== undefined && parts.length === 1 ? first.rate : (div(pay, amount as Num) as Num);
    return { stair, stoodAt, rate, pay, before, parts };
  }

  /** The same without what the steps give: the one step that the next line falls in, or how much of it in which. */
  falls(amount: Num): Falls | Missing {
    const way = this.#advance(amount);
    if (isMissing(way)) return way;
    const { stair, before, after } = way;
    const stood = this.#stoodAt(amount, before);
    if (stood !== undefined) return stepAt(stair.values, stood);
    return stepOfAll(stair.values, before, after) ?? walkSteps(stair.values, before, after);
  }

  #next(amount: Num | Missing): Next | Missing {
    const way = this.#advance(amount);
    if (isMissing(way)) return way;
    const { stair, before, after } = way;
    const stood = this.#stoodAt(amount as Num, before);
    if (stood !== undefined) return this.#standAt(stair, stood, before, !this.foresees);
    this.#engine.trace?.walked(this.#rate, stair.values, before, after);
    const parts = walkSteps(stair.values, before, after);
    return { stair, before, step: 0, parts, stoodAt: undefined, nothing: false };
  }

  /** Goes on by a line: from where to where. */
  #advance(amount: Num | Missing): { readonly stair: Stair; readonly before: Num; readonly after: Num } | Missing {
    if (this.#missing !== undefined) return this.#missing;
    if (isMissing(amount)) return amount;
    const stair = this.#stairFor(this.#payee.frame.stay);
    if (isMissing(stair)) return stair;
    const before = this.#rate.accumulate === 'none' ? 0 : this.#accumulated;
    const after = add(before, amount);
    this.#accumulated = after;
    return { stair, before, after };
  }

  /** What decides the step where one holds for all of a line: retroactive, or a line that moves nothing. */
  #stoodAt(amount: Num, before: Num): Num | undefined {
    if (this.foresees) return this.#rate.accumulate === 'none' ? amount : this.#final;
    return isZero(amount) ? before : undefined;
  }

  /** The steps as they are for a stay, and how far up them what has passed by has led. */
  way(stay: Stay | undefined): { readonly stair: Stair; readonly accumulated: Num } | Missing {
    if (this.#missing !== undefined) return this.#missing;
    const stair = this.#stairFor(stay);
    return isMissing(stair) ? stair : { stair, accumulated: this.#accumulated };
  }

  /** The step that has been reached, for a line that itself moves nothing; its own where each line stands alone. */
  standing(amount: Num): Stepped | Missing {
    if (this.#rate.accumulate === 'none') return this.step(amount);
    if (this.#missing !== undefined) return this.#missing;
    const stair = this.#stairFor(this.#payee.frame.stay);
    if (isMissing(stair)) return stair;
    const { step, before, stoodAt } = this.#standAt(stair, this.#accumulated, this.#accumulated, false);
    const { rate } = stair.values[step] as StepValue;
    return { stair, stoodAt, rate, pay: undefined, before, parts: undefined };
  }

  #standAt(stair: Stair, x: Num, before: Num, nothing: boolean): Next {
    const step = stepAt(stair.values, x);
    this.#engine.trace?.stood(this.#rate, step, stair.values, x);
    return { stair, before, step, parts: undefined, stoodAt: x, nothing };
  }

  #stairFor(stay: Stay | undefined): Stair | Missing {
    let stair = this.#stairs.get(stay);
    if (stair === undefined) {
      stair = this.#find();
      this.#stairs.set(stay, stair);
    }
    return stair;
  }

  #find(): Stair | Missing {
    const { frame, reward, person, period } = this.#payee;
    const narrow = frame.reader;
    let wide: ViewReader | undefined;
    const readerOf = (): ViewReader => {
      wide ??= this.#wideReader(frame);
      return wide;
    };
    const ask = (expression: Expression, isWide: boolean): Num | Missing => {
      frame.reader = isWide ? readerOf() : narrow;
      const value = this.#engine.compiler.compile(expression.node)(frame) as Num | Missing;
      frame.reader = narrow;
      return value;
    };
    const askWide = (expression: Expression): Num | Missing =>
      this.#keep(expression, () => ask(expression, true)) as Num | Missing;
    const said = this.#rate.of === undefined ? undefined : askWide(this.#rate.of);
    const of = said ?? 1;
    if (isMissing(of)) return of;
    if (sign(of) <= 0)
      return new Missing(`${this.#rate.of?.text} is not above zero, so that nothing can be measured against it`);
    const values: StepValue[] = [];
    for (const step of this.#rate.steps) {
      const end = step.end === undefined ? undefined : askWide(step.end);
      const rate = ask(step.rate, false);
      if (isMissing(rate)) return rate;
      if (end !== undefined && isMissing(end)) return end;
      values.push({ end: end === undefined ? undefined : mul(end, of), holdsEnd: step.holdsEnd, rate });
    }
    const wrong = unorderedAt(values);
    if (wrong !== undefined) {
      this.#engine.sink.add(
        'unordered-thresholds',
        `the thresholds of ${reward.name} do not rise for ${person.id} in ${period.label}`,
        {
          ...(this.#rate.steps[wrong] ?? this.#rate).place,
          path: `rewards > ${reward.name} > rate`,
        },
      );
    }
    return { rate: this.#rate, values, of: said as Num | undefined, reader: readerOf };
  }
}
