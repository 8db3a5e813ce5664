import { readValues } from '../document/fields.ts';
import { type Part, partAt } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
import { refuse } from '../document/shapes.ts';
import type { Measure, PoolReward } from '../plan.ts';
import { basisOf } from './basis.ts';
import { ofPay, ofPool } from './contexts.ts';
import { checkProrate } from './prorate.ts';
import type { PlanReader } from './reader.ts';
import { POOL_BODY } from './reward-fields.ts';
import type { RewardBase } from './rewards.ts';

/** Reads the body of a reward that shares one amount out. */
export const readPoolBody = (
  part: Part<RawMap>,
  base: RewardBase,
  measures: ReadonlyMap<string, Measure>,
  reader: PlanReader,
): PoolReward | undefined => {
  const fields = readValues(part, POOL_BODY, reader.sink);
  const each = fields.each && readEach(fields.each, partAt(part, 'each') ?? part, reader);
  const pool = fields.pool && reader.expression(fields.pool, ['money'], ofPool(base.every, each === 'team'));
  const shareBy =
    fields.share_by &&
    reader.expression(fields.share_by, ['number', 'money'], ofPay(base.every, 'what a pool is shared out by'));
  if (pool === undefined || shareBy === undefined || fields.share_by === undefined) return undefined;
  const basis = basisOf(shareBy, measures);
  checkProrate(basis, part.value.entries.has('prorate'), fields.share_by, reader.sink);
  return { ...base, body: 'pool', pool, shareBy, basis, each, prorate: fields.prorate };
};

/** The column of the payee that makes a pool of its own for each value. */
const readEach = (text: string, part: Part, reader: PlanReader): string | undefined => {
  const column = /^payee\.([a-z][a-z0-9_]*)$/.exec(text)?.[1];
  if (column === undefined) return refuse(part, reader.sink, 'a column of the payee, such as payee.team');
  if (reader.columnType('payee', column) === 'text') return column;
  return refuse(part, reader.sink, 'a text column of people, such as payee.team');
};
