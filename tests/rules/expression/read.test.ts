import { describe, expect, it } from 'vitest';
import { Sink } from '../../../src/findings/sink.ts';
import type { Context } from '../../../src/rules/expression/names.ts';
import { readExpression } from '../../../src/rules/expression/read.ts';
import type { Type } from '../../../src/rules/expression/typed.ts';
import { everything, names, source } from './names.ts';

const ALL: readonly Type[] = ['money', 'number', 'date', 'days', 'text', 'boolean'];

const read = (text: string, context: Partial<Context> = {}, expected = ALL) => {
  const sink = new Sink();
  const expression = readExpression(source(text), expected, { ...everything, ...context }, names, sink);
  return { type: expression?.type, findings: sink.all() };
};

describe('the type of an expression', () => {
  it.each<[string, Type]>([
    ['12', 'number'],
    ['6%', 'number'],
    ['4000 USD', 'money'],
    ['2026-01-31', 'date'],
    ['30 days', 'days'],
    ['"won"', 'text'],
    ['deal.amount * base_rate', 'money'],
    ['deal.margin / deal.amount', 'number'],
    ['deal.close_date - 30 days', 'date'],
    ['deal.close_date - attribution.touched_on', 'days'],
    ['(deal.close_date - attribution.touched_on) / 7 days', 'number'],
    ['lead.followed_up_on <= lead.assigned_on + 2 days', 'boolean'],
    ['deal.stage in ["won", "paid"] and not (deal.amount > 5 USD)', 'boolean'],
    ['campaign.announced_on is missing', 'boolean'],
    ['deal.owner.manager.department == "sales"', 'boolean'],
    ['sum(won.amount where deal.stage == "won")', 'money'],
    ['count(handed_over for deal) > 0', 'boolean'],
    ['count_distinct(won.deal.owner)', 'number'],
    ['min(won.amount)', 'money'],
    ['min(1, 2)', 'number'],
    ['max(0 USD, bookings)', 'money'],
    ['sales.attainment >= 100%', 'boolean'],
    ['bookings.ytd / quota(bookings)', 'number'],
    ['all_reports.pay(commission)', 'money'],
    ['result("mbo")', 'number'],
    ['if(month(deal.close_date) == 12, 2%, 1%)', 'number'],
    ['coalesce(attribution.weight, 0)', 'number'],
    ['-deal.amount', 'money'],
    ['round(deal.amount, 0)', 'money'],
    ['period.end - period.start', 'days'],
  ])('%s is %s', (text, type) => {
    expect(read(text)).toEqual({ type, findings: [] });
  });
});

describe('what an expression cannot mean', () => {
  it.each([
    ['deal.amount + 5', 'type-mismatch', 15, /expected money on the right of "\+", got a number/],
    ['deal.amount > 5', 'type-mismatch', 15, /expected money/],
    ['deal.amount * deal.amount', 'type-mismatch', 15, /expected a number/],
    ['deal.stage = "won"', 'syntax-error', 12, /"=" means nothing here/],
    ["deal.stage == 'won'", 'syntax-error', 15, /means nothing/],
    ['deal.stge == "won"', 'unknown-column', 6, /deal has no column "stge"/],
    ['bokings / quota(bookings)', 'unknown-name', 1, /nothing is called "bokings"/],
    ['quota(bokings)', 'unknown-name', 7, /no measure is called "bokings"/],
    ['sum(wonn.amount)', 'unknown-name', 5, /no credit is called "wonn"/],
    ['sum(won)', 'syntax-error', 5, /say what of won is meant/],
    ['sum(handed_over.amount)', 'unknown-name', 17, /credited without an amount/],
    ['count(won.amount)', 'syntax-error', 1, /count takes a credit alone/],
    ['marketing2.bookings', 'unknown-name', 1, /nothing is called/],
    ['5 EUR', 'type-mismatch', 1, /not in the plan’s currency, USD/],
    ['1 < 2 < 3', 'syntax-error', 7, /cannot be chained/],
    ['max(0, bookings)', 'type-mismatch', 1, /takes values of one type/],
    ['1e3', 'syntax-error', 1, /"1e3" is not a number/],
    ['100USD', 'syntax-error', 1, /"100USD" is not a number/],
    ['(1 + 2', 'syntax-error', 7, /expected "\)"/],
    ['', 'syntax-error', 1, /empty/],
    ['30 days < 1', 'type-mismatch', 11, /expected days/],
    ['2026-02-30', 'syntax-error', 1, /is not a date/],
    ['won', 'unknown-name', 1, /"won" is a credit/],
    ['commission', 'unknown-name', 1, /"commission" is a reward/],
    ['deal', 'unknown-name', 1, /"deal" is a row/],
    ['deal.stage.department', 'unknown-name', 12, /behind a column that is no person/],
    ['bookings.qdt', 'unknown-name', 10, /no stretch of time/],
    ['__proto__', 'unknown-name', 1, /nothing is called/],
    ['deal.constructor', 'unknown-column', 6, /no column/],
  ])('%s: %s', (text, code, column, message) => {
    const { type, findings } = read(text);
    expect(type).toBeUndefined();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code, line: 1, column });
    expect(findings[0]?.message).toMatch(message);
  });

  it('names the nearest of what there is', () => {
    expect(read('attainmnt').findings[0]?.hint).toBe('did you mean attainment?');
    expect(read('deal.ammount').findings[0]?.hint).toBe('did you mean deal.amount?');
  });

  it('says what a bare number lacks to be money', () => {
    expect(read('5', {}, ['money']).findings[0]?.hint).toBe('write the amount with its currency: 5 USD');
  });

  it('says both places of a mismatch', () => {
    expect(read('deal.amount > 5').findings[0]?.related).toEqual([
      { message: 'because this is money', file: 'plan', line: 1, column: 1, endColumn: 12 },
    ]);
  });

  it('keeps to what its place allows', () => {
    expect(read('deal.amount > 5 USD', { rows: [] }).findings[0]?.code).toBe('not-allowed-here');
    expect(read('payee.department', { payee: false }).findings[0]?.code).toBe('not-allowed-here');
    expect(read('bookings', { results: false }).findings[0]?.code).toBe('not-allowed-here');
    expect(read('pay(commission)', { pay: false }).findings[0]?.code).toBe('not-allowed-here');
    expect(read('pay(commission)', { every: 'month' }).findings[0]?.code).toBe('not-allowed-here');
    expect(read('bookings.quarter', { every: 'year' }).findings[0]?.code).toBe('not-allowed-here');
    expect(read('sum(won.amount)', { own: false }).findings[0]?.code).toBe('not-allowed-here');
    expect(read('sum(new_business.amount)', { own: false }).findings).toEqual([]);
  });

  it('ends on hostile input with a finding, and quickly', () => {
    for (const text of [
      '('.repeat(5000),
      '-'.repeat(3000),
      `${'1+'.repeat(3000)}1`,
      '"'.repeat(999),
      'not '.repeat(500),
      'a.'.repeat(2000),
    ]) {
      expect(read(text).findings.length).toBeGreaterThan(0);
    }
  });
});
