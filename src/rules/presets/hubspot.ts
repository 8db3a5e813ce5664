import { headers, type Preset } from './preset.ts';

/** HubSpot: exports from the deals index page by their labels, or properties by their internal names (API, connectors). */
export const hubspot: Preset = {
  name: 'hubspot',
  meaning: 'HubSpot: records exported as CSV, or properties by their internal names',
  tables: {
    deals: {
      from: 'deals',
      columns: {
        deal_id: headers('Record ID', 'hs_object_id', 'deal_id'),
        owner: headers('Deal owner', 'hubspot_owner_id', 'owner_id'),
        close_date: headers('Close Date', 'closedate', 'property_closedate'),
        amount: headers('Amount', 'property_amount'),
        stage: {
          headers: ['Deal Stage', 'dealstage', 'deal_pipeline_stage_id', 'property_dealstage'],
          values: {
            'Closed Won': 'won',
            'Closed won': 'won',
            closedwon: 'won',
            'Closed Lost': 'lost',
            'Closed lost': 'lost',
            closedlost: 'lost',
          },
        },
        type: headers('Deal Type', 'dealtype', 'property_dealtype'),
        account: headers('Associated Company', 'Company Name'),
        currency: headers('Currency', 'deal_currency_code', 'property_deal_currency_code'),
        created_on: headers('Create Date', 'createdate', 'property_createdate'),
      },
    },
    campaigns: {
      from: 'campaigns',
      columns: {
        campaign_id: headers('Campaign ID', 'id', 'hs_object_id'),
        name: headers('Campaign name', 'name', 'hs_name'),
        owner: headers('Owner', 'Campaign owner', 'hs_owner'),
        starts_on: headers('Start date', 'hs_start_date'),
        ends_on: headers('End date', 'hs_end_date'),
        cost: headers('Spend', 'hs_spend_items_sum_amount'),
      },
    },
    people: {
      from: 'owners or users',
      columns: {
        person_id: headers('owner_id', 'User ID', 'id'),
        name: headers('Name', 'Deal owner'),
        department: headers('Department'),
        team: headers('Team', 'Primary team', 'primary_team_id'),
        role: headers('Job title', 'Role', 'role_id'),
        manager: headers('Manager'),
      },
    },
  },
};
