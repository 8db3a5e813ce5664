import type { Place } from '../../findings/finding.ts';
import { isMissing } from '../../values/missing.ts';
import type { Num } from '../../values/num.ts';
import { type CurvePoint, curveAt } from '../curve.ts';
import { CURVE_FIELDS, POINTS, readPoints, readRising } from '../curve-points.ts';
import { readValues, required } from '../document/fields.ts';
import { partAt } from '../document/part.ts';
import { placeOf } from '../document/raw.ts';
import { formula, list, names, refuse, section } from '../document/shapes.ts';
import type { Expression } from '../plan.ts';
import { checkFactor } from './factor-range.ts';
import type { LinkKind } from './model.ts';

export interface MatrixRow {
  readonly x: Num;
  readonly written?: string | undefined;
  readonly points: readonly CurvePoint[];
  readonly place: Place;
}

export interface FactorMatrix {
  readonly kind: 'matrix';
  readonly by: readonly [Expression, Expression];
  readonly rows: readonly MatrixRow[];
  readonly shape: 'line' | 'step';
}

const AXES = 'a list of two expressions, which choose row and column';

const FIELDS = {
  by: required(
    list({ kind: 'expression', type: 'number, money, days' }, AXES),
    'what chooses the row and what chooses the column',
  ),
  matrix: required(
    section({ kind: 'map', of: POINTS }, 'rows such as 80%: { 50%: 0%, 100%: 60% }'),
    'the factor at the crossings of rows and columns; straight lines between them',
  ),
  shape: CURVE_FIELDS.shape,
} as const;

/** The factor is read off a table with two entries: straight lines in both directions, or the last point reached. */
export const linkMatrix: LinkKind<FactorMatrix> = {
  kind: 'matrix',
  doc: 'a factor that two results decide together',
  key: 'matrix',
  fields: FIELDS,
  read: (part, { reader, context }) => {
    const fields = readValues(part, FIELDS, reader.sink);
    const axis = (i: number): Expression | undefined => {
      const item = fields.by?.[i];
      const given = item && formula('number, money, days').read(item, reader.sink);
      return given && reader.expression(given, ['number', 'money', 'days'], context('what a link depends on'));
    };
    const given = partAt(part, 'by');
    if (fields.by !== undefined && fields.by.length !== 2 && given !== undefined) refuse(given, reader.sink, AXES);
    const x = axis(0);
    const y = axis(1);
    if (fields.matrix === undefined) return undefined;
    const rows = readRising(fields.matrix, { type: x?.type, what: 'rows of a matrix' }, reader, (at, row) => {
      const columns = names(POINTS, 'columns such as { 50%: 0%, 100%: 60% }').read(row, reader.sink);
      const axes = { x: y?.type, y: 'number', what: 'a factor', checkY: checkFactor } as const;
      const points = columns && readPoints(columns, axes, reader);
      return points && { x: at, written: row.key?.text.trim(), points, place: placeOf(row.key ?? row.value) };
    });
    if (x === undefined || y === undefined || rows === undefined || fields.by?.length !== 2) return undefined;
    return { kind: 'matrix', by: [x, y], rows, shape: fields.shape ?? 'line' };
  },
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
