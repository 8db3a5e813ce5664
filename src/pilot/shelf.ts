import { Sink } from '../findings/sink.ts';
import { type RawMap, sourceFile } from '../rules/document/raw.ts';
import { readYaml } from '../rules/document/yaml.ts';
import { readExtended } from '../rules/load/extending.ts';
import { loadPlan } from '../rules/load/load.ts';
import type { Plan } from '../rules/plan.ts';
import { type Setting, withSettings } from './setting.ts';

/** How plan files are found: their texts, and paths relative to the file they stand in. */
export interface Finder {
  readonly readText: (file: string) => string | undefined;
  readonly resolvePath: (fromFile: string, path: string) => string;
}

/** Plan files as plain data, which can go where there are no files: to a worker, into a page. */
export interface ShelfData {
  readonly texts: readonly (readonly [file: string, text: string])[];
  readonly paths: readonly (readonly [from: string, path: string, file: string])[];
}

/** Plan files at hand; keeps what it has found, so that it can be handed on. */
export class Shelf {
  readonly #finder: Finder | undefined;
  readonly #texts = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  readonly #roots = new Map<string, RawMap>();

  constructor(finder?: Finder) {
    this.#finder = finder;
  }

  static of({ texts, paths }: ShelfData): Shelf {
    const shelf = new Shelf();
    for (const [file, text] of texts) shelf.#texts.set(file, text);
    for (const [from, path, file] of paths) shelf.#paths.set(JSON.stringify([from, path]), file);
    return shelf;
  }

  get data(): ShelfData {
    return {
      texts: [...this.#texts],
      paths: [...this.#paths].map(([key, file]) => [...(JSON.parse(key) as [string, string]), file] as const),
    };
  }

  readonly readText = (file: string): string | undefined => {
    const text = this.#texts.get(file) ?? this.#finder?.readText(file);
    if (text !== undefined) this.#texts.set(file, text);
    return text;
  };

  readonly resolvePath = (from: string, path: string): string => {
    const key = JSON.stringify([from, path]);
    const file = this.#paths.get(key) ?? this.#finder?.resolvePath(from, path) ?? path;
    this.#paths.set(key, file);
    return file;
  };

  /** A plan file by itself, without what it extends. */
  alone(file: string): RawMap | undefined {
    return readYaml(sourceFile(file, this.readText(file) ?? ''), new Sink());
  }

  /** A plan file laid over what it extends, before anything is made of it. */
  root(file: string, sink: Sink): RawMap | undefined {
    const known = this.#roots.get(file);
    if (known !== undefined) return known;
    const said = sink.all().length;
    const root = readExtended(file, this.readText(file) ?? '', this, sink)?.root;
    // Where something was said, it is to be said again.
    if (root !== undefined && sink.all().length === said) this.#roots.set(file, root);
    return root;
  }

  /** A plan with settings in it; undefined, with findings, where it cannot be loaded. */
  plan(file: string, settings: readonly Setting[], sink: Sink): Plan | undefined {
    const { readText, resolvePath } = this;
    return loadPlan(file, readText(file) ?? '', readText, { resolvePath, change: withSettings(settings) }, sink);
  }
}
