import type { Computed } from '../engine/compute.ts';
import type { Engine } from '../engine/engine.ts';
import type { Frame, Value } from '../engine/frame.ts';
import { touchesRows } from '../engine/link.ts';
import type { QuotaPart } from '../engine/quota.ts';
import { ViewReader, type Whose } from '../engine/reader.ts';
import type { CreditRow, Line, Stay } from '../engine/result.ts';
import type { Place } from '../findings/finding.ts';
import { childrenOf, type Node } from '../rules/expression/typed.ts';
import type { Expression, Measure } from '../rules/plan.ts';
import { TABLE_OF } from '../rules/tables.ts';
import { isMissing } from '../values/missing.ts';

/** An expression of the plan, what it came to, and what it read on the way, in the order in which it stands there. */
export interface Figure {
  readonly expression: Expression;
  readonly value: Value;
  readonly reads: readonly Read[];
}

interface ReadBase {
  /** The node of the expression that stands for it. */
  readonly node: Node;
  readonly value: Value;
}

/** A credit that an aggregate took, with what it added; where only rows are counted, what it counts. */
export interface Taken {
  readonly row: CreditRow;
  readonly value: Value;
}

/** Something that an expression read: the figures of the run, and from where they are. */
export type Read =
  | (ReadBase & { readonly kind: 'param'; readonly name: string; readonly place: Place | undefined })
  | (ReadBase & { readonly kind: 'cell'; readonly name: string; readonly place: Place | undefined })
  | (ReadBase & { readonly kind: 'period' | 'group' | 'credited'; readonly name: string })
  | (ReadBase & {
      readonly kind: 'measure';
      readonly whose: Whose;
      readonly measure: Measure;
      /** Its own expression, and what that read. */
      readonly figure: () => Figure;
    })
  | (ReadBase & {
      readonly kind: 'aggregate';
      readonly whose: Whose;
      readonly forDeal: boolean;
      /** What is added up. */
      readonly taken: () => readonly Taken[];
    })
  | (ReadBase & {
      readonly kind: 'quota';
      readonly whose: Whose;
      readonly measure: string;
      readonly parts: () => readonly QuotaPart[];
    })
  | (ReadBase & {
      readonly kind: 'result';
      readonly whose: Whose;
      readonly name: string;
      readonly row: number | undefined;
    })
  | (ReadBase & {
      readonly kind: 'pay';
      readonly whose: Whose;
      readonly reward: string;
      readonly lines: () => readonly Line[];
    });

/**
 * What an expression came to in a frame, from the run's own readers, which answer from what they kept. The frame is
 * copied: it may be one that is filled again.
 */
export const figureOf = (computed: Computed, expression: Expression, frame: Frame): Figure => {
  const { reader } = frame;
  // What reads no rows of the line is the same for all lines that are read through one reader in one stay.
  if (!(reader instanceof ViewReader) || touchesRows(expression.node)) return makeFigure(computed, expression, frame);
  const readers = entry(kept, computed, () => new Map());
  const figures = entry(
    entry(readers, reader, () => new Map()),
    frame.stay,
    () => new Map(),
  );
  return entry(figures, expression, () => makeFigure(computed, expression, frame));
};

const entry = <K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V => {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
};

/**
 * Figures that were made already. They live as long as the object of the run that they were asked of: who tells of one person
 * after the other asks a copy of it for each, so that what is kept of one is not there any more for the next.
 */
const kept = new WeakMap<Computed, Map<ViewReader, Map<Stay | undefined, Map<Expression, Figure>>>>();

const makeFigure = (computed: Computed, expression: Expression, frame: Frame): Figure => {
  const own = { ...frame };
  return {
    expression,
    value: ask(computed, expression.node, own),
    reads: readsIn(computed, expression.node, own),
  };
};

/** Work that is done when it is asked for, and once. */
const once = <T>(work: () => T): (() => T) => {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
};

/** Figures of groups are the same for everybody who reads them. */
const shared = new WeakMap<Engine, Map<string, () => Figure>>();

const measureFigure = (
  computed: Computed,
  node: Extract<Node, { kind: 'measure' }>,
  reader: ViewReader,
  whose: Whose,
): (() => Figure) => {
  const made = once(() => {
    const { measure, reader: inner } = reader.inside(node);
    return figureOf(computed, measure.value, inner.frame());
  });
  if (!whose.shared) return made;
  const figures = entry(shared, computed.engine, () => new Map());
  const key = `${node.name}/${whose.kind}/${whose.who}/${whose.from}/${whose.to}/${whose.suffix ?? ''}`;
  return entry(figures, key, () => made);
};

