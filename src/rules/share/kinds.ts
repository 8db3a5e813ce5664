import { nearest } from '../../values/nearest.ts';
import type { Num } from '../../values/num.ts';
import { fieldsOf, required } from '../document/fields.ts';
import { isMapPart, isScalarPart, type Part, partAt, partsOf, report } from '../document/part.ts';
import { placeOf } from '../document/raw.ts';
import type { Description } from '../document/shape.ts';
import { listed, refuse, part as subpart } from '../document/shapes.ts';
import type { Expression } from '../plan.ts';
import type { ShareModel, ShareReading, Touch } from './model.ts';
import { expression, type ShareExpression } from './share-expression.ts';
import { firstTouch, type ShareFirstTouch } from './share-first-touch.ts';
import { lastTouch, type ShareLastTouch } from './share-last-touch.ts';
import { linear, type ShareLinear } from './share-linear.ts';
import { position, type SharePosition } from './share-position.ts';
import { type ShareTimeDecay, timeDecay } from './share-time-decay.ts';
import { type ShareWShaped, wShaped } from './share-w-shaped.ts';

/** How one deal is shared out over its rows. */
export type Share =
  | ShareFirstTouch
  | ShareLastTouch
  | ShareLinear
  | SharePosition
  | ShareTimeDecay
  | ShareWShaped
  | ShareExpression;

/** Every share model; a new one is a file beside these and a line here (and in `Share`). */
export const SHARE_MODELS: { readonly [K in Share['kind']]: ShareModel<Extract<Share, { kind: K }>> } = {
  first_touch: firstTouch,
  last_touch: lastTouch,
  linear,
  position,
  time_decay: timeDecay,
  w_shaped: wShaped,
  expression,
};

// The table above pairs each kind with its own model, which the type of an indexed access cannot say.
const MODELS = Object.values(SHARE_MODELS) as unknown as readonly ShareModel<Share>[];
const modelOf = (share: Share): ShareModel<Share> => SHARE_MODELS[share.kind] as unknown as ShareModel<Share>;

export const shareNeedsDates = (share: Share): boolean => modelOf(share).needsDates;
export const shareIsAbsolute = (share: Share): boolean => modelOf(share).absolute;
export const shareInputs = (share: Share): readonly Expression[] => modelOf(share).inputs(share);
export const shareWeights = (share: Share, touches: readonly Touch[], order: readonly number[]): readonly Num[] =>
  modelOf(share).weights(share, touches, order);

const WORDS = MODELS.filter(({ writing }) => writing.form === 'word').map(({ kind }) => kind);
const KEYS = MODELS.filter(({ writing }) => writing.form === 'key').map(({ kind }) => kind);

/** What may stand behind `share:`, in words. */
export const SHARE_WAYS = `${[...WORDS, ...KEYS.map((key) => `{ ${key}: ... }`)].join(', ')} or an expression such as attribution.weight`;

/** All ways to write a share, for the schema. */
export const SHARE: Description = {
  kind: 'either',
  of: [
    { kind: 'choice', of: WORDS },
    ...MODELS.flatMap(({ kind, doc, writing }) =>
      writing.form === 'key' ? [fieldsOf(() => ({ [kind]: required(subpart(writing.describes), doc) }))] : [],
    ),
    { kind: 'expression', type: 'number' },
  ],
};

/** Reads how a deal is shared out: a model's name, a model with what it needs, or an expression. */
export const readShare = (part: Part, reading: ShareReading): Share | undefined => {
  const { sink } = reading.reader;
  if (isScalarPart(part)) return readWord(part.value.text.trim(), part, reading);
  if (!isMapPart(part)) return refuse(part, sink, SHARE_WAYS);
  const models = MODELS.filter(({ kind, writing }) => writing.form === 'key' && part.value.entries.has(kind));
  for (const { key, path } of partsOf(part)) {
    if (key === undefined || KEYS.some((kind) => kind === key.text)) continue;
    const near = nearest(key.text, [...KEYS, ...WORDS]);
    const hint = near === undefined ? `write ${SHARE_WAYS}` : `did you mean ${near}?`;
    report(sink, 'unknown-key', `"${key.text}" is not a share model`, { ...part, path }, { hint }, placeOf(key));
  }
  const [model, ...others] = models;
  if (model === undefined) return part.value.entries.size === 0 ? refuse(part, sink, SHARE_WAYS) : undefined;
  if (others.length > 0) return refuse(part, sink, 'one share model');
  const argument = partAt(part, model.kind);
  if (argument === undefined || model.writing.form === 'word') return undefined;
  return part.value.entries.size === 1 ? model.writing.read(argument, reading) : undefined;
};

const readWord = (word: string, part: Part, reading: ShareReading): Share | undefined => {
  const { sink } = reading.reader;
  const model = MODELS.find(({ kind, writing }) => writing.form !== 'expression' && kind === word);
  if (model?.writing.form === 'word') return model.writing.share;
  if (model?.writing.form === 'key') return refuse(part, sink, `what ${word} needs`, `as in ${model.writing.example}`);
  const near = /^[a-z_]+$/.test(word) && !reading.reader.isParam(word) ? nearest(word, [...WORDS, ...KEYS]) : undefined;
  if (near !== undefined) return refuse(part, sink, `${listed(WORDS)}, or an expression`, `did you mean ${near}?`);
  const { writing } = SHARE_MODELS.expression;
  return writing.form === 'word' ? writing.share : writing.read(part, reading);
};
