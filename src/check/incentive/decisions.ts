import type { FactorWorking } from '../../engine/link.ts';
import type { Trace } from '../../engine/trace.ts';
import type { CurvePoint } from '../../rules/curve.ts';
import type { Known, Node } from '../../rules/expression/typed.ts';
import type { Expression, Link, Reward } from '../../rules/plan.ts';
import type { RateSteps } from '../../rules/rate/kinds.ts';
import type { StepValue } from '../../rules/rate/steps.ts';
import { isMissing } from '../../values/missing.ts';
import { compare, type Num, sub } from '../../values/num.ts';

/** A place of a plan at which a computation takes one way or another. */
export type Fork =
  | { readonly kind: 'step'; readonly rate: RateSteps; readonly step: number }
  /** A point of a rate's curve, or the row of its table. */
  | { readonly kind: 'rate'; readonly reward: Reward; readonly point: CurvePoint | undefined }
  /** A point of a link's curve or matrix; without one, whether it applies, its gate, what holds it down. */
  | { readonly kind: 'link'; readonly link: Link; readonly point: CurvePoint | undefined; readonly held: boolean }
  | { readonly kind: 'condition'; readonly condition: Expression }
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'limit'; readonly reward: Reward; readonly limit: 'cap' | 'guarantee'; readonly person: string };

/** Numbers the forks of a plan, the same in every run. */
export class Forks {
  readonly #forks: Fork[] = [];
  readonly #ids = new Map<unknown, Map<unknown, number>>();

  /** The number of a fork, told apart by two things that it is about. */
  of(a: unknown, b: unknown, fork: () => Fork): number {
    let inner = this.#ids.get(a);
    if (inner === undefined) {
      inner = new Map();
      this.#ids.set(a, inner);
    }
    let id = inner.get(b);
    if (id === undefined) {
      id = this.#forks.length;
      this.#forks.push(fork());
      inner.set(b, id);
    }
    return id;
  }

  at(id: number): Fork {
    return this.#forks[id] as Fork;
  }
}

/** The ways that a run took, in the order in which it took them. */
export class Ways implements Trace {
  readonly forks: number[] = [];
  readonly ways: (number | string)[] = [];
  /** By how much a way was missed or reached, where that is a number. */
  readonly margins: (Num | undefined)[] = [];
  /** What each link came to last. */
  readonly factors = new Map<Link, Num>();
  /** What a rate was read by last. */
  readonly readBy = new Map<Reward | Link, Num>();
  /** What chose the column of a link's matrix last. */
  readonly secondBy = new Map<Link, Num>();
  /** The row of a rate's table that was looked up last. */
  readonly row = new Map<Reward, Known>();
  /** The step that each rate reached last. */
  readonly reached = new Map<RateSteps, number>();
  readonly #forks: Forks;

  constructor(forks: Forks) {
    this.#forks = forks;
  }

  take(fork: number, way: number | string, margin?: Num | undefined): void {
    this.forks.push(fork);
    this.ways.push(way);
    this.margins.push(margin);
  }

  condition(condition: Expression, value: unknown): void {
    const fork = this.#forks.of('condition', condition, () => ({ kind: 'condition', condition }));
    this.take(fork, isMissing(value) ? 'missing' : String(value));
  }

  walked(rate: RateSteps, steps: readonly StepValue[], before: Num, after: Num): void {
    this.#climbed(rate, steps, before);
    this.#climbed(rate, steps, after);
  }

  stood(rate: RateSteps, _step: number, steps: readonly StepValue[], x: Num): void {
    this.#climbed(rate, steps, x);
  }

  /** Which steps an amount has left behind. */
  #climbed(rate: RateSteps, steps: readonly StepValue[], x: Num): void {
    let reached = 0;
    for (const [i, { end, holdsEnd }] of steps.entries()) {
      if (end === undefined) continue;
      const side = compare(x, end);
      const fork = this.#forks.of(rate, i + 1, () => ({ kind: 'step', rate, step: i + 1 }));
      const isLeft = side > 0 || (side === 0 && !holdsEnd);
      if (isLeft) reached = i + 1;
      this.take(fork, isLeft ? 1 : 0, sub(x, end));
    }
    this.reached.set(rate, reached);
  }

  rate(reward: Reward, by: unknown): void {
    if (reward.body !== 'credit') return;
    const { rate } = reward;
    if (rate.kind === 'curve' && !isMissing(by)) this.readBy.set(reward, by as Num);
    if (rate.kind === 'curve')
      this.#points(rate.curve.points, by, (point) => ({ kind: 'rate', reward, point }), reward);
    const fork = (): Fork => ({ kind: 'rate', reward, point: undefined });
    if (rate.kind === 'table' && !isMissing(by)) this.row.set(reward, by as Known);
    if (rate.kind === 'table') this.take(this.#forks.of(reward, 'table', fork), isMissing(by) ? 'missing' : String(by));
  }

  link(link: Link, { applied, inputs, heldTo, factor: found }: FactorWorking): void {
    if (!isMissing(found)) this.factors.set(link, found);
    const own = (): Fork => ({ kind: 'link', link, point: undefined, held: false });
    const { factor } = link;
    this.take(this.#forks.of(link, 'applied', own), applied ? 1 : 0);
    if (!applied) return;
    const hold = (): Fork => ({ kind: 'link', link, point: undefined, held: true });
    this.take(this.#forks.of(link, 'held', hold), heldTo === undefined ? 0 : 1);
    const [first, second] = inputs;
    if (typeof first === 'number' || (typeof first === 'object' && !isMissing(first))) this.readBy.set(link, first);
    if (typeof second === 'number' || (typeof second === 'object' && !isMissing(second)))
      this.secondBy.set(link, second);
    const at = (point: CurvePoint): Fork => ({ kind: 'link', link, point, held: false });
    switch (factor.kind) {
      case 'factor':
        return;
      case 'gate':
        this.take(this.#forks.of(link, 'gate', own), isMissing(first) ? 'missing' : String(first));
        return;
      case 'curve':
        this.#points(factor.curve.points, first, at, link);
        return;
      case 'matrix': {
        const rows = factor.rows.map(({ x, place }): CurvePoint => ({ x, y: 0, place }));
        this.#points(rows, first, at, link);
        for (const row of factor.rows) this.#points(row.points, second, at, row);
      }
    }
  }

  /** On which side of each point of a curve it is read. */
  #points(points: readonly CurvePoint[], by: unknown, fork: (point: CurvePoint) => Fork, of: unknown): void {
    for (const [i, point] of points.entries()) {
      const id = this.#forks.of(of, `point ${i}`, () => fork(point));
      if (isMissing(by)) this.take(id, 'missing');
      else this.take(id, compare(by as Num, point.x) >= 0 ? 1 : 0, sub(by as Num, point.x));
    }
  }

  decided(node: Node, way: number, margin: Num | undefined): void {
    this.take(
      this.#forks.of('node', node, () => ({ kind: 'node', node })),
      way,
      margin,
    );
  }
}
