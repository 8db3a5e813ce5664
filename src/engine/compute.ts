import type { Sink } from '../findings/sink.ts';
import { type Node, walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import type { Expression, Plan, Reward } from '../rules/plan.ts';
import type { Tables } from '../rules/table-data.ts';
import type { Day } from '../values/date.ts';
import { MONTHS, type Period, periodOf, periodsBetween } from '../values/period.ts';
import { adjustmentsIn, checkAdjustments } from './adjustment.ts';
import { Compiler } from './compile.ts';
import { type Credited, creditTables } from './credit-tables.ts';
import { Crossing } from './crossing.ts';
import type { DatedLine, Engine, Kept, LinksLeftOut, RewardResult } from './engine.ts';
import { emptyFrame, type Frame, type Reader, type Value } from './frame.ts';
import { Groups } from './groups.ts';
import type { Ledger } from './ledger.ts';
import { MeasureLog } from './measure-log.ts';
import { Membership } from './members.ts';
import { sayUnusual } from './notice.ts';
import { payoutsOf } from './payout.ts';
import { Quotas } from './quota.ts';
import type { Computation, CreditRow, Line, PeriodResult, Person, Stay } from './result.ts';
import { Results } from './results.ts';
import { newGroundwork } from './reward-amounts.ts';
import { rewardLines } from './reward-lines.ts';
import type { Scaling } from './scaling.ts';
import type { Trace } from './trace.ts';
import { rebound, type World } from './world.ts';

export interface ComputeOptions {
  /** The first and the last period to pay; by default all from the first that has credits to the last. */
  readonly periods?: { readonly from: Period; readonly to: Period } | undefined;
  /** The days on which the plan is in force: no period outside of them is paid. */
  readonly inForce?: { readonly from: Day; readonly to: Day } | undefined;
  /** What other plans paid before this one was in force, for rewards that read what was paid. */
  readonly paidBefore?: ((reward: string, period: Period) => readonly DatedLine[]) | undefined;
  /** Called as the work goes on, with the part of it that is done, 0 to 1. */
  readonly progress?: ((done: number) => void) | undefined;
  /** Is told which ways the computation takes. */
  readonly trace?: Trace | undefined;
  /** Moves results, to ask what pay does then. */
  readonly scaling?: Scaling | undefined;
  /** Links whose factor is taken for 100%: what the same plan pays without them. */
  readonly leftOut?: LinksLeftOut | undefined;
  /** Asks for the lines of these people alone, by id. */
  readonly payees?: ReadonlySet<string> | undefined;
  /** What earlier runs over the same credits have worked out. */
  readonly kept?: Kept | undefined;
}

/** A computation that can be asked how its figures came about. */
export interface Computed extends Computation {
  readonly engine: Engine;
}

/** More periods than this are computed only when asked for by name. */
const MOST_PERIODS = 36;

/**
 * Applies a checked plan to tables: credits, measures, rewards, payouts. Pure: the same plan and tables give the same
 * result on every machine. Gives undefined, with findings in the sink, where something is wrong with the data or a payout
 * has no answer; nothing is then to be paid.
 */
export const compute = (plan: Plan, tables: Tables, options: ComputeOptions, sink: Sink): Computed | undefined => {
  const credited = creditTables(plan, tables, options, sink);
  return credited && payCredited(credited, plan, options, sink);
};

/**
 * The second half of `compute`: what the credits pay by a plan, which must be the one they were credited by, or one with
 * the same data, params that credits read, and credits.
 */
export const payCredited = (
  credited: Credited,
  plan: Plan,
  options: ComputeOptions,
  sink: Sink,
): Computed | undefined => {
  const run = started(credited, plan, options, sink, false);
  if (run === undefined) return undefined;
  const { engine, periods } = run;
  const results: PeriodResult[] = [];
  for (const [i, period] of periods.entries()) {
    results.push(engine.pay(period));
    options.progress?.((i + 1) / periods.length);
  }
  sayUnusual(engine, results);
  if (sink.hasErrors) return undefined;
  const { credits } = credited.ledger;
  const { tables } = engine.world;
  return { plan, tables, people: engine.people, credits, periods: results, paidBy: paidBy(results), engine };
};

/** What rewards come to, and nothing else. */
export interface Amounts {
  readonly periods: readonly Period[];
  /** Each reward for each of its own periods that ends in one of those, and in which. */
  readonly rewards: readonly { readonly reward: Reward; readonly period: Period; readonly result: RewardResult }[];
  /** Somebody's in one of those periods each. */
  readonly adjustments: readonly { readonly period: Period; readonly lines: readonly Line[] }[];
}

/**
 * `payCredited` for whoever asks for nothing but amounts, in a fraction of the time: one line a stay holds the sum of its lines;
 * there are no measures, no derivations, and nothing is said that is only worth a warning. The cents are the same.
 */
export const payAmounts = (
  credited: Credited,
  plan: Plan,
  options: ComputeOptions,
  sink: Sink,
): Amounts | undefined => {
  const run = started(credited, plan, options, sink, true);
  if (run === undefined) return undefined;
  const { engine, periods } = run;
  const rewards = periods.flatMap((period) =>
    [...engine.due(period)].map(([reward, result]) => ({ reward, period, result })),
  );
  const adjustments = periods.flatMap((period) =>
    [...adjustmentsIn(engine.world, period).values()].map((lines) => ({ period, lines })),
  );
  return sink.hasErrors ? undefined : { periods, rewards, adjustments };
};

const started = (
  credited: Credited,
  plan: Plan,
  options: ComputeOptions,
  sink: Sink,
  amountsOnly: boolean,
): { readonly engine: Executor; readonly periods: readonly Period[] } | undefined => {
  const world = rebound(credited.world, plan, sink);
  const engine = new Executor(world, credited.ledger, options, amountsOnly);
  const periods = periodsToPay(engine, options);
  checkAdjustments(world, periods);
  return sink.hasErrors ? undefined : { engine, periods };
};

const periodsToPay = (engine: Executor, options: ComputeOptions): Period[] => {
  const { plan, sink } = engine;
  const starts = plan.fiscalYearStarts;
  const { inForce } = options;
  const isInForce = ({ from }: Period): boolean =>
    inForce === undefined || (from >= inForce.from && from <= inForce.to);
  if (options.periods !== undefined) {
    return periodsBetween(options.periods.from.from, options.periods.to.to, plan.period, starts).filter(isInForce);
  }
  const span = engine.ledger.span();
  if (span === undefined) return [];
  const periods = periodsBetween(span.from, span.to, plan.period, starts).filter(isInForce);
  if (periods.length <= MOST_PERIODS) return periods;
  const first = periods[0] as Period;
  const last = periods[periods.length - 1] as Period;
  sink.add('too-many-periods', `the credits span ${periods.length} periods, ${first.label} to ${last.label}`, {
    file: plan.file,
    hint: `say which are to be paid: --period ${last.label}, or --period FIRST..LAST`,
  });
  return [];
};

/** The rewards that others read. */
const rewardsRead = (plan: Plan): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { expression } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      if (node.kind === 'pay') names.add(node.reward);
    });
  }
  return names;
};

