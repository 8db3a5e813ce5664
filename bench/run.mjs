// Prints how fast align-pay is against opponents that run in the same minutes on the same files; no figure fails the run.
// `npm run bench`, or `npm run bench -- --large` for a million deals (minutes, and several gigabytes).
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { staticChecks } from './check.mjs';
import { generate, TABLES } from './generate.mjs';
import { pageAnswers } from './page.mjs';
import { executable, interleaved, median, node, root } from './process.mjs';

const { values: options } = parseArgs({
  options: {
    large: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    deals: { type: 'string', default: '100000' },
    only: {
      type: 'string',
      multiple: true,
      default: ['start', 'check', 'compute', 'duckdb', 'rows', 'pilot', 'page', 'report'],
    },
    keep: { type: 'boolean', default: false },
  },
});
const runs = Number(options.runs);
const deals = Number(options.deals);
const work = mkdtempSync(path.join(tmpdir(), 'align-pay-bench-'));
const here = path.join(root, 'bench');

/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);
/** @param {number} seconds */
const shown = (seconds) => (seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`);
/** @param {readonly number[]} times */
const spread = (times) => `${shown(median(times))} (${shown(Math.min(...times))} to ${shown(Math.max(...times))})`;
/** @param {string} what @param {number} ratio @param {number} [target] */
const ratio = (what, ratio, target) =>
  say(
    `  ${what}: ${ratio.toFixed(2)} times${target === undefined ? '' : ratio <= target ? `, target ${target}: met` : `, target ${target}: MISSED`}`,
  );

/** @param {string} folder */
const filesOf = (folder) => TABLES.map((table) => path.join(folder, `${table}.csv`));
/** @param {string} folder */
const compute = (folder) => [
  executable,
  'compute',
  path.join(folder, 'deals.csv'),
  '--out',
  path.join(folder, 'payouts'),
  '--quiet',
];
/** @param {string} folder */
const csvParse = (folder) => ['--max-old-space-size=8000', path.join(here, 'read-csv-parse.mjs'), ...filesOf(folder)];

/** @param {number} count */
const made = (count) => {
  const folder = path.join(work, `deals-${count}`);
  generate(folder, count);
  const megabytes = filesOf(folder).reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  return { folder, megabytes };
};

const start = async () => {
  say(`\nStarting, ${3 * runs} runs each in turn`);
  /** @param {string} name @param {string} file */
  const example = (name, file) => [
    executable,
    'compute',
    path.join(root, 'examples', name, file),
    '--out',
    path.join(work, name),
    '--quiet',
  ];
  const times = await interleaved(3 * runs, {
    node: ['-e', '0'],
    version: [executable, '--version'],
    first: example('first-plan', 'deals.csv'),
    growth: example('shared-growth', 'deals.csv'),
    salesforce: example('salesforce-export', 'opportunities.csv'),
  });
  const empty = median(times.node);
  say(`  node -e 0: ${spread(times.node)}`);
  ratio(`align-pay --version, ${spread(times.version)}`, median(times.version) / empty, 2.5);
  ratio(`compute first-plan, ${spread(times.first)}`, median(times.first) / empty, 5);
  ratio(`compute shared-growth, ${spread(times.growth)}`, median(times.growth) / empty, 5);
  ratio(`compute salesforce-export, ${spread(times.salesforce)}`, median(times.salesforce) / empty, 5);
};

/** The static checks of a large plan against reading its YAML, and a whole check of the smallest against an empty program. */
const checks = async () => {
  const { lines, times } = await staticChecks(runs * 3);
  say(`\nThe static checks of a plan of ${lines} lines, ${runs * 3} runs each in turn`);
  /** @param {readonly number[]} all */
  const seconds = (all) => all.map((one) => one / 1000);
  say(`  reading its YAML: ${spread(seconds(times.yaml))}`);
  ratio(`static checks, ${spread(seconds(times.check))}`, median(times.check) / median(times.yaml), 10);
  const both = times.load.map((load, i) => load + /** @type {number} */ (times.check[i]));
  ratio(`loading and static checks, ${spread(seconds(both))}`, median(both) / median(times.yaml), 10);
  const plan = path.join(root, 'examples', 'first-plan', 'align-pay.yaml');
  const whole = await interleaved(runs, { node: ['-e', '0'], check: [executable, 'check', plan] });
  ratio(`align-pay check first-plan, ${spread(whole.check)}`, median(whole.check) / median(whole.node));
};

/** Compute against csv-parse alone. @param {string} folder @param {number} megabytes */
const againstReading = async (folder, megabytes) => {
  say(`\n${deals} deals with three times as many touches (${megabytes.toFixed(0)} MB), ${runs} runs each in turn`);
  const times = await interleaved(runs, { compute: compute(folder), parse: csvParse(folder) });
  say(`  csv-parse alone, files into arrays: ${spread(times.parse)}`);
  ratio(
    `align-pay compute, files to payouts, ${spread(times.compute)}`,
    median(times.compute) / median(times.parse),
    3,
  );
};

/** What align-pay has paid: cents by quarter, person and reward, nothing left out but zeros. @param {string} folder */
const paid = (folder) => {
  /** @type {Map<string, bigint>} */
  const cents = new Map();
  for (const period of readdirSync(path.join(folder, 'payouts'))) {
    const [header = [], ...rows] = parse(readFileSync(path.join(folder, 'payouts', period, 'payouts.csv')));
    /** @param {string[]} row @param {string} name */
    const cell = (row, name) => /** @type {string} */ (row[header.indexOf(name)]);
    for (const row of rows) {
      const key = [cell(row, 'period').slice(-1), cell(row, 'person_id'), cell(row, 'reward')].join(' ');
      cents.set(key, (cents.get(key) ?? 0n) + BigInt(cell(row, 'amount').replace('.', '')));
    }
  }
  return new Map([...cents].filter(([, amount]) => amount !== 0n));
};

/** Compute against the same plan written in SQL. @param {string} folder */
const againstSql = async (folder) => {
  say(`\nThe same plan by hand in SQL on DuckDB (payouts only, no lines and no reasons), ${runs} runs each in turn`);
  const sql = [path.join(here, 'plan-duckdb.mjs'), folder];
  const times = await interleaved(runs, { compute: compute(folder), sql });
  say(`  DuckDB: ${spread(times.sql)}`);
  ratio(`align-pay compute, ${spread(times.compute)}`, median(times.compute) / median(times.sql));
  /** @type {[string, string, string, string][]} */
  const rows = JSON.parse((await node(sql)).stdout);
  const theirs = new Map(
    rows.map(([quarter, person, reward, cents]) => [`${quarter} ${person} ${reward}`, BigInt(cents)]),
  );
  const ours = paid(folder);
  const apart = [...new Set([...ours.keys(), ...theirs.keys()])].filter((key) => ours.get(key) !== theirs.get(key));
  const total = [...ours.values()].reduce((sum, amount) => sum + amount, 0n);
  say(
    `  ${ours.size} payouts of ${total / 100n} USD in all: ${apart.length === 0 ? 'equal to the cent' : `${apart.length} DIFFER`}`,
  );
  for (const key of apart.slice(0, 5)) say(`    ${key}: align-pay ${ours.get(key)}, DuckDB ${theirs.get(key)}`);
  if (apart.length > 0) process.exitCode = 1;
};

/** A grid of a hundred variants against one computation of the same data. */
const pilot = async () => {
  const folder = path.join(work, 'pilot');
  generate(folder, 10_000);
  const repeats = Math.max(1, Math.floor(runs / 2));
  say(`\nA grid of 100 variants on 10000 deals, against one compute, ${repeats} runs each in turn`);
  const grid = [
    ...[executable, 'pilot', path.join(folder, 'align-pay.yaml'), '--draws', '0', '--quiet', '--format', 'csv'],
    ...['--out', path.join(folder, 'grid.csv')],
    ...['--vary', 'sales_commission.rate.steps[0].rate=5%..5.9%:0.1%'],
    ...['--vary', 'marketing_bonus.links[0].weight=50%..59%:1%'],
  ];
  const times = await interleaved(repeats, { compute: compute(folder), grid });
  say(`  compute: ${spread(times.compute)}`);
  ratio(`align-pay pilot, 100 variants, ${spread(times.grid)}`, median(times.grid) / median(times.compute), 25);
};

/** A move of a slider in the pilot page: 500 people, 10,000 deals. */
const page = async () => {
  const folder = path.join(work, 'page');
  generate(folder, 10_000, { people: 500 });
  const file = path.join(folder, 'pilot.html');
  const plan = path.join(folder, 'align-pay.yaml');
  await node([executable, 'pilot', plan, '--format', 'html', '--quiet', '--out', file]);
  say(
    '\nA move of a slider in the pilot page until all is recomputed, a statement too, ten seconds after it was opened, on 500 people and 10000 deals',
  );
  const times = await interleaved(Math.max(1, Math.floor(runs / 2)), { compute: compute(folder) });
  say(`  one compute of the same: ${spread(times.compute)}`);
  for (const { name, milliseconds } of await pageAnswers(file, 15)) {
    // A compute of this takes 0.9 seconds on a quiet machine of this class, of which a tenth of a second is a ninth.
    ratio(`${name}, ${Math.round(milliseconds)} ms`, milliseconds / 1000 / median(times.compute), 0.11);
  }
};

/** A statement for each of 1,000 people, and the reports of the other readers, against the same period computed. */
const reports = async () => {
  const folder = path.join(work, 'report');
  generate(folder, 20_000, { people: 1000 });
  const period = ['--period', '2026-Q4'];
  /** @param {string} readers @param {readonly string[]} [of] */
  const report = (readers, of = period) => [
    executable,
    'report',
    path.join(folder, 'deals.csv'),
    ...of,
    '--for',
    readers,
    '--out',
    path.join(folder, 'reports'),
    '--quiet',
  ];
  say(
    `\n1,000 statements as HTML of one quarter, and the other readers' pages, 20000 deals, ${runs} runs each in turn`,
  );
  const times = await interleaved(runs, {
    compute: [...compute(folder), ...period],
    person: report('person'),
    team: report('team'),
    department: report('department'),
    company: report('company'),
  });
  const statements = readdirSync(path.join(folder, 'reports', '2026-Q4', 'person')).length;
  say(`  compute: ${spread(times.compute)}`);
  ratio(`${statements} statements, ${spread(times.person)}`, median(times.person) / median(times.compute), 3);
  for (const reader of /** @type {const} */ (['team', 'department', 'company']))
    ratio(`--for ${reader}, ${spread(times[reader])}`, median(times[reader]) / median(times.compute));
  const once = await node(report('person'), { memory: true });
  const four = await node(report('person', ['--period', '2026-Q1..2026-Q4']), { memory: true });
  const least = await node([...compute(folder), '--period', '2026-Q1..2026-Q4'], { memory: true });
  /** @param {number} kilobytes */
  const megabytes = (kilobytes) => `${Math.round(kilobytes / 1024)} MB`;
  say(
    `  most memory held: ${megabytes(once.kilobytes)} for one quarter, ${megabytes(four.kilobytes)} for four; compute of four ${megabytes(least.kilobytes)}`,
  );
};

