import type { Sink } from '../../findings/sink.ts';
import { nearest } from '../../values/nearest.ts';
import { isScalarPart, type Part, partsOf } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { refuse } from '../document/shapes.ts';
import type { Param } from '../plan.ts';
import { type Literal, literalOf, type NearMiss } from './literal.ts';
import type { Naming } from './naming.ts';

interface Money {
  readonly currency: string;
  readonly digits: number;
}

const isLiteral = (read: Literal | NearMiss): read is Literal => 'type' in read;

/** Reads the plan's params, each a literal. */
export const readParams = (
  section: Part<RawMap> | undefined,
  money: Money,
  naming: Naming,
  sink: Sink,
): Map<string, Param> => {
  const params = new Map<string, Param>();
  for (const part of section === undefined ? [] : partsOf(section)) {
    const name = part.key?.text ?? '';
    const named = naming.give(name, 'param', part);
    const literal = readLiteral(part, money, sink);
    if (!named || literal === undefined || !isScalarPart(part)) continue;
    params.set(name, { name, ...literal, text: part.value.text.trim(), place: placeOf(part.value) });
  }
  return params;
};

const readLiteral = (part: Part, { currency, digits }: Money, sink: Sink): Literal | undefined => {
  const expected = `a literal such as 6%, 4000 ${currency}, 2026-01-31, 30 days, true or a text`;
  if (!isScalarPart(part) || part.value.broken) return refuse(part, sink, expected);
  const { text, form } = part.value;
  if (form !== 'plain') return { type: 'text', value: text.trim().normalize('NFC') };
  if (text === '') return refuse(part, sink, expected);
  const literal = literalOf(text, currency, digits);
  return isLiteral(literal) ? literal : refuse(part, sink, literal.expected, literal.hint);
};

/** Puts other values in the place of the plan's, as a command or a plan test asks; of the same types. */
export const overrideParams = (
  params: Map<string, Param>,
  overrides: ReadonlyMap<string, string>,
  { currency, digits }: Money,
  sink: Sink,
): void => {
  for (const [name, text] of overrides) {
    const param = params.get(name);
    const path = `params > ${name}`;
    if (param === undefined) {
      const near = nearest(name, params.keys());
      const hint = near === undefined ? undefined : `did you mean ${near}?`;
      sink.add('unknown-name', `the plan has no param called "${name}"`, { path, hint });
      continue;
    }
    const literal =
      param.type === 'text' ? { type: param.type, value: text.normalize('NFC') } : literalOf(text, currency, digits);
    if (isLiteral(literal) && literal.type === param.type) {
      params.set(name, { ...param, value: literal.value, text });
      continue;
    }
    const expected = isLiteral(literal) ? `a value of the type of ${param.text}` : literal.expected;
    sink.add('invalid-value', `expected ${expected} for ${name}, got "${text}"`, {
      path,
      expected,
      related: [{ ...param.place, message: 'the param stands here' }],
    });
  }
};
