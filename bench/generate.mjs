// Makes the tables that the bench runs on, from a seed: the same bytes on every machine.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';

/** As in examples/shared-growth: commissions in steps, links in both directions, shares of deals, a pool. */
export const PLAN = `plan: Bench
currency: USD
period: quarter
params:
  notice: 5 days
data:
  people: { target_per: year }
  quotas: { prorate: days }
groups:
  sales:     payee.department == "sales"
  marketing: payee.department == "marketing"
credits:
  won:
    each: deal
    when: deal.stage == "won"
  influenced:
    each: attribution
    when: deal.stage == "won"
    share: linear
    share_among: attribution.touched_on <= deal.close_date
  carried_through:
    each: attribution
    when: deal.stage == "won" and deal.owner == campaign.originator
    to: campaign.originator
    share: linear
    share_among: attribution.touched_on <= deal.close_date
  new_business:
    each: deal
    when: deal.stage == "won" and deal.type == "new"
    to: company
  handed_over:
    each: lead
    when: campaign.announced_on <= lead.assigned_on - notice
  worked:
    each: lead
    when: campaign.announced_on <= lead.assigned_on - notice and lead.followed_up_on <= lead.assigned_on + 2 days
measures:
  bookings: sum(won.amount)
  influenced_bookings: sum(influenced.amount)
  attainment: bookings / quota(bookings)
  follow_up: count(worked) / count(handed_over)
rewards:
  sales_commission:
    who: sales
    per: won
    rate:
      method: marginal
      of: quota(bookings)
      steps:
        - { up_to: 100%, rate: 6% }
        - { rate: 9% }
    links:
      hand_over:
        because: Sales works the campaigns it was told of
        by: follow_up
        curve: { 50%: 90%, 80%: 100%, 100%: 105% }
        when_missing: 100%
      won_together:
        because: A deal that marketing opened is won together
        when: count(influenced for deal) > 0
        factor: 102%
    cap: 250000 USD
  marketing_bonus:
    who: marketing
    pay: payee.target_pay
    links:
      sales_lands_it: { because: Marketing is paid when sales lands the business, weight: 60%,
                        by: sales.attainment, curve: { 80%: 0%, 100%: 100%, 120%: 150% } }
      influence:      { because: and for the deals that it helped to win, weight: 40%,
                        by: influenced_bookings / quota(influenced_bookings), curve: { 50%: 0%, 100%: 100%, 150%: 200% } }
  idea_to_conversion:
    per: carried_through
    rate: 1%
    cap: 20000 USD
  shared_pool:
    who: sales or marketing
    pool: "0.5% * max(0 USD, sum(new_business.amount))"
    share_by: "max(0 USD, bookings + influenced_bookings)"
`;

/** The tables that the plan reads, as they stand in the folder. */
export const TABLES = ['deals', 'attributions', 'campaigns', 'leads', 'people', 'quotas'];

const DAY = 86_400_000;
const YEAR_STARTS = Date.UTC(2026, 0, 1);
const DAYS_IN_YEAR = 365;
/** The first day of each quarter, counted from 1 January, and what comes after the last. */
const QUARTERS = [0, 90, 181, 273, 365];

/** Days counted from 1 January 2026, as text. */
const DATES = new Map();
/** @param {number} day @returns {string} */
const date = (day) => {
  let text = DATES.get(day);
  if (text === undefined) {
    text = new Date(YEAR_STARTS + day * DAY).toISOString().slice(0, 10);
    DATES.set(day, text);
  }
  return text;
};

/** A small generator of random numbers (mulberry32): below n, whole. @param {number} seed */
const random = (seed) => {
  let state = seed >>> 0;
  return (/** @type {number} */ n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n);
  };
};

/** Writes rows as they come, a megabyte at a time. @param {string} file @param {string} header */
const table = (file, header) => {
  const descriptor = openSync(file, 'w');
  let text = `${header}\n`;
  const flush = () => {
    writeSync(descriptor, text);
    text = '';
  };
  return {
    /** @param {string} row */
    row(row) {
      text += `${row}\n`;
      if (text.length > 1 << 20) flush();
    },
    end() {
      flush();
      closeSync(descriptor);
    },
  };
};

/** @param {number} cents */
const money = (cents) =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;

const PRODUCTS = ['Dispatch', 'Telematics', 'Insights', 'Routing'];
const REGIONS = ['EMEA', 'Americas', 'APAC'];
const TOUCHES = ['lead', 'opportunity', 'event', 'newsletter'];

/**
 * A company with so many deals and three times as many touches in a year, by default one person for every 250 deals. One in twenty
 * crosses over between the departments at the start of the third quarter.
 * @param {string} folder @param {number} deals @param {{ seed?: number, people?: number }} [of]
 */
