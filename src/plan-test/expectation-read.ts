import type { Sink } from '../findings/sink.ts';
import { checkKeys, readFields } from '../rules/document/fields.ts';
import { isMapPart, isScalarPart, keyPlace, type Part, partAt, partsOf, report } from '../rules/document/part.ts';
import { placeOf, type RawMap } from '../rules/document/raw.ts';
import { choice, flag, itemsOf, refuse } from '../rules/document/shapes.ts';
import { readAmount, readFactor } from './figure.ts';
import { LINE_FIELDS, REWARD_EXPECTATION } from './test-fields.ts';
import { type Expectation, type Figure, LINE_FIGURES, type LineFigure } from './test-file.ts';

const KINDS = ['credit', 'stay', 'pool', 'cap', 'guarantee', 'adjustment'] as const;

/** What a case expects, one thing after the other, in the order of the file. */
export const readExpectations = (part: Part, sink: Sink): readonly Expectation[] => {
  if (!isMapPart(part)) {
    refuse(part, sink, 'a map from persons to what they are paid, such as { ana: { commission: 6800.00 } }');
    return [];
  }
  return partsOf(part).flatMap((entry) => {
    const name = entry.key?.text ?? '';
    // What is no map cannot be a person.
    if (name === 'expect_error' && isScalarPart(entry)) return [];
    if (name === 'total' && !isMapPart(entry)) return totalOf(undefined, entry, sink);
    if (name === 'unpaid' && !isMapPart(entry)) return unpaidOf(undefined, undefined, entry, sink);
    if (isMapPart(entry)) return ofPerson(name, entry, sink);
    refuse(
      entry,
      sink,
      'what each reward pays this person',
      `write ${name}: { REWARD: AMOUNT } or ${name}: { total: AMOUNT }`,
    );
    return [];
  });
};

const totalOf = (person: string | undefined, part: Part, sink: Sink): Expectation[] => {
  const amount = readAmount(part, sink);
  return amount === undefined ? [] : [{ kind: 'total', person, amount }];
};

const unpaidOf = (person: string | undefined, reward: string | undefined, part: Part, sink: Sink): Expectation[] => {
  const unpaid = flag.read(part, sink);
  if (unpaid === false) refuse(part, sink, 'unpaid: true', 'leave it out, or say what is paid');
  return unpaid === true ? [{ kind: 'unpaid', person, reward, place: keyPlace(part) }] : [];
};

const ofPerson = (person: string, part: Part<RawMap>, sink: Sink): Expectation[] =>
  partsOf(part).flatMap((entry) => {
    const name = entry.key?.text ?? '';
    if (name === 'total' && !isMapPart(entry)) return totalOf(person, entry, sink);
    if (name === 'unpaid' && !isMapPart(entry)) return unpaidOf(person, undefined, entry, sink);
    if (name === 'lines' && entry.value.kind === 'list') return linesOf(person, undefined, entry, sink);
    return isMapPart(entry) ? ofReward(person, name, entry, sink) : payoutOf(person, name, entry, sink);
  });

const payoutOf = (person: string, reward: string, part: Part, sink: Sink): Expectation[] => {
  const amount = readAmount(part, sink);
  return amount === undefined ? [] : [{ kind: 'payout', person, reward, amount }];
};

const ofReward = (person: string, reward: string, part: Part<RawMap>, sink: Sink): Expectation[] => {
  checkKeys(part, REWARD_EXPECTATION, { what: 'an expected payout' }, sink);
  const found: Expectation[] = [];
  const amount = partAt(part, 'amount');
  if (amount !== undefined) found.push(...payoutOf(person, reward, amount, sink));
  const unpaid = partAt(part, 'unpaid');
  if (unpaid !== undefined) found.push(...unpaidOf(person, reward, unpaid, sink));
  const links = partAt(part, 'links');
  if (links !== undefined) found.push(...linksOf(person, reward, links, sink));
  const lines = partAt(part, 'lines');
  if (lines !== undefined) found.push(...linesOf(person, reward, lines, sink));
  return found;
};

const linksOf = (person: string, reward: string, part: Part, sink: Sink): Expectation[] => {
  if (!isMapPart(part)) {
    refuse(part, sink, 'a map from links to their factors, such as { hand_over: 90% }');
    return [];
  }
  return partsOf(part).flatMap((entry): Expectation[] => {
    const factor = readFactor(entry, sink);
    return factor === undefined ? [] : [{ kind: 'factor', person, reward, link: entry.key?.text ?? '', factor }];
  });
};

const linesOf = (person: string, reward: string | undefined, part: Part, sink: Sink): Expectation[] => {
  const { value } = part;
  if (value.kind !== 'list') {
    refuse(part, sink, 'a list of lines such as - { deal: d1, amount: 600.00 }');
    return [];
  }
  return itemsOf({ ...part, value }).flatMap((item) => lineOf(person, reward, item, sink) ?? []);
};

const lineOf = (person: string, within: string | undefined, part: Part, sink: Sink): Expectation | undefined => {
  const read = readFields(part, LINE_FIELDS, { what: 'an expected line' }, sink);
  if (read === undefined) return undefined;
  const figures = new Map<LineFigure, Figure>();
  for (const name of LINE_FIGURES) {
    const given = read[name];
    const figure = given && (name === 'factor' || name === 'rate' ? readRate(given, sink) : readAmount(given, sink));
    if (figure !== undefined) figures.set(name, figure);
  }
  const kind = read.kind && choice(KINDS).read(read.kind, sink);
  if (within !== undefined && read.reward !== undefined && read.reward !== within) {
    report(sink, 'invalid-value', `this line stands under ${within}, not under ${read.reward}`, part);
    return undefined;
  }
  const { deal, campaign, lead } = read;
  return {
    kind: 'line',
    person,
    choice: { reward: read.reward ?? within, deal, campaign, lead, kind },
    figures,
    place: placeOf(part.value),
  };
};

/** A rate is a number, or money where a reward pays so much a unit. */
const readRate = (part: Part, sink: Sink): Figure | undefined =>
  isScalarPart(part) && /[A-Z]{3}$/.test(part.value.text) ? readAmount(part, sink) : readFactor(part, sink);
