import { existsSync } from 'node:fs';
import path from 'node:path';
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
