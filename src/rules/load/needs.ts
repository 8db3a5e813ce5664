import { walk } from '../expression/typed.ts';
import type { Credit } from '../plan.ts';
import { TABLE_OF, type TableName } from '../tables.ts';
import type { Reading } from './reader.ts';

/** The tables without which some expression of the plan could not be computed. */
export const needsOf = (credits: Iterable<Credit>, readings: readonly Reading[]): ReadonlySet<TableName> => {
  const needs = new Set<TableName>();
  for (const credit of credits) {
    // A deal without splits has one, its owner's: splits are read where they stand, and needed nowhere.
    needs.add(credit.each === 'split' ? 'deals' : TABLE_OF[credit.each]);
    if (credit.each === 'attribution') needs.add('deals');
  }
  for (const { expression } of readings) {
    walk(expression.node, (node) => {
      switch (node.kind) {
        case 'column':
          if (node.row !== 'split') needs.add(TABLE_OF[node.row]);
          break;
        case 'payee':
        case 'person':
          needs.add('people');
          break;
        case 'quota':
          needs.add('quotas');
          break;
        case 'result':
          needs.add('results');
          break;
        default:
      }
      const scope = 'scope' in node ? node.scope.kind : undefined;
      if (scope === 'team' || scope === 'direct_reports' || scope === 'all_reports') needs.add('people');
    });
  }
  return needs;
};