const paidBy = (results: readonly PeriodResult[]): ReadonlyMap<CreditRow, readonly string[]> => {
  const paid = new Map<CreditRow, string[]>();
  for (const { payouts } of results) {
    for (const { rewardName, lines } of payouts) {
      for (const line of lines) {
        if (line.credit === undefined) continue;
        const rewards = paid.get(line.credit);
        if (rewards === undefined) paid.set(line.credit, [rewardName]);
        else if (!rewards.includes(rewardName)) rewards.push(rewardName);
      }
    }
  }
  return paid;
};

class Executor implements Engine {
  readonly plan: Plan;
  readonly world: World;
  readonly people: readonly Person[];
  readonly groups: Groups;
  readonly membership: Membership;
  readonly compiler: Compiler;
  readonly ledger: Ledger;
  readonly quotas: Quotas;
  readonly results: Results;
  readonly sink: Sink;
  readonly shared: Map<string, Value>;
  readonly crossing: Crossing;
  readonly trace: Trace | undefined;
  readonly scaling: Scaling | undefined;
  readonly leftOut: LinksLeftOut | undefined;
  readonly amountsOnly: boolean;
  readonly own: Kept['own'] | undefined;
  readonly #payees: ReadonlySet<string> | undefined;
  readonly #readByOthers: ReadonlySet<string>;
  readonly #kept: Kept | undefined;
  readonly #logs = new Map<string, MeasureLog>();
  readonly #rewards = new Map<string, RewardResult>();
  readonly #dated = new Map<string, DatedLine[]>();
  readonly inForce: ComputeOptions['inForce'];
  readonly paidBefore: ComputeOptions['paidBefore'];
  readonly #months: number;

  constructor(
    world: World,
    ledger: Ledger,
    { trace, scaling, leftOut, payees, kept, inForce, paidBefore }: ComputeOptions,
    amountsOnly: boolean,
  ) {
    this.trace = trace;
    this.scaling = scaling;
    this.leftOut = leftOut;
    this.amountsOnly = amountsOnly;
    this.#payees = payees;
    this.#readByOthers = payees === undefined && !amountsOnly ? new Set() : rewardsRead(world.plan);
    this.#kept = kept;
    this.shared = kept?.shared ?? new Map();
    this.own = kept && ((view) => kept.own(view));
    this.inForce = inForce;
    this.paidBefore = paidBefore;
    this.plan = world.plan;
    this.world = world;
    this.sink = world.sink;
    this.groups = new Groups(world);
    this.compiler = new Compiler(world, () => false, trace);
    for (const id of world.tables.get('adjustments')?.columns.get('person_id') ?? []) {
      if (!world.people.known && typeof id === 'string') world.people.find(id);
    }
    this.people = world.people.list();
    this.membership = new Membership(this.people, this.groups);
    this.ledger = ledger;
    this.quotas = new Quotas(world);
    this.results = new Results(world);
    this.crossing = new Crossing(world.plan, this.people, this.groups);
    this.#months = MONTHS[world.plan.period];
  }

