import type { Node, Scope, Suffix } from '../rules/expression/typed.ts';
import type { Measure } from '../rules/plan.ts';
import type { Day } from '../values/date.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { add, mul, type Num, toQuotient } from '../values/num.ts';
import { longestPeriods, PERIOD_KINDS, type Period, periodOf, shiftPeriod } from '../values/period.ts';
import { adderFor } from './aggregate.ts';
import type { Engine } from './engine.ts';
import { type Frame, type Reader, showCredit, type Value } from './frame.ts';
import { firstFrom } from './ledger.ts';
import type { MeasureLog } from './measure-log.ts';
import { clip, holdsOn, type Segment } from './people.ts';
import type { HearQuota, QuotaDays } from './quota.ts';
import type { CreditRow, Line, Person, Stay } from './result.ts';
import { Moved } from './scaling.ts';

/** A stretch of time that is read, and the period that it is, where it is one. */
interface Window {
  readonly from: Day;
  readonly to: Day;
  readonly period: Period | undefined;
}

/** Whose figures are meant, and over which days. */
export interface Whose {
  readonly kind: Scope['kind'];
  /** A person's id, a group's or team's name; empty where there is nobody. */
  readonly who: string;
  readonly from: Day;
  readonly to: Day;
  readonly suffix: Suffix | undefined;
  /** The same for everybody who reads it: a group's, and not cut to a stay. */
  readonly shared: boolean;
}

/** From where results are read: whose, for which days, in which period. */
export interface View {
  readonly person: Person | undefined;
  /** The days on which the payee's own credits count; undefined: every day (`prorate: none`). */
  readonly creditDays: readonly Segment[] | undefined;
  /** The days for which the payee's own quotas are read; undefined: all of them. */
  readonly quotaDays: readonly Segment[] | undefined;
  /** The stay whose team `team.x` means. */
  readonly stay: Stay | undefined;
  readonly team: string | undefined;
  /** The reward's period. */
  readonly period: Period;
  /** In the pay of a stay: only what is dated in it counts, in whatever scope. */
  readonly within: { readonly from: Day; readonly to: Day } | undefined;
  /** Keeps every figure that is read. */
  readonly log: MeasureLog | undefined;
}

interface Memo {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** A memo of one asking, which seldom has anything to remember: most measures read no other. */
class Fresh implements Memo {
  #known: Map<string, Value> | undefined;

  get(key: string): Value | undefined {
    return this.#known?.get(key);
  }

  set(key: string, value: Value): void {
    this.#known ??= new Map();
    this.#known.set(key, value);
  }
}

/** Answers for measures, quotas, results and pay, as seen from a view; scoped and shifted ones by readers of its own. */
export class ViewReader implements Reader {
  readonly #engine: Engine;
  readonly #view: View;
  readonly #scope: Scope;
  readonly #window: Window;
  readonly #suffix: Suffix | undefined;
  #memo: Memo | undefined;
  #aggregates: Map<Node, Value> | undefined;
  /** Not inside of a measure, so that an aggregate stands in the rule itself. */
  readonly #outermost: boolean;
  /** Where results are moved: hears what weighs what; `still` where a measure is asked for what it is unmoved. */
  readonly #moving: Moved | 'still' | undefined;

  constructor(
    engine: Engine,
    view: View,
    scope: Scope = { kind: 'own' },
    window?: Window,
    suffix?: Suffix,
    memo?: Memo,
    moving?: Moved | 'still',
  ) {
    this.#engine = engine;
    this.#view = view;
    this.#scope = scope;
    this.#window = window ?? { from: view.period.from, to: view.period.to, period: view.period };
    this.#suffix = suffix;
    this.#memo = memo;
    this.#outermost = memo === undefined;
    this.#moving = moving;
  }

  /** What has been read from this view, in earlier runs too where those are kept. */
  get #own(): Memo {
    this.#memo ??= this.#engine.own?.(keyOfView(this.#view)) ?? new Map();
    return this.#memo;
  }

