import { fromBigInt } from '../../values/num.ts';
import { halving } from '../../values/power.ts';
import { noInputs, type ShareModel } from './model.ts';

export interface ShareTimeDecay {
  readonly kind: 'time_decay';
  /** In days, above zero. */
  readonly halfLife: number;
}

/** The weight of a touch halves with every half-life that lies between it and the deal's close. */
export const timeDecay: ShareModel<ShareTimeDecay> = {
  kind: 'time_decay',
  needsDates: true,
  absolute: false,
  inputs: noInputs,
  weights: ({ halfLife }, touches) => {
    // Only the ages against each other matter; from the newest on they are small, which keeps the powers exact enough.
    const newest = Math.min(...touches.map((touch) => touch.age));
    return touches.map((touch) => fromBigInt(halving(touch.age - newest, halfLife)));
  },
};
