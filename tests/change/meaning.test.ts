import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { meaningText } from '../../src/change/meaning.ts';
import { planOf } from './plans.ts';

const PLAN = `plan: Sales
currency: USD
period: quarter
params: { base_rate: 6% }
data: { deals: { file: a.csv, columns: { amount: "Net" } } }
campaign_notice: 10 days
roles: { head_of_sales: sara }
change: { effective: 2027-01-01, notice: 30 days, because: Fairer, sign_off: [head_of_sales] }
groups: { sales: payee.department == "sales" }
credits:
  won: { each: deal, when: deal.stage == "won" }
  told: { each: lead, announced_only: true }
measures:
  bookings: sum(won.amount)
rewards:
  commission:
    who: sales
    per: won
    rate: { method: marginal, of: quota(bookings), steps: [{ up_to: 100%, rate: base_rate }, { rate: 9% }] }
    links: { worked: { because: Leads are worked, by: count(told), curve: { 0%: 90%, 100%: 100% } } }
`;

const hash = (text: string): string =>
  createHash('sha256')
    .update(meaningText(planOf(text)))
    .digest('hex');

test.each<[string, (text: string) => string]>([
  ['a comment', (text) => `# hello\n${text.replace('6% }', '6% } # six')}`],
  ['blanks and quotes', (text) => text.replace('sum(won.amount)', '"sum( won.amount )"')],
  ['a percentage written as a number', (text) => text.replace('base_rate: 6%', 'base_rate: 0.060')],
  ['the file of a table', (text) => text.replace('a.csv', 'b.csv')],
  ['the order of a section', (text) => text.replace(/( {2}won:.*\n)( {2}told:.*\n)/, '$2$1')],
  [
    'the order of names in sign_off, and defaults said',
    (text) => text.replace('currency: USD', 'currency: USD\nrounding: half_up'),
  ],
])('%s does not change the meaning', (_, change) => {
  expect(change(PLAN)).not.toBe(PLAN);
  expect(hash(change(PLAN))).toBe(hash(PLAN));
});

test.each<[string, string, string]>([
  ['a rate', '9%', '10%'],
  ['a param', 'base_rate: 6%', 'base_rate: 7%'],
  ['a header', '"Net"', '"Gross"'],
  ['the reason of the change', 'because: Fairer', 'because: Cheaper'],
  ['the first day', '2027-01-01', '2027-04-01'],
  ['the notice', '30 days', '20 days'],
  ['who signs', 'head_of_sales: sara', 'head_of_sales: tom'],
  ['the reason of a link', 'Leads are worked', 'Leads are followed'],
  ['a curve', '0%: 90%', '0%: 80%'],
  ['who is paid', 'who: sales', 'who: everyone'],
  ['the notice of campaigns', 'campaign_notice: 10 days', 'campaign_notice: 5 days'],
  ['announced_only', 'announced_only: true', 'announced_only: false'],
  ['the name of the plan', 'plan: Sales', 'plan: Vendors'],
])('%s does', (_, from, to) => {
  expect(PLAN).toContain(from);
  expect(hash(PLAN.replace(from, to))).not.toBe(hash(PLAN));
});

test('the hash of a plan stays what it is from version to version: sign-offs depend on it', () => {
  expect(hash(PLAN)).toBe('072c326b9154160454391b26042ef2e5418a9e3064f2bc57a370a2922ab686a9');
});
