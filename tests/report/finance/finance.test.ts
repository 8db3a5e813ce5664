import { expect, test } from 'vitest';
import type { Computed } from '../../../src/engine/compute.ts';
import { journalOf } from '../../../src/report/finance/journal.ts';
import { payrollLines, payrollTable } from '../../../src/report/finance/payroll.ts';
import { formatMinor } from '../../../src/values/money.ts';
import { add, type Num } from '../../../src/values/num.ts';
import { pay } from '../../engine/pay.ts';

const PLAN = `
period: quarter
groups: { sales: payee.department == "sales" }
credits:
  won: { each: deal }
rewards:
  commission: { who: sales, per: won, rate: 10% }
  spiff: { per: won, pay: 50 USD }
`;

const TABLES = {
  people: `
    person_id,name,department,starts_on,ends_on,payroll_id,cost_center
    ana,Ana,sales,,,77,S1
    cy,Cy,sales,,2026-02-28,9,S1
    cy,Cy,marketing,2026-03-01,,9,M1
    ben,Ben,sales,,,8,S2
    dee,Dee,,,,10,`,
  deals: `
    deal_id,owner,close_date,amount,refund_of
    d1,ana,2026-01-10,1000.00,
    d2,cy,2026-01-11,2000.00,
    d3,cy,2026-03-12,3000.00,
    d4,ben,2026-01-12,400.00,
    r4,ben,2026-02-12,-400.00,d4
    d5,ana,2026-03-12,-0.00,
    d6,dee,2026-03-20,100.00,`,
  adjustments: `
    person_id,period,amount,reason,approved_by
    ben,2026-Q1,-30.00,overpaid,ana`,
};

const EXPORT = `
export:
  payroll:
    columns: { Mitarbeiter: payroll_id, Lohnart: earning_code, Betrag: amount, Mandant: { fixed: "01" }, Bis: period_end }
  expense: { sales: 6100, marketing: 6200, "": 6300 }
  liability: 2310
  rewards:
    commission: { earning_code: 1050 }
    spiff: { earning_code: 1060, liability: 2320 }
    adjustments: { expense: 6900, earning_code: 1050 }
`;

const computed = (more: string, tables = TABLES): Computed => {
  const { computation, findings } = pay(PLAN + more, tables);
  if (computation === undefined) throw new Error(JSON.stringify(findings));
  return computation;
};

const none = new Set<string>();
const first = ({ periods }: Computed) => {
  const [result] = periods;
  if (result === undefined) throw new Error('no period');
  return result;
};

test('payroll has a line for each payroll id and earning code, in the columns of the plan', () => {
  const run = computed(EXPORT);
  const lines = payrollLines(run, first(run), none);
  const { header, rows } = payrollTable(run, first(run), lines);
  expect(header).toEqual(['Mitarbeiter', 'Lohnart', 'Betrag', 'Mandant', 'Bis']);
  // Ben's commission and its refund come to nothing, the spiff is taken back, and what is left is the adjustment, under the code
  // that it shares with commissions. Ids are texts: 10 comes before 77 and 8 before 9.
  expect([...rows]).toEqual([
    ['10', '1060', '50.00', '01', '2026-03-31'],
    ['77', '1050', '100.00', '01', '2026-03-31'],
    ['77', '1060', '100.00', '01', '2026-03-31'],
    ['8', '1050', '-30.00', '01', '2026-03-31'],
    ['9', '1050', '200.00', '01', '2026-03-31'],
    ['9', '1060', '100.00', '01', '2026-03-31'],
  ]);
});

test('without a word of export, rewards are their own earning codes; whoever is held is left out', () => {
  const run = computed('');
  const { header, rows } = payrollTable(run, first(run), payrollLines(run, first(run), new Set(['ana', 'cy', 'dee'])));
  expect(header).toEqual(['period', 'payroll_id', 'person_id', 'name', 'earning_code', 'amount', 'currency']);
  expect([...rows]).toEqual([['2026-Q1', '8', 'ben', 'Ben', 'adjustments', '-30.00', 'USD']]);
});

test('people without a column of payroll ids are known by their own', () => {
  const people = 'person_id,department\nana,sales\nben,sales\ncy,sales\ndee,sales';
  const run = computed('', { ...TABLES, people });
  expect(payrollLines(run, first(run), none).map(({ payrollId }) => payrollId)).toEqual([
    'ana',
    'ana',
    'ben',
    'cy',
    'cy',
    'dee',
    'dee',
  ]);
});

const booked = (run: Computed): readonly string[] =>
  journalOf(run, first(run), none).lines.map(({ account, department, costCenter, debit, credit }) =>
    [account, department, costCenter, formatMinor(debit, 2), formatMinor(credit, 2)].join(' '),
  );

test('the journal debits each department’s expense by cost centre, credits liabilities, and balances', () => {
  const run = computed(EXPORT);
  // Cy's spiff of March is marketing's expense; the adjustment, which takes back, is credited to its own account.
  expect(booked(run)).toEqual([
    '6100 sales S1 450.00 0.00',
    '6200 marketing M1 50.00 0.00',
    '6300   50.00 0.00',
    '6900 sales S2 0.00 30.00',
    '2310   0.00 270.00',
    '2320   0.00 250.00',
  ]);
  const { lines } = journalOf(run, first(run), none);
  const sum = (side: 'debit' | 'credit'): Num => lines.reduce<Num>((total, line) => add(total, line[side]), 0);
  expect(sum('debit')).toEqual(sum('credit'));
});

test('where an account is missing there is no journal, and it is said which', () => {
  const journal = (more: string) => {
    const run = computed(more);
    const { lines, missing } = journalOf(run, first(run), none);
    return {
      lines: lines.length,
      missing: missing.map((gap) =>
        Object.values(gap)
          .filter((each) => each !== undefined)
          .join(' '),
      ),
    };
  };
  expect(journal('export: { liability: 1, expense: { sales: 6100, marketing: 6200 } }')).toEqual({
    lines: 0,
    missing: ['spiff expense '],
  });
  expect(journal('export: { expense: 6100, rewards: { spiff: { liability: 2 } } }').missing).toEqual([
    'commission liability',
    'adjustments liability',
  ]);
  expect(journal('').missing).toHaveLength(6);
});
