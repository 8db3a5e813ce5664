import { STYLE } from '../html/style.ts';

/** The colours of printed pages, and what the classes of drawings look like: both from the style sheet of pages, which says them once. */
const PRINT = STYLE.slice(STYLE.indexOf('@media print'));

const VARIABLES = new Map(
  [...PRINT.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]),
);

/** A colour of the style sheet by its name there. */
export const colour = (name: string): string => VARIABLES.get(name) ?? '#000000';

const resolved = (value: string): string => value.replace(/var\(--([\w-]+)\)/g, (_, name: string) => colour(name));

const CLASSES: readonly { readonly classes: readonly string[]; readonly set: ReadonlyMap<string, string> }[] = [
  ...STYLE.matchAll(/svg \.([\w.-]+) \{([^}]*)\}/g),
].map(([, names = '', body = '']) => ({
  classes: names.split('.'),
  set: new Map(
    body
      .split(';')
      .map((each) => each.split(':').map((part) => part.trim()))
      .flatMap(([name = '', value = '']) => (name === '' ? [] : [[name, resolved(value)] as const])),
  ),
}));

/** What the style sheet says of something in a drawing with these classes. */
export const drawingStyle = (classes: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    CLASSES.filter((rule) => rule.classes.every((each) => classes.includes(each))).flatMap(({ set }) => [...set]),
  );