/** Ten times the rows: how much longer, and how much memory. @param {number} few */
const moreRows = async (few) => {
  const times = few * 10;
  const small = made(few);
  const large = made(times);
  const repeats = times > 200_000 ? 1 : Math.max(1, Math.floor(runs / 2));
  say(
    `\n${few} and ${times} deals (${small.megabytes.toFixed(0)} and ${large.megabytes.toFixed(0)} MB), ${repeats} runs each in turn`,
  );
  const measured = { few: /** @type {number[]} */ ([]), many: /** @type {number[]} */ ([]), memory: 0 };
  for (let run = 0; run < repeats; run++) {
    measured.few.push((await node(compute(small.folder))).seconds);
    const many = await node(compute(large.folder), { memory: true });
    measured.many.push(many.seconds);
    measured.memory = Math.max(measured.memory, many.kilobytes);
  }
  ratio(
    `ten times the rows, ${spread(measured.few)} and ${spread(measured.many)}`,
    median(measured.many) / median(measured.few),
    11,
  );
  const gigabytes = measured.memory / 1024 / 1024;
  say(
    `  most memory held: ${gigabytes.toFixed(2)} GB${times >= 1_000_000 ? `, target 8: ${gigabytes <= 8 ? 'met' : 'MISSED'}` : ''}`,
  );
};

/** @type {Readonly<Record<string, boolean>>} */
const wanted = Object.fromEntries(options.only.flatMap((list) => list.split(',')).map((name) => [name, true]));
try {
  say(`align-pay bench: Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`);
  if (wanted.start) await start();
  if (wanted.check) await checks();
  if (wanted.compute || wanted.duckdb) {
    const { folder, megabytes } = made(deals);
    if (wanted.compute) await againstReading(folder, megabytes);
    if (wanted.duckdb) await againstSql(folder);
  }
  if (wanted.pilot) await pilot();
  if (wanted.page) await page();
  if (wanted.report) await reports();
  if (wanted.rows) await moreRows(options.large ? deals : deals / 10);
} finally {
  if (options.keep) say(`\nkept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
