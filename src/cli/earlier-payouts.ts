import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../findings/finding.ts';
import { Sink } from '../findings/sink.ts';
import { type CsvRecord, cellText } from '../io/csv-record.ts';
import { scanRows } from '../io/csv-rows.ts';
import { fileSource } from '../io/source-file.ts';
import type { EarlierPayout, PayoutChange } from '../report/period/payout-changes.ts';
import { payoutChanges } from '../report/period/payout-changes.ts';
import type { ReportContext } from '../report/period/report.ts';

/** What an earlier run wrote to a payouts.csv; undefined where there is none, or none that can be read. */
const readEarlier = (file: string): readonly EarlierPayout[] | undefined => {
  if (!existsSync(file)) return undefined;
  const found: EarlierPayout[] = [];
  let names: readonly string[] = [];
  const cell = (record: CsvRecord, name: string): string => cellText(record, names.indexOf(name));
  try {
    scanRows(
      fileSource(file, file),
      { delimiter: undefined, encoding: undefined },
      {},
      {
        header(record) {
          names = Array.from({ length: record.count }, (_, i) => cellText(record, i));
          return ['person_id', 'reward', 'amount'].every((name) => names.includes(name));
        },
        row(record) {
          found.push({
            personId: cell(record, 'person_id'),
            name: cell(record, 'name'),
            reward: cell(record, 'reward'),
            amount: cell(record, 'amount'),
          });
        },
        fault() {},
        broken() {},
      },
    );
  } catch {
    // An earlier file that cannot be read is replaced; there is nothing to compare with.
    return undefined;
  }
  return found;
};

/** Who is paid otherwise than the reports that stand in the folder say, by period. */
export const changesSince = (context: ReportContext, outDir: string): ReadonlyMap<string, readonly PayoutChange[]> => {
  const { plan, periods } = context.computation;
  const changes = new Map<string, readonly PayoutChange[]>();
  for (const result of periods) {
    const { label } = result.period;
    const earlier = readEarlier(path.join(outDir, label, 'payouts.csv'));
    if (earlier === undefined) continue;
    const found = payoutChanges(earlier, result, context.held, plan.digits);
    if (found.length > 0) changes.set(label, found);
  }
  return changes;
};

/** What the plan meant by which a period was paid; undefined where no report says it. */
const earlierMeaning = (file: string): string | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    const summary: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const manifest = summary instanceof Object && 'manifest' in summary ? summary.manifest : undefined;
    const meaning = manifest instanceof Object && 'meaning' in manifest ? manifest.meaning : undefined;
    return typeof meaning === 'string' ? meaning : undefined;
  } catch {
    // An earlier file that cannot be read is replaced; there is nothing to compare with.
    return undefined;
  }
};

/** Says which periods were paid by another plan and come out otherwise by this one: what was earned stays earned. */
export const earnedChanged = (
  contexts: readonly ReportContext[],
  changes: ReadonlyMap<string, readonly PayoutChange[]>,
  { out, approved }: { readonly out: string; readonly approved?: true },
): readonly Finding[] => {
  const sink = new Sink();
  for (const { computation, meaning } of contexts) {
    for (const { period } of computation.periods) {
      const own = changes.get(period.label) ?? [];
      const earlier = earlierMeaning(path.join(out, period.label, 'summary.json'));
      if (own.length === 0 || earlier === undefined || earlier === meaning) continue;
      const people = new Set(own.map(({ personId }) => personId)).size;
      sink.add(
        'earned-changed',
        `${period.label} was paid by another plan, and comes out otherwise for ${people} ${people === 1 ? 'person' : 'people'} by “${computation.plan.name}”`,
        {
          file: computation.plan.file,
          severity: approved === true ? 'error' : 'warning',
          hint: 'what was earned stays earned: put each plan in plans/, so that the period is paid by its own; what is still owed is an adjustment in adjustments.csv',
        },
      );
    }
  }
  return sink.all();
};