  evaluate(
    expression: Expression,
    reader: Reader,
    at: { readonly stay: Stay | undefined; readonly period: Period },
  ): Value {
    return this.compiler.compile(expression.node)(this.frameFor(reader, at));
  }

  frameFor(reader: Reader, { stay, period }: { readonly stay: Stay | undefined; readonly period: Period }): Frame {
    // Set one by one: a copy by `...` takes several times as long, and this is asked for every figure.
    const frame = emptyFrame(MONTHS[period.kind]);
    frame.reader = reader;
    frame.stay = stay;
    frame.period = period;
    frame.date = period.to;
    return frame;
  }

  scratch(): Frame {
    return emptyFrame(this.#months);
  }

  logOf(period: Period): MeasureLog | undefined {
    // Whoever asks for some people alone asks for no report.
    if (this.amountsOnly || this.#payees !== undefined) return undefined;
    let log = this.#logs.get(period.label);
    if (log === undefined) {
      log = new MeasureLog();
      this.#logs.set(period.label, log);
    }
    return log;
  }

  /** What a reward pays in one of its own periods; worked out once. */
  reward(reward: Reward, period: Period): RewardResult {
    const key = `${reward.name}/${period.label}`;
    let result = this.#rewards.get(key);
    if (result === undefined) {
      result = this.#kept?.reward(reward, period, this.asksForLines(reward)) ?? this.#workOut(reward, period);
      this.#rewards.set(key, result);
    }
    return result;
  }

  asksFor({ name, body }: Reward, { id }: Person): boolean {
    return this.#payees === undefined || body === 'pool' || this.#payees.has(id) || this.#readByOthers.has(name);
  }

  measureKey(name: string): string {
    return this.#kept?.measureKey(name) ?? name;
  }

  forDeal(node: Node): Map<number, Value> | undefined {
    return this.#kept?.forDeal(node);
  }

  asksForLines({ name }: Reward): boolean {
    return !this.amountsOnly || this.#readByOthers.has(name);
  }

  #workOut(reward: Reward, period: Period): RewardResult {
    const sums = reward.body === 'credit' && !this.asksForLines(reward);
    const ground = sums ? (this.#kept?.groundwork(reward, period) ?? newGroundwork(reward)) : undefined;
    const result = rewardLines(this, reward, period, this.crossing, ground);
    // After an error nothing is: a figure without an answer may have been read whose error was said before.
    if (this.#kept === undefined || this.sink.hasErrors) return result;
    if (ground !== undefined) this.#kept.keepGroundwork(reward, period, ground);
    return this.#kept.keep(reward, period, this.asksForLines(reward), result);
  }

  linesOf(name: string, period: Period): readonly DatedLine[] {
    const reward = this.plan.rewards.get(name);
    if (reward === undefined) return [];
    const key = `${name}/${period.label}`;
    const known = this.#dated.get(key);
    if (known !== undefined) return known;
    const dated: DatedLine[] = [];
    this.#dated.set(key, dated);
    for (const part of periodsBetween(period.from, period.to, reward.every, this.plan.fiscalYearStarts)) {
      if (this.inForce !== undefined && this.paidBefore !== undefined && part.from < this.inForce.from) {
        // What was earned stays earned: it is what the plan of that time paid.
        for (const { line, day } of this.paidBefore(name, part))
          dated.push({ line: { ...line, person: this.world.people.find(line.person.id) ?? line.person }, day });
        continue;
      }
      for (const lines of this.reward(reward, part).lines.values()) {
        for (const line of lines) dated.push({ line, day: line.credit?.date ?? Math.min(line.stay.to, part.to) });
      }
    }
    return dated;
  }

  periodEnds(reward: Reward, day: number): boolean {
    return periodOf(day, reward.every, this.plan.fiscalYearStarts).to === day;
  }

  /** The rewards whose own period ends in one of the plan's, and what they pay. */
  due(period: Period): ReadonlyMap<Reward, RewardResult> {
    const due = new Map<Reward, RewardResult>();
    for (const name of this.plan.rewardOrder) {
      const reward = this.plan.rewards.get(name) as Reward;
      if (!this.periodEnds(reward, period.to)) continue;
      due.set(reward, this.reward(reward, this.#ownPeriod(reward, period)));
    }
    return due;
  }

  #ownPeriod(reward: Reward, period: Period): Period {
    return periodOf(period.to, reward.every, this.plan.fiscalYearStarts);
  }

  /** Everything that is paid in one of the plan's periods: the rewards that are due, and adjustments. */
  pay(period: Period): PeriodResult {
    const due = this.due(period);
    const logs = new Set([...due.keys()].map((reward) => this.logOf(this.#ownPeriod(reward, period))));
    const payouts = payoutsOf(this.plan, due, adjustmentsIn(this.world, period));
    return { period, payouts, measures: [...logs].flatMap((log) => log?.list() ?? []) };
  }
}
