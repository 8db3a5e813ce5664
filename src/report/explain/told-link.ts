import { readsRows } from '../../engine/link.ts';
import type { Figure } from '../../explain/figure.ts';
import type { LinkDerivation } from '../../explain/link.ts';
import { type Unit, unitOf } from '../../explain/unit.ts';
import type { Curve, CurvePoint } from '../../rules/curve.ts';
import type { Factor } from '../../rules/link/kinds.ts';
import type { Expression, Link } from '../../rules/plan.ts';
import { isMissing } from '../../values/missing.ts';
import { compare, type Num } from '../../values/num.ts';
import { type Telling, type Told, told } from './told.ts';
import { isHidden, readsSomething, tellCondition, tellFigure } from './told-figure.ts';
import { percentWords, valueWords } from './value-words.ts';

/** What a link did to a line: its factor, what it added or took, its reason, and how the factor came about. */
export const tellLink = (derivation: LinkDerivation, telling: Telling): Told => {
  const { effect } = derivation;
  const { link, applied } = effect;
  const at = telling.place(link.place);
  const reason = told('reason', link.because);
  if (!applied) {
    const why = derivation.when === undefined ? [] : [tellCondition(derivation.when, telling)];
    return told('link', `${link.name} does not apply`, { amount: effect.effect, at, below: [reason, ...why] });
  }
  return told('link', `${link.name}: × ${percentWords(effect.factor)}${weightWords(link)}${crossWords(derivation)}`, {
    amount: effect.effect,
    at,
    below: telling.linksApart && !readsRows(link) ? [reason] : [reason, ...tellLinkReads(derivation, telling)],
  });
};

const weightWords = ({ weight }: Link): string =>
  weight === undefined ? '' : `, which counts for ${percentWords(weight)}`;

const crossWords = ({ effect }: LinkDerivation): string => (effect.crosses ? ' (with the other department)' : '');

/** How a link came to its factor: what it read, and where on its curve that is. */
export const tellLinkReads = (derivation: LinkDerivation, telling: Telling): readonly Told[] => {
  const { effect, when, inputs, held } = derivation;
  const { link, working } = effect;
  const below: Told[] = [];
  if (when !== undefined) below.push(tellCondition(when, telling));
  below.push(...tellFactor(link.factor, inputs, telling));
  if (isMissing(working.found) && link.whenMissing !== undefined) {
    below.push(
      told('note', `it is missing (${working.found.reason}), so when_missing holds: ${link.whenMissing.text}`),
    );
  }
  if (held !== undefined && working.heldTo !== undefined) {
    below.push(told('note', `held down to ${percentWords(working.heldTo)}: at_most ${held.to.expression.text}`));
    if (held.unless !== undefined) below.push(tellCondition(held.unless, telling));
  }
  return below;
};

/** How a factor follows from what it reads. */
const tellFactor = (factor: Factor, inputs: readonly Figure[], telling: Telling): readonly Told[] => {
  const [first, second] = inputs;
  if (first === undefined) return [];
  switch (factor.kind) {
    case 'factor':
      return readsSomething(first.expression.node) ? [tellFigure(first, telling)] : [];
    case 'gate':
      return [
        tellCondition(first, telling),
        ...(second === undefined || first.value === true ? [] : [tellFigure(second, telling)]),
      ];
    case 'curve':
      return [tellFigure(first, telling), ...tellCurve(factor.curve, first, telling)];
    case 'matrix': {
      if (second === undefined) return [];
      const rows = factor.rows.map(({ x, written, place, points }) => ({ x, written, place, y: points[0]?.y ?? 0 }));
      const columns = factor.rows[0]?.points ?? [];
      const where = [
        `the row ${placeOnAxis(rows, factor.shape, first, telling)}`,
        `the column ${placeOnAxis(columns, factor.shape, second, telling)}`,
      ];
      const hidden = isHidden(first, telling) || isHidden(second, telling);
      const read = [tellFigure(first, telling), tellFigure(second, telling)];
      return hidden ? read : [...read, told('note', where.join(', '))];
    }
  }
};

/** Where a curve is read: between which points, or beyond which. */
export const tellCurve = (
  curve: Curve,
  by: Figure,
  telling: Telling,
  words: (y: Num) => string = percentWords,
): readonly Told[] => {
  if (isMissing(by.value) || isHidden(by, telling)) return [];
  const x = by.value as Num;
  const unit = unitOfAxis(curve.points, by.expression, telling);
  const point = ({ x: at, written, y }: CurvePoint): string =>
    `${written ?? valueWords(at, by.expression.type, unit, telling.computed.plan.digits)} → ${words(y)}`;
  const first = curve.points[0] as CurvePoint;
  const last = curve.points[curve.points.length - 1] as CurvePoint;
  const place = telling.place(first.place);
  const note = (text: string): readonly Told[] => [told('note', text, { at: place })];
  const continues = curve.beyond === 'continue' && curve.points.length > 1;
  if (compare(x, first.x) < 0)
    return note(`below the first point (${point(first)})${continues ? ', its line continued' : ''}`);
  if (compare(x, last.x) > 0)
    return note(`beyond the last point (${point(last)})${continues ? ', its line continued' : ''}`);
  const at = curve.points.findLastIndex((each) => compare(each.x, x) <= 0);
  const left = curve.points[at] as CurvePoint;
  const right = curve.points[at + 1];
  if (right === undefined || compare(left.x, x) === 0) return note(`at the point ${point(left)}`);
  if (curve.shape === 'step') return note(`the last point reached is ${point(left)}; the next is ${point(right)}`);
  return note(`on the straight line from ${point(left)} to ${point(right)}`);
};

const placeOnAxis = (points: readonly CurvePoint[], shape: 'line' | 'step', by: Figure, telling: Telling): string => {
  const unit = unitOfAxis(points, by.expression, telling);
  const words = ({ x, written }: CurvePoint): string =>
    written ?? valueWords(x, by.expression.type, unit, telling.computed.plan.digits);
  if (isMissing(by.value)) return 'cannot be said';
  const x = by.value as Num;
  const at = points.findLastIndex((each) => compare(each.x, x) <= 0);
  const left = points[at];
  const right = points[at + 1];
  if (left === undefined) return right === undefined ? '' : words(right);
  if (right === undefined || shape === 'step' || compare(left.x, x) === 0) return words(left);
  return `between ${words(left)} and ${words(right)}`;
};

/** A number that is compared with percentages is read as one. */
const unitOfAxis = (points: readonly CurvePoint[], by: Expression, { computed }: Telling): Unit =>
  points.some(({ written }) => written?.endsWith('%') === true) ? 'percent' : unitOf(by.node, computed.plan);
