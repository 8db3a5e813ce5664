import type { Curve } from '../rules/curve.ts';
import type { Factor } from '../rules/link/kinds.ts';
import type { Credit, Expression, Link, Reward, TableSpec } from '../rules/plan.ts';
import type { Rate } from '../rules/rate/kinds.ts';
import type { Step } from '../rules/rate/rate-steps.ts';
import type { Share } from '../rules/share/kinds.ts';
import { type Num, quotientText } from '../values/num.ts';
import { type Data, mapData } from './data.ts';
import { expressionData, type ParamsAs } from './expression-data.ts';

type Fields = { readonly [key: string]: Data | undefined };

const number = (value: Num | undefined): Data | undefined => value && quotientText(value);

export const creditData = (credit: Credit, as: ParamsAs): Fields => ({
  each: credit.each,
  when: expressionData(credit.when, as),
  // By name it is what the plan says; what that asks is the language's.
  announced: as.kind === 'by name' ? credit.announced && true : expressionData(credit.announced, as),
  to: credit.to === 'company' ? 'company' : expressionData(credit.to, as),
  amount: expressionData(credit.amount, as),
  date: expressionData(credit.date, as),
  share: credit.share && shareData(credit.share, as),
  share_among: expressionData(credit.shareAmong, as),
  overlay: credit.overlay || undefined,
});

export const shareData = (share: Share, as: ParamsAs): Data => {
  switch (share.kind) {
    case 'first_touch':
    case 'last_touch':
    case 'linear':
      return share.kind;
    case 'position':
      return { position: share.parts.map(quotientText) };
    case 'time_decay':
      return { time_decay: share.halfLife };
    case 'w_shaped':
      return {
        w_shaped: share.parts.map(quotientText),
        by: expressionData(share.by, as),
        lead: share.lead,
        opportunity: share.opportunity,
      };
    case 'expression':
      return { share: expressionData(share.value, as) };
  }
};

const curveData = ({ points, shape, beyond }: Curve): Fields => ({
  curve: points.map(({ x, y }) => [quotientText(x), quotientText(y)]),
  shape,
  beyond,
});

export const stepData = ({ end, holdsEnd, rate }: Step, as: ParamsAs): Fields => ({
  up_to: end && holdsEnd ? expressionData(end, as) : undefined,
  below: end && !holdsEnd ? expressionData(end, as) : undefined,
  rate: expressionData(rate, as),
});

export const rateData = (rate: Rate, as: ParamsAs): Fields => {
  switch (rate.kind) {
    case 'value':
      return { value: expressionData(rate.value, as) };
    case 'table':
      return {
        by: expressionData(rate.by, as),
        table: mapData(rowsByText(rate.rows), (row) => expressionData(row, as)),
        else: expressionData(rate.otherwise, as),
      };
    case 'curve':
      return { by: expressionData(rate.by, as), ...curveData(rate.curve) };
    case 'steps':
      return {
        method: rate.method,
        of: expressionData(rate.of, as),
        counting: expressionData(rate.counting, as),
        accumulate: rate.accumulate,
        steps: rate.steps.map((step) => stepData(step, as)),
      };
  }
};

/** The rows of a rate table by what they are looked up by, as text. */
export const rowsByText = (rows: Extract<Rate, { kind: 'table' }>['rows']): ReadonlyMap<string, Expression> =>
  new Map(
    [...rows].map(([key, row]) => [
      typeof key === 'string' ? key : typeof key === 'boolean' ? String(key) : quotientText(key),
      row,
    ]),
  );

export const factorData = (factor: Factor, as: ParamsAs): Fields => {
  switch (factor.kind) {
    case 'factor':
      return { factor: expressionData(factor.value, as) };
    case 'curve':
      return { by: expressionData(factor.by, as), ...curveData(factor.curve) };
    case 'matrix':
      return {
        by: factor.by.map((by) => expressionData(by, as) ?? null),
        matrix: factor.rows.map(({ x, points }) => [
          quotientText(x),
          points.map((point) => [quotientText(point.x), quotientText(point.y)]),
        ]),
        shape: factor.shape,
      };
    case 'gate':
      // Where not said, it is 0%.
      return {
        gate: expressionData(factor.condition, as),
        otherwise: expressionData(factor.otherwise, as) ?? ['number', '0'],
      };
  }
};

/** A link without its name and its reason, which pay nothing. */
export const linkData = (link: Link, as: ParamsAs): Fields => ({
  factor: factorData(link.factor, as),
  weight: number(link.weight),
  when: expressionData(link.when, as),
  when_missing: expressionData(link.whenMissing, as),
  at_most: expressionData(link.atMost, as),
  unless: expressionData(link.unless, as),
});

/** What a reward pays; `links` as they are handed in, since their order and reasons matter to some and not to others. */
export const rewardData = (reward: Reward, links: Data, as: ParamsAs): Fields => ({
  who: expressionData(reward.who, as),
  every: reward.every,
  when: expressionData(reward.when, as),
  cap: expressionData(reward.cap, as),
  guarantee: expressionData(reward.guarantee, as),
  links,
  ...bodyData(reward, as),
});

const bodyData = (reward: Reward, as: ParamsAs): Fields => {
  switch (reward.body) {
    case 'credit':
      return { per: reward.credit, [reward.unit]: rateData(reward.rate, as), tail: reward.tail };
    case 'payee':
      return { pay: expressionData(reward.pay, as), prorate: reward.prorate };
    case 'pool':
      return {
        pool: expressionData(reward.pool, as),
        share_by: expressionData(reward.shareBy, as),
        each: reward.each,
        prorate: reward.prorate,
      };
  }
};

/** How a table is read, without the file it stands in. */
export const tableData = (spec: TableSpec): Fields => ({
  preset: spec.preset,
  delimiter: spec.delimiter,
  encoding: spec.encoding,
  numbers: spec.numbers,
  dates: spec.dates,
  timezone: spec.timezone,
  max_age: spec.maxAge,
  columns:
    spec.columns.size === 0
      ? undefined
      : mapData(spec.columns, (column) => ({
          header: column.header,
          type: column.type,
          values: column.values && mapData(column.values, (value) => value),
          round: column.round || undefined,
          percent: column.percent || undefined,
        })),
});
