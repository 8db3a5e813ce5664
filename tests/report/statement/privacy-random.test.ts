import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PeriodResult, Person } from '../../../src/engine/result.ts';
import { documentMarkdown } from '../../../src/report/document/document-markdown.ts';
import { type StatementRun, statementOf, statementsOf } from '../../../src/report/statement/statement.ts';
import { statementDocument } from '../../../src/report/statement/statement-document.ts';
import { statementHtml } from '../../../src/report/statement/statement-html.ts';
import { pay } from '../../engine/pay.ts';

/** Companies of a few people in groups that overlap at random, whose bonus reads some of these groups in some order. */
const GROUPS = ['sales', 'marketing', 'north', 'south', 'old', 'everyone'] as const;

const company = fc.record({
  people: fc.uniqueArray(
    fc.record({
      department: fc.constantFrom('sales', 'marketing'),
      team: fc.constantFrom('north', 'south'),
      role: fc.constantFrom('old', 'new'),
      // so large that no sum of others comes to one by chance
      cents: fc.noBias(fc.integer({ min: 100_000_000_000, max: 900_000_000_000 })),
    }),
    { minLength: 3, maxLength: 9, selector: ({ cents }) => cents },
  ),
  reads: fc.shuffledSubarray([...GROUPS, 'company'] as const, { minLength: 2 }),
  pools: fc.shuffledSubarray(['sales', 'north', 'old', 'everyone'] as const, { maxLength: 2 }),
});

const money = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

const computedOf = ({ people, reads, pools }: typeof company extends fc.Arbitrary<infer T> ? T : never) => {
  const { computation, findings } = pay(
    `
period: quarter
groups:
  sales: payee.department == "sales"
  marketing: payee.department == "marketing"
  north: payee.team == "north"
  south: payee.team == "south"
  old: payee.role == "old"
credits:
  won: { each: deal }
  ours: { each: deal, to: company }
measures:
  bookings: sum(won.amount)
  all_of_it: sum(ours.amount)
rewards:
  commission: { who: everyone, per: won, rate: 10.37% }
  bonus:
    who: everyone
    pay: 1000 USD
    links:
${reads.map((name, i) => `      l${i}: { because: so, by: ${name === 'company' ? 'all_of_it' : `${name}.bookings`}, curve: { 0 USD: 90%, 99999999999 USD: 110% } }`).join('\n')}
${pools.map((who, i) => `  pool_${i}: { who: ${who}, pool: ${2 + i}.11% * sum(ours.amount), share_by: bookings }`).join('\n')}
`,
    {
      people: `person_id,name,department,team,role\n${people.map(({ department, team, role }, i) => `zq${i}x,Wxv${i}k,${department},${team},${role}`).join('\n')}`,
      deals: `deal_id,owner,close_date,amount\n${people.map(({ cents }, i) => `d${i},zq${i}x,2026-01-1${i},${money(cents)}`).join('\n')}`,
    },
  );
  const result = computation?.periods[0];
  if (computation === undefined || result === undefined) throw new Error(JSON.stringify(findings));
  return { run: statementsOf(computation, { least: 3 }), result, people: computation.people };
};

/** What somebody reads: the page and Markdown together. */
const textOf = (run: StatementRun, result: PeriodResult, person: Person): string => {
  const statement = statementOf(run, result, person);
  return `${statementHtml(statement)}\n${documentMarkdown(statementDocument(statement))}`.replace(
    /(?<=\d),(?=\d{3})/g,
    '',
  );
};

const amountsIn = (text: string): readonly number[] => [
  ...new Set(
    [...text.matchAll(/(?<![\d.])(\d{4,})\.(\d\d)(?!\d)/g)].map(([, whole, part]) => Number(`${whole}${part}`)),
  ),
];

/** Everything that adding up and taking from each other gives, of up to three amounts, half of which may be one's own. */
const attackOf = (amounts: readonly number[]): ReadonlySet<number> => {
  const found = new Set<number>(amounts);
  for (const a of amounts)
    for (const b of amounts) {
      found.add(a - b);
      for (const c of amounts) {
        found.add(a - b - c);
        found.add(a + b - c);
      }
    }
  return found;
};

test('no other’s bookings or pay stand in a statement, nor can they be worked out from the groups in it', () => {
  let shown = 0;
  let hidden = 0;
  fc.assert(
    fc.property(company, (made) => {
      const { run, result, people } = computedOf(made);
      for (const person of people) {
        const text = textOf(run, result, person);
        const amounts = amountsIn(text);
        const attack = attackOf(amounts);
        if (/\w\.bookings = \d/.test(text)) shown++;
        if (text.includes('not shown')) hidden++;
        for (const [i, other] of people.entries()) {
          if (other === person) continue;
          const paid = result.payouts.filter((payout) => payout.person === other).map(({ amount }) => Number(amount));
          const secrets = [made.people[i]?.cents ?? 0, ...paid.filter((amount) => amount > 1_000_000)];
          expect({ finds: [other.id, other.name ?? ''].filter((each) => text.includes(each)) }).toEqual({ finds: [] });
          expect({ of: person.id, works: secrets.filter((secret) => attack.has(secret)) }).toEqual({
            of: person.id,
            works: [],
          });
        }
      }
    }),
    // Smaller amounts would be sums of each other: what fails is shown as it is.
    { numRuns: 40, seed: 20260131, endOnFailure: true },
  );
  // The property says nothing if nothing is shown, and nothing is proved if nothing has to be hidden.
  expect(shown).toBeGreaterThan(20);
  expect(hidden).toBeGreaterThan(20);
});
