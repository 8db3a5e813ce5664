import type { Step } from '../rules/document/change.ts';
import type { RawMap, RawValue } from '../rules/document/raw.ts';
import {
  add,
  compare,
  div,
  fraction,
  max,
  mul,
  type Num,
  parseDecimal,
  powerOfTen,
  roundWhole,
  sign,
  sub,
  toText,
} from '../values/num.ts';

/** A number of a plan that can be moved: where it stands, and between which ends. */
export interface Dial {
  readonly way: readonly Step[];
  /** As `--vary` writes it. */
  readonly name: string;
  /** As it stands in the plan. */
  readonly text: string;
  readonly unit: string;
  readonly from: Num;
  readonly to: Num;
  readonly step: Num;
}

/** What can be moved in one rule, for people to find it under the rule's name. */
export interface ControlGroup {
  /** `params`, or the name of a reward. */
  readonly name: string;
  readonly dials: readonly { readonly label: string; readonly because: string | undefined; readonly dial: Dial }[];
  readonly curves: readonly CurveControl[];
}

/** A curve with the points that its ends are drawn by. */
export interface CurveControl {
  readonly label: string;
  readonly because: string | undefined;
  readonly by: string;
  readonly step: boolean;
  /** In rising order: `dial` moves what the curve is worth there, `at` where the point stands. */
  readonly points: readonly { readonly x: string; readonly dial: Dial; readonly at: Dial }[];
}

const AMOUNT = /^(-?\d+(?:\.\d+)?)(%?)( [A-Z]{3}| days?)?$/;

/** A text as a number and its unit, where it is one: `6%`, `250000 USD`, `5 days`, `1.5`. */
export const amountOf = (text: string): { readonly value: Num; readonly unit: string } | undefined => {
  const match = AMOUNT.exec(text.trim());
  const value = match === null ? undefined : parseDecimal(match[1] ?? '');
  return value === undefined || match === null ? undefined : { value, unit: `${match[2] ?? ''}${match[3] ?? ''}` };
};

export const amountText = (value: Num, unit: string): string => `${toText(value)}${unit}`;

/** 1, 2 or 5 times a power of ten: the largest that is not above. */
const roundStep = (most: Num): Num => {
  let step: Num = powerOfTen(-6);
  for (let digits = -6; digits <= 12; digits++) {
    for (const times of [1, 2, 5]) {
      const next = mul(times, powerOfTen(digits));
      if (compare(next, most) > 0) return step;
      step = next;
    }
  }
  return step;
};

const dialOf = (
  way: readonly Step[],
  name: string,
  value: RawValue | undefined,
  isWeight = false,
): Dial | undefined => {
  if (value?.kind !== 'scalar') return undefined;
  const amount = amountOf(value.text);
  if (amount === undefined) return undefined;
  const { value: now, unit } = amount;
  const whole = unit.includes('day');
  if (isWeight) {
    const one = unit === '%' ? 100 : 1;
    return { way, name, text: value.text.trim(), unit, from: 0, to: one, step: div(one, 100) ?? 1 };
  }
  const size = sign(now) === 0 ? (unit === '%' ? 10 : whole ? 10 : 100) : sign(now) < 0 ? sub(0, now) : now;
  const step = whole ? 1 : roundStep(div(size, 40) ?? 1);
  const to = mul(roundWhole(div(mul(size, 2), step) ?? 0, 'half_up'), step);
  return { way, name, text: value.text.trim(), unit, from: sign(now) < 0 ? sub(0, to) : 0, to, step };
};

/** Everything of a plan that can be moved, in its order: params, and rates, caps, weights and curves of rewards. */
export const controlsOf = (root: RawMap): readonly ControlGroup[] => {
  const groups: ControlGroup[] = [];
  const params = mapAt(root, 'params');
  const dials = [...(params?.entries ?? [])].flatMap(([name, { value }]) => {
    const dial = dialOf(['params', name], name, value);
    return dial === undefined ? [] : [{ label: name, because: undefined, dial }];
  });
  if (dials.length > 0) groups.push({ name: 'params', dials, curves: [] });
  for (const [name, { value }] of mapAt(root, 'rewards')?.entries ?? []) {
    if (value.kind !== 'map') continue;
    const group = rewardControls(name, value);
    if (group.dials.length > 0 || group.curves.length > 0) groups.push(group);
  }
  return groups;
};

const mapAt = (map: RawMap, key: string): RawMap | undefined => {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'map' ? value : undefined;
};

const textAt = (map: RawMap, key: string): string | undefined => {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'scalar' ? value.text.trim() : undefined;
};

const rewardControls = (reward: string, map: RawMap): ControlGroup => {
  const dials: ControlGroup['dials'][number][] = [];
  const curves: CurveControl[] = [];
  const way = ['rewards', reward];
  const take = (label: string, because: string | undefined, dial: Dial | undefined): void => {
    if (dial !== undefined) dials.push({ label, because, dial });
  };
  for (const key of ['rate', 'pay', 'cap', 'guarantee']) {
    take(key, undefined, dialOf([...way, key], `${reward}.${key}`, map.entries.get(key)?.value));
    const inner = mapAt(map, key);
    if (inner !== undefined) rateControls(reward, key, inner, take, curves);
  }
  for (const [name, { value }] of mapAt(map, 'links')?.entries ?? []) {
    if (value.kind !== 'map') continue;
    const link = [...way, 'links', name];
    const because = textAt(value, 'because');
    const named = `${reward}.links.${name}`;
    take(
      `${name}: weight`,
      because,
      dialOf([...link, 'weight'], `${named}.weight`, value.entries.get('weight')?.value, true),
    );
    for (const key of ['factor', 'otherwise', 'at_most']) {
      take(
        `${name}: ${key.replace('_', ' ')}`,
        because,
        dialOf([...link, key], `${named}.${key}`, value.entries.get(key)?.value),
      );
    }
    const curve = mapAt(value, 'curve');
    if (curve !== undefined) {
      curves.push(
        curveControl(
          name,
          because,
          textAt(value, 'by') ?? '',
          textAt(value, 'shape') === 'step',
          [...link, 'curve'],
          named,
          curve,
        ),
      );
    }
  }
  return { name: reward, dials, curves: curves.filter(({ points }) => points.length > 0) };
};

