import path from 'node:path';
import type { Check } from '../../src/plan-test/check.ts';
import { runSuite, type SuiteResult } from '../../src/plan-test/suite.ts';
import { comparedText } from '../../src/report/plan-test/plan-test-figure.ts';

/** Runs a test file against a plan, both given as text; `plan: plan.yaml` is put before the cases. */
export const runTests = (plan: string, cases: string, coverage = false): SuiteResult => {
  const files = new Map([['plan.yaml', plan]]);
  return runSuite(
    [{ file: 'a.test.yaml', text: `plan: plan.yaml\n${cases}` }],
    {
      readText: (file) => files.get(file),
      resolvePath: (from, written) => path.posix.join(path.posix.dirname(from), written),
    },
    { selects: () => true, coverage },
  );
};

export const casesOf = (suite: SuiteResult) => suite.files.flatMap((file) => file.cases);

/** What each case came to: its checks that failed as `subject: expected → actual`, or `passed`. */
export const outcomes = (plan: string, cases: string): readonly string[] =>
  casesOf(runTests(plan, cases)).map(({ passed, checks, findings, wrongError }) => {
    if (passed) return 'passed';
    if (wrongError !== undefined) return `${wrongError.expected} → ${wrongError.actual}`;
    if (findings.length > 0) return findings.map(({ code }) => code).join(' ');
    return checks
      .filter((check) => !check.passed)
      .map(failure)
      .join('; ');
  });

const failure = ({ subject, expected, actual, hint }: Check): string =>
  `${subject}: ${comparedText(expected, 2)} → ${comparedText(actual, 2)}${hint === undefined ? '' : ` (${hint})`}`;

/** The accelerator of the language's contract, with a link and a spiff beside it. */
export const PLAN = `plan: Sales
currency: USD
period: quarter
params: { base_rate: 6% }
groups: { sales: payee.department == "sales" }
credits:
  won: { each: deal, when: deal.stage == "won" }
  worked: { each: lead, when: lead.followed_up_on is present }
  handed: { each: lead }
measures:
  bookings: sum(won.amount)
rewards:
  sales_commission:
    who: sales
    per: won
    rate:
      method: marginal
      of: quota(bookings)
      steps:
        - { up_to: 100%, rate: base_rate }
        - { rate: 9% }
    links:
      hand_over:
        because: Sales works its leads
        by: count(worked) / count(handed)
        curve: { 50%: 90%, 100%: 100% }
        when_missing: 100%
    cap: 100000 USD
  spiff: { who: sales, per: won, when: deal.type == "new", pay: 100 USD }
`;

/** What every case of PLAN needs: ana in sales with a quota of 100,000. */
export const DEFAULTS = `defaults:
  period: 2026-Q1
  people: [{ person_id: ana, department: sales }]
  quotas: [{ for: ana, period: 2026-Q1, measure: bookings, amount: 100000 }]
  deals:  [{ deal_id: d1, owner: ana, close_date: 2026-02-01, stage: won, amount: 120000 }]
`;
