import type { PayeeReward } from '../rules/plan.ts';
import { isMissing, type Missing } from '../values/missing.ts';
import { mul, type Num, roundWhole } from '../values/num.ts';
import type { Engine } from './engine.ts';
import { without } from './people.ts';
import { ViewReader } from './reader.ts';
import type { Line, Stay } from './result.ts';
import { type Payee, partOf, plainLine, sayMissing, stand } from './reward.ts';
import { traced } from './trace.ts';

/** The lines that a per-payee reward pays one payee in a period: a line for each stay in `who`. */
export const payStays = (engine: Engine, payee: Payee, lines: Line[]): void => {
  // In full, whoever holds two jobs on the last day is paid once.
  const stays = payee.reward.prorate === 'none' ? [payee.lastStay] : payee.inPeriod;
  for (const stay of stays) {
    const line = payStay(engine, payee, stay, payee.holding.slice(0, payee.holding.indexOf(stay)));
    if (line === undefined) continue;
    if (isMissing(line)) {
      sayMissing(engine.sink, payee.reward, payee.person, payee.period, line);
      return;
    }
    lines.push(line);
  }
};

const payStay = (engine: Engine, payee: Payee, stay: Stay, before: readonly Stay[]): Line | Missing | undefined => {
  const reward = payee.reward as PayeeReward;
  const { frame, period } = payee;
  stand(payee, stay);
  const when = reward.when && traced(reward.when, engine.compiler.compile(reward.when.node), engine.trace);
  if (when !== undefined && when(frame) !== true) return undefined;
  const whole = reward.prorate === 'none';
  // Money for time is worth the stay's part of the days; money for what was done reads what was done in the stay.
  const timePart = whole || reward.basis === 'results' ? undefined : partOf([stay], period);
  const reader = whole ? payee.readerOf(stay) : staysReader(engine, payee, stay, before);
  const outer = frame.reader;
  frame.reader = reader;
  const money = engine.compiler.compile(reward.pay.node)(frame) as Num | Missing;
  frame.reader = outer;
  if (isMissing(money)) return money;
  const exact = timePart === undefined ? money : mul(money, timePart);
  const { rounding } = engine.plan;
  const base = roundWhole(exact, rounding);
  const linked = payee.links.apply(exact, base, frame);
  if (isMissing(linked)) return linked;
  const people = engine.world.tables.get('people');
  return {
    ...plainLine(payee, 'stay', roundWhole(linked.exact, rounding)),
    stay,
    counted: money,
    exactBase: exact,
    base,
    links: linked.effects,
    factor: linked.factor,
    timePart,
    reader,
    source: people && stay.row >= 0 ? { file: people.file, line: people.lines[stay.row] } : undefined,
  };
};

/** Reads what is dated in one stay; of stays that hold at once a credit belongs to the first. */
export const staysReader = (engine: Engine, payee: Payee, stay: Stay, before: readonly Stay[]): ViewReader => {
  const { period } = payee;
  return new ViewReader(engine, {
    person: payee.person,
    creditDays: without(stay, before),
    quotaDays: [stay],
    stay,
    team: stay.team,
    period,
    within: { from: stay.from, to: stay.to },
    log: engine.logOf(period),
  });
};