/** What one node of an expression comes to. */
export const ask = ({ engine }: Computed, node: Node, frame: Frame): Value => engine.compiler.compile(node)(frame);

/** What was read of an expression: of `if`, `coalesce`, `and` and `or` only what was looked at. */
export const readsIn = (computed: Computed, node: Node, frame: Frame): readonly Read[] => {
  const read = readAt(computed, node, frame);
  if (read !== undefined) return [read];
  return lookedAt(computed, node, frame).flatMap((child) => readsIn(computed, child, frame));
};

const lookedAt = (computed: Computed, node: Node, frame: Frame): readonly Node[] => {
  if (node.kind === 'binary' && (node.op === 'and' || node.op === 'or')) {
    const settled = ask(computed, node.left, frame) === (node.op === 'or');
    return settled ? [node.left] : [node.left, node.right];
  }
  if (node.kind !== 'call') return childrenOf(node);
  const [first, ...others] = node.args;
  if (node.name === 'if' && first !== undefined) {
    const truth = ask(computed, first, frame);
    const branch = isMissing(truth) ? undefined : others[truth === true ? 0 : 1];
    return branch === undefined ? [first] : [first, branch];
  }
  if (node.name === 'coalesce') {
    const found = node.args.findIndex((arg) => !isMissing(ask(computed, arg, frame)));
    return found < 0 ? node.args : node.args.slice(0, found + 1);
  }
  return node.args;
};

const readAt = (computed: Computed, node: Node, frame: Frame): Read | undefined => {
  const value = (): Value => ask(computed, node, frame);
  const reader = frame.reader instanceof ViewReader ? frame.reader : undefined;
  switch (node.kind) {
    case 'param': {
      const place = computed.plan.params.get(node.name)?.place;
      return { kind: 'param', node, value: value(), name: node.name, place };
    }
    case 'period':
      return { kind: 'period', node, value: value(), name: `period.${node.edge}` };
    case 'group':
      return { kind: 'group', node, value: value(), name: node.name };
    case 'credited':
      return { kind: 'credited', node, value: value(), name: node.what };
    case 'column':
      return {
        kind: 'cell',
        node,
        value: value(),
        name: `${node.row}.${node.column}`,
        place: cellPlace(computed, node, frame),
      };
    case 'payee':
      return { kind: 'cell', node, value: value(), name: `payee.${node.column}`, place: peoplePlace(computed, frame) };
    case 'person':
      return { kind: 'cell', node, value: value(), name: node.column, place: undefined };
    case 'measure': {
      if (reader === undefined) return undefined;
      const whose = reader.whose(node);
      const figure = measureFigure(computed, node, reader, whose);
      const measure = computed.plan.measures.get(node.name) as Measure;
      return { kind: 'measure', node, value: value(), whose, measure, figure };
    }
    case 'aggregate': {
      if (reader === undefined) return undefined;
      const taken = once((): readonly Taken[] => {
        const found: Taken[] = [];
        reader.added(node, frame, (row, added) =>
          found.push({ row, value: node.value === undefined ? row.count : added }),
        );
        return found;
      });
      return { kind: 'aggregate', node, value: value(), whose: reader.whose(node), forDeal: node.forDeal, taken };
    }
    case 'quota': {
      if (reader === undefined) return undefined;
      const parts = once((): readonly QuotaPart[] => {
        const found: QuotaPart[] = [];
        reader.quotaParts(node, (part) => found.push(part));
        return found;
      });
      return { kind: 'quota', node, value: value(), whose: reader.whose(node), measure: node.measure, parts };
    }
    case 'result':
      if (reader === undefined) return undefined;
      return {
        kind: 'result',
        node,
        value: value(),
        whose: reader.whose(node),
        name: node.name,
        row: reader.resultRow(node),
      };
    case 'pay': {
      if (reader === undefined) return undefined;
      const lines = once(() => reader.paidLines(node));
      return { kind: 'pay', node, value: value(), whose: reader.whose(node), reward: node.reward, lines };
    }
    default:
      return undefined;
  }
};

const cellPlace = ({ tables }: Computed, node: Extract<Node, { kind: 'column' }>, frame: Frame): Place | undefined => {
  const table = tables.get(TABLE_OF[node.row]);
  const row = frame[node.row];
  return table === undefined || row < 0 ? undefined : { file: table.file, line: table.lines[row] };
};

const peoplePlace = ({ tables }: Computed, { stay }: Frame): Place | undefined => {
  const people = tables.get('people');
  return people === undefined || stay === undefined || stay.row < 0
    ? undefined
    : { file: people.file, line: people.lines[stay.row] };
};
