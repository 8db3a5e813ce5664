import type { Computation } from '../../engine/result.ts';
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
import { controlData, totalsData } from './report-summary.ts';

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

const changesData = (changes: ResultExtras['changes'], { plan }: Computation) => {
  const money = (amount: Num | undefined): string | null =>
    amount === undefined ? null : formatMinor(amount, plan.digits);
  return [...changes].flatMap(([period, all]) =>
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

/** A run as one object for machines; amounts are decimal strings. Without a result all but the findings is empty. */
export const resultJson = (context: ReportContext | undefined, extras: ResultExtras): string => {
  const { files, changes } = extras;
  const findings = findingsData(extras.findings);
  if (context === undefined)
    return json({ payouts: [], totals: [], links: [], changes: [], held: [], files, findings });
  const { computation } = context;
  const { plan, periods } = computation;
  return json({
    plan: plan.name,
    currency: plan.currency,
    periods: periods.map(({ period }) => period.label),
    payouts: periods.flatMap((result) =>
      payoutsReport.kind === 'table' ? records(payoutsReport.of(context, result)) : [],
    ),
    totals: periods.map((result) => ({ period: result.period.label, ...totalsData(context, result) })),
    control: periods.map((result) => ({ period: result.period.label, ...controlData(context, result) })),
    links: linksData(context),
    changes: changesData(changes, computation),
    held: records(heldReport(context)),
    files,
    findings,
  });
};

const json = (data: unknown): string => `${JSON.stringify(data, undefined, 2)}\n`;
