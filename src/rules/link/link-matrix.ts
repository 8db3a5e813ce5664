import type { Place } from '../../findings/finding.ts';
import { isMissing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import { type CurvePoint, curveAt } from '../curve.ts';
import type { Expression } from '../plan.ts';
import type { LinkKind } from './model.ts';

export interface MatrixRow {
  readonly x: Num;
  readonly points: readonly CurvePoint[];
  readonly place: Place;
}

export interface FactorMatrix {
  readonly kind: 'matrix';
  readonly by: readonly [Expression, Expression];
  readonly rows: readonly MatrixRow[];
  readonly shape: 'line' | 'step';
}

/** The factor is read off a table with two entries: straight lines in both directions, or the last point reached. */
export const linkMatrix: LinkKind<FactorMatrix> = {
  kind: 'matrix',
  inputs: (factor) => factor.by,
  factor: ({ rows, shape }, [x, y]) => {
    if (isMissing(x)) return x;
    if (isMissing(y)) return y;
    const points = rows.map((row) => ({
      x: row.x,
      y: curveAt({ points: row.points, shape, beyond: 'flat' }, y as Num),
      place: row.place,
    }));
    return curveAt({ points, shape, beyond: 'flat' }, x as Num);
  },
};
