import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { fromFiles } from './computing.ts';

/** Exports as they are published, where a checkout of them stands beside this one; the figures were added up by other programs. */
const shared = path.resolve(import.meta.dirname, '../../../shared/data');
const at = (file: string): string => path.join(shared, file);
const rows = (file: string): Record<string, string>[] => parse(readFileSync(at(file)), { columns: true, bom: true });

describe.skipIf(!existsSync(shared))('real exports', () => {
  it('Maven: 8,800 opportunities of 30 agents, won by agent and quarter', async () => {
    const { payouts, findings } = await fromFiles(
      {
        'align-pay.yaml': `plan: Maven
currency: USD
period: quarter
data:
  deals:
    file: ${at('maven-crm/sales_pipeline.csv')}
    columns:
      deal_id: opportunity_id
      owner: sales_agent
      amount: close_value
      created_on: engage_date
      stage: { column: deal_stage, values: { Won: won, Lost: lost } }
  people:
    file: ${at('maven-crm/sales_teams.csv')}
    columns: { person_id: sales_agent, department: regional_office }
credits:
  won: { each: deal, when: deal.stage == "won" }
measures:
  deals_won: count(won)
rewards:
  amount: { per: won, rate: 100% }
  number: { pay: deals_won * 1 USD }
  commission:
    per: won
    rate: { method: marginal, steps: [ { up_to: 50000 USD, rate: 4% }, { up_to: 100000 USD, rate: 6% }, { rate: 8% } ] }
`,
      },
      { deals: undefined, plan: 'align-pay.yaml' },
    );
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    const expected = rows('expected/maven_won_by_agent_quarter.csv');
    expect(expected.length).toBeGreaterThan(100);
    const key = ({ owner, period }: Record<string, string>, reward: string): string => `${period} ${owner} ${reward}`;
    const commission = (amount: number): number =>
      Math.round(amount * 4 + Math.max(0, amount - 50_000) * 2 + Math.max(0, amount - 100_000) * 2);
    for (const row of expected) {
      expect(payouts[key(row, 'amount')]).toBe(`${row.amount}.00`);
      expect(payouts[key(row, 'number')]).toBe(`${row.deals}.00`);
      // whole dollars at whole percents: no line is rounded
      expect(payouts[key(row, 'commission')]).toBe((commission(Number(row.amount)) / 100).toFixed(2));
    }
    expect(Object.keys(payouts).filter((one) => one.endsWith(' amount'))).toHaveLength(expected.length);
  });

  it('Olist: 842 deals won by rep and month, and touches of which most won nothing', async () => {
    const plan = `plan: Olist
currency: BRL
period: month
data:
  deals:
    file: ${at('olist/olist_closed_deals_dataset.csv')}
    dates: DD-MM-YYYY HH:mm
    columns: { deal_id: mql_id, owner: sr_id, close_date: won_date, amount: declared_monthly_revenue }
  attributions:
    file: ${at('olist/olist_marketing_qualified_leads_dataset.csv')}
    dates: DD-MM-YYYY
    columns: { deal_id: mql_id, campaign_id: origin, touched_on: first_contact_date }
credits:
  won: { each: deal }
TOUCHED
rewards:
  number: { per: won, pay: 1 BRL }
PAID
`;
    const deals = plan.replace('TOUCHED\n', '').replace('PAID\n', '');
    const { payouts, findings } = await fromFiles(
      { 'align-pay.yaml': deals },
      { deals: undefined, plan: 'align-pay.yaml' },
    );
    expect(findings).toEqual([]);
    const expected = rows('expected/olist_won_by_sr_month.csv');
    expect(
      Object.fromEntries(
        expected.map(({ owner, period, deals: number }) => [`${period} ${owner} number`, `${number}.00`]),
      ),
    ).toEqual(payouts);

    const origins = [
      'display',
      'other',
      'social',
      'referral',
      'unknown',
      'email',
      'other_publicities',
      'direct_traffic',
      'organic_search',
      'paid_search',
    ];
    const touched = plan
      .replace(
        'TOUCHED',
        '  touched: { each: attribution, share: linear, share_among: attribution.touched_on <= deal.close_date }',
      )
      .replace('PAID', '  touch: { per: touched, pay: 1 BRL }');
    const files = {
      'align-pay.yaml': touched,
      'campaigns.csv': `campaign_id,owner\n${origins.map((origin) => `${origin},m_${origin}`).join('\n')}\n`,
    };
    const refused = await fromFiles(files, { deals: undefined, plan: 'align-pay.yaml' });
    const codes = refused.findings.map(({ code }) => code);
    expect([...new Set(codes)].sort()).toEqual(['dangling-id', 'invalid-id']);
    expect(codes.filter((code) => code === 'invalid-id')).toHaveLength(60);
    expect(codes).toHaveLength(7172);
    const paid = await fromFiles(files, { deals: undefined, plan: 'align-pay.yaml', skipBadRows: true });
    // 14 deals have a touch of no origin and go whole; one was touched after it was won
    const sum = (reward: string): number =>
      Object.entries(paid.payouts)
        .filter(([key]) => key.endsWith(` ${reward}`))
        .reduce((n, [, amount]) => n + Number(amount), 0);
    expect([sum('number'), sum('touch')]).toEqual([828, 827]);
  });

  it('a Salesforce org: opportunities and campaigns through the preset, as exported by the API', async () => {
    const { findings, payouts } = await fromFiles(
      {
        'align-pay.yaml': `plan: Org
currency: USD
period: quarter
data:
  deals: { file: ${at('crm-exports/salesforce_demo_org/Opportunity.csv')}, preset: salesforce }
  campaigns: { file: ${at('crm-exports/salesforce_demo_org/Campaign.csv')}, preset: salesforce }
credits:
  won: { each: deal, when: deal.stage == "won" }
rewards:
  amount: { per: won, rate: 100% }
`,
      },
      { deals: undefined, plan: 'align-pay.yaml', period: '2022-Q1..2025-Q4' },
    );
    expect(findings).toEqual([]);
    const won = rows('crm-exports/salesforce_demo_org/Opportunity.csv').filter(
      ({ StageName }) => StageName === 'Closed Won',
    );
    const cents = won.reduce((n, { Amount = '0' }) => n + Math.round(Number(Amount) * 100), 0);
    const paid = Object.values(payouts).reduce((n, amount) => n + Math.round(Number(amount) * 100), 0);
    expect(won.length).toBeGreaterThan(10);
    expect(paid).toBe(cents);
  });

  it.each([
    [
      'de_semicolon_decimalcomma_cp1252',
      'encoding: windows-1252, delimiter: ";", numbers: "1.234,56 €", dates: DD.MM.YYYY',
    ],
    ['fr_nbsp_cp1252', 'encoding: windows-1252, delimiter: ";", numbers: "1 234,56", dates: DD/MM/YYYY'],
    ['us_dollar', 'numbers: "$1,234.56", dates: M/D/YYYY'],
    ['expected', ''],
  ])('the same 200 deals as %s', async (variant, settings) => {
    const columns = 'columns: { deal_id: opportunity_id, owner: sales_agent, amount: close_value }';
    const { payouts, findings } = await fromFiles(
      {
        'align-pay.yaml': `plan: Variants
currency: USD
period: month
data:
  deals: { file: ${at(`csv-variants/maven200_${variant}.csv`)}, ${columns}${settings === '' ? '' : `, ${settings}`} }
credits:
  won: { each: deal }
rewards:
  amount: { per: won, rate: 100% }
`,
      },
      { deals: undefined, plan: 'align-pay.yaml' },
    );
    expect(findings).toEqual([]);
    const expected: Record<string, number> = {};
    for (const { sales_agent, close_date = '', close_value } of rows('csv-variants/maven200_expected.csv')) {
      const key = `${close_date.slice(0, 7)} ${sales_agent} amount`;
      expected[key] = (expected[key] ?? 0) + Number(close_value);
    }
    expect(payouts).toEqual(
      Object.fromEntries(Object.entries(expected).map(([key, amount]) => [key, amount.toFixed(2)])),
    );
  });

  it.each([
    ['people_cp1252_semicolon_crlf', 'encoding: windows-1252, delimiter: ";"'],
    ['people_mac_cr', ''],
    ['people_sep_line', 'encoding: windows-1252'],
    ['people_utf16be_bom_comma', ''],
    ['people_utf16le_bom_tab', 'delimiter: tab'],
    ['people_utf8_lf', ''],
    ['people_utf8_nfd', ''],
    ['people_utf8bom_crlf', ''],
  ])('the same people as %s', async (variant, settings) => {
    const plain = rows('csv-variants/people_utf8_lf.csv');
    const [id = ''] = Object.keys(plain[0] ?? {});
    const department = Object.keys(plain[0] ?? {})[1] ?? '';
    const { findings, payouts } = await fromFiles({
      'align-pay.yaml': `plan: People
currency: USD
period: month
data:
  people: { file: ${at(`csv-variants/${variant}.csv`)}, columns: { person_id: "${id}", department: "${department}" }${settings === '' ? '' : `, ${settings}`} }
credits:
  won: { each: deal }
rewards:
  each: { pay: 1 USD }
`,
      'deals.csv': `deal_id,owner,close_date,amount\nd1,"${plain[0]?.[id]}",2026-01-01,1\n`,
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(
      Object.keys(payouts)
        .map((key) => key.slice(8, -5))
        .sort(),
    ).toEqual(plain.map((row) => (row[id] ?? '').normalize('NFC')).sort());
  });
});
