import { readFileSync } from 'node:fs';
import type { CheckFinding } from '../check/levels.ts';
import { mustExist } from './options.ts';
import { UsageError } from './usage-error.ts';

/** Findings that were there before: how many of each code at each place of a plan. */
export type Baseline = Map<string, number>;

const keyOf = (code: unknown, file: unknown, path: unknown): string =>
  JSON.stringify([code, file ?? null, path ?? null]);

/** Reads what an earlier `align-pay check --format json` has printed. */
export const readBaseline = (file: string): Baseline => {
  mustExist(file);
  const wrong = (why: string): UsageError =>
    new UsageError(`--baseline ${file}: ${why}; write one with \`align-pay check --format json > ${file}\``);
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw wrong('it is not JSON');
  }
  const findings = typeof read === 'object' && read !== null && 'findings' in read ? read.findings : undefined;
  if (!Array.isArray(findings)) throw wrong('it has no findings');
  const baseline: Baseline = new Map();
  for (const finding of findings) {
    const key = keyOf(finding?.code, finding?.file, finding?.path);
    baseline.set(key, (baseline.get(key) ?? 0) + 1);
  }
  return baseline;
};

/** The findings that a baseline does not have; each of its entries accepts one. */
export const withoutKnown = (
  findings: readonly CheckFinding[],
  baseline: Baseline,
  shown: (file: string) => string,
): readonly CheckFinding[] =>
  findings.filter(({ code, file, path }) => {
    const key = keyOf(code, file === undefined ? undefined : shown(file), path);
    const left = baseline.get(key) ?? 0;
    if (left > 0) baseline.set(key, left - 1);
    return left === 0;
  });
