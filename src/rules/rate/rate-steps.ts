import type { Place } from '../../findings/finding.ts';
import { compare, type Num, sign } from '../../values/num.ts';
import { MONTHS, PERIOD_KINDS, type PeriodKind } from '../../values/period.ts';
import { field, fieldsOf, readFields, required } from '../document/fields.ts';
import { type Formula, keyPlace, type Part, partAt, report } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { choice, formula, list, refuse } from '../document/shapes.ts';
import type { Type } from '../expression/typed.ts';
import type { Expression } from '../plan.ts';
import type { RateKind, RateReading } from './model.ts';

export interface Step {
  /** Absolute, or a share of `of`; undefined for the last. */
  readonly end: Expression | undefined;
  readonly holdsEnd: boolean;
  readonly rate: Expression;
  readonly place: Place;
}

/** A rate that depends on what has accumulated. */
export interface RateSteps {
  readonly kind: 'steps';
  readonly method: 'marginal' | 'retroactive';
  readonly of: Expression | undefined;
  /** What walks up the steps; the line's amount where not said. */
  readonly counting: Expression | undefined;
  /** Over which period lines add up; `none`: every line stands alone. */
  readonly accumulate: PeriodKind | 'none';
  readonly steps: readonly Step[];
  readonly place: Place;
}

const STEP_FIELDS = {
  up_to: field(formula('number or money'), 'where the step ends; it holds exactly this much, too'),
  below: field(formula('number or money'), 'where the step ends; exactly this much is in the next'),
  rate: required(formula('number, or money where pay has steps'), 'the rate in this step'),
} as const;

const FIELDS = {
  method: required(
    choice(['marginal', 'retroactive']),
    'marginal: each part at the rate of its step; retroactive: all at the rate of the step reached',
  ),
  of: field(formula('money or number'), 'what thresholds are shares of, such as quota(bookings); absolute without it'),
  counting: field(formula('money or number'), 'what walks up the steps; the amount of the line where not said'),
  accumulate: field(
    choice(['none', ...PERIOD_KINDS]),
    'over which period lines add up; the period of the reward where not said',
  ),
  steps: required(
    list(
      fieldsOf(() => STEP_FIELDS),
      'a list of steps such as - { up_to: 100%, rate: 5% }',
    ),
    'the steps; the last has no end',
  ),
} as const;

export const rateSteps: RateKind<RateSteps> = {
  kind: 'steps',
  doc: 'a rate that depends on what has accumulated',
  key: 'steps',
  fields: FIELDS,
  read: (part, reading) => {
    const { reader, payee, counted, every } = reading;
    const fields = readFields(part, FIELDS, { what: 'a rate with steps', elsewhere }, reader.sink);
    if (fields === undefined) return undefined;
    const of = fields.of && reader.expression(fields.of, ['money', 'number'], payee('what thresholds are shares of'));
    const counting =
      fields.counting && reader.expression(fields.counting, ['money', 'number'], counted('what walks up the steps'));
    const what = fields.counting === undefined ? defaultCount(reading) : counting?.type;
    if (of !== undefined && what !== undefined && of.type !== what) sayMismatch(part, reading, of.type, what);
    if (fields.accumulate !== undefined && fields.accumulate !== 'none' && MONTHS[fields.accumulate] < MONTHS[every]) {
      const accumulate = partAt(part, 'accumulate') ?? part;
      refuse(accumulate, reader.sink, `none, ${every} or longer (the reward is paid by the ${every})`);
    }
    // Without knowing what is counted, a threshold may be either.
    const threshold: readonly Type[] =
      fields.of !== undefined ? ['number'] : what === undefined ? ['number', 'money'] : [what];
    const steps = fields.steps && readSteps(fields.steps, partAt(part, 'steps') ?? part, threshold, reading);
    const failed =
      (fields.of !== undefined && of === undefined) || (fields.counting !== undefined && counting === undefined);
    if (steps === undefined || fields.method === undefined || failed) return undefined;
    return {
      kind: 'steps',
      method: fields.method,
      of,
      counting,
      accumulate: fields.accumulate ?? every,
      steps,
      place: keyPlace(part),
    };
  },
};

