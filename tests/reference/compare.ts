import type { TableName } from '../../src/rules/tables.ts';
import { payWhole } from '../engine/pay.ts';
import { type Case, textsOf } from './random-case.ts';
import { reference } from './reference.ts';

/** What two implementations made of a case. */
export interface Compared {
  /** What differs, in one line; undefined where nothing does. */
  readonly difference: string | undefined;
  /** Why both refused to pay. */
  readonly refused: string | undefined;
  readonly payouts: number;
}

/** What a line may have no answer for: of several the one comes first here, the other there. */
const FIGURES = ['missing-payout', 'factor-out-of-range'];

const differs = (difference: string): Compared => ({ difference, refused: undefined, payouts: 0 });

/** Pays a case by align-pay and by the second implementation. */
export const compare = (one: Case): Compared => {
  const { plan, tables } = textsOf(one);
  const expected = reference(plan, tables);
  const paid = payWhole(plan, tables as Partial<Record<TableName, string>>);
  const errors = paid.findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const { refused } = expected;
  if (first !== undefined || paid.computation === undefined) {
    const isFigure = (code: string): boolean => FIGURES.includes(code);
    const isSaid = errors.some(({ code }) => code === refused || (isFigure(code) && isFigure(refused ?? '')));
    if (refused !== undefined && isSaid) {
      return { difference: undefined, refused, payouts: 0 };
    }
    return differs(`align-pay refuses (${first?.code}: ${first?.message}), the reference ${refused ?? 'pays'}`);
  }
  if (refused !== undefined) return differs(`align-pay pays, the reference refuses: ${refused}`);
  const keys = [...new Set([...Object.keys(paid.payouts), ...Object.keys(expected.payouts)])];
  const wrong = keys.filter((key) => paid.payouts[key] !== expected.payouts[key]);
  const [key] = wrong;
  if (key === undefined) return { difference: undefined, refused: undefined, payouts: keys.length };
  const [ours, theirs] = [paid.payouts[key] ?? 'nothing', expected.payouts[key] ?? 'nothing'];
  return differs(`${wrong.length} of ${keys.length} payouts: ${key} is ${ours}, by the reference ${theirs}`);
};
