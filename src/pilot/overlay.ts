import { Document, isMap, isScalar, parseDocument, Scalar, YAMLMap } from 'yaml';
import type { Step } from '../rules/document/change.ts';
import { valueAt } from '../rules/document/change.ts';
import type { RawMap, RawValue } from '../rules/document/raw.ts';
import type { Setting } from './setting.ts';

/** What an overlay is written over. */
export interface OverlayBase {
  /** The text of the variant that was started from, comments and all; undefined where that is the plan itself. */
  readonly text: string | undefined;
  /** The path of the plan, where there is no such text: what the overlay extends. */
  readonly extends: string;
  /** The plan that was started from, whole: where lists and what stands beside come from. */
  readonly root: RawMap;
}

/**
 * Settings as a variant: a file that extends the plan and says no more than what differs. Where a variant was started from, it is
 * that file with its comments, changed where it must be. Whatever stood before is said in a comment.
 */
export const overlayOf = ({ text, extends: plan, root }: OverlayBase, settings: readonly Setting[]): string => {
  const document =
    text === undefined ? new Document({}, { schema: 'failsafe' }) : parseDocument(text, { schema: 'failsafe' });
  if (text === undefined) document.set('extends', plan);
  const lists = new Map<string, { readonly way: readonly Step[]; readonly settings: Setting[] }>();
  for (const setting of settings) {
    const index = setting.way.findIndex((step) => typeof step === 'number');
    if (index < 0) {
      put(document, setting.way, nodeFor(setting.text, valueAt(root, setting.way)));
      continue;
    }
    // A list replaces the one below it, so it is written whole.
    const way = setting.way.slice(0, index);
    const key = way.join('\u0000');
    const before = lists.get(key);
    if (before === undefined) lists.set(key, { way, settings: [setting] });
    else before.settings.push(setting);
  }
  for (const { way, settings: own } of lists.values()) {
    const list = valueAt(root, way);
    if (list === undefined) continue;
    put(document, way, document.createNode(plain(list)));
    for (const { way: whole, text: to } of own)
      document.setIn(whole as readonly unknown[], scalarFor(to, valueAt(root, whole)));
  }
  return document.toString({ lineWidth: 0, nullStr: 'null', flowCollectionPadding: true });
};

/** A raw value as plain data, its expressions as they are. */
const plain = (value: RawValue): unknown => {
  switch (value.kind) {
    case 'scalar':
      return value.text;
    case 'list':
      return value.items.map(plain);
    case 'map':
      return Object.fromEntries([...value.entries].map(([name, { value: inner }]) => [name, plain(inner)]));
  }
};

const nodeFor = (text: string, before: RawValue | undefined): unknown =>
  text.startsWith('{') ? parseDocument(text, { schema: 'failsafe' }).contents : scalarFor(text, before);

const scalarFor = (text: string, before: RawValue | undefined): Scalar => {
  const scalar = new Scalar(text);
  if (before?.kind === 'scalar') scalar.comment = ` instead of ${before.text.replace(/\s+/g, ' ').trim()}`;
  return scalar;
};

/** Puts a node at the end of a way, with maps on it where there are none yet. */
const put = (document: Document, way: readonly Step[], node: unknown): void => {
  for (let depth = 1; depth < way.length; depth++) {
    const at = way.slice(0, depth);
    const before = document.getIn(at, true);
    if (isMap(before)) continue;
    document.setIn(at, new YAMLMap(document.schema));
  }
  const old = document.getIn(way, true);
  // A comment that stands behind a value stays, and what it was before is said first.
  if (isScalar(old) && isScalar(node) && old.comment) node.comment = `${node.comment ?? ''};${old.comment}`;
  document.setIn(way, node);
};
