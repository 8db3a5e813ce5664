import { compare, type Num } from '../values/num.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { field } from './document/fields.ts';
import { type Formula, type Part, partsOf, report } from './document/part.ts';
import { placeOf, type RawMap } from './document/raw.ts';
import type { Description } from './document/shape.ts';
import { choice, formula, refuse } from './document/shapes.ts';
import type { Type } from './expression/typed.ts';
import type { PlanReader } from './load/reader.ts';

/** Points of a curve, for the schema: a map from x to y. */
export const POINTS: Description = { kind: 'map', of: { kind: 'expression', type: 'a constant' } };

/** What goes with a curve, in rates and in links. */
export const CURVE_FIELDS = {
  shape: field(choice(['line', 'step']), 'line: straight between the points; step: the last point reached holds'),
  beyond: field(choice(['flat', 'continue']), 'beyond the first and the last point: flat, or the line continued'),
} as const;

interface Axes {
  /** The type of what the curve is read by; undefined where that is wrong. */
  readonly x: Type | undefined;
  readonly y: Type;
  readonly what: string;
  /** Says what is wrong with a y that is a constant of its type. */
  readonly checkY?: (y: Num, given: Part, reader: PlanReader) => void;
}

/** The key of an entry as an expression of its own: the x of a point. */
const keyFormula = (part: Part): Formula | undefined => part.key && { value: part.key, key: part.key, path: part.path };

interface Row<T> {
  readonly x: Num;
  readonly row: T;
  readonly part: Part;
}

/**
 * A value that is read off keys in rising order: `{ 50%: 0%, 100%: 100% }`. What a variant adds to the keys of the plan that it extends
 * falls into place between them; each file for itself has them in order.
 */
export const readRising = <T extends { readonly x: Num }>(
  section: Part<RawMap>,
  axis: { readonly type: Type | undefined; readonly what: string },
  reader: PlanReader,
  make: (x: Num, part: Part) => T | undefined,
): readonly T[] | undefined => {
  const rows: Row<T>[] = [];
  let complete = axis.type !== undefined;
  for (const part of partsOf(section)) {
    const key = keyFormula(part);
    const x = axis.type === undefined || key === undefined ? undefined : reader.constant(key, [axis.type], axis.what);
    const row = make((x ?? 0) as Num, part);
    if (x === undefined || row === undefined) complete = false;
    else rows.push({ x: x as Num, row, part });
  }
  const mustRise = (list: readonly Row<T>[]): void => {
    for (const [i, row] of list.entries()) {
      const before = list[i - 1];
      if (before === undefined || compare(row.x, before.x) > 0) continue;
      sayUnordered(row.part, before.part, axis.what, reader);
      complete = false;
    }
  };
  const files = byFile(rows);
  for (const list of files) mustRise(list);
  // What was merged stands in the order of the lower file, whatever was added to it.
  rows.sort((one, other) => compare(one.x, other.x));
  if (complete && files.length > 1) mustRise(rows);
  if (section.value.entries.size === 0)
    refuse(section, reader.sink, 'at least one point, as in { 50%: 0%, 100%: 100% }');
  return complete && rows.length > 0 ? rows.map(({ row }) => row) : undefined;
};

/** Each file's rows in the order in which they stand in it, which merging files has changed. */
const byFile = <T>(rows: readonly Row<T>[]): readonly (readonly Row<T>[])[] => {
  const files = new Map<string | undefined, Row<T>[]>();
  for (const row of rows) {
    const file = row.part.key?.source.file;
    files.set(file, [...(files.get(file) ?? []), row]);
  }
  const at = ({ part }: Row<T>): number => part.key?.start ?? 0;
  return [...files.values()].map((list) => list.sort((one, other) => at(one) - at(other)));
};

const sayUnordered = (part: Part, before: Part, what: string, reader: PlanReader): void => {
  const related = before.key === undefined ? [] : [{ ...placeOf(before.key), message: 'the one before it' }];
  const message = `${what} are not in rising order: ${part.key?.text} comes after ${before.key?.text}`;
  const hint = 'write them from the lowest to the highest, each once';
  report(reader.sink, 'unordered-steps', message, part, { related, hint }, part.key && placeOf(part.key));
};

/** The points of a curve, in rising order of x. */
export const readPoints = (
  section: Part<RawMap>,
  axes: Axes,
  reader: PlanReader,
): readonly CurvePoint[] | undefined => {
  const asY = formula(`a constant, ${axes.what}`);
  return readRising(section, { type: axes.x, what: 'points of a curve' }, reader, (x, part) => {
    const given = asY.read(part, reader.sink);
    const y = given && reader.constant(given, [axes.y], axes.what);
    if (y !== undefined) axes.checkY?.(y as Num, part, reader);
    return y === undefined
      ? undefined
      : { x, written: part.key?.text.trim(), y: y as Num, place: placeOf(part.key ?? part.value) };
  });
};

/** A whole curve: its points, its shape, and what holds beyond them. */
export const readCurve = (
  section: Part<RawMap>,
  axes: Axes,
  { shape = 'line', beyond = 'flat' }: { shape: Curve['shape'] | undefined; beyond: Curve['beyond'] | undefined },
  reader: PlanReader,
): Curve | undefined => {
  const points = readPoints(section, axes, reader);
  if (beyond === 'continue' && (shape === 'step' || points?.length === 1)) {
    const why = shape === 'step' ? 'a curve of steps has no line to continue' : 'one point makes no line to continue';
    report(reader.sink, 'invalid-value', why, section, { hint: 'leave beyond: out' });
  }
  return points && { points, shape, beyond };
};
