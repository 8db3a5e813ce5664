import { noInputs, type ShareModel } from './model.ts';

export interface ShareLinear {
  readonly kind: 'linear';
}

/** Every touch has the same part. */
export const linear: ShareModel<ShareLinear> = {
  kind: 'linear',
  doc: 'every touch has the same part',
  writing: { form: 'word', share: { kind: 'linear' } },
  needsDates: false,
  absolute: false,
  inputs: noInputs,
  weights: (_, touches) => touches.map(() => 1),
};
