import type { RowName } from '../tables.ts';

/**
 * What `announced_only` asks of a lead or touch, as an expression: whether its campaign was known of in time, which is
 * `notice` days before it starts, or before the row's own date where that is earlier (or the campaign has no start).
 *
 * Marketing's word (`announced_on`) is enough: who was told in time answers for the campaign, whether it was acknowledged
 * or not, else nobody would ever acknowledge anything. Sales' own word (`acknowledged_on`) is enough as well, where the
 * announcement is not on record. A campaign of which neither is there in time does not count, and nor does a row without
 * one.
 */
export const announcedInTime = (each: RowName, notice: number): string => {
  const own = each === 'lead' ? 'lead.assigned_on' : 'attribution.touched_on';
  const start = 'campaign.starts_on';
  const needed = `coalesce(min(${start}, ${own}), ${start}, ${own}) - ${notice} days`;
  return `campaign.announced_on <= ${needed} or coalesce(campaign.acknowledged_on <= ${needed}, false)`;
};
