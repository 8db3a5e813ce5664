import { noInputs, type ShareModel } from './model.ts';

export interface ShareFirstTouch {
  readonly kind: 'first_touch';
}

/** The earliest touch has all of it. */
export const firstTouch: ShareModel<ShareFirstTouch> = {
  kind: 'first_touch',
  doc: 'the earliest touch has all of it',
  writing: { form: 'word', share: { kind: 'first_touch' } },
  needsDates: true,
  absolute: false,
  inputs: noInputs,
  weights: (_, touches, order) => touches.map((_touch, i) => (i === order[0] ? 1 : 0)),
};
