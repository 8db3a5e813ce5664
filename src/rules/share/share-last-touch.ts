import { noInputs, type ShareModel } from './model.ts';

export interface ShareLastTouch {
  readonly kind: 'last_touch';
}

/** The latest touch has all of it. */
export const lastTouch: ShareModel<ShareLastTouch> = {
  kind: 'last_touch',
  doc: 'the latest touch has all of it',
  writing: { form: 'word', share: { kind: 'last_touch' } },
  needsDates: true,
  absolute: false,
  inputs: noInputs,
  weights: (_, touches, order) => touches.map((_touch, i) => (i === order[order.length - 1] ? 1 : 0)),
};
