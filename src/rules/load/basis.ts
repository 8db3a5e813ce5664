import { type Node, walk } from '../expression/typed.ts';
import type { Basis, Expression, Measure } from '../plan.ts';

/** What an expression reads, through the measures that it reads. */
interface Reads {
  results: boolean;
  payeeMoney: boolean;
}

const readsOf = (root: Node, measures: ReadonlyMap<string, Measure>): Reads => {
  const reads: Reads = { results: false, payeeMoney: false };
  const seen = new Set<string>();
  const left: Node[] = [root];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    walk(next, (node) => {
      if (node.kind === 'aggregate' || node.kind === 'measure' || node.kind === 'quota' || node.kind === 'pay')
        reads.results = true;
      if (node.kind === 'payee' && node.type === 'money') reads.payeeMoney = true;
      if (node.kind !== 'measure' || seen.has(node.name)) return;
      seen.add(node.name);
      const measure = measures.get(node.name);
      if (measure !== undefined) left.push(measure.value.node);
    });
  }
  return reads;
};

/** Whether money is paid for time, for what was done, or for both: which decides how it is prorated. */
export const basisOf = (expression: Expression, measures: ReadonlyMap<string, Measure>): Basis => {
  const { results, payeeMoney } = readsOf(expression.node, measures);
  if (!results) return 'time';
  return payeeMoney ? 'both' : 'results';
};
