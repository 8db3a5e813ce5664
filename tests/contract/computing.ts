import { rmSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunOptions } from '../../src/cli/run.ts';
import { loadAndCompute } from '../../src/cli/run-plans.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { formatMinor } from '../../src/values/money.ts';
import { folderOf } from '../cli/run.ts';

export interface FromFiles {
  /** `2026-01 ana commission` → `60.00`; payouts of zero are left out. */
  readonly payouts: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  /** `people.csv:2:5 unclear-group`, with the file's name alone. */
  readonly said: readonly string[];
}

/** Computes files as the command line does, without starting it; names may hold folders. */
export const fromFiles = async (
  files: Readonly<Record<string, string | Buffer>>,
  options: Partial<RunOptions> = {},
): Promise<FromFiles> => {
  const folder = folderOf(files);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const inside = (name: string | undefined): string | undefined => name && path.join(folder, name);
  const { computation, findings } = await loadAndCompute({
    tables: [],
    period: undefined,
    skipBadRows: false,
    progress: () => {},
    ...options,
    deals: inside('deals' in options ? options.deals : 'deals.csv'),
    plan: inside(options.plan),
  });
  const payouts: Record<string, string> = {};
  for (const { period, payouts: paid } of computation?.periods ?? []) {
    for (const { person, rewardName, amount } of paid) {
      if (amount !== 0)
        payouts[`${period.label} ${person.id} ${rewardName}`] = formatMinor(amount, computation?.plan.digits ?? 2);
    }
  }
  const placeOf = ({ file, line, column }: Finding): string =>
    [file && path.basename(file), line, column].filter((part) => part !== undefined).join(':');
  return { payouts, findings, said: findings.map((finding) => `${placeOf(finding)} ${finding.code}`) };
};
