import { add, equal, type Num, sign, toPercent } from '../../values/num.ts';
import { type Part, report } from '../document/part.ts';
import type { Description } from '../document/shape.ts';
import { formula, list, refuse } from '../document/shapes.ts';
import type { PlanReader } from '../load/reader.ts';

/** A list of shares that add up to 100%, for the schema. */
export const PARTS: Description = { kind: 'list', of: { kind: 'expression', type: 'number, a constant' } };

type Parts<R extends readonly string[]> = { readonly [I in keyof R]: Num };

/** Reads as many constant parts as there are roles, which add up to 100%. */
export const readParts = <const R extends readonly string[]>(
  part: Part,
  roles: R,
  reader: PlanReader,
): Parts<R> | undefined => {
  const expected = `a list of ${roles.length} parts: ${roles.join(', ')}`;
  const items = list(PARTS, expected).read(part, reader.sink);
  if (items === undefined) return undefined;
  if (items.length !== roles.length) return refuse(part, reader.sink, expected, `there are ${items.length}`);
  const parts: Num[] = [];
  for (const item of items) {
    const given = formula('a part such as 40%').read(item, reader.sink);
    const value = given && (reader.constant(given, ['number'], 'a part') as Num | undefined);
    if (value === undefined) continue;
    if (sign(value) < 0) refuse(item, reader.sink, 'a part that is not below 0%');
    else parts.push(value);
  }
  if (parts.length !== roles.length) return undefined;
  const sum = parts.reduce<Num>(add, 0);
  if (!equal(sum, 1)) {
    report(reader.sink, 'weights-not-whole', `these parts add up to ${toPercent(sum)}, not to 100%`, part, {
      hint: 'parts share out one deal: make them 100% together',
    });
    return undefined;
  }
  // As many as there are roles, which an array of unknown length cannot say.
  return parts as unknown as Parts<R>;
};
