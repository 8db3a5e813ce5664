import type { Document } from '../document/document.ts';
import { daysWords } from '../figures/day-words.ts';
import { campaignBlocks } from './linkage-campaigns.ts';
import { crossoverBlocks } from './linkage-crossovers.ts';
import { leadBlocks } from './linkage-leads.ts';
import { linkBlocks } from './linkage-links.ts';
import type { LinkageReport } from './linkage-report.ts';

/** What both heads of department read together: what each did for the other, and what its actions returned. */
export const linkageDocument = (report: LinkageReport): Document => {
  const { computed, result } = report;
  const { plan } = computed;
  return {
    title: 'Linkage report',
    eyebrow: `${plan.name}, ${result.period.label}`,
    meta: [daysWords(result.period)],
    currency: plan.currency,
    digits: plan.digits,
    blocks: [...linkBlocks(report), ...campaignBlocks(report), ...leadBlocks(report), ...crossoverBlocks(report)],
    foot: ['Every figure is of the run that pays; links.csv, payouts.csv and lines.csv hold the same.'],
  };
};