const rateControls = (
  reward: string,
  key: string,
  rate: RawMap,
  take: (label: string, because: string | undefined, dial: Dial | undefined) => void,
  curves: CurveControl[],
): void => {
  const way = ['rewards', reward, key];
  const steps = rate.entries.get('steps')?.value;
  if (steps?.kind === 'list') {
    for (const [i, item] of steps.items.entries()) {
      if (item.kind !== 'map') continue;
      for (const part of ['up_to', 'below', 'rate']) {
        const words = `step ${i + 1}: ${part.replace('_', ' ')}`;
        take(
          words,
          undefined,
          dialOf([...way, 'steps', i, part], `${reward}.${key}.steps[${i}].${part}`, item.entries.get(part)?.value),
        );
      }
    }
  }
  for (const [name, { value }] of mapAt(rate, 'table')?.entries ?? []) {
    take(`${key} of ${name}`, undefined, dialOf([...way, 'table', name], `${reward}.${key}.table.${name}`, value));
  }
  take(`${key} else`, undefined, dialOf([...way, 'else'], `${reward}.${key}.else`, rate.entries.get('else')?.value));
  const curve = mapAt(rate, 'curve');
  if (curve !== undefined) {
    curves.push(
      curveControl(
        key,
        undefined,
        textAt(rate, 'by') ?? '',
        textAt(rate, 'shape') === 'step',
        [...way, 'curve'],
        `${reward}.${key}`,
        curve,
      ),
    );
  }
};

const curveControl = (
  label: string,
  because: string | undefined,
  by: string,
  step: boolean,
  way: readonly Step[],
  name: string,
  curve: RawMap,
): CurveControl => ({
  label,
  because,
  by,
  step,
  points: ofOneWidth(
    ofOneHeight(
      [...curve.entries].flatMap(([x, { value }]) => {
        const dial = dialOf([...way, x], `${name}.curve[${x}]`, value);
        return dial === undefined || amountOf(x) === undefined ? [] : [{ x, dial }];
      }),
    ),
  ),
});

type Point = Omit<CurveControl['points'][number], 'at'>;

const xOf = ({ x }: Point): Num => amountOf(x)?.value ?? 0;

/** The points of a curve move to and fro by the same steps, a quarter beyond the outer ones. */
const ofOneWidth = (points: readonly Point[]): CurveControl['points'] => {
  const rising = [...points].sort((one, other) => compare(xOf(one), xOf(other)));
  const xs = rising.map(xOf);
  const [low, high] = [xs[0] ?? 0, xs[xs.length - 1] ?? 0];
  const range = sign(sub(high, low)) === 0 ? max(high, 1) : sub(high, low);
  const isWhole = points.some(({ x }) => amountOf(x)?.unit.includes('day'));
  const isPercent = points.some(({ x }) => amountOf(x)?.unit === '%');
  const step = isWhole || (isPercent && compare(range, 20) >= 0) ? 1 : roundStep(div(range, 100) ?? 1);
  const room = mul(roundWhole(div(range, mul(step, 4)) ?? 0, 'half_up'), step);
  const least = sub(low, room);
  return rising.map(({ x, dial }) => ({
    x,
    dial,
    at: {
      ...dial,
      text: x,
      unit: amountOf(x)?.unit ?? '',
      from: sign(low) >= 0 ? max(0, least) : least,
      to: add(high, room),
      step,
    },
  }));
};

/** The points of a curve move within the same ends, by the same steps, half as high again as the highest stands. */
const ofOneHeight = (points: readonly Point[]): readonly Point[] => {
  const values = points.map(({ dial }) => amountOf(dial.text)?.value ?? 0);
  const highest = values.reduce(max, 0);
  const unit = points[0]?.dial.unit;
  // A curve of factors has 100% in sight; one of rates has not.
  const isFactor = unit === '%' && compare(highest, 50) > 0;
  const step = isFactor ? 1 : roundStep(div(highest, 100) ?? 1);
  const least = isFactor ? max(120, mul(highest, fraction(3, 2))) : mul(highest, fraction(3, 2));
  const to = mul(roundWhole(div(least, step) ?? 0, 'half_up'), step);
  return points.map(({ x, dial }) => ({ x, dial: { ...dial, from: 0, step, to } }));
};

/** The value of a dial so many steps from its lower end, as a text of the plan. */
export const dialText = ({ from, step, unit }: Dial, position: number): string =>
  amountText(add(from, mul(step, position)), unit);

/** How many steps a dial has. */
export const dialSteps = ({ from, to, step }: Dial): number =>
  Number(roundWhole(div(sub(to, from), step) ?? 0, 'half_up'));

/** The position that is nearest to a text; undefined where that is no number of the dial's unit. */
export const dialPosition = (dial: Dial, text: string): number | undefined => {
  const amount = amountOf(text);
  if (amount === undefined) return undefined;
  const steps = Number(roundWhole(div(sub(amount.value, dial.from), dial.step) ?? 0, 'half_up'));
  return Math.min(dialSteps(dial), Math.max(0, steps));
};
