import { describe, expect, test } from 'vitest';
import { parseIsoDay } from '../../../src/values/date.ts';
import { load } from './loading.ts';

const plan = (keys: string): string => `plan: Sales
currency: USD
period: quarter
${keys}
credits:
  won: { each: deal }
rewards:
  commission: { per: won, rate: 6% }
`;

const WHOLE = `change:
  effective: 2027-01-01
  ends: 2027-12-31
  notice: 30 days
  because: Marketing carried 70% of the risk of weak quarters
  discussion: https://example.com/7
  roles: { head_of_sales: sara, head_of_marketing: mo, liaison: maria, finance: fay }
  sign_off: [ head_of_sales, head_of_marketing, liaison, finance ]`;

test('a change is read whole', () => {
  const { plan: read, lines } = load(plan(WHOLE));
  expect(lines).toEqual([]);
  expect(read?.change).toMatchObject({
    effective: parseIsoDay('2027-01-01'),
    ends: parseIsoDay('2027-12-31'),
    notice: 30,
    because: 'Marketing carried 70% of the risk of weak quarters',
    discussion: 'https://example.com/7',
    signOff: ['head_of_sales', 'head_of_marketing', 'liaison', 'finance'],
  });
  expect([...(read?.roles.values() ?? [])].map(({ name, person, department }) => [name, person, department])).toEqual([
    ['head_of_sales', 'sara', 'sales'],
    ['head_of_marketing', 'mo', 'marketing'],
    ['liaison', 'maria', undefined],
    ['finance', 'fay', undefined],
  ]);
});

test('the first day is enough, and a plan needs no change at all', () => {
  expect(load(plan('change: { effective: 2027-04-01 }')).plan?.change).toMatchObject({ notice: 0, signOff: [] });
  expect(load(plan('')).plan?.change).toBeUndefined();
});

test('roles of the plan hold in its change, which may name others', () => {
  const { plan: read } = load(
    plan(`roles: { head_of_sales: sara, cmo: { person: mo, for: marketing } }
change: { effective: 2027-01-01, because: x, roles: { head_of_sales: tom }, sign_off: [head_of_sales, cmo] }`),
  );
  expect([...(read?.roles.values() ?? [])].map(({ name, person, department }) => [name, person, department])).toEqual([
    ['head_of_sales', 'tom', 'sales'],
    ['cmo', 'mo', 'marketing'],
  ]);
});

describe('what is wrong with a change', () => {
  test.each([
    [
      'change: { effective: 2027-02-01 }',
      'change-mid-period',
      'take the first day of a quarter: 2027-01-01 or 2027-04-01',
    ],
    ['change: { effective: 2027-01-01, ends: 2027-05-31 }', 'change-mid-period', '2027-03-31 or 2027-06-30'],
    ['change: { effective: 2027-01-01, ends: 2026-12-31 }', 'invalid-value', 'its first day is 2027-01-01'],
    ['change: { effective: next year }', 'invalid-value', 'expected a date such as 2027-01-01'],
    ['change: { because: x }', 'missing-key', 'add effective:'],
    ['change: { effective: 2027-01-01, notice: 30 }', 'invalid-value', 'write 30 days'],
    ['change: { effective: 2027-01-01, signoff: [x] }', 'unknown-key', 'did you mean sign_off?'],
    [
      'change: { effective: 2027-01-01, because: x, roles: { liaison: m }, sign_off: [liason] }',
      'unknown-name',
      'did you mean liaison?',
    ],
    ['change: { effective: 2027-01-01, roles: { a: b }, sign_off: [a] }', 'missing-key', 'add because:'],
    [
      'change: { effective: 2027-01-01, because: x, roles: { a: b }, sign_off: [a, a] }',
      'invalid-value',
      'a stands twice',
    ],
    ['roles: { liaison: [maria, mo] }', 'invalid-value', 'expected one person'],
    ['roles: { liaison: { person: maria, for: sales } }', 'one-voice-for-both', 'speaks for both'],
    ['roles: { head_of_sales: sara, liaison: sara }', 'one-voice-for-both', 'sara is head_of_sales and liaison'],
    [
      'roles: { head_of_sales: sara, cmo: { person: sara, for: marketing } }',
      'one-voice-for-both',
      'sara is head_of_sales and cmo',
    ],
  ])('%s', (keys, code, words) => {
    const { plan: read, lines } = load(plan(keys));
    expect(read).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${code} `);
    expect(lines[0]).toContain(words);
  });
});

describe('announced_only', () => {
  const credit = (keys: string, top = 'campaign_notice: 10 days\n') =>
    load(
      `plan: P\ncurrency: USD\nperiod: month\n${top}credits:\n  c: ${keys}\nrewards:\n  r: { per: c, pay: 1 USD }\n`,
    );

  test('asks whether a campaign was known of in time', () => {
    expect(credit('{ each: lead, announced_only: true }').plan?.credits.get('c')?.announced?.text).toBe(
      'campaign.announced_on <= coalesce(min(campaign.starts_on, lead.assigned_on), campaign.starts_on, lead.assigned_on) - 10 days or coalesce(campaign.acknowledged_on <= coalesce(min(campaign.starts_on, lead.assigned_on), campaign.starts_on, lead.assigned_on) - 10 days, false)',
    );
    expect(credit('{ each: lead, announced_only: false }').plan?.credits.get('c')?.announced).toBeUndefined();
    expect(credit('{ each: lead, announced_only: true }').plan?.needs.has('campaigns')).toBe(true);
  });

  test('needs campaign_notice, and rows that have a campaign', () => {
    expect(credit('{ each: lead, announced_only: true }', '').lines.join()).toContain('add campaign_notice: 10 days');
    expect(credit('{ each: deal, announced_only: true }').lines.join()).toContain('for leads and attributions');
  });
});
