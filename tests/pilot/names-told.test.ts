import { expect, it } from 'vitest';
import { NamesTold } from '../../src/pilot/names-told.ts';

const person = (id: string, name?: string, payrollId?: string) => ({ id, name, payrollId });

const names = new NamesTold(
  [
    person('rosa', 'Rosa Lindqvist', '4102'),
    person('olivier', 'Olivier N’Diaye'),
    person('emp-104', 'Zoë Müller-Østergård', 'PR-90817'),
    person('emp-105', 'May Marketing'),
    person('12', 'Mark Price'),
    person('p29'),
    person('10048812'),
    person('wei.chen@firm.example', '陈伟'),
    person('sara', 'שרה כהן'),
    person('u7', 'Lindqvist, Rosa'),
  ],
  ['marketing', 'sales'],
);

it.each([
  ['Rosa Lindqvist', 'Rosa Lindqvist'],
  ['because: Rosa works the campaigns', 'Rosa'],
  ['Plan of ROSA LINDQVIST', 'ROSA LINDQVIST'],
  ['cmp-rosa', 'rosa'],
  ['rosa_bonus: 5%', 'rosa'],
  ['bonusOfRosa2026', 'Rosa'],
  ['d-olivier-2048', 'olivier'],
  ['../olivier/align-pay.yaml', 'olivier'],
  ['as n’diaye asked', 'n’diaye'],
  ['as NDiaye asked', 'NDiaye'],
  ['the rlindqvist branch', 'rlindqvist'],
  ['the rosalindqvist branch', 'rosalindqvist'],
  ['Muller’s idea', 'Muller'],
  ['for Zoe̋', 'Zoe̋'],
  ['Ostergard', 'Ostergard'],
  ['EMP-104 said so', 'EMP-104'],
  ['emp_104', 'emp_104'],
  ['payroll PR-90817', 'PR-90817'],
  ['# p29 asked for it', 'p29'],
  ['10048812', '10048812'],
  ['由陈伟负责', '陈伟'],
  ['# as wei said', 'wei'],
  ['לפי שרה', 'שרה'],
  // An everyday word is a name where it is written as one, or beside the other.
  ['for Mark, as agreed', 'Mark'],
  ['MARK PRICE', 'MARK PRICE'],
  ['R o s a', 'R o s a'],
])('finds in %j: %j', (text, words) => {
  expect(names.in(text)?.words).toBe(words);
});

it.each([
  'May 2026: Marketing is paid when sales lands the business',
  'marketing_bonus: { who: marketing, pay: payee.target_pay }',
  'when: attribution.touched_on <= deal.close_date + 12 days',
  'rate: 12%',
  'mark each deal; the price per unit',
  'Price list',
  'cap: 250000 USD',
  'emp-106, emp 204',
  'cmp-31',
  'd-2048 at firm.example',
  'grosa prosaic rosacea',
  'p 30, p290, step29',
  'L-7KQ2XM',
])('finds nobody in %j', (text) => {
  expect(names.in(text)).toBeUndefined();
});
