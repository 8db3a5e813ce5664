import { nearest } from '../../values/nearest.ts';
import { readValues } from '../document/fields.ts';
import { type Part, partAt, report } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
import type { CreditReward } from '../plan.ts';
import { readRate } from '../rate/kinds.ts';
import type { RateReading } from '../rate/model.ts';
import { ofCounted, ofLine, ofPay } from './contexts.ts';
import { type CreditDraft, creditName } from './credits.ts';
import type { PlanReader } from './reader.ts';
import { CREDIT_BODY } from './reward-fields.ts';
import type { RewardBase } from './rewards.ts';

/** Reads the body of a reward that pays a line for each credit. */
export const readCreditBody = (
  part: Part<RawMap>,
  base: RewardBase,
  credits: ReadonlyMap<string, CreditDraft>,
  reader: PlanReader,
): CreditReward | undefined => {
  const { sink } = reader;
  const { per, rate, pay, tail } = readValues(part, CREDIT_BODY, sink);
  const unit = part.value.entries.has('pay') ? 'pay' : 'rate';
  const perPart = partAt(part, 'per');
  const credit = per === undefined ? undefined : credits.get(per);
  if (per !== undefined && perPart !== undefined && credit === undefined && !reader.isWrong(per)) {
    const near = nearest(per, credits.keys());
    const hint =
      near === undefined ? `the plan credits ${[...credits.keys()].join(', ') || 'nothing'}` : `did you mean ${near}?`;
    report(sink, 'unknown-name', `no credit is called "${per}"`, perPart, { hint });
  }
  if (credit !== undefined && perPart !== undefined) checkCredit(credit, unit, perPart, reader);
  const each = credit?.each;
  const { every } = base;
  const given = rate ?? pay;
  if (given === undefined || per === undefined || each === undefined) return undefined;
  const reading: RateReading = {
    reader,
    unit,
    type: unit === 'rate' ? 'number' : 'money',
    line: (what) => ofLine(every, each, what),
    payee: (what) => ofPay(every, what),
    counted: (what) => ofCounted(every, each, what),
    every,
  };
  const read = readRate(given, reading);
  return read && { ...base, body: 'credit', credit: per, unit, rate: read, prorate: undefined, tail };
};

const checkCredit = (credit: CreditDraft, unit: 'rate' | 'pay', per: Part, { sink }: PlanReader): void => {
  const { company, hasAmount } = creditName(credit);
  if (company) {
    const hint = `a pool can share it out: pool: ... sum(${credit.name}.amount)`;
    report(sink, 'invalid-value', `${credit.name} goes to the company, so it pays nobody a line`, per, { hint });
  }
  if (unit === 'rate' && !hasAmount) {
    report(
      sink,
      'invalid-value',
      `${credit.name} is credited without an amount, of which a rate could be a share`,
      per,
      { hint: 'pay money per credit: pay: instead of rate:, or give the credit an amount:' },
    );
  }
};
