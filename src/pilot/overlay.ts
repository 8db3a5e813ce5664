import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  Document as NewDocument,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  YAMLMap,
} from 'yaml';
import type { Step } from '../rules/document/change.ts';
import { valueAt } from '../rules/document/change.ts';
import type { RawMap, RawValue } from '../rules/document/raw.ts';
import { compare } from '../values/num.ts';
import { amountOf } from './controls.ts';
import { editedInPlace, plain } from './overlay-in-place.ts';
import { GONE, type Setting, withKeys } from './setting.ts';

/** What an overlay is written over. */
export interface OverlayBase {
  /** The text of the variant that was started from, comments and all; undefined where that is the plan itself. */
  readonly text: string | undefined;
  /** The path of the plan, where there is no such text: what the overlay extends. */
  readonly extends: string;
  /** The plan that was started from, whole: where lists and what stands beside come from. */
  readonly root: RawMap;
  /** What the overlay is laid over: the plan, or what the variant extends. */
  readonly below: RawMap;
}

/**
 * Settings as a variant: a file that extends the plan and says no more than what differs. Where a variant was started from, it is
 * that file with its comments, changed where it must be. Whatever stood before is said in a comment.
 */
export const overlayOf = ({ text, extends: plan, root, below }: OverlayBase, settings: readonly Setting[]): string => {
  const curveOf = ({ way }: Setting): string => JSON.stringify(way.slice(0, -1));
  const moving = settings.filter(({ key }) => key !== undefined);
  // A point that the plan below has at its old place must be taken away there as well.
  const fromBelow = new Set(moving.filter(({ way }) => valueAt(below, way) !== undefined).map(curveOf));
  const [anew, own] = parted(settings, (one) => fromBelow.has(curveOf(one)));
  const inPlace = text === undefined ? undefined : editedInPlace(text, own);
  const left = inPlace === undefined ? settings : [...inPlace.left, ...anew];
  if (inPlace !== undefined && left.length === 0) return inPlace.text;
  const document: Document =
    inPlace === undefined
      ? new NewDocument({}, { schema: 'failsafe' })
      : parseDocument(inPlace.text, { schema: 'failsafe' });
  if (inPlace === undefined) document.set('extends', plan);
  const curves = new Set(left.filter(({ key }) => key !== undefined).map(curveOf));
  const [points, others] = parted(left, (one) => curves.has(curveOf(one)));
  const [inLists, values] = parted(others, ({ way }) => way.some((step) => typeof step === 'number'));
  for (const setting of values) put(document, setting.way, nodeFor(document, setting, root));
  for (const list of together(inLists, (way) =>
    way.slice(
      0,
      way.findIndex((step) => typeof step === 'number'),
    ),
  ))
    putList(document, list.way, list.settings, root);
  for (const curve of together(points, (way) => way.slice(0, -1)))
    putCurve(document, curve.way, curve.settings, { root, below });
  return document.toString({ lineWidth: 0, nullStr: 'null', flowCollectionPadding: true });
};

const parted = <T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [readonly T[], readonly T[]] => [
  all.filter(isFirst),
  all.filter((one) => !isFirst(one)),
];

interface Together {
  readonly way: readonly Step[];
  readonly settings: readonly Setting[];
}

const together = (
  settings: readonly Setting[],
  wayOf: (way: readonly Step[]) => readonly Step[],
): readonly Together[] => {
  const found = new Map<string, { readonly way: readonly Step[]; readonly settings: Setting[] }>();
  for (const setting of settings) {
    const way = wayOf(setting.way);
    const before = found.get(JSON.stringify(way));
    if (before === undefined) found.set(JSON.stringify(way), { way, settings: [setting] });
    else before.settings.push(setting);
  }
  return [...found.values()];
};

/** Keys that were read are scalars, those that were set are texts. */
const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);

const said = (value: RawValue | undefined): string =>
  value?.kind === 'scalar' ? value.text.replace(/\s+/g, ' ').trim() : '';