export const generate = (folder, deals, { seed = 20260101, people = Math.max(12, Math.floor(deals / 250)) } = {}) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'align-pay.yaml'), PLAN);
  const below = random(seed);
  /** @param {readonly string[]} list @returns {string} */
  const pick = (list) => /** @type {string} */ (list[below(list.length)]);

  /** @type {{ id: string, first: string, second: string }[]} */
  const staff = [];
  const peopleFile = table(
    path.join(folder, 'people.csv'),
    'person_id,name,department,team,starts_on,ends_on,target_pay',
  );
  for (let i = 0; i < people; i++) {
    const first = i % 8 < 5 ? 'sales' : 'marketing';
    const second = i % 20 === 7 || i % 20 === 10 ? (first === 'sales' ? 'marketing' : 'sales') : first;
    const id = `p${String(i).padStart(5, '0')}`;
    const target = money(2_000_000 + below(40) * 50_000);
    const stays =
      first === second
        ? [[first, '', '']]
        : [
            [first, '', date(180)],
            [second, date(181), ''],
          ];
    for (const [department, from, to] of stays) {
      peopleFile.row(`${id},Person ${i},${department},${department}-${i % 9},${from},${to},${target}`);
    }
    staff.push({ id, first, second });
  }
  peopleFile.end();
  const sellers = [0, 1].map((half) =>
    staff.filter((p) => (half === 0 ? p.first : p.second) === 'sales').map((p) => p.id),
  );
  const marketers = staff.filter((p) => p.first === 'marketing' && p.second === 'marketing').map((p) => p.id);

  const campaigns = Math.max(8, Math.floor(deals / 200));
  const campaignsFile = table(
    path.join(folder, 'campaigns.csv'),
    'campaign_id,name,owner,originator,announced_on,cost',
  );
  for (let i = 0; i < campaigns; i++) {
    const originator = below(3) === 0 ? pick(/** @type {string[]} */ (sellers[0])) : pick(marketers);
    const announced = below(10) === 0 ? '' : date(below(DAYS_IN_YEAR) - 60);
    campaignsFile.row(
      `c${i},"Campaign ${i}, ${pick(REGIONS)}",${pick(marketers)},${originator},${announced},${money(below(5_000_000))}`,
    );
  }
  campaignsFile.end();

  const quotasFile = table(path.join(folder, 'quotas.csv'), 'for,period,measure,amount');
  for (const { id, first, second } of staff) {
    for (let quarter = 1; quarter <= 4; quarter++) {
      const measure = (quarter <= 2 ? first : second) === 'sales' ? 'bookings' : 'influenced_bookings';
      const goal = measure === 'bookings' ? 140_000_000 + below(80) * 1_000_000 : 200_000_000 + below(100) * 1_000_000;
      quotasFile.row(`${id},2026-Q${quarter},${measure},${money(goal)}`);
    }
  }
  quotasFile.end();

  const dealsFile = table(
    path.join(folder, 'deals.csv'),
    'deal_id,owner,close_date,amount,stage,type,product,region,account,created_on,refund_of',
  );
  const touchesFile = table(path.join(folder, 'attributions.csv'), 'deal_id,campaign_id,touched_on,touch');
  for (let i = 0; i < deals; i++) {
    const id = `d${i}`;
    const closed = below(DAYS_IN_YEAR);
    const amount = 10_000 + below(5_000_000);
    const half = closed < 181 ? 0 : 1;
    const owner = pick(/** @type {string[]} */ (sellers[half]));
    const won = below(10) < 7;
    const created = closed - 10 - below(120);
    const what = `${below(2) === 0 ? 'new' : 'renewal'},${pick(PRODUCTS)},${pick(REGIONS)}`;
    dealsFile.row(
      `${id},${owner},${date(closed)},${money(amount)},${won ? 'won' : 'lost'},${what},Account ${below(deals)},${date(created)},`,
    );
    for (let touches = below(7); touches > 0; touches--) {
      touchesFile.row(`${id},c${below(campaigns)},${date(created + below(closed - created + 4))},${pick(TOUCHES)}`);
    }
    // the seller is in the same half of the year, and so in the same department, when the customer gives something back
    const last = /** @type {number} */ (QUARTERS[half === 0 ? 2 : 4]) - 1;
    if (won && below(50) === 0 && closed < last) {
      const back = below(2) === 0 ? amount : 1 + below(amount);
      const on = closed + 1 + below(last - closed);
      dealsFile.row(`r${i},${owner},${date(on)},${money(-back)},won,${what},,${date(on)},${id}`);
    }
  }
  dealsFile.end();
  touchesFile.end();

  const leadsFile = table(path.join(folder, 'leads.csv'), 'lead_id,campaign_id,assigned_to,assigned_on,followed_up_on');
  for (let i = 0; i < Math.floor(deals / 5); i++) {
    const assigned = below(DAYS_IN_YEAR);
    const to = pick(/** @type {string[]} */ (sellers[assigned < 181 ? 0 : 1]));
    const followed = below(10) === 0 ? '' : date(assigned + below(4));
    leadsFile.row(`l${i},c${below(campaigns)},${to},${date(assigned)},${followed}`);
  }
  leadsFile.end();
};
