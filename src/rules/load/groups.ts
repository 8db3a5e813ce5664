import { keyPlace, type Part, partsOf } from '../document/part.ts';
import type { RawMap } from '../document/raw.ts';
import { formula } from '../document/shapes.ts';
import type { Group } from '../plan.ts';
import { ofStay } from './contexts.ts';
import type { Naming } from './naming.ts';
import type { PlanReader } from './reader.ts';

/** The groups of a plan by their names, which expressions may use before they are read. */
export const draftGroups = (section: Part<RawMap> | undefined, naming: Naming): Map<string, Part> => {
  const drafts = new Map<string, Part>();
  for (const part of section === undefined ? [] : partsOf(section)) {
    const name = part.key?.text ?? '';
    if (naming.give(name, 'group', part)) drafts.set(name, part);
  }
  return drafts;
};

/** Reads a group's condition; undefined where it is wrong. */
export const readGroup = (part: Part, reader: PlanReader): Group | undefined => {
  const given = formula('condition').read(part, reader.sink);
  const when = given && reader.expression(given, ['boolean'], ofStay('a group'));
  return when && { name: part.key?.text ?? '', when, place: keyPlace(part) };
};
