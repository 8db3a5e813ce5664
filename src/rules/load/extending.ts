import type { Sink } from '../../findings/sink.ts';
import { merge, withoutNulls } from '../document/merge.ts';
import { isNull, placeOf, type RawMap, type RawScalar, type SourceFile, sourceFile } from '../document/raw.ts';
import { readYaml } from '../document/yaml.ts';

/** How a plan's files are found: texts by file, and paths relative to the file they stand in. */
export interface Files {
  readonly readText: (file: string) => string | undefined;
  readonly resolvePath: (fromFile: string, path: string) => string;
}

/** A variant of a variant of a variant is hard to follow already. */
const MAX_FILES = 20;

interface Extended {
  readonly root: RawMap;
  /** The plan itself first, then what it extends. */
  readonly sources: readonly SourceFile[];
}

/** Reads a plan file and lays it over the files that it extends. */
export const readExtended = (file: string, text: string, files: Files, sink: Sink): Extended | undefined => {
  const sources = [sourceFile(file, text)];
  const layers: RawMap[] = [];
  for (let source = sources[0]; source !== undefined; ) {
    const layer = readYaml(source, sink);
    if (layer === undefined) return undefined;
    layers.push(layer);
    const path = layer.entries.get('extends')?.value;
    if (path === undefined || isNull(path)) break;
    source =
      path.kind === 'scalar'
        ? next(path, sources, files, sink)
        : refused(path, 'expected the path of one plan file', sink);
    if (source === undefined) return undefined;
    sources.push(source);
  }
  const [lowest, ...above] = layers.map(withoutExtends).reverse();
  if (lowest === undefined) return undefined;
  return { root: above.reduce((below, layer) => merge(below, layer, sink), withoutNulls(lowest)), sources };
};

const withoutExtends = (layer: RawMap): RawMap => {
  const entries = new Map(layer.entries);
  entries.delete('extends');
  return { ...layer, entries };
};

const refused = (at: Parameters<typeof placeOf>[0], message: string, sink: Sink, hint?: string): undefined => {
  sink.add('extends-failed', message, { ...placeOf(at), path: 'extends', ...(hint === undefined ? {} : { hint }) });
  return undefined;
};

const next = (path: RawScalar, sources: readonly SourceFile[], files: Files, sink: Sink): SourceFile | undefined => {
  const written = path.text.trim();
  if (written === '') return refused(path, 'expected the path of a plan file, nothing stands here', sink);
  const file = files.resolvePath(path.source.file, written);
  const circle = sources.findIndex((source) => source.file === file);
  if (circle >= 0) {
    const names = [...sources.slice(circle).map((source) => source.file), file].join(' → ');
    return refused(path, `plans extend each other in a circle: ${names}`, sink);
  }
  if (sources.length >= MAX_FILES) return refused(path, `more than ${MAX_FILES} files extend each other`, sink);
  const text = files.readText(file);
  if (text === undefined) {
    return refused(path, `there is no file ${file} to extend`, sink, 'the path is relative to the file it stands in');
  }
  return sourceFile(file, text);
};