const isFlow = (value: RawValue | undefined): boolean =>
  value !== undefined && /[{[]/.test(value.source.text.charAt(value.start));

const nodeFor = (document: Document, { text, way }: Setting, root: RawMap): Node | null => {
  if (text.startsWith('{')) return parseDocument(text, { schema: 'failsafe' }).contents;
  const scalar = new Scalar(text);
  const before = valueAt(root, way);
  const parent = document.getIn(way.slice(0, -1), true);
  // A comment within a map on one line would break it into many.
  if (before?.kind === 'scalar' && !(isMap(parent) && parent.flow === true))
    scalar.comment = ` instead of ${said(before)}`;
  return scalar;
};

/** A list replaces the one below it, so it is written whole, in the form in which it was written. */
const putList = (document: Document, way: readonly Step[], settings: readonly Setting[], root: RawMap): void => {
  const list = valueAt(root, way);
  if (list?.kind !== 'list') return;
  const node = formed(document, list);
  put(document, way, node);
  for (const { way: whole, text } of settings) document.setIn(whole, new Scalar(text));
  // What was changed is said behind the innermost value that has lines of its own.
  const comments = new Map<Node, string[]>();
  for (const { way: whole } of settings) {
    const depth = whole.findIndex((_, i) => i >= way.length && isFlow(valueAt(root, whole.slice(0, i))));
    const at = document.getIn(depth < 0 ? whole : whole.slice(0, depth), true) as Node;
    const before = said(valueAt(root, whole));
    const words = depth < 0 ? before : `${String(whole[whole.length - 1])}: ${before}`;
    comments.set(at, [...(comments.get(at) ?? []), words]);
  }
  for (const [at, words] of comments) at.comment = ` instead of ${words.join(', ')}`;
};

/** A value of the plan as a node, on one line where it was on one. */
const formed = (document: Document, value: RawValue): Node => {
  const node = document.createNode(plain(value)) as Node;
  const form = (made: unknown, raw: RawValue | undefined): void => {
    if (raw === undefined || !(isMap(made) || isSeq(made))) return;
    if (isFlow(raw)) made.flow = true;
    else if (raw.kind === 'list' && isSeq(made)) for (const [i, item] of made.items.entries()) form(item, raw.items[i]);
    else if (raw.kind === 'map' && isMap(made)) {
      for (const { key, value: inner } of made.items) form(inner, raw.entries.get(keyText(key))?.value);
    }
  };
  form(node, value);
  return node;
};

/** A curve of which points have moved: what the plan below has elsewhere goes, what it has not comes. */
const putCurve = (
  document: Document,
  way: readonly Step[],
  settings: readonly Setting[],
  { root, below }: { readonly root: RawMap; readonly below: RawMap },
): void => {
  const curve = valueAt(root, way);
  if (curve?.kind !== 'map') return;
  const texts = new Map(settings.map(({ way: whole, text }) => [String(whole[whole.length - 1]), text]));
  const whole = withKeys(root, settings);
  const moved = valueAt(whole, way);
  const old = valueAt(below, way);
  const before = [...curve.entries.keys()];
  const after = moved?.kind === 'map' ? [...moved.entries.keys()] : before;
  const existing = document.getIn(way, true);
  const node = isMap(existing) ? existing : new YAMLMap(document.schema);
  if (!isMap(existing)) {
    node.flow = true;
    put(document, way, node);
  }
  const values = new Map(
    after.map((key, i) => [key, texts.get(before[i] ?? '') ?? said(curve.entries.get(before[i] ?? '')?.value)]),
  );
  const oldText = (key: string): string | undefined =>
    old?.kind === 'map' && old.entries.has(key) ? said(old.entries.get(key)?.value) : undefined;
  for (const key of node.items.map((item) => keyText(item.key))) if (!values.has(key)) node.delete(key);
  for (const [key, value] of values) {
    if (node.has(key) || oldText(key) !== value) node.set(key, new Scalar(value));
  }
  for (const key of before) if (!values.has(key) && oldText(key) !== undefined) node.set(key, new Scalar(GONE));
  const at = ({ key }: Pair): ReturnType<typeof amountOf> => amountOf(keyText(key));
  node.items.sort((one, other) => compare(at(one)?.value ?? 0, at(other)?.value ?? 0));
  const words = settings
    .map(({ way: own }) => String(own[own.length - 1]))
    .map((key) => `${key}: ${said(curve.entries.get(key)?.value)}`);
  node.comment = ` instead of ${words.join(', ')}`;
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
