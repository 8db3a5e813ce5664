import type { Day, Length, Period, Span } from './calendar.ts';
import { amountOf, evaluate, holds, inGroup, type PaidLine, type Reading, type World } from './evaluate.ts';
import { curveAt, factorsOf } from './factors.ts';
import {
  type Fraction,
  fraction,
  least,
  most,
  ONE,
  order,
  over,
  plus,
  rounded,
  sharedOut,
  sum,
  times,
  ZERO,
} from './fraction.ts';
import {
  type Credited,
  expressionIn,
  expressionOf,
  holdsOn,
  isMap,
  mapOf,
  Refused,
  type Stay,
  textOf,
  type YamlMap,
} from './model.ts';
import type { Which } from './people.ts';
import { stepRate } from './steps.ts';
import { readsOf } from './types.ts';

const days = ({ from, to }: Span): Fraction => fraction(to - from + 1);
export const lengthOf = (world: World, reward: YamlMap): Length =>
  (textOf(reward.every) as Length | undefined) ?? world.company.plan.period;

interface Line extends PaidLine {
  /** Counts towards cap and guarantee. */
  readonly counts: boolean;
}

/** One reward in one of its periods. */
export class Rewarding {
  readonly world: World;
  readonly reward: YamlMap;
  readonly period: Period;
  readonly who: Which;

  constructor(world: World, reward: YamlMap, period: Period) {
    this.world = world;
    this.reward = reward;
    this.period = period;
    const expression = expressionOf(textOf(reward.who) ?? 'everyone');
    const met = new Map<Stay, boolean>();
    this.who = (stay) => {
      const known =
        met.get(stay) ??
        (this.#named(stay) || holds(world, expression, { stay, scope: { kind: 'payee' }, own: () => true }));
      met.set(stay, known);
      return known;
    };
  }

  #named(stay: Stay): boolean {
    const who = textOf(this.reward.who) ?? 'everyone';
    return (who === 'everyone' || this.world.company.plan.groups[who] !== undefined) && inGroup(this.world, who, stay);
  }

  get isInFull(): boolean {
    return this.reward.prorate === 'none';
  }

  reading(payee: string, stay: Stay | undefined, period: Period = this.period): Reading {
    const own: Which = this.isInFull ? () => true : this.who;
    return { payee, stay, period, scope: { kind: 'payee' }, own, isInFull: this.isInFull };
  }

  /** The payee's stays in `who` that the period touches, in the order of people. */
  staysIn(person: string): readonly Stay[] {
    const { people } = this.world.company;
    return people
      .staysOf(person)
      .filter((stay) => this.who(stay, this.period.to) && stay.from <= this.period.to && stay.to >= this.period.from);
  }

  /** The last of them. */
  lastStay(person: string): Stay | undefined {
    return this.staysIn(person).reduce<Stay | undefined>(
      (last, stay) => (last === undefined || stay.to > last.to ? stay : last),
      undefined,
    );
  }

  minor(amount: Fraction): bigint {
    const { unit, rounding } = this.world.company.plan;
    return rounded(times(amount, unit), rounding);
  }

  lines(): readonly PaidLine[] {
    const { people } = this.world.company;
    const lines =
      this.reward.per !== undefined
        ? people.ids.flatMap((person) => this.#perCredit(person))
        : this.reward.pool !== undefined
          ? this.#pool()
          : people.ids.flatMap((person) => this.#perPayee(person));
    return people.ids.flatMap((person) =>
      this.#limited(
        person,
        lines.filter((line) => line.person === person),
      ),
    );
  }

  // ---- per credit

  #perCredit(person: string): Line[] {
    const { people } = this.world.company;
    const credits = (this.world.credits.get(textOf(this.reward.per) ?? '') ?? []).filter(
      (credit) => credit.person === person,
    );
    const paid: Line[] = [];
    for (const credit of inOrder(credits)) {
      if (!holdsOn(this.period, credit.date)) continue;
      const stay = people.stayOn(person, credit.date, this.who);
      const line =
        stay !== undefined
          ? this.#creditLine(credit, credits, stay, this.period, credit.date)
          : this.#tailLine(credit, credits);
      if (line !== undefined) paid.push(line);
    }
    return paid;
  }

