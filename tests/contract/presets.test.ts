import { expect, test } from 'vitest';
import { fromFiles } from './computing.ts';

const plan = (preset: string, more = ''): string => `plan: Export
currency: USD
period: month
data:
  deals: { preset: ${preset} }
  campaigns: { preset: ${preset} }
  people: { preset: ${preset} }
${more}credits:
  won: { each: deal, when: deal.stage == "won" }
  touched: { each: attribution, when: deal.stage == "won", share: linear }
rewards:
  commission: { per: won, rate: 5% }
  bonus: { per: touched, rate: 1% }
`;
const PAID = { '2026-01 Ana Duarte commission': '60.03', '2026-01 Mia Mo bonus': '12.01' };

test('HubSpot: records as they are exported from their index pages', async () => {
  const { payouts, findings } = await fromFiles({
    'align-pay.yaml': plan('hubspot'),
    'deals.csv': `"Record ID","Deal Name","Deal Stage","Amount","Deal owner","Associated Company","Close Date","Create Date","Deal Type"
"1001","Acme","Closed won","1200.5","Ana Duarte","Acme Inc","2026-01-20 14:05","2025-12-01 09:00","newbusiness"
"1002","Beta","Appointment Scheduled","","Ben Roth","Beta","","2026-01-01 09:00",""
"1003","Gamma","Closed lost","300","Ben Roth","Gamma","2026-01-22 08:00","2026-01-01 09:00",""
`,
    'campaigns.csv':
      'Campaign ID,Campaign name,Owner,Start date,End date,Spend\nc1,Spring fair,Mia Mo,2026-01-01,2026-01-31,500\n',
    'people.csv':
      'User ID,Name,Department\nAna Duarte,Ana Duarte,sales\nBen Roth,Ben Roth,sales\nMia Mo,Mia Mo,marketing\n',
    'attributions.csv': 'deal_id,campaign_id,touched_on\n1001,c1,2026-01-05\n',
  });
  expect({ payouts, findings }).toEqual({ payouts: PAID, findings: [] });
});

test('HubSpot: properties by their internal names', async () => {
  const { payouts, findings } = await fromFiles({
    'align-pay.yaml': plan('hubspot'),
    'deals.csv':
      'hs_object_id,dealname,dealstage,amount,hubspot_owner_id,closedate\n1,Acme,closedwon,1200.50,Ana Duarte,2026-01-20T14:05:00.000Z\n',
    'campaigns.csv': 'hs_object_id,hs_name,hs_owner,hs_start_date\nc1,Spring fair,Mia Mo,2026-01-01\n',
    'people.csv': 'id,Name,Department\nAna Duarte,Ana Duarte,sales\nMia Mo,Mia Mo,marketing\n',
    'attributions.csv': 'deal_id,campaign_id,touched_on\n1,c1,2026-01-05\n',
  });
  expect(findings.map(({ message }) => message)).toEqual([]);
  expect(payouts).toEqual(PAID);
});

test('Salesforce: a report by its labels, touches through Campaign Influence', async () => {
  const { payouts, findings } = await fromFiles({
    'align-pay.yaml': plan('salesforce', '  attributions: { preset: salesforce }\n'),
    'deals.csv': `"Opportunity ID","Opportunity Name","Stage","Amount","Opportunity Owner","Close Date","Type"
"006A","Acme","Closed Won","1200.50","Ana Duarte","2026-01-20","New Business"
"006B","Beta","Closed Lost","0","Ana Duarte","2026-01-21",""
`,
    'campaigns.csv':
      '"Campaign ID","Campaign Name","Campaign Owner","Start Date"\n"701A","Spring fair","Mia Mo","2026-01-01"\n',
    'people.csv':
      '"User ID","Full Name","Department"\n"Ana Duarte","Ana Duarte","sales"\n"Mia Mo","Mia Mo","marketing"\n',
    'attributions.csv':
      '"Opportunity ID","Campaign ID","Created Date","Influence (%)"\n"006A","701A","2026-01-05","100"\n',
  });
  expect(findings.map(({ message }) => message)).toEqual([]);
  expect(payouts).toEqual(PAID);
});
