import { formatGrouped } from '../../values/money.ts';
import { harmless, wrap } from '../terminal/display-text.ts';
import type { Style } from '../terminal/style.ts';
import { hasBrackets, type PilotSection } from './pilot-cells.ts';
import { sideBySide } from './pilot-columns.ts';
import { glanceSections } from './pilot-glance.ts';
import { gridBlocks, isGridCut } from './pilot-grid.ts';
import { checkedToday, namedChanges, peopleTable } from './pilot-people.ts';
import { type PilotResult, paidVariants } from './pilot-result.ts';
import { pilotSections } from './pilot-rows.ts';

export interface PilotTextOptions {
  readonly style: Style;
  readonly width: number;
  /** Every figure of every variant, however many screens that takes. */
  readonly full: boolean;
}

/** More variants than these are not set beside each other unless all is asked for: they would not fit on a screen. */
const MOST_BESIDE = 5;

/** So many of the variants that cannot be paid are named on a screen. */
const MOST_FAILED = 3;

/**
 * The question on one screen: who gains and loses, what it costs, whether it binds, who answers for whose failure, what people
 * will do. Of many variants a row each. With `full`, all figures.
 */
export const pilotText = (result: PilotResult, { style, width, full }: PilotTextOptions): string => {
  const { plan, periods, currency, grid, rank, variants } = result;
  const { from, to } = periods;
  const title = style.bold(`${harmless(plan)} · ${from === to ? from : `${from} to ${to}`} · ${currency}`);
  const isFew = variants.length <= MOST_BESIDE;
  const inRows = grid || rank !== undefined || !(full || isFew);
  const inColumns = full ? !grid || isFew : !inRows;
  const sections = !inColumns ? [] : full ? pilotSections(result) : glanceSections(result);
  const blocks = [[title]];
  if (inRows) blocks.push(...gridBlocks(result, style, width, full));
  if (inColumns && !full) blocks.push(peopleTable(result, style, width));
  if (inColumns) blocks.push(...sideBySide(result, sections, style, width));
  if (inColumns && full) {
    const named = paidVariants(result).flatMap((variant) => namedChanges(result, variant, style, width));
    blocks.push([...checkedToday(result, style, width), ...named]);
  }
  const more = full ? ALL_SHOWN : inColumns || !grid || isFew ? MORE : isGridCut(result) ? MORE_ROWS : ALL;
  blocks.push([...said(result, sections, full), more].flatMap((text) => wrap(text, width)).map(style.dim));
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

const MORE = '--full shows all figures; what each is, and what it cannot tell: docs/pilot.md.';
const MORE_ROWS = '--full shows all variants; what each figure is, and cannot tell: docs/pilot.md.';
const ALL = 'How each figure is defined, and what it cannot tell: docs/pilot.md.';

const ALL_SHOWN = `Everybody's pay by each variant: --format csv. ${ALL}`;

/** What must be known to read the figures that are shown. */
const said = (result: PilotResult, sections: readonly PilotSection[], atLength: boolean): readonly string[] => {
  const { today, budget, digits, assume, variants } = result;
  const texts: string[] = result.notes.map(harmless);
  const failed = variants.filter(({ figures }) => figures === undefined);
  if (failed.length > 0) {
    const named = atLength ? failed : failed.slice(0, MOST_FAILED);
    const more = failed.length - named.length;
    const names = named.map(({ spec }) => harmless(spec.name)).join(', ');
    texts.push(`Not payable: ${names}${more > 0 ? ` and ${more} more` : ''}.`);
  }
  if (today.linkage.alignment.length === 0) {
    texts.push('There are not two departments in people, so nothing can be said about what binds them.');
  }
  const checked = [today, ...paidVariants(result).map(({ figures }) => figures)];
  if (atLength && checked.some(({ depth }) => depth?.checks.some(({ severity }) => severity !== 'note'))) {
    texts.push('What check finds: align-pay check FILE tells more of it.');
  }
  if (atLength && checked.some(({ depth }) => depth?.fairness.some(({ groups }) => groups.length > 0))) {
    texts.push('Teams, regions, crossed over: paid above or below the middle of who reached as much.');
  }
  if (hasBrackets(sections)) {
    texts.push('In brackets, where it is another: without the links that bind departments.');
  }
  if (today.draws !== undefined && today.draws.deals > 0) {
    const { totals, unanswered, deals } = today.draws;
    const times = `${totals.length + unanswered} times ${deals} deals`;
    texts.push(
      atLength
        ? `Draws: ${times} drawn from these with replacement, each with all that points to it, and paid whole (bootstrap, fixed seed).`
        : `Draws: ${times}, drawn with replacement (bootstrap, fixed seed).`,
    );
    if (unanswered > 0) texts.push(`${unanswered} of today's draws have a payout without an answer and are left out.`);
  }
  if (budget !== undefined && today.draws === undefined) texts.push(`Budget ${formatGrouped(budget, digits)}.`);
  if (assume !== undefined)
    texts.push(`"if ${assume}" is an assumption that is computed, not a result that is promised.`);
  return texts;
};
