import { fromBigInt } from '../../values/num.ts';
import { halving } from '../../values/power.ts';
import { fieldsOf, readFields, required } from '../document/fields.ts';
import { formula, refuse } from '../document/shapes.ts';
import { noInputs, type ShareModel } from './model.ts';

export interface ShareTimeDecay {
  readonly kind: 'time_decay';
  /** In days, above zero. */
  readonly halfLife: number;
}

const FIELDS = {
  half_life: required(formula('days, a constant'), 'the time in which the weight of a touch halves, such as 7 days'),
} as const;

/** The weight of a touch halves with every half-life that lies between it and the deal's close. */
export const timeDecay: ShareModel<ShareTimeDecay> = {
  kind: 'time_decay',
  doc: 'the weight of a touch halves with every half-life before the close',
  writing: {
    form: 'key',
    example: '{ time_decay: { half_life: 7 days } }',
    describes: fieldsOf(() => FIELDS),
    read: (part, { reader }) => {
      const given = readFields(part, FIELDS, { what: 'time_decay' }, reader.sink)?.half_life;
      const halfLife = given && reader.constant(given, ['days'], 'a half-life');
      if (given === undefined || typeof halfLife !== 'number') return undefined;
      if (halfLife <= 0) return refuse(given, reader.sink, 'a half-life above 0 days');
      return { kind: 'time_decay', halfLife };
    },
  },
  needsDates: true,
  absolute: false,
  inputs: noInputs,
  weights: ({ halfLife }, touches) => {
    // Only the ages against each other matter; from the newest on they are small, which keeps the powers exact enough.
    const newest = Math.min(...touches.map((touch) => touch.age));
    return touches.map((touch) => fromBigInt(halving(touch.age - newest, halfLife)));
  },
};
