import { expect, test } from 'vitest';
import { teamDocument } from '../../../src/report/team/team-document.ts';
import { teamReport } from '../../../src/report/team/team-report.ts';
import { teamsOf } from '../../../src/report/team/teams.ts';
import { pay } from '../../engine/pay.ts';
import { pageOf, rowsOf } from '../reading.ts';

const PLAN = `
period: quarter
data: { quotas: { prorate: none } }
credits:
  won: { each: deal }
  handed_over: { each: lead }
  worked: { each: lead, when: lead.followed_up_on is present }
measures:
  bookings: sum(won.amount)
rewards:
  commission:
    per: won
    rate:
      method: marginal
      of: quota(bookings)
      steps: [{ up_to: 100%, rate: 5% }, { rate: 10% }]
  spiff: { per: won, pay: 10 USD }
`;

const TABLES = {
  people: `
    person_id,name,department,team,manager,starts_on,ends_on
    ana,Ana,sales,North,,,
    ben,Ben,sales,North,,,
    cy,Cy,sales,North,,,2026-02-14
    cy,Cy,sales,South,,2026-02-15,
    dee,Dee,sales,,ana,,
    eli,Eli,sales,,,,`,
  quotas: `
    for,period,measure,amount
    ana,2026-Q1,bookings,10000
    ben,2026-Q1,bookings,10000
    cy,2026-Q1,bookings,10000
    dee,2026-Q1,bookings,10000
    eli,2026-Q1,bookings,10000`,
  deals: `
    deal_id,owner,close_date,amount
    d1,ana,2026-01-10,9000
    d2,ben,2026-01-11,12000
    d3,cy,2026-02-01,8999.99
    d4,cy,2026-03-01,1000`,
  campaigns: `
    campaign_id,name,owner
    c1,Forum,eli
    c2,Guide,eli`,
  leads: `
    lead_id,campaign_id,assigned_to,assigned_on,followed_up_on
    l1,c1,ana,2026-01-02,2026-01-03
    l2,c1,ana,2026-01-02,
    l3,c1,ben,2026-01-02,
    l4,c2,ben,2026-01-02,2026-01-03
    l5,c2,cy,2026-03-02,`,
};

const pages = (held: ReadonlySet<string> = new Set()) => {
  const { computation, findings } = pay(PLAN, TABLES);
  const result = computation?.periods[0];
  if (computation === undefined || result === undefined) throw new Error(JSON.stringify(findings));
  return new Map(
    teamsOf(result, computation.people, held).map((team) => [
      team.id,
      pageOf(teamDocument(teamReport(computation, result, team))),
    ]),
  );
};

const pageFor = (team: string) => {
  const page = pages().get(team);
  if (page === undefined) throw new Error(`no page for ${team}`);
  return page;
};

test('a page for each team; who has none is with the others of their manager, or of their department', () => {
  expect([...pages()].map(([id, page]) => [id, page.querySelector('h1')?.textContent])).toEqual([
    ['North', 'Team North'],
    ['South', 'Team South'],
    ['reports of ana', 'Reports of Ana'],
    ['sales without a team', 'sales, without a team'],
  ]);
  expect([...pages(new Set(['cy'])).keys()]).not.toContain('South');
});

test('ranked by attainment, with what is paid for the time in the team', () => {
  // Ben: 10,000 × 5% + 2,000 × 10% + 10. Cy was in North until 14 February: 8,999.99 × 5% = 450.00 and 10; then 1,000.00 × 5% (the
  // quota holds 1,000.01 more) and 10. Cy stands at 9,999.99 of 10,000.00: 99.9%, cut, not 100.0%.
  const north = pageFor('North');
  expect(rowsOf(north, 'glance')).toEqual([
    ['Benben', 'Bookings, 2026-Q1', '12,000.00', '10,000.00', '120.0%', '710.00'],
    ['Cycy', 'Bookings, 2026-Q1', '9,999.99', '10,000.00', '99.9%', '460.00'],
    ['Anaana', 'Bookings, 2026-Q1', '9,000.00', '10,000.00', '90.0%', '460.00'],
    ['Total', '', '', '', '', '1,630.00'],
  ]);
  expect(rowsOf(north, 'pay')).toEqual([
    ['Benben', '700.00', '10.00', '710.00'],
    ['Cycy', '450.00', '10.00', '460.00'],
    ['Anaana', '450.00', '10.00', '460.00'],
    ['Total', '1,600.00', '30.00', '1,630.00'],
  ]);
  expect(rowsOf(pageFor('South'), 'pay')).toEqual([
    ['Cycy', '50.00', '10.00', '60.00'],
    ['Total', '50.00', '10.00', '60.00'],
  ]);
});

test('who lacks a tenth of the next threshold or less', () => {
  // Ana lacks exactly a tenth of 10,000.00; Ben is on the last step.
  expect(rowsOf(pageFor('North'), 'near_next_step')).toEqual([
    ['Cycy', 'Commission', '9,999.99', '10,000.00', '10%', '0.01'],
    ['Anaana', 'Commission', '9,000.00', '10,000.00', '10%', '1,000.00'],
  ]);
  expect(pageFor('reports of ana').body.textContent).toContain('Nobody is that near.');
});

test('campaigns that the team did not work, by whoever had the leads on the day', () => {
  expect(rowsOf(pageFor('North'), 'not_worked')).toEqual([
    ['Forumc1', 'Anaana', '2', '1', '1'],
    ['Forumc1', 'Benben', '1', '0', '1'],
  ]);
  expect(rowsOf(pageFor('South'), 'not_worked')).toEqual([['Guidec2', 'Cycy', '1', '0', '1']]);
});
