// The bench's plan as hand-written SQL on DuckDB, in whole numbers throughout. Prints payouts in cents as JSON:
// `node plan-duckdb.mjs FOLDER`. Takes for granted what the generated tables keep to (no bad rows, one currency,
// crossovers at the start of a quarter only), which align-pay checks.
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const folder = /** @type {string} */ (process.argv[2]);
/** @param {string} table @param {string} types */
const csv = (table, types) =>
  `read_csv('${path.join(folder, `${table}.csv`).replaceAll("'", "''")}', header = true, delim = ',', quote = '"', nullstr = '', columns = {${types}})`;

/** Half away from zero, of whole numbers. */
const ROUND = 'CREATE MACRO rounded(n, d) AS sign(n) * ((abs(n) * 2 + d) // (2 * d))';

/** x / y on straight lines, as a numerator over 60 y: 90% to 50%, 100% at 80%, 105% at 100%. */
const FOLLOW_UP = `CREATE MACRO follow_up(x, y) AS CASE
  WHEN 2 * x <= y THEN 54 * y
  WHEN 5 * x <= 4 * y THEN 54 * y + 20 * x - 10 * y
  ELSE 60 * y + 15 * x - 12 * y END`;

const STATEMENTS = [
  ROUND,
  FOLLOW_UP,
  `CREATE TABLE people AS SELECT person_id, department, coalesce(starts_on, DATE '1900-01-01') AS starts, coalesce(ends_on, DATE '2999-12-31') AS ends,
     (target_pay * 100)::HUGEINT AS target, row_number() OVER () AS n
   FROM ${csv('people', "person_id: 'VARCHAR', name: 'VARCHAR', department: 'VARCHAR', team: 'VARCHAR', starts_on: 'DATE', ends_on: 'DATE', target_pay: 'DECIMAL(18,2)'")}`,
  `CREATE TABLE quotas AS SELECT "for" AS person_id, measure, right(period, 1)::INT AS q, (amount * 100)::HUGEINT AS quota
   FROM ${csv('quotas', "\"for\": 'VARCHAR', period: 'VARCHAR', measure: 'VARCHAR', amount: 'DECIMAL(18,2)'")}`,
  `CREATE TABLE campaigns AS SELECT campaign_id, owner, originator, announced_on
   FROM ${csv('campaigns', "campaign_id: 'VARCHAR', name: 'VARCHAR', owner: 'VARCHAR', originator: 'VARCHAR', announced_on: 'DATE', cost: 'DECIMAL(18,2)'")}`,
  `CREATE TABLE deals AS SELECT row_number() OVER () AS n, deal_id, owner, close_date, quarter(close_date) AS q, (amount * 100)::BIGINT AS cents, type,
     coalesce(refund_of, deal_id) AS root, refund_of IS NOT NULL AS refund
   FROM ${csv('deals', "deal_id: 'VARCHAR', owner: 'VARCHAR', close_date: 'DATE', amount: 'DECIMAL(18,2)', stage: 'VARCHAR', type: 'VARCHAR', product: 'VARCHAR', region: 'VARCHAR', account: 'VARCHAR', created_on: 'DATE', refund_of: 'VARCHAR'")}
   WHERE stage = 'won'`,
  `CREATE TABLE touches AS SELECT t.n, t.deal_id, t.campaign_id,
     row_number() OVER (PARTITION BY t.deal_id ORDER BY t.n) AS nth, count(*) OVER (PARTITION BY t.deal_id) AS among
   FROM (SELECT row_number() OVER () AS n, * FROM ${csv('attributions', "deal_id: 'VARCHAR', campaign_id: 'VARCHAR', touched_on: 'DATE', touch: 'VARCHAR'")}) t
   JOIN deals d ON d.deal_id = t.deal_id AND NOT d.refund AND t.touched_on <= d.close_date`,
  // each part is its share towards zero; the missing cents go to the first
  `CREATE TABLE influenced AS SELECT d.n AS deal, t.n AS touch, d.close_date, d.q, c.owner, c.originator, d.owner AS seller,
     sign(d.cents) * (abs(d.cents) // t.among + CASE WHEN t.nth <= abs(d.cents) % t.among THEN 1 ELSE 0 END) AS cents
   FROM deals d JOIN touches t ON t.deal_id = d.root JOIN campaigns c ON c.campaign_id = t.campaign_id`,
  `CREATE TABLE follow_up AS SELECT l.assigned_to AS person_id, quarter(l.assigned_on) AS q, count(*) AS handed_over,
     count(*) FILTER (WHERE l.followed_up_on <= l.assigned_on + 2) AS worked
   FROM ${csv('leads', "lead_id: 'VARCHAR', campaign_id: 'VARCHAR', assigned_to: 'VARCHAR', assigned_on: 'DATE', followed_up_on: 'DATE'")} l
   JOIN campaigns c ON c.campaign_id = l.campaign_id AND c.announced_on <= l.assigned_on - 5
   JOIN people p ON p.person_id = l.assigned_to AND p.department = 'sales' AND l.assigned_on BETWEEN p.starts AND p.ends
   GROUP BY ALL`,
  // sales commission: marginal steps, both links, one rounding a line, the cap
  `CREATE TABLE payouts AS
   WITH walked AS (
     SELECT d.n, d.q, d.owner, d.root, d.cents::HUGEINT AS cents, k.quota,
       sum(d.cents) OVER (PARTITION BY d.owner, d.q ORDER BY d.close_date, d.n ROWS UNBOUNDED PRECEDING)::HUGEINT AS after
     FROM deals d
     JOIN people p ON p.person_id = d.owner AND p.department = 'sales' AND d.close_date BETWEEN p.starts AND p.ends
     JOIN quotas k ON k.person_id = d.owner AND k.q = d.q AND k.measure = 'bookings'),
   paid AS (
     SELECT *, (6 * after + 3 * greatest(after - quota, 0)) - (6 * (after - cents) + 3 * greatest(after - cents - quota, 0)) AS hundredths FROM walked),
   opened AS (SELECT DISTINCT deal_id FROM touches),
   lines AS (
     SELECT w.q, w.owner AS person_id,
       rounded(w.hundredths * coalesce(follow_up(f.worked, f.handed_over), 60) * CASE WHEN o.deal_id IS NULL THEN 100 ELSE 102 END,
               100 * 60 * coalesce(f.handed_over, 1)::HUGEINT * 100) AS cents
     FROM paid w LEFT JOIN follow_up f ON f.person_id = w.owner AND f.q = w.q LEFT JOIN opened o ON o.deal_id = w.root)
   SELECT q, person_id, 'sales_commission' AS reward, least(sum(cents), 25000000)::HUGEINT AS cents FROM lines GROUP BY ALL`,
  // marketing bonus: two links blended into one factor
  `INSERT INTO payouts
   WITH days AS (SELECT q, make_date(2026, 3 * q - 2, 1) AS day FROM range(1, 5) t(q)),
   booked AS (
     SELECT d.q, sum(d.cents)::HUGEINT AS b FROM deals d
     JOIN people p ON p.person_id = d.owner AND p.department = 'sales' AND d.close_date BETWEEN p.starts AND p.ends GROUP BY ALL),
   goal AS (
     SELECT k.q, sum(k.quota) AS g FROM quotas k JOIN days USING (q)
     JOIN people p ON p.person_id = k.person_id AND p.department = 'sales' AND days.day BETWEEN p.starts AND p.ends
     WHERE k.measure = 'bookings' GROUP BY ALL),
   sales AS (
     SELECT q, 2 * g AS d, CASE WHEN 5 * b <= 4 * g THEN 0 WHEN b <= g THEN 10 * b - 8 * g WHEN 5 * b <= 6 * g THEN 5 * b - 3 * g ELSE 3 * g END AS n
     FROM booked JOIN goal USING (q)),
   own AS (SELECT owner AS person_id, q, sum(cents)::HUGEINT AS i FROM influenced GROUP BY ALL),
   blended AS (
     SELECT days.q, p.person_id, p.target, s.n, s.d, k.quota, least(greatest(2 * coalesce(o.i, 0) - k.quota, 0), 2 * k.quota) AS m
     FROM days JOIN people p ON p.department = 'marketing' AND days.day BETWEEN p.starts AND p.ends
     JOIN sales s ON s.q = days.q
     JOIN quotas k ON k.person_id = p.person_id AND k.q = days.q AND k.measure = 'influenced_bookings'
     LEFT JOIN own o ON o.person_id = p.person_id AND o.q = days.q)
   SELECT q, person_id, 'marketing_bonus', rounded(target * (6 * n * quota + 4 * m * d), 40 * d * quota) FROM blended`,
  `INSERT INTO payouts
   SELECT q, originator, 'idea_to_conversion', least(sum(rounded(cents::HUGEINT, 100)), 2000000)
   FROM influenced i JOIN people p ON p.person_id = i.originator AND i.close_date BETWEEN p.starts AND p.ends
   WHERE seller = originator GROUP BY ALL`,
  // the pool: rounded, then shared out by the largest remainders, equal ones in the order of people
  `INSERT INTO payouts
   WITH pool AS (SELECT q, rounded(greatest(sum(cents), 0)::HUGEINT * 5, 1000) AS pool FROM deals WHERE type = 'new' GROUP BY ALL),
   done AS (
     SELECT q, person_id, greatest(sum(cents), 0)::HUGEINT AS w FROM (
       SELECT q, owner AS person_id, cents FROM deals UNION ALL SELECT q, owner, cents FROM influenced) GROUP BY ALL),
   parts AS (
     SELECT q, person_id, pool, pool * w // sum(w) OVER all_of AS part, pool * w % sum(w) OVER all_of AS rest
     FROM done JOIN pool USING (q) WINDOW all_of AS (PARTITION BY q)),
   ranked AS (
     SELECT p.*, row_number() OVER (PARTITION BY q ORDER BY rest DESC, n) AS nth, pool - sum(part) OVER (PARTITION BY q) AS missing
     FROM parts p JOIN (SELECT person_id, min(n) AS n FROM people GROUP BY ALL) USING (person_id))
   SELECT q, person_id, 'shared_pool', part + CASE WHEN nth <= missing THEN 1 ELSE 0 END FROM ranked`,
];

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
for (const statement of STATEMENTS) await connection.run(statement);
const reader = await connection.runAndReadAll(
  `SELECT q::VARCHAR AS q, person_id, reward, sum(cents)::VARCHAR AS cents FROM payouts GROUP BY ALL HAVING sum(cents) <> 0 ORDER BY ALL`,
);
process.stdout.write(JSON.stringify(reader.getRows()));
