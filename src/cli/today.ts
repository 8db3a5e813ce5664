import { type Day, dayOf, parseIsoDay } from '../values/date.ts';
import { UsageError } from './usage-error.ts';

/** Today where the user is; SOURCE_DATE_EPOCH, as builds use it, says another day (of UTC). */
export const today = (): Day => {
  const { SOURCE_DATE_EPOCH: epoch } = process.env;
  if (epoch !== undefined && /^\d{1,12}$/.test(epoch)) return Math.floor(Number(epoch) / 86_400);
  const now = new Date();
  return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate()) ?? 0;
};

/** The day of `--as-of`, else today. */
export const asOfDay = (option: string | undefined): Day => {
  if (option === undefined) return today();
  const day = parseIsoDay(option);
  if (day === undefined) throw new UsageError(`--as-of ${option}: write a day as in 2027-01-31`);
  return day;
};
