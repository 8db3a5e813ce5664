import { readValues } from '../document/fields.ts';
import type { Part } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
import type { Measure, PayeeReward } from '../plan.ts';
import { basisOf } from './basis.ts';
import { ofPay } from './contexts.ts';
import { checkProrate } from './prorate.ts';
import type { PlanReader } from './reader.ts';
import { PAYEE_BODY } from './reward-fields.ts';
import type { RewardBase } from './rewards.ts';

/** Reads the body of a reward that pays a line for each stay of a payee. */
export const readPayeeBody = (
  part: Part<RawMap>,
  base: RewardBase,
  measures: ReadonlyMap<string, Measure>,
  reader: PlanReader,
): PayeeReward | undefined => {
  const { pay: given, prorate } = readValues(part, PAYEE_BODY, reader.sink);
  const pay = given && reader.expression(given, ['money'], ofPay(base.every, 'pay'));
  if (pay === undefined || given === undefined) return undefined;
  const basis = basisOf(pay, measures);
  checkProrate(basis, part.value.entries.has('prorate'), given, reader.sink);
  return { ...base, body: 'payee', pay, basis, prorate };
};
