import type { PoolReward } from '../rules/plan.ts';
import { isMissing, Missing } from '../values/missing.ts';
import { formatMinor } from '../values/money.ts';
import { add, isZero, mul, type Num, roundWhole, sign } from '../values/num.ts';
import { MONTHS, type Period } from '../values/period.ts';
import { shareOutByWeight } from '../values/share-out.ts';
import type { Engine } from './engine.ts';
import { emptyFrame, type Frame } from './frame.ts';
import { ViewReader } from './reader.ts';
import type { Line, Person, Stay } from './result.ts';
import { lastOf, type Payee, partOf, plainLine, readers, sayMissing, stand } from './reward.ts';
import { traced } from './trace.ts';
import { cellsOf } from './world.ts';

/** The lines of a pool reward, by payee: each pool is rounded, then shared out exactly over its members. */
export const payPools = (
  engine: Engine,
  reward: PoolReward,
  period: Period,
  payees: readonly Payee[],
  out: Map<Person, Line[]>,
): void => {
  if (reward.each === undefined) {
    payPool(engine, reward, period, payees, undefined, out);
    return;
  }
  const cells = cellsOf(engine.world.tables, 'people', reward.each);
  const poolOf = (stay: Stay): string | undefined => (stay.row < 0 ? undefined : shownValue(cells?.[stay.row]));
  const pools = new Map<string, Payee[]>();
  for (const payee of payees) {
    const values = new Set(payee.inPeriod.map(poolOf).filter((value) => value !== undefined));
    for (const value of values) {
      const inPool = payee.inPeriod.filter((stay) => poolOf(stay) === value);
      const member = narrowed(engine, payee, inPool, (stay) => poolOf(stay) === value);
      const members = pools.get(value);
      if (members === undefined) pools.set(value, [member]);
      else members.push(member);
    }
  }
  for (const [each, members] of pools) payPool(engine, reward, period, members, each, out);
};

const shownValue = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** A payee as a member of one of several pools: only the stays in that one count. */
const narrowed = (engine: Engine, payee: Payee, inPool: readonly Stay[], belongs: (stay: Stay) => boolean): Payee => {
  const lastStay = lastOf(inPool, payee.reward.prorate === 'none') ?? payee.lastStay;
  const holding = payee.holding.filter(belongs);
  const narrow = { ...payee, holding, inPeriod: inPool, lastStay };
  if (payee.reward.prorate === 'none') return narrow;
  const readerOf = readers(engine, {
    person: payee.person,
    creditDays: holding,
    quotaDays: holding,
    period: payee.period,
    within: undefined,
    log: engine.logOf(payee.period),
  });
  return { ...narrow, frame: { ...payee.frame }, readerOf };
};

const payPool = (
  engine: Engine,
  reward: PoolReward,
  period: Period,
  payees: readonly Payee[],
  each: string | undefined,
  out: Map<Person, Line[]>,
): void => {
  const frame = poolFrame(engine, period, each);
  const amount = poolAmount(engine, reward, period, payees, each, frame);
  if (amount === undefined) return;
  const members: Payee[] = [];
  const weights: Num[] = [];
  const when = reward.when && traced(reward.when, engine.compiler.compile(reward.when.node), engine.trace);
  for (const payee of payees) {
    stand(payee, payee.lastStay);
    if (when !== undefined && when(payee.frame) !== true) continue;
    const weight = weightOf(engine, reward, payee);
    if (isMissing(weight)) {
      sayMissing(engine.sink, reward, payee.person, period, weight);
      return;
    }
    if (sign(weight) < 0) {
      engine.sink.add(
        'negative-pool',
        `the share of ${payee.person.id} in ${reward.name} is below zero in ${period.label}`,
        {
          ...reward.shareBy.place,
          path: `rewards > ${reward.name} > share_by`,
          hint: 'hold it at zero, as in max(0 …, …)',
        },
      );
      return;
    }
    members.push(payee);
    weights.push(weight);
  }
  const sum = weights.reduce<Num>(add, 0);
  if (isZero(sum)) {
    if (!isZero(amount)) sayUnpaid(engine, reward, period, amount, each);
    return;
  }
  const parts = shareOutByWeight(amount, weights);
  for (const [i, payee] of members.entries()) {
    const weight = weights[i] as Num;
    if (isZero(weight)) continue;
    const line = memberLine(engine, payee, parts[i] as Num, { amount, weight, weights: sum, each }, frame.reader);
    if (isMissing(line)) {
      sayMissing(engine.sink, reward, payee.person, period, line);
      continue;
    }
    const lines = out.get(payee.person);
    if (lines === undefined) out.set(payee.person, [line]);
    else lines.push(line);
  }
};

