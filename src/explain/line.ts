import type { Computed } from '../engine/compute.ts';
import type { Frame } from '../engine/frame.ts';
import { frameOfBody, frameOfLine } from '../engine/line-frame.ts';
import type { Line, Payout, Stay } from '../engine/result.ts';
import { partOf } from '../engine/reward.ts';
import type { Place } from '../findings/finding.ts';
import type { Expression } from '../rules/plan.ts';
import { payOf } from '../rules/rate/steps.ts';
import { div, equal, mul, type Num } from '../values/num.ts';
import { daysIn } from '../values/period.ts';
import { type CreditDerivation, creditOf } from './credit.ts';
import { type Figure, figureOf } from './figure.ts';
import { type LinkDerivation, linksOfLine } from './link.ts';
import { type RateDerivation, rateOfLine } from './rate.ts';

/** What a line pays before its links. */
export type BodyDerivation =
  | {
      readonly kind: 'rate';
      readonly rate: RateDerivation;
      /** `rate` is a share of the amount, `pay` money a unit. */
      readonly unit: 'rate' | 'pay';
      /** What the rate was applied to. */
      readonly times: Num;
      readonly perUnit: Num;
    }
  | {
      readonly kind: 'stay';
      readonly pay: Figure;
      /** The days of the stay in the period, weighed with working time, of so many: where the pay is for time. */
      readonly days: { readonly held: Num; readonly of: number } | undefined;
    }
  | {
      readonly kind: 'pool';
      readonly pool: Figure;
      readonly each: string | undefined;
      readonly amount: Num;
      readonly weight: Num;
      readonly weights: Num;
      /** What the weight was measured by: once for all days, or for each stay with its part of the period's days. */
      readonly measuredBy: readonly { readonly figure: Figure; readonly stay: Stay; readonly part: Num | undefined }[];
      /** amount × weight ÷ weights, before it was brought to whole minor units. */
      readonly share: Num;
    }
  | {
      readonly kind: 'limit';
      readonly which: 'cap' | 'guarantee';
      readonly said: Figure;
      /** The part of the period that it holds for; undefined where all of it. */
      readonly part: Num | undefined;
      readonly limit: Num;
      readonly before: Num;
    }
  | {
      readonly kind: 'adjustment';
      readonly reason: string;
      readonly approvedBy: string;
    };

/** How a line came about. */
export interface LineDerivation {
  readonly line: Line;
  /** Within its payout, from 1, as in lines.csv. */
  readonly number: number;
  readonly credit: CreditDerivation | undefined;
  readonly body: BodyDerivation | undefined;
  readonly links: readonly LinkDerivation[];
  /** After the links, before it was rounded. What is rounded of the body and the links' effects add up to the line. */
  readonly exact: Num;
  readonly rule: Place;
  readonly source: Place | undefined;
}

/** How a line of a payout came about, from what the run has kept. */
export const lineOf = (computed: Computed, payout: Payout, line: Line, number: number): LineDerivation => {
  const frame = frameOfLine(line);
  return {
    line,
    number,
    credit: line.credit && creditOf(computed, line.credit),
    body: bodyOf(computed, payout, line, frame),
    links: linksOfLine(computed, line, frame),
    exact: mul(line.exactBase, line.factor),
    rule: line.rule,
    source: line.source,
  };
};

const bodyOf = (
  computed: Computed,
  payout: Payout,
  line: Line,
  frame: Frame | undefined,
): BodyDerivation | undefined => {
  const { reward } = payout;
  switch (line.kind) {
    case 'adjustment':
      return { kind: 'adjustment', reason: line.reason ?? '', approvedBy: approverOf(computed, line) };
    case 'credit': {
      if (reward?.body !== 'credit' || frame === undefined || line.rate === undefined) return undefined;
      // A refund takes back the pay of its deal.
      const asked = reward.unit === 'pay' ? { ...frame, deal: frame.rootDeal } : frame;
      const rate = rateOfLine(computed, reward, line, asked);
      return rate && { kind: 'rate', rate, unit: reward.unit, perUnit: line.rate, times: timesOf(line, line.rate) };
    }
    case 'stay': {
      const own = frameOfBody(computed.engine, line);
      if (reward?.body !== 'payee' || own === undefined) return undefined;
      const of = line.payee === undefined ? 0 : daysIn(line.payee.period);
      const days = line.timePart === undefined ? undefined : { held: mul(line.timePart, of), of };
      return { kind: 'stay', pay: figureOf(computed, reward.pay, own), days };
    }
    case 'pool':
      return poolOf(computed, payout, line, frame);
    case 'cap':
    case 'guarantee':
      return limitOf(computed, payout, line, frame, line.kind);
  }
};

/** What the rate was applied to: the credit's amount, or how often money was paid. */
const timesOf = ({ exactBase, rate, parts, counted, credit }: Line, perUnit: Num): Num => {
  if (parts !== undefined && counted !== undefined && equal(payOf(parts), exactBase)) return counted;
  return rate === undefined ? 0 : (div(exactBase, perUnit) ?? credit?.amount ?? 0);
};

const poolOf = (
  computed: Computed,
  { reward }: Payout,
  line: Line,
  frame: Frame | undefined,
): BodyDerivation | undefined => {
  const { pool, payee } = line;
  const own = frameOfBody(computed.engine, line);
  if (reward?.body !== 'pool' || pool === undefined || payee === undefined || frame === undefined || own === undefined)
    return undefined;
  const measured = (stay: Stay): Figure =>
    figureOf(computed, reward.shareBy, { ...frame, stay, reader: payee.readerOf(stay) });
  const once = reward.basis === 'results' || reward.prorate === 'none';
  const measuredBy = once
    ? [{ figure: measured(payee.lastStay), stay: payee.lastStay, part: undefined }]
    : payee.inPeriod.map((stay) => ({ figure: measured(stay), stay, part: partOf([stay], payee.period) }));
  const share = div(mul(pool.amount, pool.weight), pool.weights) ?? 0;
  return { kind: 'pool', pool: figureOf(computed, reward.pool, own), ...pool, measuredBy, share };
};

const limitOf = (
  computed: Computed,
  { reward }: Payout,
  line: Line,
  frame: Frame | undefined,
  which: 'cap' | 'guarantee',
): BodyDerivation | undefined => {
  const said: Expression | undefined = reward?.[which];
  const { payee, counted, accumulatedBefore: before } = line;
  if (said === undefined || payee === undefined || frame === undefined || counted === undefined || before === undefined)
    return undefined;
  const part = reward?.prorate === 'none' ? 1 : partOf(payee.inPeriod, payee.period);
  return {
    kind: 'limit',
    which,
    said: figureOf(computed, said, frame),
    part: equal(part, 1) ? undefined : part,
    limit: counted,
    before,
  };
};

const approverOf = ({ tables }: Computed, { source }: Line): string => {
  const table = tables.get('adjustments');
  if (table === undefined || source === undefined) return '';
  const row = Array.from(table.lines).indexOf(source.line ?? -1);
  const id = table.columns.get('approved_by')?.[row];
  return typeof id === 'string' ? id : '';
};
