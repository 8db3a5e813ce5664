import { describeAggregate } from '../rules/expression/describe.ts';
import type { Node, Scope, Type } from '../rules/expression/typed.ts';
import type { Missing } from '../values/missing.ts';
import type { Num } from '../values/num.ts';
import type { Value } from './frame.ts';
import type { MeasureRead } from './result.ts';

interface Entry {
  readonly scope: MeasureRead['scope'];
  readonly who: string;
  readonly measure: string;
  type: Type;
  value: Value | undefined;
  quota: Num | Missing | undefined;
}

/** Keeps the figures that a period's links, steps and pay have read, each once for each view it was read from. */
export class MeasureLog {
  readonly #views = new Map<object, Map<string, Entry>>();

  #entry(scope: Scope['kind'], who: string, measure: string, type: Type, view: object): Entry {
    let entries = this.#views.get(view);
    if (entries === undefined) {
      entries = new Map();
      this.#views.set(view, entries);
    }
    const key = `${scope}/${measure}/${who}`;
    let entry = entries.get(key);
    if (entry === undefined) {
      const whose = scope !== 'own' ? scope : who === '' ? 'company' : 'payee';
      entry = { scope: whose, who, measure, type, value: undefined, quota: undefined };
      entries.set(key, entry);
    }
    return entry;
  }

  measure(scope: Scope['kind'], who: string, measure: string, value: Value, type: Type, view: object): void {
    const entry = this.#entry(scope, who, measure, type, view);
    entry.value = value;
    entry.type = type;
  }

  quota(scope: Scope['kind'], who: string, measure: string, quota: Value, type: Type, view: object): void {
    this.#entry(scope, who, measure, type, view).quota = quota as Num | Missing;
  }

  aggregate(
    scope: Scope['kind'],
    who: string,
    node: Extract<Node, { kind: 'aggregate' }>,
    value: Value,
    view: object,
  ): void {
    this.measure(scope, who, describeAggregate(node), value, node.type, view);
  }

  /** What was read, in a stable order, equal figures once. */
  list(): MeasureRead[] {
    const rows = new Map<string, MeasureRead>();
    for (const entries of this.#views.values()) {
      for (const entry of entries.values()) {
        const key = JSON.stringify([entry.scope, entry.who, entry.measure, shown(entry.value), shown(entry.quota)]);
        if (!rows.has(key)) rows.set(key, entry);
      }
    }
    return [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
  }
}

const shown = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && 'n' in value && 'd' in value) return `${value.n}/${value.d}`;
  if (typeof value === 'object' && value !== null && 'reason' in value) return `missing: ${value.reason}`;
  return String(value);
};
