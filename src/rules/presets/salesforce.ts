import { headers, type Preset, type PresetColumn } from './preset.ts';

/** Salesforce's data export writes an empty look-up as an id of zeros. */
const NOBODY = { '000000000000000AAA': '', '000000000000000': '' } as const;

const lookup = (...names: readonly string[]): PresetColumn => ({ headers: names, values: NOBODY });

/** Salesforce: fields by their API names (data export, Data Loader, SOQL) or by their labels in reports. */
export const salesforce: Preset = {
  name: 'salesforce',
  meaning: 'Salesforce: data export, Data Loader or a report exported as CSV',
  tables: {
    deals: {
      from: 'Opportunity',
      columns: {
        deal_id: lookup('Id', 'Opportunity ID'),
        owner: lookup('OwnerId', 'Opportunity Owner'),
        close_date: headers('CloseDate', 'Close Date'),
        amount: headers('Amount'),
        stage: { headers: ['StageName', 'Stage'], values: { 'Closed Won': 'won', 'Closed Lost': 'lost' } },
        type: headers('Type'),
        product: headers('Product Name'),
        region: lookup('Territory2Id', 'Territory', 'Territory Region'),
        account: lookup('AccountId', 'Account Name'),
        currency: { headers: ['CurrencyIsoCode', 'Amount Currency'], values: { '000': '' } },
        created_on: headers('CreatedDate', 'Created Date'),
      },
    },
    campaigns: {
      from: 'Campaign',
      columns: {
        campaign_id: lookup('Id', 'Campaign ID'),
        name: headers('Name', 'Campaign Name'),
        owner: lookup('OwnerId', 'Campaign Owner'),
        originator: lookup('CreatedById', 'Created By', 'Created By ID'),
        announced_on: headers('CreatedDate', 'Created Date'),
        starts_on: headers('StartDate', 'Start Date'),
        ends_on: headers('EndDate', 'End Date'),
        cost: headers('ActualCost', 'Actual Cost', 'Actual Cost in Campaign'),
      },
    },
    attributions: {
      from: 'CampaignInfluence',
      columns: {
        deal_id: lookup('OpportunityId', 'Opportunity ID'),
        campaign_id: lookup('CampaignId', 'Campaign ID'),
        touched_on: headers(
          'FirstRespondedDate',
          'First Responded Date',
          'Member First Associated Date',
          'CreatedDate',
        ),
        weight: { headers: ['Influence', 'Influence (%)'], percent: true },
      },
    },
    leads: {
      from: 'Lead',
      columns: {
        lead_id: lookup('Id', 'Lead ID'),
        campaign_id: lookup('CampaignId', 'Campaign ID'),
        deal_id: lookup('ConvertedOpportunityId', 'Converted Opportunity ID', 'Opportunity ID'),
        assigned_to: lookup('OwnerId', 'Lead Owner'),
        assigned_on: headers('CreatedDate', 'Create Date', 'Created Date'),
      },
    },
    splits: {
      from: 'OpportunitySplit',
      columns: {
        deal_id: lookup('OpportunityId', 'Opportunity ID'),
        person_id: lookup('SplitOwnerId', 'Team Member'),
        share: { headers: ['SplitPercentage', 'Percent (%)'], percent: true },
        role: lookup('SplitTypeId', 'Opportunity Split Type'),
      },
    },
    people: {
      from: 'User',
      columns: {
        person_id: lookup('Id', 'User ID'),
        name: headers('Name', 'Full Name'),
        department: headers('Department'),
        team: lookup('UserRoleId', 'Role'),
        role: headers('Title'),
        manager: lookup('ManagerId', 'Manager'),
        payroll_id: headers('EmployeeNumber', 'Employee Number'),
      },
    },
  },
};
