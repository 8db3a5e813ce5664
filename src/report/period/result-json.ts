import type { Computation, PeriodResult } from '../../engine/result.ts';
import type { Finding } from '../../findings/finding.ts';
import { formatMinor } from '../../values/money.ts';
import type { Num } from '../../values/num.ts';
import { numberText } from '../figures/cell-text.ts';
import { linkTotals } from '../figures/link-totals.ts';
import { findingsData } from '../findings/findings-json.ts';
import type { PayoutChange } from './payout-changes.ts';
import type { ReportContext, ReportTable } from './report.ts';
import { heldReport } from './report-held.ts';
import { payoutsReport } from './report-payouts.ts';
import { controlData, planData, totalsData } from './report-summary.ts';

export interface ResultExtras {
  /** The files written. */
  readonly files: readonly string[];
  readonly changes: ReadonlyMap<string, readonly PayoutChange[]>;
  readonly findings: readonly Finding[];
}

const records = ({ header, rows }: ReportTable): readonly Record<string, string>[] =>
  Array.from(rows, (row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));

const linksData = ({ computation, held }: ReportContext) => {
  const money = (amount: Num): string => formatMinor(amount, computation.plan.digits);
  return computation.periods.flatMap((result) =>
    linkTotals([result], held).map(({ reward, link, crosses, touches }) => ({
      period: result.period.label,
      reward,
      link: link.name,
      crosses,
      because: link.because,
      touches: touches.map(({ department, people, lines, averageFactor, added, took, effect, ...touch }) => ({
        department,
        crosses: touch.crosses,
        people,
        lines,
        average_factor: averageFactor === undefined ? null : numberText(averageFactor),
        added: money(added),
        took: money(took),
        effect: money(effect),
      })),
    })),
  );
};

const changesData = (changes: ResultExtras['changes'], { plan, periods }: Computation) => {
  const own = new Set(periods.map(({ period }) => period.label));
  const money = (amount: Num | undefined): string | null =>
    amount === undefined ? null : formatMinor(amount, plan.digits);
  return [...changes]
    .filter(([period]) => own.has(period))
    .flatMap(([period, all]) =>
      all.map(({ personId, name, reward, before, now }) => ({
        period,
        person_id: personId,
        name,
        reward,
        before: money(before),
        now: money(now),
      })),
    );
};

/**
 * A run as one object for machines; amounts are decimal strings. Without a result all but the findings is empty. Where several plans
 * were in force one after the other, `plan` is the last, and `plans` has them all.
 */
export const resultJson = (contexts: readonly ReportContext[], extras: ResultExtras): string => {
  const { files, changes } = extras;
  const findings = findingsData(extras.findings);
  const last = contexts.at(-1);
  if (last === undefined) return json({ payouts: [], totals: [], links: [], changes: [], held: [], files, findings });
  const labels = ({ computation: { periods } }: ReportContext) => periods.map(({ period }) => period.label);
  const each = <T>(of: (context: ReportContext, result: PeriodResult) => T): readonly T[] =>
    contexts.flatMap((context) => context.computation.periods.map((result) => of(context, result)));
  return json({
    plan: last.computation.plan.name,
    plans: contexts.map((context) => ({ ...planData(context), periods: labels(context) })),
    currency: last.computation.plan.currency,
    periods: contexts.flatMap(labels),
    payouts: each((context, result) =>
      payoutsReport.kind === 'table' ? records(payoutsReport.of(context, result)) : [],
    ).flat(),
    totals: each((context, result) => ({ period: result.period.label, ...totalsData(context, result) })),
    control: each((context, result) => ({ period: result.period.label, ...controlData(context, result) })),
    links: contexts.flatMap(linksData),
    changes: contexts.flatMap(({ computation }) => changesData(changes, computation)),
    held: contexts.flatMap((context) => records(heldReport(context))),
    files,
    findings,
  });
};

const json = (data: unknown): string => `${JSON.stringify(data, undefined, 2)}\n`;