/** Reads for a pool: nobody's own, and `team.x` for the team that it is for. */
export const poolFrame = (
  engine: Engine,
  period: Period,
  each: string | undefined,
): Frame & { readonly reader: ViewReader } => {
  const reader = new ViewReader(engine, {
    person: undefined,
    creditDays: undefined,
    quotaDays: undefined,
    stay: undefined,
    team: each,
    period,
    within: undefined,
    log: engine.logOf(period),
  });
  return { ...emptyFrame(MONTHS[period.kind]), period, date: period.to, reader };
};

const poolAmount = (
  engine: Engine,
  reward: PoolReward,
  period: Period,
  payees: readonly Payee[],
  each: string | undefined,
  frame: Frame,
): Num | undefined => {
  const value = engine.compiler.compile(reward.pool.node)(frame) as Num | Missing;
  const name = each === undefined ? reward.name : `${reward.name} of ${each}`;
  if (isMissing(value)) {
    const first = payees[0];
    if (first !== undefined)
      sayMissing(
        engine.sink,
        reward,
        first.person,
        period,
        new Missing(`the pool ${name} has no amount: ${value.reason}`),
      );
    return undefined;
  }
  const amount = roundWhole(value, engine.plan.rounding);
  if (sign(amount) >= 0) return amount;
  engine.sink.add(
    'negative-pool',
    `the pool ${name} is ${formatMinor(amount, engine.plan.digits)} in ${period.label}`,
    {
      ...reward.pool.place,
      path: `rewards > ${reward.name} > pool`,
      hint: `hold it at zero: max(0 ${engine.plan.currency}, ${reward.pool.text})`,
    },
  );
  return undefined;
};

const sayUnpaid = (engine: Engine, reward: PoolReward, period: Period, amount: Num, each: string | undefined): void => {
  const name = each === undefined ? reward.name : `${reward.name} of ${each}`;
  engine.sink.add(
    'pool-unpaid',
    `nobody has a share of the pool ${name} in ${period.label}: ${formatMinor(amount, engine.plan.digits)} ${engine.plan.currency} stay unpaid`,
    {
      ...reward.place,
      path: `rewards > ${reward.name}`,
    },
  );
};

/**
 * What a member's part is measured by: what reads no results stay by stay, weighed by days; what does, once over all days
 * in `who`; money of the payee times results stay by stay, as `prorate: days` says (`none`: once, in full).
 */
const weightOf = (engine: Engine, reward: PoolReward, payee: Payee): Num | Missing => {
  const ask = engine.compiler.compile(reward.shareBy.node);
  const { frame } = payee;
  if (reward.basis === 'results' || reward.prorate === 'none') {
    stand(payee, payee.lastStay);
    return ask(frame) as Num | Missing;
  }
  let total: Num = 0;
  for (const stay of payee.inPeriod) {
    stand(payee, stay);
    const value = ask(frame) as Num | Missing;
    if (isMissing(value)) return value;
    total = add(total, mul(value, partOf([stay], payee.period)));
  }
  return total;
};

const memberLine = (
  engine: Engine,
  payee: Payee,
  part: Num,
  pool: NonNullable<Line['pool']>,
  reader: ViewReader,
): Line | Missing => {
  stand(payee, payee.lastStay);
  const linked = payee.links.apply(part, part, payee.frame);
  if (isMissing(linked)) return linked;
  return {
    ...plainLine(payee, 'pool', roundWhole(linked.exact, engine.plan.rounding)),
    exactBase: part,
    base: part,
    links: linked.effects,
    factor: linked.factor,
    pool,
    reader,
  };
};
