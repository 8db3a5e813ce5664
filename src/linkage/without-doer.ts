import { adderFor } from '../engine/aggregate.ts';
import type { Computed } from '../engine/compute.ts';
import type { Frame, Reader, Value } from '../engine/frame.ts';
import { ViewReader } from '../engine/reader.ts';
import type { CreditRow } from '../engine/result.ts';
import { childrenOf, type Node } from '../rules/expression/typed.ts';
import { isMissing, type Missing } from '../values/missing.ts';
import { add, type Num, sub } from '../values/num.ts';
import type { Doer, Doers } from './doers.ts';

type Aggregate = Extract<Node, { kind: 'aggregate' }>;
type MeasureNode = Extract<Node, { kind: 'measure' }>;

interface Taken {
  readonly row: CreditRow;
  readonly value: Value;
}

/** What an aggregate came to, and the credits of it that are somebody's doing. */
interface Contributions {
  readonly value: Value;
  readonly all: readonly Taken[];
  readonly byDoer: ReadonlyMap<Doer, readonly Taken[]>;
}

/** Asks what results would be without the credits that are one person's doing, from the readers of a run. */
export class WithoutDoers {
  readonly #computed: Computed;
  readonly #doers: Doers;
  /** What is the same for everybody who reads it. */
  readonly #shared = new Map<Node, Map<string, Contributions>>();
  readonly #values = new Map<Doer, Map<string, Value>>();

  constructor(computed: Computed, doers: Doers) {
    this.#computed = computed;
    this.#doers = doers;
  }

  /** Everybody whose doing the figures are that some expressions read in a frame. */
  doersOf(nodes: readonly Node[], frame: Frame): ReadonlySet<Doer> {
    const found = new Set<Doer>();
    const visit = (node: Node, at: Frame): void => {
      const { reader } = at;
      if (node.kind === 'measure' && reader instanceof ViewReader) {
        const { measure, reader: inner } = reader.inside(node);
        visit(measure.value.node, inner.frame());
      } else if (node.kind === 'aggregate' && reader instanceof ViewReader) {
        for (const doer of this.contributions(node, at, reader).byDoer.keys()) found.add(doer);
      } else for (const child of childrenOf(node)) visit(child, at);
    };
    for (const node of nodes) visit(node, frame);
    return found;
  }

  /** The frame, reading results without what one person did. */
  frame(frame: Frame, doer: Doer): Frame {
    return frame.reader instanceof ViewReader
      ? { ...frame, reader: new DoerlessReader(this, frame.reader, doer) }
      : frame;
  }

  contributions(node: Aggregate, frame: Frame, reader: ViewReader): Contributions {
    const whose = reader.whose(node);
    if (!whose.shared || node.forDeal) return this.#collect(node, frame, reader);
    let known = this.#shared.get(node);
    if (known === undefined) {
      known = new Map();
      this.#shared.set(node, known);
    }
    const key = `${whose.kind}/${whose.who}/${whose.from}/${whose.to}`;
    let found = known.get(key);
    if (found === undefined) {
      found = this.#collect(node, frame, reader);
      known.set(key, found);
    }
    return found;
  }

  #collect(node: Aggregate, frame: Frame, reader: ViewReader): Contributions {
    const all: Taken[] = [];
    const byDoer = new Map<Doer, Taken[]>();
    reader.added(node, frame, (row, value) => {
      const taken = { row, value };
      all.push(taken);
      for (const doer of this.#doers.of(row)) {
        const own = byDoer.get(doer);
        if (own === undefined) byDoer.set(doer, [taken]);
        else own.push(taken);
      }
    });
    return { value: reader.aggregate(node, frame), all, byDoer };
  }

  /** A measure without what one person did; what that person has no part in is as it was. */
  measure(node: MeasureNode, reader: ViewReader, doer: Doer): Value {
    const whose = reader.whose(node);
    const key = `${node.name}/${whose.kind}/${whose.who}/${whose.from}/${whose.to}`;
    const values = whose.shared ? this.#valuesOf(doer) : undefined;
    const known = values?.get(key);
    if (known !== undefined) return known;
    const { measure, reader: inner } = reader.inside(node);
    const value = this.#computed.engine.compiler.compile(measure.value.node)(this.frame(inner.frame(), doer));
    values?.set(key, value);
    return value;
  }

  #valuesOf(doer: Doer): Map<string, Value> {
    let values = this.#values.get(doer);
    if (values === undefined) {
      values = new Map();
      this.#values.set(doer, values);
    }
    return values;
  }
}

/** A reader of a run for which one person's doing is not there; quotas, results and pay are as they were. */
class DoerlessReader implements Reader {
  readonly #without: WithoutDoers;
  readonly #reader: ViewReader;
  readonly #doer: Doer;

  constructor(without: WithoutDoers, reader: ViewReader, doer: Doer) {
    this.#without = without;
    this.#reader = reader;
    this.#doer = doer;
  }

  measure(node: MeasureNode): Value {
    return this.#without.measure(node, this.#reader, this.#doer);
  }

  aggregate(node: Aggregate, frame: Frame): Value {
    const { value, all, byDoer } = this.#without.contributions(node, frame, this.#reader);
    const own = byDoer.get(this.#doer);
    if (own === undefined) return value;
    if (!isMissing(value) && (node.fn === 'sum' || node.fn === 'count')) return sub(value as Num, addedUp(node, own));
    const adder = adderFor(node.fn, node.value?.type ?? 'number');
    const left = new Set(own);
    for (const taken of all) if (!left.has(taken)) adder.take(taken.row, taken.value, 1);
    return adder.result();
  }

  quota(node: Extract<Node, { kind: 'quota' }>): Value {
    return this.#reader.quota(node);
  }

  result(node: Extract<Node, { kind: 'result' }>): Value {
    return this.#reader.result(node);
  }

  pay(node: Extract<Node, { kind: 'pay' }>): Num | Missing {
    return this.#reader.pay(node);
  }
}

const addedUp = (node: Aggregate, taken: readonly Taken[]): Num =>
  taken.reduce<Num>((sum, { row, value }) => add(sum, node.fn === 'count' ? row.count : (value as Num)), 0);
