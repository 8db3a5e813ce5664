import { Sink } from '../findings/sink.ts';
import { type RawMap, type RawScalar, type RawValue, sourceFile } from '../rules/document/raw.ts';
import { readYaml } from '../rules/document/yaml.ts';
import type { ShelfData } from './shelf.ts';

const mapOf = (value: RawValue | undefined): RawMap | undefined => (value?.kind === 'map' ? value : undefined);

/** The people in a map of roles: `liaison: maria`, or `{ person: maria, for: sales }`. */
const personsIn = (roles: RawMap | undefined): readonly RawScalar[] =>
  [...(roles?.entries.values() ?? [])].flatMap(({ value }) => {
    const person = mapOf(value)?.entries.get('person')?.value ?? value;
    return person.kind === 'scalar' ? [person] : [];
  });

/** Plan files in which the people who have roles in changes stand under pseudonyms: nobody is paid by their role. */
export const hiddenRoles = (files: ShelfData, pseudonymOf: (person: string) => string): ShelfData => ({
  ...files,
  texts: files.texts.map(([file, text]) => {
    const source = sourceFile(file, text);
    const root = readYaml(source, new Sink());
    const roles = [
      root?.entries.get('roles')?.value,
      mapOf(root?.entries.get('change')?.value)?.entries.get('roles')?.value,
    ];
    const persons = roles
      .flatMap((value) => personsIn(mapOf(value)))
      .filter((person) => person.form !== 'block' && person.text !== '');
    let hidden = source.text;
    for (const { start, end, text: person } of [...persons].sort((a, b) => b.start - a.start)) {
      hidden = hidden.slice(0, start) + pseudonymOf(person) + hidden.slice(end);
    }
    return [file, hidden] as const;
  }),
});
