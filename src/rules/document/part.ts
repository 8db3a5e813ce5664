import type { FindingCode } from '../../findings/codes.ts';
import type { Finding, Place } from '../../findings/finding.ts';
import type { Sink } from '../../findings/sink.ts';
import type { ExpressionSource } from '../expression/names.ts';
import { placeOf, type RawMap, type RawScalar, type RawValue } from './raw.ts';
import { placeWithin } from './scalar-place.ts';

/** A value of the plan file with its way there: what every reader is given. */
export interface Part<V extends RawValue = RawValue> {
  readonly value: V;
  /** The key that it stands behind, or its own value where it stands behind none. */
  readonly key: RawScalar | undefined;
  /** `rewards`, `sales_commission`, `rate` */
  readonly path: readonly string[];
}

/** An expression that is not read yet. */
export type Formula = Part<RawScalar>;

export const pathText = (path: readonly string[]): string => path.join(' > ');

/** Where to point for what is said of a part as a whole: its key, which stands on the line that readers look for. */
export const keyPlace = (part: Part): Place => placeOf(part.key ?? part.value);

export const isMapPart = (part: Part): part is Part<RawMap> => part.value.kind === 'map';
export const isScalarPart = (part: Part): part is Formula => part.value.kind === 'scalar';

/** The part behind a key of a map. */
export const partAt = (map: Part<RawMap>, name: string): Part | undefined => {
  const entry = map.value.entries.get(name);
  return entry === undefined ? undefined : { ...entry, path: [...map.path, name] };
};

/** All parts of a map, in the order of the file. */
export const partsOf = (map: Part<RawMap>): readonly Part[] =>
  [...map.value.entries].map(([name, { key, value }]) => ({ key, value, path: [...map.path, name] }));

type Extra = Partial<Pick<Finding, 'hint' | 'related' | 'severity' | 'expected'>>;

/** Reports something about a part, at a place of it (its value where not said). */
export const report = (
  sink: Sink,
  code: FindingCode,
  message: string,
  part: Part,
  extra: Extra = {},
  place?: Place,
): void => sink.add(code, message, { ...(place ?? placeOf(part.value)), path: pathText(part.path), ...extra });

/** The text of an expression and where each character of it stands. */
export const expressionSource = (formula: Formula): ExpressionSource => ({
  text: formula.value.text,
  place: (start, end) => placeWithin(formula.value, start, end),
  path: pathText(formula.path),
});
