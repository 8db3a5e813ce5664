import type { Expression } from '../plan.ts';
import type { ShareModel, Touch } from './model.ts';
import { expression, type ShareExpression } from './share-expression.ts';
import { firstTouch, type ShareFirstTouch } from './share-first-touch.ts';
import { lastTouch, type ShareLastTouch } from './share-last-touch.ts';
import { linear, type ShareLinear } from './share-linear.ts';
import { position, type SharePosition } from './share-position.ts';
import { type ShareTimeDecay, timeDecay } from './share-time-decay.ts';
import { type ShareWShaped, wShaped } from './share-w-shaped.ts';
import type { Num } from '../../values/num.ts';

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
const modelOf = (share: Share): ShareModel<Share> => SHARE_MODELS[share.kind] as unknown as ShareModel<Share>;

export const shareNeedsDates = (share: Share): boolean => modelOf(share).needsDates;
export const shareIsAbsolute = (share: Share): boolean => modelOf(share).absolute;
export const shareInputs = (share: Share): readonly Expression[] => modelOf(share).inputs(share);
export const shareWeights = (share: Share, touches: readonly Touch[], order: readonly number[]): readonly Num[] =>
  modelOf(share).weights(share, touches, order);
