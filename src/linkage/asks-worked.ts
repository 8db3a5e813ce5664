import { walk } from '../rules/expression/typed.ts';
import type { Credit } from '../rules/plan.ts';

const known = new WeakMap<Credit, boolean>();

/** Whether a credit asks when a lead was followed up, so that what it takes was worked. */
export const asksWorked = (credit: Credit): boolean => {
  let asks = known.get(credit);
  if (asks === undefined) {
    asks = [credit.when, credit.date, credit.amount].some((expression) => {
      let found = false;
      if (expression !== undefined) {
        walk(expression.node, (node) => {
          if (node.kind === 'column' && node.row === 'lead' && node.column === 'followed_up_on') found = true;
        });
      }
      return found;
    });
    known.set(credit, asks);
  }
  return asks;
};