const elsewhere = (key: string): string | undefined =>
  key === 'shape' || key === 'beyond' ? `${key}: belongs to a curve, not to steps` : undefined;

/** Without `counting`, a rate walks up by the amounts of lines, a pay by the lines themselves. */
const defaultCount = ({ unit }: RateReading): Type => (unit === 'rate' ? 'money' : 'number');

const sayMismatch = (part: Part<RawMap>, { reader, unit }: RateReading, of: Type, counting: Type): void => {
  const given = partAt(part, 'counting');
  const name = given === undefined ? (unit === 'rate' ? 'the amount of a line' : 'the count of lines') : 'counting';
  const hint =
    of === 'money'
      ? 'count money: leave counting: out, or take a quota in units'
      : 'add counting: with what the quota measures, such as counting: 1';
  const related = [
    { ...placeOf((partAt(part, 'of') ?? part).value), message: `this is ${of === 'money' ? 'money' : 'a number'}` },
  ];
  const message = `${name} is ${counting === 'money' ? 'money' : 'a number'}, but of: is ${of === 'money' ? 'money' : 'a number'}`;
  report(reader.sink, 'counting-mismatch', message, given ?? partAt(part, 'of') ?? part, { hint, related });
};

const readSteps = (
  parts: readonly Part[],
  section: Part,
  threshold: readonly Type[],
  reading: RateReading,
): readonly Step[] | undefined => {
  const { reader } = reading;
  const steps: Step[] = [];
  let last: { readonly end: Num; readonly formula: Formula } | undefined;
  for (const [i, part] of parts.entries()) {
    const fields = readFields(part, STEP_FIELDS, { what: 'a step' }, reader.sink);
    if (fields === undefined) continue;
    const rate = fields.rate && reader.expression(fields.rate, [reading.type], reading.payee('the rate of a step'));
    const ending = endOf(part, fields, i === parts.length - 1, reading);
    const end = ending && reader.expression(ending, threshold, reading.payee('a threshold'));
    const known = reader.known(end) as Num | undefined;
    if (ending !== undefined && known !== undefined) {
      sayUnordered(ending, known, last, reading);
      last = { end: known, formula: ending };
    }
    if (rate !== undefined) steps.push({ end, holdsEnd: fields.below === undefined, rate, place: placeOf(part.value) });
  }
  if (parts.length === 0) refuse(section, reader.sink, 'at least one step');
  return steps.length === parts.length && steps.length > 0 ? steps : undefined;
};

const endOf = (
  part: Part,
  { up_to: upTo, below }: { readonly up_to: Formula | undefined; readonly below: Formula | undefined },
  isLast: boolean,
  { reader }: RateReading,
): Formula | undefined => {
  const end = upTo ?? below;
  if (upTo !== undefined && below !== undefined) {
    report(reader.sink, 'invalid-value', 'a step ends at up_to: or below:, not at both', part, {
      hint: 'up_to: holds its end, below: does not',
    });
  } else if (isLast && end !== undefined) {
    const hint = 'add a last step without up_to: and below:, for what lies beyond';
    report(reader.sink, 'invalid-value', 'the last step has no end', end, { hint }, keyPlace(end));
  } else if (
    !isLast &&
    end === undefined &&
    part.value.kind === 'map' &&
    !part.value.entries.has('up_to') &&
    !part.value.entries.has('below')
  ) {
    const hint = 'add up_to: (which holds its end) or below: (which does not)';
    report(reader.sink, 'missing-key', 'a step that is not the last says where it ends', part, { hint });
  }
  return end;
};

const sayUnordered = (
  ending: Formula,
  end: Num,
  last: { readonly end: Num; readonly formula: Formula } | undefined,
  { reader }: RateReading,
): void => {
  if (last !== undefined && compare(end, last.end) <= 0) {
    const related = [{ ...placeOf(last.formula.value), message: 'the threshold before it' }];
    const message = `thresholds are not in rising order: ${ending.value.text} comes after ${last.formula.value.text}`;
    report(reader.sink, 'unordered-steps', message, ending, {
      related,
      hint: 'write the steps from the lowest threshold to the highest',
    });
  } else if (sign(end) < 0) {
    report(reader.sink, 'unordered-steps', 'a threshold is below zero, where the first step holds anyway', ending);
  }
};
