import type { Known } from '../../rules/expression/typed.ts';
import type { Plan } from '../../rules/plan.ts';
import { toMinor } from '../../values/money.ts';
import { fraction, mul, type Num } from '../../values/num.ts';
import { MONTHS, type Period } from '../../values/period.ts';
import { columnType, tableOfCell } from './columns.ts';

/** The goal of a payee and the target pay for a period, and a tenth of it, which one deal is worth: in major units. */
export const GOAL = 100_000;
export const DEALS = 10;

export const goalOf = (plan: Plan): Num => toMinor(GOAL, plan.digits);
export const dealOf = (plan: Plan): Num => toMinor(GOAL / DEALS, plan.digits);

/** Dates as days from the first of the paid period. A campaign is announced and begins long before its leads come. */
const DATES: Readonly<Record<string, number>> = {
  'deal.close_date': 14,
  'deal.created_on': -40,
  'deal.paid_date': 20,
  'campaign.announced_on': -75,
  'campaign.acknowledged_on': -70,
  'campaign.starts_on': -60,
  'campaign.ends_on': 25,
  'attribution.touched_on': -20,
  'lead.assigned_on': 5,
  'lead.followed_up_on': 6,
};

/** What a cell of a scene holds where nothing asks for anything else. */
export const usualValue = (plan: Plan, period: Period): ((cell: string) => Known | undefined) => {
  const byType = (cell: string): Known | undefined => {
    const { table, column } = tableOfCell(cell);
    switch (columnType(plan, table, column)) {
      case 'money':
        return mul(dealOf(plan), fraction(3, 10));
      case 'number':
        return 1;
      case 'date':
        return period.from + 10;
      case 'days':
        return 30;
      case 'boolean':
        return true;
      default:
        return undefined;
    }
  };
  return (cell) => {
    const { table, column } = tableOfCell(cell);
    const days = DATES[cell];
    if (days !== undefined) return period.from + days;
    if (cell === 'deal.amount') return dealOf(plan);
    if (cell === 'deal.type') return 'new';
    if (cell === 'deal.stage') return 'won';
    if (cell === 'attribution.weight') return fraction(1, 2);
    if (cell === 'campaign.cost') return toMinor(1000, plan.digits);
    if (cell === 'deal.currency' || cell === 'deal.refund_of') return undefined;
    if (table === 'people') {
      if (column === 'target_pay')
        return mul(goalOf(plan), fraction(MONTHS[plan.targetPer ?? 'year'], MONTHS[plan.period]));
      if (column === 'starts_on' || column === 'ends_on' || column === 'share') return undefined;
    }
    return byType(cell);
  };
};
