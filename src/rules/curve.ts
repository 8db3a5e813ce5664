import type { Place } from '../findings/finding.ts';
import { add, compare, div, mul, type Num, sub } from '../values/num.ts';

export interface CurvePoint {
  readonly x: Num;
  /** x as it stands in the plan: `80%`. */
  readonly written?: string | undefined;
  readonly y: Num;
  readonly place: Place;
}

/** Points in rising order of x: straight lines between them, or (`step`) the last point reached. */
export interface Curve {
  readonly points: readonly CurvePoint[];
  readonly shape: 'line' | 'step';
  /** Beyond the first and the last point: their value, or the line that led there, continued. */
  readonly beyond: 'flat' | 'continue';
}

/** y at x on the straight line through two points, exactly. */
const between = (a: CurvePoint, b: CurvePoint, x: Num): Num =>
  // Points rise strictly, so the quotient is there.
  add(a.y, mul(sub(b.y, a.y), div(sub(x, a.x), sub(b.x, a.x)) ?? 0));

/** The value of a curve at x. A curve has at least one point. */
export const curveAt = (curve: Curve, x: Num): Num => {
  const { points } = curve;
  const first = points[0] as CurvePoint;
  const last = points[points.length - 1] as CurvePoint;
  const continues = curve.beyond === 'continue' && curve.shape === 'line' && points.length > 1;
  if (compare(x, first.x) < 0) return continues ? between(first, points[1] as CurvePoint, x) : first.y;
  if (compare(x, last.x) >= 0) return continues ? between(points[points.length - 2] as CurvePoint, last, x) : last.y;
  let i = 0;
  while (compare(x, (points[i + 1] as CurvePoint).x) >= 0) i++;
  const left = points[i] as CurvePoint;
  return curve.shape === 'step' ? left.y : between(left, points[i + 1] as CurvePoint, x);
};
