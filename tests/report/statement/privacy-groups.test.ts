import { expect, test } from 'vitest';
import { statementOf, statementsOf } from '../../../src/report/statement/statement.ts';
import { statementHtml } from '../../../src/report/statement/statement-html.ts';
import { pay } from '../../engine/pay.ts';

/** What Mo's bonus reads, in the words of the plan. */
const page = (by: string, people: string, least = 3, more = ''): string => {
  const { computation, findings } = pay(
    `
period: quarter
groups:
  sales: payee.department == "sales"
  north: payee.team == "north"
credits:
  won: { each: deal }
  ours: { each: deal, to: company }
measures:
  bookings: sum(won.amount)
  all_of_it: sum(ours.amount)
rewards:
  commission: { who: sales, per: won, rate: 10% }
  bonus:
    who: payee.person_id == "mo"
    pay: 1000 USD
    links:
      ${by.split('\n').join('\n      ')}
${more}
`,
    {
      people: `person_id,department,team,manager\n${people}`,
      deals: `
        deal_id,owner,close_date,amount
        d1,ana,2026-01-10,10007.01
        d2,ben,2026-01-11,20011.02
        d3,cy,2026-01-12,30013.04
        d4,mo,2026-01-12,40017.08`,
    },
  );
  const result = computation?.periods[0];
  const mo = computation?.people.find(({ id }) => id === 'mo');
  if (computation === undefined || result === undefined || mo === undefined) throw new Error(JSON.stringify(findings));
  return statementHtml(statementOf(statementsOf(computation, { least }), result, mo));
};

const curve = 'curve: { 0 USD: 90%, 100000 USD: 110% }';
const link = (name: string, reads: string): string => `${name}: { because: so, by: ${reads}, ${curve} }`;

const THREE = `ana,sales,north,mo
ben,sales,north,mo
cy,sales,south,
mo,marketing,south,`;

test('a group of three others is shown; with one fewer, or more asked for, it is not, and neither is what it was made of', () => {
  expect(page(link('a', 'sales.bookings'), THREE)).toContain('sales.bookings = 60,031.07');
  const two = page(link('a', 'north.bookings'), THREE);
  expect(two).toContain('north.bookings is not shown');
  expect(two).not.toContain('30,018.03');
  expect(page(link('a', 'sales.bookings'), THREE, 4)).not.toContain('60,031.07');
});

test('with oneself in it, a group of three leaves two others', () => {
  const people = THREE.replace('mo,marketing,south', 'mo,sales,north');
  // north is Ana, Ben and Mo
  expect(page(link('a', 'north.bookings'), people)).toContain('north.bookings = 70,035.11');
  const alone = people.replace('ben,sales,north', 'ben,sales,south');
  expect(page(link('a', 'north.bookings'), alone)).not.toContain('50,024.09');
});

test('of two groups that differ by one person only the first is shown', () => {
  const people = `${THREE.replace('cy,sales,south', 'cy,sales,north')}\ndee,marketing,south,`;
  const both = page(
    `${link('a', 'sales.bookings')}\n${link('b', 'everyone.bookings')}`,
    people.replace('dee,marketing', 'dee,ops'),
  );
  // everyone is sales, Mo and Dee: without Mo's own, sales taken from it leaves Dee's
  expect(both).toContain('sales.bookings = 60,031.07');
  expect(both).toContain('everyone.bookings is not shown');
  expect(both).not.toContain('100,048.15');
});

test('what belongs to the company is shown where the company is large enough', () => {
  expect(page(link('a', 'all_of_it'), THREE)).toContain('100,048.15');
  expect(page(link('a', 'all_of_it'), THREE, 5)).not.toContain('100,048.15');
});

test('an expression that mixes one’s own with a small group is not shown either', () => {
  const mixed = page(link('a', 'bookings + north.bookings'), THREE);
  expect(mixed).not.toContain('70,035.11');
  expect(mixed).not.toContain('30,018.03');
});

test('pay of reports is shown for many of them only', () => {
  const reads = (least: number) =>
    page(
      link('a', 'bookings'),
      THREE,
      least,
      '  override: { who: payee.person_id == "mo", pay: 5% * all_reports.pay(commission) }',
    );
  // Ana and Ben report to Mo: 3,001.80 together
  expect(reads(2)).toContain('3,001.80');
  expect(reads(3)).not.toContain('3,001.80');
});

test('a pool of two says nothing of what the other has', () => {
  const pool = (least: number) =>
    page(
      link('a', 'bookings'),
      THREE,
      least,
      '  pool: { who: payee.team == "south", pool: 0.77% * sum(ours.amount), share_by: bookings }',
    );
  // 770.37: Mo has 440.17 of it, and Cy 330.20
  expect(pool(2)).toContain('770.37');
  for (const hidden of ['770.37', '330.20', '70,030.12']) expect(pool(3)).not.toContain(hidden);
});

test('nor is a group shown that with others would leave too few: a sub-group, a rest, what is left of three', () => {
  const more = `${THREE}\ndee,ops,,\neve,ops,,`;
  // sales is Ana, Ben and Cy; north two of them, and Cy alone would be left
  const within = page(`${link('a', 'sales.bookings')}\n${link('b', 'north.bookings')}`, more);
  expect(within).toContain('sales.bookings = 60,031.07');
  expect(within).toContain('north.bookings is not shown');
  // everyone less sales, with Mo in it, is Dee and Eve
  const sold = more.replace('mo,marketing', 'mo,sales');
  const rest = page(`${link('a', 'everyone.bookings')}\n${link('b', 'sales.bookings')}`, sold);
  expect(rest).toContain('everyone.bookings = 100,048.15');
  expect(rest).toContain('sales.bookings is not shown');
  // with a third in ops, three are left
  const enough = page(`${link('a', 'everyone.bookings')}\n${link('b', 'sales.bookings')}`, `${sold}\nfay,ops,,`);
  expect(enough).toContain('sales.bookings = 100,048.15');
});

test('a pool says nothing of its amount where that tells of too few', () => {
  const pool = (of: string) =>
    page(link('a', 'bookings'), THREE, 3, `  pool: { who: everyone, pool: 0.77% * ${of}, share_by: 1 }`);
  expect(pool('sales.bookings')).toContain('462.24');
  // north is Ana and Ben
  expect(pool('north.bookings')).not.toContain('231.14');
});
