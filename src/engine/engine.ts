import type { Sink } from '../findings/sink.ts';
import type { Node } from '../rules/expression/typed.ts';
import type { Expression, Plan, Reward } from '../rules/plan.ts';
import type { Day } from '../values/date.ts';
import type { Period } from '../values/period.ts';
import type { Compiler } from './compile.ts';
import type { Crossing } from './crossing.ts';
import type { Frame, Reader, Value } from './frame.ts';
import type { Groups } from './groups.ts';
import type { Ledger } from './ledger.ts';
import type { MeasureLog } from './measure-log.ts';
import type { Membership } from './members.ts';
import type { Quotas } from './quota.ts';
import type { Line, Person, Stay } from './result.ts';
import type { Results } from './results.ts';
import type { Payee } from './reward.ts';
import type { Groundwork } from './reward-amounts.ts';
import type { Scaling } from './scaling.ts';
import type { Trace } from './trace.ts';
import type { World } from './world.ts';

/** A line and the day that it counts on for those who read it: its credit's, else the last day of its stay. */
export interface DatedLine {
  readonly line: Line;
  readonly day: Day;
}

/** A reward's lines in one of its periods, and everyone in its `who`, or paid after it, with the last stay in it. */
export interface RewardResult {
  readonly lines: ReadonlyMap<Person, readonly Line[]>;
  readonly members: ReadonlyMap<Person, { readonly lastStay: Stay; readonly payee: Payee | undefined }>;
}

/**
 * What runs over the same credits have in common. A reward that means the same in two of them is paid once, and so are the
 * figures of scopes; whoever hands one in answers for that (see src/pilot/kept.ts).
 */
export interface Kept {
  /** What a reward pays in a period; `byLine` where each of its lines is asked for, not their sums alone. */
  reward(reward: Reward, period: Period, byLine: boolean): RewardResult | undefined;
  /** Takes a result and gives it back as it is kept. */
  keep(reward: Reward, period: Period, byLine: boolean, result: RewardResult): RewardResult;
  /** What amounts of a per-credit reward rest on in a period: all that is known of it. */
  groundwork(reward: Reward, period: Period): Groundwork;
  /** Takes it when more is known. */
  keepGroundwork(reward: Reward, period: Period, ground: Groundwork): void;
  /** Tells a measure from others of its name that mean something else. */
  measureKey(name: string): string;
  /** Figures of scopes, which are the same for everybody who reads them. */
  readonly shared: Map<string, Value>;
  /** Figures as one payee reads them for some days. */
  own(view: string): Map<string, Value>;
  /** What an aggregate over a line's deal comes to, by the deal; undefined where that depends on the payee. */
  forDeal(node: Node): Map<number, Value> | undefined;
}

/** Which links a run leaves out, by whether they cross. */
export type LinksLeftOut = 'crossing' | 'all';

/** What a run of the engine holds: everything that measures and rewards look things up in. */
export interface Engine {
  readonly plan: Plan;
  readonly world: World;
  readonly people: readonly Person[];
  readonly groups: Groups;
  readonly membership: Membership;
  readonly compiler: Compiler;
  readonly ledger: Ledger;
  readonly quotas: Quotas;
  readonly results: Results;
  readonly crossing: Crossing;
  readonly sink: Sink;
  readonly trace: Trace | undefined;
  readonly scaling: Scaling | undefined;
  /** The days on which the plan is in force, and what others paid before: what another run must be told to pay as this one. */
  readonly inForce: { readonly from: Day; readonly to: Day } | undefined;
  readonly paidBefore: ((reward: string, period: Period) => readonly DatedLine[]) | undefined;
  /** Links that are asked, but change nothing: what would be paid without them. */
  readonly leftOut: LinksLeftOut | undefined;
  /** Figures of scopes, which are the same for everybody who reads them. */
  readonly shared: Map<string, Value>;
  /** Names a measure where its figures are kept. */
  measureKey(name: string): string;
  /** Payees' own figures of earlier runs, by who reads them for which days; undefined where none are kept. */
  readonly own: ((view: string) => Map<string, Value>) | undefined;
  /** What aggregates over a line's deal have come to in earlier runs. */
  forDeal(node: Node): Map<number, Value> | undefined;
  /** The value of an expression that reads no rows. */
  evaluate(
    expression: Expression,
    reader: Reader,
    at: { readonly stay: Stay | undefined; readonly period: Period },
  ): Value;
  /** The frame in which an expression that reads no rows is evaluated. */
  frameFor(reader: Reader, at: { readonly stay: Stay | undefined; readonly period: Period }): Frame;
  /** A frame for passing over credits; taken and left within one call. */
  scratch(): Frame;
  /** What a reward pays in one of its own periods; worked out once. */
  reward(reward: Reward, period: Period): RewardResult;
  /** The lines that a reward pays in a period, or in the shorter periods that end in it. */
  linesOf(reward: string, period: Period): readonly DatedLine[];
  /** Whether a reward is paid on a day, the end of one of its own periods. */
  periodEnds(reward: Reward, day: Day): boolean;
  /** Only what is paid is asked for: nothing that was read is kept, and links say nothing of what they did. */
  readonly amountsOnly: boolean;
  /** Whether each line of a reward is asked for; else one a stay, with the sum of its lines, will do. */
  asksForLines(reward: Reward): boolean;
  /** Whether what a reward pays a person is asked for: by whoever runs the engine, or by another reward. */
  asksFor(reward: Reward, person: Person): boolean;
  /** The figures read for the rewards of a period; none where only amounts are asked for. */
  logOf(period: Period): MeasureLog | undefined;
}
