import type { Num } from '../../values/num.ts';
import { add, equal, sign, toPercent } from '../../values/num.ts';
import { checkKeys, type Fields, field, fieldsOf, optional, readValues, required } from '../document/fields.ts';
import { type Formula, isMapPart, type Part, partsOf, report } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import type { Description } from '../document/shape.ts';
import { formula, refuse, text } from '../document/shapes.ts';
import { checkFactor } from '../link/factor-range.ts';
import { LINK_KINDS, linkKindOf, linkKindsWith } from '../link/kinds.ts';
import type { LinkReading } from '../link/model.ts';
import type { Link } from '../plan.ts';
import { NOTHING } from './contexts.ts';
import type { Naming } from './naming.ts';

/** What every link may say, beside the keys of its kind. */
const LINK_FIELDS = {
  because: required(
    text('the reason for this link, in words'),
    'the reason, printed on the statement of whoever it touches',
  ),
  when: field(formula('condition'), 'where this does not hold, the link does not apply'),
  when_missing: field(formula('number'), 'the factor where it is missing'),
  weight: field(
    formula('number, a constant'),
    'blends this link with the others that have a weight; weights add up to 100%',
  ),
  at_most: field(formula('number, a constant'), 'holds the factor down to this'),
  unless: field(formula('condition'), 'where this holds, at_most: does not'),
} as const;

/** All ways to write a link, for the schema. */
export const LINK: Description = {
  kind: 'either',
  of: Object.values(LINK_KINDS).map(({ fields }) => fieldsOf((): Fields => ({ ...LINK_FIELDS, ...fields }))),
};

/** Reads the links of a reward, in the plan's order. */
export const readLinks = (section: Part<RawMap>, reading: LinkReading, naming: Naming): readonly Link[] => {
  const links: Link[] = [];
  const weights: { readonly formula: Formula; readonly weight: Num | undefined }[] = [];
  for (const part of partsOf(section)) {
    naming.give(part.key?.text ?? '', 'link', part);
    if (!isMapPart(part)) {
      refuse(part, reading.reader.sink, 'the keys of a link, such as { because: ..., by: ..., curve: ... }');
      continue;
    }
    const { link, weight } = readLink(part, reading);
    if (weight !== undefined) weights.push(weight);
    if (link !== undefined) links.push(link);
  }
  checkWeights(weights, reading);
  return links;
};

interface ReadLink {
  readonly link: Link | undefined;
  readonly weight: { readonly formula: Formula; readonly weight: Num | undefined } | undefined;
}

const readLink = (part: Part<RawMap>, reading: LinkReading): ReadLink => {
  const { reader, context } = reading;
  const kind = linkKindOf(part, reader.sink);
  // Without a kind, the keys of all of them are spared: what is missing is said.
  const own =
    kind?.fields ?? Object.fromEntries(Object.values(LINK_KINDS).flatMap(({ fields }) => Object.entries(fields)));
  const allowed = kind === undefined ? { ...optional(own), ...LINK_FIELDS } : { ...LINK_FIELDS, ...own };
  const elsewhere = (key: string): string | undefined => {
    const others = linkKindsWith(key);
    return others.length === 0
      ? undefined
      : `${key}: goes with ${others.map((one) => `${one}:`).join(' or ')}, not with ${kind?.key}:`;
  };
  checkKeys(part, allowed, { what: 'a link', elsewhere }, reader.sink);
  const fields = readValues(part, LINK_FIELDS, reader.sink);
  const factor = kind?.read(part, reading);
  const ask = (given: Formula | undefined, type: 'boolean' | 'number', what: string) =>
    given && reader.expression(given, [type], context(what));
  const atMost = fields.at_most && reader.expression(fields.at_most, ['number'], { ...NOTHING, what: 'at_most' });
  const link: Omit<Link, 'factor'> = {
    name: part.key?.text ?? '',
    because: fields.because ?? '',
    weight: fields.weight && readWeight(fields.weight, reading),
    when: ask(fields.when, 'boolean', 'the condition of a link'),
    whenMissing: ask(fields.when_missing, 'number', 'when_missing'),
    atMost,
    unless: ask(fields.unless, 'boolean', 'unless'),
    place: placeOf(part.key ?? part.value),
  };
  checkFactor(reader.known(link.whenMissing), fields.when_missing, reader);
  checkFactor(reader.known(atMost), fields.at_most, reader);
  if (fields.unless !== undefined && !part.value.entries.has('at_most')) {
    const hint = 'add at_most: with what the factor is held down to, such as 100%';
    report(
      reader.sink,
      'missing-key',
      'unless: says when at_most: does not hold, and there is none',
      fields.unless,
      { hint },
      placeOf(fields.unless.key ?? fields.unless.value),
    );
  }
  return {
    link: factor && { ...link, factor },
    weight: fields.weight && { formula: fields.weight, weight: link.weight },
  };
};

const readWeight = (given: Formula, { reader }: LinkReading): Num | undefined => {
  const weight = reader.constant(given, ['number'], 'a weight') as Num | undefined;
  if (weight === undefined || sign(weight) > 0) return weight;
  return refuse(given, reader.sink, 'a weight above 0%');
};

const checkWeights = (
  weights: readonly { readonly formula: Formula; readonly weight: Num | undefined }[],
  { reader }: LinkReading,
): void => {
  let sum: Num = 0;
  for (const { weight } of weights) {
    if (weight === undefined) return;
    sum = add(sum, weight);
  }
  const last = weights[weights.length - 1]?.formula;
  if (last === undefined || equal(sum, 1)) return;
  const related = weights
    .slice(0, -1)
    .map(({ formula: one }) => ({ ...placeOf(one.value), message: `and ${one.value.text}` }));
  report(
    reader.sink,
    'weights-not-whole',
    `the weights of these links add up to ${toPercent(sum)}, not to 100%`,
    last,
    { related, hint: 'weights are shares of one factor: make them 100% together' },
  );
};
