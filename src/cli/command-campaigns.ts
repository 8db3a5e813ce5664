import { campaignsOf, comingCampaigns, heldTo, uncounted, withoutNotice, workedByTeam } from '../change/campaigns.ts';
import { noticeCost } from '../change/notice-cost.ts';
import { inForceOn, timelineOf } from '../change/timeline.ts';
import { payCredited } from '../engine/compute.ts';
import { creditTables } from '../engine/credit-tables.ts';
import { Sink } from '../findings/sink.ts';
import { loadTables } from '../io/tables-load.ts';
import { campaignBlocks, campaignData, type Digest, hasNews } from '../report/change/campaign-blocks.ts';
import { campaignIcs } from '../report/change/campaign-ics.ts';
import { documentMarkdown } from '../report/change/document-markdown.ts';
import { documentText } from '../report/change/document-text.ts';
import { findingsData } from '../report/findings/findings-json.ts';
import { loadPlan } from '../rules/load/load.ts';
import type { Plan } from '../rules/plan.ts';
import { type Day, formatDay } from '../values/date.ts';
import { periodOf, shiftPeriod } from '../values/period.ts';
import { act } from './act.ts';
import type { CommandFile } from './commands.ts';
import { exitCode } from './exit-code.ts';
import { dealsBeside, type FoundPlans, findPlans } from './find-plans.ts';
import { DEALS_HELP } from './input-options.ts';
import { collect, mustExist, tableFiles } from './options.ts';
import { placeCells } from './place-cells.ts';
import { PlanFiles } from './plan-files.ts';
import { resolvePath } from './resolve-path.ts';
import { sayFindings } from './say-findings.ts';
import { styleFor, widthOf } from './terminal.ts';
import { asOfDay } from './today.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly ahead: string;
  readonly asOf?: string;
  readonly plan?: string;
  readonly table: readonly string[];
  readonly format: 'text' | 'markdown' | 'ics' | 'json';
  readonly quiet?: true;
}

/** `align-pay campaigns --ahead 30d`: what comes, who knows of it, and what became of what came. */
export const define: CommandFile['define'] = (command) => {
  command
    .argument('[deals]', DEALS_HELP)
    .option('--ahead <days>', 'how far to look ahead, as in 30d', '30d')
    .option('--as-of <day>', 'the day from which, as in 2027-01-31; today where not said')
    .option('--plan <file>', 'the plan, or a folder of plans; without it, the one beside the deals or here')
    .option('--table <name=file>', 'the file of a table, as in campaigns=export.csv', collect, [])
    .addOption(
      command
        .createOption('--format <format>', 'how it is told')
        .choices(['text', 'markdown', 'ics', 'json'])
        .default('text'),
    )
    .option('--quiet', 'print nothing where nothing comes and nothing was left undone')
    .action((deals: string | undefined, options: Options) => act(command, () => run(deals, options)));
};

const aheadDays = (option: string): number => {
  const count = /^(\d{1,4})\s*(?:d|days?)?$/.exec(option.trim())?.[1];
  if (count === undefined) throw new UsageError(`--ahead ${option}: write a number of days as in 30d`);
  return Number(count);
};

const run = async (deals: string | undefined, options: Options): Promise<void> => {
  const ahead = aheadDays(options.ahead);
  const asOf = asOfDay(options.asOf);
  if (deals !== undefined) mustExist(deals);
  const sink = new Sink();
  const files = new PlanFiles();
  const tables = tableFiles(options.table);
  const found = findPlans(options.plan, deals ?? tables.get('deals'));
  const plan = planOn(asOf, found, files, sink);
  const standing = plan === undefined || tables.has('deals') ? deals : (deals ?? dealsBeside(found, plan));
  const digest = plan && (await digestOf(plan, standing, { asOf, ahead, tables }, sink));
  const short = digest?.coming.filter(({ notice }) => notice === 'short') ?? [];
  for (const { id, name, startsOn, due } of short) {
    sink.add(
      'short-notice',
      `${name} starts on ${formatDay(startsOn ?? asOf)}, and was to be announced by ${formatDay(due ?? asOf)}`,
      {
        file: plan?.file,
        value: id,
        hint: 'move its first day; else what it brings counts neither as handed over nor as worked',
      },
    );
  }
  tell(digest, sink, options, files);
  process.exitCode = sink.hasErrors ? exitCode.findings : exitCode.done;
};

const planOn = (asOf: Day, found: FoundPlans, files: PlanFiles, sink: Sink): Plan | undefined => {
  const plans = found.files.flatMap((file) => {
    const text = files.readPlan(file, sink);
    const plan = text === undefined ? undefined : loadPlan(file, text, files.read, { resolvePath }, sink);
    return plan ?? [];
  });
  if (sink.hasErrors) return undefined;
  if (!found.isFolder) return plans[0];
  const timeline = timelineOf(plans, sink);
  // Before the first plan there is no promise yet; the first will make it.
  return (inForceOn(timeline, asOf) ?? timeline[0])?.plan;
};

const digestOf = async (
  plan: Plan,
  deals: string | undefined,
  {
    asOf,
    ahead,
    tables,
  }: { readonly asOf: Day; readonly ahead: number; readonly tables: ReturnType<typeof tableFiles> },
  sink: Sink,
): Promise<Digest | undefined> => {
  const needing: Plan = { ...plan, needs: new Set([...plan.needs, 'campaigns' as const]) };
  const found = new Sink();
  const loaded = await loadTables({ plan: needing, deals, overrides: tables }, found);
  const credited = found.hasErrors ? undefined : creditTables(needing, loaded.tables, {}, found);
  for (const finding of placeCells(found.all(), loaded, plan)) if (finding.severity === 'error') sink.push(finding);
  if (credited === undefined || sink.hasErrors) return undefined;
  const period = shiftPeriod(periodOf(asOf, plan.period, plan.fiscalYearStarts), -1, plan.fiscalYearStarts);
  // The period may not be payable yet, such as where a quota is not there.
  const paid = payCredited(credited, plan, { periods: { from: period, to: period } }, new Sink());
  const all = creditTables(withoutNotice(plan), loaded.tables, {}, new Sink());
  return {
    plan,
    asOf,
    ahead,
    coming: comingCampaigns(campaignsOf(loaded.tables.get('campaigns'), plan, asOf), asOf, ahead),
    heldTo: heldTo(plan),
    last: period.label,
    worked: workedByTeam(credited, period),
    uncounted: all === undefined ? [] : uncounted(credited, all, period),
    cost: (paid?.periods[0] && noticeCost(paid, paid.periods[0])) ?? [],
  };
};

const tell = (digest: Digest | undefined, sink: Sink, options: Options, files: PlanFiles): void => {
  const print = (text: string): void => {
    process.stdout.write(text);
  };
  if (options.format === 'json') {
    const data = digest === undefined ? {} : campaignData(digest);
    print(`${JSON.stringify({ ...data, findings: findingsData(sink.all()) }, null, 2)}\n`);
    return;
  }
  if (digest !== undefined && !(options.quiet === true && !hasNews(digest))) {
    if (options.format === 'ics') print(campaignIcs(digest));
    else {
      const blocks = campaignBlocks(digest);
      const layout = { style: styleFor('stdout'), width: widthOf(process.stdout) };
      print(options.format === 'markdown' ? documentMarkdown(blocks) : documentText(blocks, layout));
    }
  }
  // What is short of its notice stands in the digest; on standard error stands what is wrong with plan or data.
  const others = sink.all().filter(({ code }) => code !== 'short-notice');
  sayFindings(others, { textOf: (file) => files.textOf(file), quiet: options.quiet });
};
