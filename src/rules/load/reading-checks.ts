import type { Sink } from '../../findings/sink.ts';
import { pathText } from '../document/part.ts';
import { type Node, walk } from '../expression/typed.ts';
import type { Measure } from '../plan.ts';
import { placeOfNode, type Reading } from './reader.ts';

/** What a measure reads, through the measures that it reads, that not every place can give it. */
interface Needs {
  /** A payee: its columns, its team, its reports. */
  readonly payee: string | undefined;
  /** A stretch of time of its own: `bookings.ytd`. */
  readonly suffix: string | undefined;
}

const NONE: Needs = { payee: undefined, suffix: undefined };

const ownNeeds = (node: Node): Needs => {
  if (node.kind === 'payee') return { payee: `payee.${node.column}`, suffix: undefined };
  if (!('scope' in node)) return NONE;
  const { kind } = node.scope;
  const payee = kind === 'team' || kind === 'direct_reports' || kind === 'all_reports' ? kind : undefined;
  const suffix = node.kind === 'measure' && node.suffix !== undefined ? `${node.name}.${node.suffix}` : undefined;
  return { payee, suffix };
};

const needsOf = (measures: ReadonlyMap<string, Measure>): ((name: string) => Needs) => {
  const known = new Map<string, Needs>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    let needs = NONE;
    const seen = new Set([name]);
    const left = [name];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const measure = measures.get(next);
      if (measure === undefined) continue;
      walk(measure.value.node, (node) => {
        const own = ownNeeds(node);
        needs = { payee: needs.payee ?? own.payee, suffix: needs.suffix ?? own.suffix };
        if (node.kind !== 'measure' || seen.has(node.name)) return;
        seen.add(node.name);
        left.push(node.name);
      });
    }
    known.set(name, needs);
    return needs;
  };
};

/**
 * What can be said only once all measures are read: in a scope a measure has no payee whose columns it could read, and
 * one stretch of time cannot be seen from within another.
 */
export const checkMeasuresRead = (
  readings: readonly Reading[],
  measures: ReadonlyMap<string, Measure>,
  sink: Sink,
): void => {
  const needs = needsOf(measures);
  for (const reading of readings) {
    walk(reading.expression.node, (node) => {
      if (node.kind !== 'measure') return;
      const { payee, suffix } = needs(node.name);
      const at = { ...placeOfNode(reading, node), path: pathText(reading.formula.path) };
      if (payee !== undefined && node.scope.kind !== 'own') {
        const hint = 'read it without a scope, or take what reads the payee out of the measure';
        sink.add('not-allowed-here', `${node.name} reads ${payee}, and a scope is not one payee`, { ...at, hint });
      }
      if (suffix !== undefined && node.suffix !== undefined) {
        const hint = 'one suffix at a time: leave one of the two out';
        sink.add('not-allowed-here', `${node.name} reads ${suffix} already, so it takes no .${node.suffix}`, {
          ...at,
          hint,
        });
      }
    });
  }
};

/** `target_pay` is money for a time, which the plan must say wherever it is read. */
export const checkTargetPer = (readings: readonly Reading[], sink: Sink): void => {
  for (const reading of readings) {
    let found: Node | undefined;
    walk(reading.expression.node, (node) => {
      const read = (node.kind === 'payee' || node.kind === 'person') && node.column === 'target_pay';
      if (read) found ??= node;
    });
    if (found === undefined) continue;
    const hint = 'add data: people: { target_per: year }, or month, quarter, half';
    const at = { ...placeOfNode(reading, found), path: pathText(reading.formula.path) };
    sink.add('missing-target-per', 'target_pay is read, but the plan does not say for how long it is', { ...at, hint });
    return;
  }
};