  #scopeOf(node: { readonly scope: Scope }): Scope {
    return node.scope.kind === 'own' ? this.#scope : node.scope;
  }

  /** Who a scope is, for lookups and reports: a person's id, a group's or team's name. */
  #who(scope: Scope): string | undefined {
    switch (scope.kind) {
      case 'group':
        return scope.name;
      case 'everyone':
        return 'everyone';
      case 'team':
        return this.#view.team;
      default:
        return this.#view.person?.id;
    }
  }

  measure(node: Extract<Node, { kind: 'measure' }>): Value {
    const scope = this.#scopeOf(node);
    const who = this.#who(scope);
    if (who === undefined && scope.kind === 'team')
      return new Missing(`${this.#view.person?.id ?? 'the payee'} has no team`);
    const window = this.#windowFor(node.suffix);
    const suffix = node.suffix ?? this.#suffix;
    // A group's figures are the same for everybody who reads them, unless they are cut to a stay.
    const shared = scope.kind !== 'own' && this.#view.within === undefined && this.#moving === undefined;
    const memo = shared ? this.#engine.shared : this.#own;
    // A measure may ask for the reward's period itself, `period.start`, whatever days it is read over.
    const named = this.#engine.measureKey(node.name);
    const { period } = this.#view;
    // The payee's own for the reward's period is asked for most, and needs no more to be told from the others of its view.
    const plain = scope.kind === 'own' && window.from === period.from && window.to === period.to;
    const key = plain ? named : `${named}/${scope.kind}/${who ?? ''}/${window.from}/${window.to}/${period.label}`;
    let value = memo.get(key);
    if (value === undefined) {
      value =
        this.#engine.scaling !== undefined && this.#outermost
          ? this.#moved(node)
          : this.#asked(node, this.#own, this.#moving);
      memo.set(key, value);
    }
    const name = suffix === undefined ? node.name : `${node.name}.${suffix}`;
    this.#view.log?.measure(scope.kind, who ?? '', name, value, node.type, this.#view);
    return value;
  }

  #asked(node: Extract<Node, { kind: 'measure' }>, memo: Memo, moving: Moved | 'still' | undefined): Value {
    const { measure, reader } = this.inside(node, memo, moving);
    return this.#engine.evaluate(measure.value, reader, this.#view);
  }

  /** A measure while results are moved: each credit by its own factor, or the whole where all of it moves by one. */
  #moved(node: Extract<Node, { kind: 'measure' }>): Value {
    const moved = new Moved();
    const value = this.#asked(node, new Fresh(), moved);
    const { whole } = moved;
    if (whole === undefined || whole === 1 || (node.type !== 'money' && node.type !== 'number')) return value;
    const still = this.#asked(node, new Fresh(), 'still');
    return isMissing(still) ? still : mul(still as Num, whole);
  }

  #weigh(row: CreditRow, forDeal: boolean): Num {
    if (this.#engine.scaling === undefined || this.#moving === 'still') return 1;
    const { scaling } = this.#engine;
    const weight = (forDeal ? scaling.forDeal?.(row) : undefined) ?? scaling.credit(row);
    if (this.#moving?.listens === true) this.#moving.take(weight, scaling.takesOthers(row));
    return weight;
  }

  /** The frame in which this reader's own expressions are evaluated. */
  frame(): Frame {
    return this.#engine.frameFor(this, this.#view);
  }

  /** A measure's own expression, and from where it is read. */
  inside(
    node: Extract<Node, { kind: 'measure' }>,
    memo: Memo = this.#own,
    moving: Moved | 'still' | undefined = this.#moving,
  ): { readonly measure: Measure; readonly reader: ViewReader } {
    const measure = this.#engine.plan.measures.get(node.name) as Measure;
    const window = this.#windowFor(node.suffix);
    const suffix = node.suffix ?? this.#suffix;
    return {
      measure,
      reader: new ViewReader(this.#engine, this.#view, this.#scopeOf(node), window, suffix, memo, moving),
    };
  }

  /** Whose figures a node means, and over which days. */
  whose(node: { readonly scope: Scope; readonly suffix?: Suffix | undefined }): Whose {
    const scope = this.#scopeOf(node);
    const { from, to } = this.#windowFor(node.suffix);
    const suffix = node.suffix ?? this.#suffix;
    const shared = scope.kind !== 'own' && this.#view.within === undefined;
    return { kind: scope.kind, who: this.#who(scope) ?? '', from, to, suffix, shared };
  }

  #windowFor(suffix: Suffix | undefined): Window {
    if (suffix === undefined) return this.#window;
    const { period } = this.#view;
    const starts = this.#engine.plan.fiscalYearStarts;
    const whole = (of: Period): Window => ({ from: of.from, to: of.to, period: of });
    if (suffix === 'previous') return whole(shiftPeriod(period, -1, starts));
    const around = periodOf(period.to, suffix === 'qtd' || suffix === 'quarter' ? 'quarter' : 'year', starts);
    if (suffix === 'quarter' || suffix === 'year') return whole(around);
    const exact = PERIOD_KINDS.map((kind) => periodOf(around.from, kind, starts)).find(
      (candidate) => candidate.from === around.from && candidate.to === period.to,
    );
    return { from: around.from, to: period.to, period: exact };
  }

  aggregate(node: Extract<Node, { kind: 'aggregate' }>, frame: Frame): Value {
    // What stands in a rule itself and reads no row of the line is added up once, for the run and for whoever asks later.
    if (!this.#outermost || node.forDeal) return this.#addUp(node, frame);
    this.#aggregates ??= new Map();
    let value = this.#aggregates.get(node);
    if (value === undefined) {
      value = this.#addUp(node, frame);
      this.#aggregates.set(node, value);
    }
    return value;
  }

  #addUp(node: Extract<Node, { kind: 'aggregate' }>, frame: Frame): Value {
    // What is asked of a deal while results are told apart belongs to that asking alone.
    const memo = node.forDeal && this.#moving === undefined ? this.#engine.forDeal(node) : undefined;
    const known = memo?.get(frame.rootDeal);
    if (known !== undefined) return known;
    const scope = this.#scopeOf(node);
    const adder = adderFor(node.fn, node.value?.type ?? 'number');
    const missing = this.added(node, frame, (row, value) => adder.take(row, value, this.#weigh(row, node.forDeal)));
    const result = missing ?? adder.result();
    memo?.set(frame.rootDeal, result);
    if (this.#outermost && !node.forDeal)
      this.#view.log?.aggregate(scope.kind, this.#who(scope) ?? '', node, result, this.#view);
    return result;
  }

  /** Hands on every credit that an aggregate takes, with its value (1 where only rows are counted). */
  added(
    node: Extract<Node, { kind: 'aggregate' }>,
    frame: Frame,
    each: (row: CreditRow, value: Value) => void,
  ): Missing | undefined {
    const engine = this.#engine;
    const take = this.#taking(node, each);
    if (!node.forDeal) return this.#each(node.credit, this.#scopeOf(node), take);
    if (frame.rootDeal < 0) return new Missing('this line has no deal');
    const members = node.scope.kind === 'own' ? undefined : this.#members(node.scope);
    for (const row of engine.ledger.forDeal(node.credit, frame.rootDeal)) {
      const inside =
        members === undefined || (row.person !== undefined && holdsOn(members.get(row.person) ?? [], row.date));
      if (inside) take(row);
    }
    return undefined;
  }

  /** What is done with a row that an aggregate meets: `where` is asked, and the value worked out. */
  #taking(
    node: Extract<Node, { kind: 'aggregate' }>,
    each: (row: CreditRow, value: Value) => void,
  ): (row: CreditRow) => void {
    const engine = this.#engine;
    if (node.where === undefined && node.value === undefined) return (row) => each(row, 1);
    const value = node.value && engine.compiler.compile(node.value);
    const where = node.where && engine.compiler.compile(node.where);
    const scratch = engine.scratch();
    return (row) => {
      showCredit(scratch, row);
      if (where !== undefined && where(scratch) !== true) return;
      each(row, value === undefined ? 1 : value(scratch));
    };
  }

  #members(scope: Scope) {
    return this.#engine.membership.of(scope as Exclude<Scope, { kind: 'own' }>, this.#who(scope) ?? '');
  }

  /** Hands every credit of a scope and of the window on. */
  #each(credit: string, scope: Scope, take: (row: CreditRow) => void): Missing | undefined {
    const { within } = this.#view;
    const from = Math.max(this.#window.from, within?.from ?? this.#window.from);
    const to = Math.min(this.#window.to, within?.to ?? this.#window.to);
    // Without a copy of what lies between: this is done for every figure of every payee.
    const takeFrom = (rows: readonly CreditRow[], segments: readonly Segment[] | undefined): void => {
      for (let i = firstFrom(rows, from); i < rows.length; i++) {
        const row = rows[i] as CreditRow;
        if (row.date > to) return;
        if (segments === undefined || holdsOn(segments, row.date)) take(row);
      }
    };
    const { ledger, plan } = this.#engine;
    if (plan.credits.get(credit)?.to === 'company') {
      takeFrom(ledger.of(credit, undefined), undefined);
      return undefined;
    }
    if (scope.kind === 'own') {
      const { person, creditDays } = this.#view;
      if (person === undefined) return new Missing('there is no payee here');
      takeFrom(ledger.of(credit, person), creditDays);
      return undefined;
    }
    if (scope.kind === 'team' && this.#view.team === undefined)
      return new Missing(`${this.#view.person?.id ?? 'the payee'} has no team`);
    const lists = ledger.byPerson(credit);
    for (const [person, segments] of this.#members(scope)) {
      const rows = lists.get(person);
      if (rows !== undefined) takeFrom(rows, segments);
    }
    return undefined;
  }

  quota(node: Extract<Node, { kind: 'quota' }>): Value {
    const scope = this.#scopeOf(node);
    const who = this.#who(scope);
    const key = `quota/${node.measure}/${scope.kind}/${who ?? ''}/${this.#window.from}/${this.#window.to}`;
    let value = this.#own.get(key);
    if (value === undefined) {
      value = this.quotaParts(node);
      this.#own.set(key, value);
    }
    const name = this.#suffix === undefined ? node.measure : `${node.measure}.${this.#suffix}`;
    this.#view.log?.quota(scope.kind, who ?? '', name, value, node.type, this.#view);
    return value;
  }

  /** The same, handing on every row of quotas that it takes, with what is kept of it. */
  quotaParts(node: Extract<Node, { kind: 'quota' }>, each?: HearQuota): Num | Missing {
    const { measure } = node;
    const scope = this.#scopeOf(node);
    const who = this.#who(scope);
    const { person, quotaDays, within } = this.#view;
    if (scope.kind === 'own') {
      if (person === undefined) return new Missing('there is no payee here');
      return this.#quotaFor(measure, person.id, daysOf(quotaDays, person), each);
    }
    if (who === undefined) return new Missing(`${person?.id ?? 'the payee'} has no team`);
    const named = scope.kind === 'direct_reports' || scope.kind === 'all_reports' ? undefined : who;
    if (named !== undefined && this.#engine.quotas.has(measure, named, this.#window)) {
      const segments = within === undefined ? undefined : [{ ...within, share: 1 as Num }];
      return this.#quotaFor(measure, named, { segments, stays: segments }, each);
    }
    return this.#quotaOfMembers(measure, scope, who, each);
  }

  /** A quota for the window: that of its period, or the sum over the longest periods that it is made of. */
  #quotaFor(measure: string, name: string, days: QuotaDays, each: HearQuota | undefined): Num | Missing {
    const { quotas, plan } = this.#engine;
    const { from, to, period } = this.#window;
    if (period !== undefined) return quotas.of(measure, name, period, days, each);
    let total: Num | undefined;
    let lacking: Missing | undefined;
    for (const part of longestPeriods(from, to, plan.fiscalYearStarts)) {
      const quota = quotas.of(measure, name, part, days, each);
      if (!isMissing(quota)) total = add(total ?? 0, quota);
      // As with the rows for shorter periods, one may lack where there was no stay.
      else if (days.stays === undefined || clip(days.stays, part.from, part.to).length > 0) lacking ??= quota;
    }
    return lacking ?? total ?? new Missing(`there is no quota of ${measure} for ${name} in this stretch of time`);
  }

  /** The sum of the members' quotas, each for the days in the group; members without one are left out. */
  #quotaOfMembers(measure: string, scope: Scope, who: string, each: HearQuota | undefined): Num | Missing {
    const { within } = this.#view;
    const { from, to } = this.#window;
    let total: Num | undefined;
    for (const [member, all] of this.#members(scope)) {
      const segments = within === undefined ? all : clip(all, within.from, within.to);
      if (clip(segments, from, to).length === 0) continue;
      const quota = this.#quotaFor(measure, member.id, daysOf(segments, member), each);
      if (!isMissing(quota)) total = add(total ?? 0, quota);
    }
    const when = this.#window.period?.label ?? 'this stretch of time';
    return total ?? new Missing(`nobody in ${who} has a quota of ${measure} in ${when}`);
  }

  result(node: Extract<Node, { kind: 'result' }>): Value {
    const scope = this.#scopeOf(node);
    const value = this.#resultOf(node.name, this.#resultNames(scope));
    this.#view.log?.measure(scope.kind, this.#who(scope) ?? '', `result("${node.name}")`, value, 'number', this.#view);
    return value;
  }

  /** The row of results that result(...) takes. */
  resultRow(node: Extract<Node, { kind: 'result' }>): number | undefined {
    const found = this.#engine.results.of(node.name, this.#resultNames(this.#scopeOf(node)), this.#window.period);
    return isMissing(found) ? undefined : found.row;
  }

  /** For whom a result may be set, the nearest first; undefined is the company. */
  #resultNames(scope: Scope): readonly (string | undefined)[] {
    const who = this.#who(scope);
    const { person, team } = this.#view;
    const names =
      scope.kind === 'own'
        ? [person?.id, team].filter((name) => name !== undefined)
        : scope.kind === 'direct_reports' || scope.kind === 'all_reports' || who === undefined
          ? []
          : [who];
    return [...names, undefined];
  }

  #resultOf(result: string, names: readonly (string | undefined)[]): Num | Missing {
    const { results, scaling } = this.#engine;
    const { period } = this.#window;
    const found = results.of(result, names, period);
    if (isMissing(found) || scaling === undefined || this.#moving === 'still' || period === undefined)
      return isMissing(found) ? found : found.value;
    const weight = scaling.result(found.name, period);
    this.#moving?.take(weight, false);
    return mul(found.value, weight);
  }

  pay(node: Extract<Node, { kind: 'pay' }>): Num | Missing {
    const scope = this.#scopeOf(node);
    const { person } = this.#view;
    if (scope.kind === 'own' && person === undefined) return new Missing('there is no payee here');
    if (scope.kind === 'team' && this.#view.team === undefined)
      return new Missing(`${person?.id ?? 'the payee'} has no team`);
    let total: Num = 0;
    for (const line of this.paidLines(node)) total = add(total, line.amount);
    this.#view.log?.measure(scope.kind, this.#who(scope) ?? '', `pay(${node.reward})`, total, 'money', this.#view);
    return total;
  }

  /** The lines that pay(reward) adds up. */
  paidLines(node: Extract<Node, { kind: 'pay' }>): readonly Line[] {
    const scope = this.#scopeOf(node);
    const { person, creditDays, period, within } = this.#view;
    const own = scope.kind === 'own';
    const members = own ? undefined : this.#members(scope);
    const found: Line[] = [];
    for (const { line, day } of this.#engine.linesOf(node.reward, period)) {
      if (within !== undefined && (day < within.from || day > within.to)) continue;
      const counts = own
        ? line.person === person && (creditDays === undefined || holdsOn(creditDays, day))
        : holdsOn(members?.get(line.person) ?? [], day);
      if (counts) found.push(line);
    }
    return found;
  }
}

/** Tells the views of one run from each other, and those that are the same from run to run. */
const keyOfView = ({ person, creditDays, quotaDays, within, stay, team, period }: View): string => {
  // Nearly everybody has one stay, and this is built for every payee of every run.
  if (within === undefined && creditDays === quotaDays && creditDays?.length === 1 && creditDays[0] === stay && stay)
    if (stay.row >= 0) return `${period.label}/${stay.row}`;
  const days = (segments: readonly Segment[] | undefined): string => segments?.map(keyOfDays).join() ?? 'all';
  const quotas = quotaDays === creditDays ? '=' : days(quotaDays);
  const inside = within === undefined ? '' : `${within.from}:${within.to}`;
  // A measure may read the columns of the stay.
  const from = stay === undefined ? '' : keyOfDays(stay);
  return `${person?.index}/${period.label}/${from}/${team}/${days(creditDays)}/${quotas}/${inside}`;
};

/** A stay by its row, which says all; days that were cut out of one by themselves. */
const keyOfDays = (segment: Segment | Stay): string =>
  'row' in segment && segment.row >= 0
    ? `${segment.row}`
    : `${segment.from}:${segment.to}:${toQuotient(segment.share)}`;

/** A part of a quota's period without any of the days concerned may lack its row. */
const daysOf = (segments: readonly Segment[] | undefined, person: Person): QuotaDays => ({
  segments,
  stays: segments ?? person.stays,
});