  /** Paid after `who` ceased to hold: at the step, links and stay of the last day on which it held. */
  #tailLine(credit: Credited, credits: readonly Credited[]): Line | undefined {
    const tail = textOf(this.reward.tail);
    if (tail === undefined || credit.person === undefined) return undefined;
    const { company } = this.world;
    const length = Number.parseInt(textOf(company.plan.params[tail]) ?? tail, 10);
    for (let day = credit.date - 1; day >= credit.date - length; day -= 1) {
      const stay = company.people.stayOn(credit.person, day, this.who);
      if (stay === undefined) continue;
      const line = this.#creditLine(credit, credits, stay, company.plan.calendar.around(this.period.length, day), day);
      return line && { ...line, counts: false };
    }
    return undefined;
  }

  #creditLine(credit: Credited, credits: readonly Credited[], stay: Stay, period: Period, day: Day): Line | undefined {
    const { world, reward } = this;
    const person = credit.person ?? '';
    const reading: Reading = { ...this.reading(person, stay, period), rows: credit.rows };
    if (!holds(world, expressionIn(reward, 'when'), reading)) return undefined;
    const base =
      reward.rate !== undefined
        ? this.#ofRate(credit, credits, reading, day)
        : this.#ofPay(credit, credits, reading, day);
    if (base === undefined) throw new Refused('missing-payout');
    const factor = factorsOf(world, reward.links, reading);
    if (factor === undefined) throw new Refused('missing-payout');
    return { person, stay, date: credit.date, minor: this.minor(times(base, factor)), counts: true };
  }

  #ofRate(credit: Credited, credits: readonly Credited[], reading: Reading, day: Day): Fraction | undefined {
    const { rate } = this.reward;
    const amount = credit.amount ?? ZERO;
    const found =
      typeof rate === 'string'
        ? amountOf(this.world, expressionOf(rate), reading)
        : this.#rateOf(mapOf(rate), credit, credits, reading, day);
    return found && times(amount, found);
  }

  #rateOf(
    rate: YamlMap,
    credit: Credited,
    credits: readonly Credited[],
    reading: Reading,
    day: Day,
  ): Fraction | undefined {
    const { world } = this;
    const read = (text: string): Fraction | undefined => amountOf(world, expressionOf(text), reading);
    if (rate.steps !== undefined) return this.#stepRate(rate, credit, credits, reading, day).rate;
    const by = evaluate(world, expressionOf(textOf(rate.by) ?? ''), reading);
    if (isMap(rate.table)) {
      const found = by?.kind === 'text' ? rate.table[by.s] : undefined;
      const text = textOf(found) ?? textOf(rate.else);
      return text === undefined ? undefined : read(text);
    }
    if (by === undefined || !('n' in by)) return undefined;
    return curveAt(mapOf(rate.curve), by.n, rate, (yaml) => read(String(yaml)) ?? ZERO);
  }

  /** A per-credit `pay`: a refund takes it back where it completes the taking back, and counts nothing before. */
  #ofPay(credit: Credited, credits: readonly Credited[], reading: Reading, day: Day): Fraction | undefined {
    const { pay } = this.reward;
    if (typeof pay === 'string') {
      // what is taken back is what the deal itself was paid
      const rows = { ...reading.rows, deal: reading.rows?.root ?? reading.rows?.deal };
      const found = amountOf(this.world, expressionOf(pay), { ...reading, rows });
      return found && times(found, fraction(credit.count));
    }
    const { rate, counted } = this.#stepRate(mapOf(pay), credit, credits, reading, day);
    return rate && times(rate, counted);
  }

  #counted(credit: Credited, rate: YamlMap, stay: Stay | undefined): Fraction {
    const counting = textOf(rate.counting);
    if (counting === undefined) return credit.amount ?? ZERO;
    const reading: Reading = { ...this.reading(credit.person ?? '', stay), rows: credit.rows };
    const value = evaluate(this.world, expressionOf(counting), reading);
    if (value?.kind === 'money') return value.n;
    const root = { ...credit.rows, deal: credit.rows.root ?? credit.rows.deal };
    const ofDeal = evaluate(this.world, expressionOf(counting), { ...reading, rows: root });
    if (ofDeal?.kind !== 'number') throw new Refused('missing-payout');
    return times(ofDeal.n, fraction(credit.count));
  }

  /** What walks up the steps before a line, with it, and until the end of the line's period (or the last day that counts). */
  #stepRate(rate: YamlMap, credit: Credited, credits: readonly Credited[], reading: Reading, day: Day) {
    const { people, plan } = this.world.company;
    const period = reading.period ?? this.period;
    const counted = this.#counted(credit, rate, reading.stay);
    const over = textOf(rate.accumulate) ?? period.length;
    const isTail = people.stayOn(credit.person ?? '', credit.date, this.who) === undefined;
    if (over === 'none') {
      return { counted, rate: stepRate(this.world, rate, { before: ZERO, counted, atEnd: counted }, reading, period) };
    }
    const span = plan.calendar.around(over as Length, day);
    const until = isTail ? day : period.to;
    let [before, atEnd, isBefore] = [ZERO, ZERO, true];
    for (const other of inOrder(credits)) {
      isBefore = isBefore && other !== credit;
      const stay = people.stayOn(other.person ?? '', other.date, this.who);
      if (stay === undefined || other.date < span.from || other.date > until) continue;
      const met = holds(this.world, expressionIn(this.reward, 'when'), { ...reading, stay, rows: other.rows });
      if (!met) continue;
      const n = this.#counted(other, rate, stay);
      if (isTail || isBefore) before = plus(before, n);
      atEnd = plus(atEnd, n);
    }
    const line = isTail ? { before, counted: ZERO, atEnd } : { before, counted, atEnd };
    return { counted, rate: stepRate(this.world, rate, line, reading, span) };
  }

  // ---- per payee

  #perPayee(person: string): Line[] {
    const { world, reward, period } = this;
    const pay = expressionOf(textOf(reward.pay) ?? '');
    const reads = readsOf(world.company.plan, pay);
    const stays = this.isInFull ? this.#onLastDay(person) : this.staysIn(person);
    return stays.flatMap((stay): Line[] => {
      const reading = this.reading(person, stay);
      if (!holds(world, expressionIn(reward, 'when'), reading)) return [];
      const whole = amountOf(world, pay, reads.measures && !this.isInFull ? { ...reading, only: stay } : reading);
      if (whole === undefined) throw new Refused('missing-payout');
      const factor = factorsOf(world, reward.links, reading);
      if (factor === undefined) throw new Refused('missing-payout');
      const isForTime = !this.isInFull && (!reads.measures || reads.payeeMoney);
      const part = isForTime ? this.#partOf(person, (candidate) => candidate === stay) : ONE;
      return [
        {
          person,
          stay,
          date: Math.min(stay.to, period.to),
          minor: this.minor(times(times(whole, part), factor)),
          counts: true,
        },
      ];
    });
  }

  #onLastDay(person: string): readonly Stay[] {
    const stay = this.world.company.people.stayOn(person, this.period.to, this.who);
    return stay === undefined ? [] : [stay];
  }

  #partOf(person: string, which: Which): Fraction {
    return over(this.world.company.people.daysIn(person, this.period, which), days(this.period));
  }

  // ---- pools

  #pool(): Line[] {
    const { people } = this.world.company;
    const each = textOf(this.reward.each);
    if (each === undefined) return this.#onePool(this.who, undefined);
    const column = each.split('.')[1] ?? '';
    const values = new Set(people.ids.flatMap((id) => this.staysIn(id)).map((stay) => stay.row?.cells[column]));
    return [...values]
      .filter((value) => value !== undefined)
      .flatMap((value) =>
        this.#onePool(
          (stay, day) => this.who(stay, day) && stay.row?.cells[column] === value,
          column === 'team' ? value : undefined,
        ),
      );
  }

  #onePool(which: Which, team: string | undefined): Line[] {
    const { world, reward, period } = this;
    const { people, plan } = world.company;
    const amount = amountOf(world, expressionOf(textOf(reward.pool) ?? ''), {
      period,
      team,
      scope: { kind: 'payee' },
      own: which,
    });
    if (amount === undefined) throw new Refused('missing-payout');
    if (order(amount, ZERO) < 0) throw new Refused('negative-pool');
    const by = expressionOf(textOf(reward.share_by) ?? '');
    const reads = readsOf(plan, by);
    const members = people.ids.flatMap((person) => {
      const stays = this.staysIn(person).filter((stay) => which(stay, period.to));
      const last = stays.reduce<Stay | undefined>(
        (found, stay) => (found === undefined || stay.to > found.to ? stay : found),
        undefined,
      );
      const meant = this.isInFull ? people.stayOn(person, period.to, which) : last;
      if (meant === undefined) return [];
      const reading: Reading = { ...this.reading(person, meant), own: this.isInFull ? () => true : which, team };
      if (!holds(world, expressionIn(reward, 'when'), reading)) return [];
      const isOnce = (reads.measures && !reads.payeeMoney) || this.isInFull;
      const shares = isOnce
        ? [amountOf(world, by, reading)]
        : stays.map((stay) => {
            const value = amountOf(world, by, { ...reading, stay });
            return (
              value &&
              times(
                value,
                people.daysIn(person, period, (candidate) => candidate === stay),
              )
            );
          });
      if (shares.some((share) => share === undefined)) throw new Refused('missing-payout');
      const share = sum(shares.map((n) => n ?? ZERO));
      if (order(share, ZERO) < 0) throw new Refused('negative-pool');
      return [{ person, stay: meant, share, reading }];
    });
    const all = sum(members.map(({ share }) => share));
    const minor = this.minor(amount);
    const parts =
      all[0] === 0n
        ? members.map(() => 0n)
        : sharedOut(
            minor,
            members.map(({ share }) => over(share, all)),
            plan.rounding,
          );
    return members.flatMap(({ person, stay, reading, share }, i) => {
      if (share[0] === 0n) return [];
      const factor = factorsOf(world, reward.links, reading, true);
      if (factor === undefined) throw new Refused('missing-payout');
      const part = rounded(times(fraction(parts[i] ?? 0n), factor), plan.rounding);
      return [{ person, stay, date: Math.min(stay.to, period.to), minor: part, counts: true }];
    });
  }

  // ---- cap and guarantee

  #limited(person: string, lines: readonly Line[]): readonly PaidLine[] {
    const stay = this.isInFull ? this.#onLastDay(person)[0] : this.lastStay(person);
    const takesPart = (): boolean =>
      lines.length > 0 ||
      this.reward.per !== undefined ||
      holds(this.world, expressionIn(this.reward, 'when'), this.reading(person, stay));
    const isIn = stay !== undefined && takesPart();
    if (!isIn) return lines;
    const part = this.isInFull ? ONE : least(ONE, this.#partOf(person, this.who));
    const limit = (key: 'cap' | 'guarantee'): Fraction | undefined => {
      const expression = expressionIn(this.reward, key);
      if (expression === undefined) return undefined;
      const found = amountOf(this.world, expression, this.reading(person, stay));
      if (found === undefined) throw new Refused('missing-payout');
      return fraction(this.minor(times(found, part)));
    };
    const [cap, guarantee] = [limit('cap'), limit('guarantee')];
    if (cap !== undefined && guarantee !== undefined && order(guarantee, cap) > 0)
      throw new Refused('guarantee-above-cap');
    const paid = fraction(lines.filter(({ counts }) => counts).reduce((n, { minor }) => n + minor, 0n));
    let limited = paid;
    if (cap !== undefined) limited = least(limited, cap);
    if (guarantee !== undefined) limited = most(limited, guarantee);
    const more = limited[0] - paid[0];
    return more === 0n ? lines : [...lines, { person, stay, date: Math.min(stay.to, this.period.to), minor: more }];
  }
}

/** By date, then input row: that of the touch where touches are credited. */
const inOrder = (credits: readonly Credited[]): readonly Credited[] =>
  [...credits].sort(
    (a, b) => a.date - b.date || (a.rows.attribution?.at ?? 0) - (b.rows.attribution?.at ?? 0) || a.index - b.index,
  );
