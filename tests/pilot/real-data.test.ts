import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { run, scratch } from '../cli/run.ts';
import { blocksOf, root } from '../docs/blocks.ts';

const DATA = path.join(root, '../shared/data/olist');

const dayOf = (text: string): string => text.slice(0, 10).split('-').reverse().join('-');
const csv = (header: string, rows: readonly (readonly unknown[])[]): string =>
  [header, ...rows.map((row) => row.join(','))].join('\n');

/**
 * Olist's won sellers as tables: whoever signed them is sales, whoever found them marketing. Revenue is declared on 45 of 842 only,
 * so each counts the same, 1,000. Quotas are an even part of what a department won in a quarter of the first half-year.
 */
const tables = (): Record<string, string> => {
  const read = (name: string): Record<string, string>[] =>
    parse(readFileSync(path.join(DATA, name)), { columns: true });
  const won = read('olist_closed_deals_dataset.csv');
  const contacted = new Map(
    read('olist_marketing_qualified_leads_dataset.csv').map((lead) => [lead.mql_id, lead.first_contact_date ?? '']),
  );
  const count = (column: string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const deal of won) counts.set(deal[column] ?? '', (counts.get(deal[column] ?? '') ?? 0) + 1);
    return counts;
  };
  const [sold, found] = [count('sr_id'), count('sdr_id')];
  const ids = [...new Set([...sold.keys(), ...found.keys()])].sort();
  const nameOf = (id = ''): string => `p${String(ids.indexOf(id) + 1).padStart(2, '0')}`;
  // Thirteen did both: they belong where they did more.
  const isSales = (id: string): boolean => (sold.get(id) ?? 0) >= (found.get(id) ?? 0);
  const quota = (id: string): number => {
    const members = ids.filter((one) => isSales(one) === isSales(id)).length;
    return Math.round((won.filter(({ won_date: date = '' }) => /-0[1-6]-2018/.test(date)).length / 2 / members) * 1000);
  };
  return {
    'deals.csv': csv(
      'deal_id,owner,close_date,amount',
      won.map((deal) => [deal.mql_id, nameOf(deal.sr_id), dayOf(deal.won_date ?? ''), '1000.00']),
    ),
    'attributions.csv': csv(
      'deal_id,campaign_id,touched_on',
      won.map((deal) => [deal.mql_id, nameOf(deal.sdr_id), dayOf(contacted.get(deal.mql_id ?? '') ?? '')]),
    ),
    'campaigns.csv': csv(
      'campaign_id,owner',
      [...found.keys()].map((id) => [nameOf(id), nameOf(id)]),
    ),
    'people.csv': csv(
      'person_id,department,target_pay',
      ids.map((id) => (isSales(id) ? [nameOf(id), 'sales', ''] : [nameOf(id), 'marketing', '1200.00'])),
    ),
    'quotas.csv': csv(
      'for,period,measure,amount',
      ids.flatMap((id) =>
        ['2018-Q1', '2018-Q2', '2018-Q3'].map((period) => [
          nameOf(id),
          period,
          isSales(id) ? 'bookings' : 'found_bookings',
          quota(id),
        ]),
      ),
    ),
  };
};

it.skipIf(!existsSync(DATA))(
  'three linked variants on the sellers that Olist won in 2018, as docs/pilot.md shows them',
  async () => {
    const folder = scratch();
    for (const [name, text] of Object.entries(tables())) writeFileSync(path.join(folder, name), `${text}\n`);
    cpSync(path.join(import.meta.dirname, 'olist'), folder, { recursive: true });
    const args = [
      'pilot',
      'today.yaml',
      'landed.yaml',
      'both-ways.yaml',
      'pool.yaml',
      '--period',
      '2018-Q1..2018-Q3',
      '--budget',
      '120000',
      '--draws',
      '200',
      '--full',
    ];
    const { code, stdout, stderr } = await run(args, { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const block = blocksOf('docs/pilot.md').find(({ name }) => name === 'olist');
    expect(stdout).toBe(block?.text);
  },
  60_000,
);
