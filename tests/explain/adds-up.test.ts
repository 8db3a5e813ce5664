import path from 'node:path';
import { expect, test } from 'vitest';
import { loadAndCompute } from '../../src/cli/run-plans.ts';
import type { Computed } from '../../src/engine/compute.ts';
import { compute } from '../../src/engine/compute.ts';
import type { Figure, Read } from '../../src/explain/figure.ts';
import type { LineDerivation } from '../../src/explain/line.ts';
import { payoutOf } from '../../src/explain/payout.ts';
import { Sink } from '../../src/findings/sink.ts';
import { type Told, tellingOf } from '../../src/report/explain/told.ts';
import { tellPayout } from '../../src/report/explain/told-payout.ts';
import { factorFrom } from '../../src/rules/link/kinds.ts';
import { payOf } from '../../src/rules/rate/steps.ts';
import { isMissing } from '../../src/values/missing.ts';
import { add, equal, mul, type Num, roundWhole, sub, toText } from '../../src/values/num.ts';
import { root } from '../docs/blocks.ts';
import { readPlanAndTables } from '../engine/pay.ts';
import { PLAN, TABLES } from './every-kind.ts';

const example = async (deals: string): Promise<Computed> => {
  const { computation, findings } = await loadAndCompute({
    deals: path.join(root, 'examples', deals),
    plan: undefined,
    tables: [],
    period: undefined,
    skipBadRows: false,
    progress: () => {},
  });
  if (computation === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return computation;
};

const sum = (amounts: readonly (Num | undefined)[]): Num => amounts.reduce<Num>((all, each) => add(all, each ?? 0), 0);

/** Exact figures as text, which says more than an object where they differ. */
const text = (x: Num | undefined): string => (x === undefined ? 'none' : toText(x, 40));

/** Every amount of a told derivation is the sum of the amounts right below it that are its parts. */
const addsUp = (piece: Told): void => {
  const parts = piece.below.filter(({ kind, amount }) => amount !== undefined && kind !== 'figure');
  if (parts.length > 0 && piece.amount !== undefined)
    expect({ of: piece.text, is: text(sum(parts.map(({ amount }) => amount))) }).toEqual({
      of: piece.text,
      is: text(piece.amount),
    });
  piece.below.forEach(addsUp);
};

/** What an aggregate says is what the credits behind it come to, and a quota what is kept of its rows. */
const readAddsUp = (read: Read): void => {
  if (read.kind === 'measure') figureAddsUp(read.figure(), read.value);
  if (read.kind === 'quota' && !isMissing(read.value))
    expect(text(sum(read.parts().map(({ kept }) => kept)))).toBe(text(read.value as Num));
  if (read.kind === 'pay') expect(text(sum(read.lines().map(({ amount }) => amount)))).toBe(text(read.value as Num));
  if (read.kind !== 'aggregate' || isMissing(read.value) || read.node.kind !== 'aggregate') return;
  if (read.node.fn === 'sum' || read.node.fn === 'count')
    expect(text(sum(read.taken().map(({ value }) => value as Num)))).toBe(text(read.value as Num));
};

const figureAddsUp = (figure: Figure, kept: unknown): void => {
  expect(figure.value).toEqual(kept);
  figure.reads.forEach(readAddsUp);
};

const lineAddsUp = ({ line, body, links, credit, exact }: LineDerivation, computed: Computed): void => {
  const { rounding } = computed.plan;
  expect(text(roundWhole(line.exactBase, rounding))).toBe(text(line.base));
  expect(text(roundWhole(exact, rounding))).toBe(text(line.amount));
  expect(text(add(line.base, sum(links.map(({ effect }) => effect.effect))))).toBe(text(line.amount));
  for (const { effect, inputs, when } of links) {
    // What is told of a link is what the run has kept of it.
    expect(when === undefined || (when.value === true) === effect.applied).toBe(true);
    if (!effect.applied) continue;
    expect(inputs.map(({ value }) => value)).toEqual(effect.working.inputs);
    for (const [i, input] of inputs.entries()) figureAddsUp(input, effect.working.inputs[i]);
    if (effect.working.heldTo === undefined && !isMissing(effect.working.found))
      expect(
        factorFrom(
          effect.link.factor,
          inputs.map(({ value }) => value),
        ),
      ).toEqual(effect.factor);
  }
  if (credit?.whole !== undefined)
    expect(text(add(sum(credit.shared.map(({ amount }) => amount)), credit.rest))).toBe(text(credit.whole));
  switch (body?.kind) {
    case 'rate':
      expect(text(mul(body.times, body.perUnit))).toBe(text(line.exactBase));
      if (body.rate.kind === 'value') expect(body.rate.rate.value).toEqual(line.rate);
      if (body.rate.kind === 'table') expect(body.rate.rate?.value).toEqual(line.rate);
      if (body.rate.kind === 'steps') {
        if (body.rate.of !== undefined) figureAddsUp(body.rate.of, body.rate.stair.of);
        if (body.rate.parts.length > 0) {
          expect(text(sum(body.rate.parts.map(({ amount }) => amount)))).toBe(text(body.rate.counted));
          expect(text(sub(body.rate.after as Num, body.rate.before as Num))).toBe(text(body.rate.counted));
          for (const { step, rate } of body.rate.parts)
            expect(text(body.rate.stair.values[step]?.rate)).toBe(text(rate));
          if (equal(body.rate.counted, body.times)) expect(text(payOf(body.rate.parts))).toBe(text(line.exactBase));
        }
      }
      return;
    case 'stay':
      figureAddsUp(body.pay, line.counted);
      return;
    case 'pool':
      expect(text(roundWhole(body.pool.value as Num, rounding))).toBe(text(body.amount));
      return;
    case 'limit':
      expect(text(sub(body.limit, body.before))).toBe(text(line.amount));
      expect(text(roundWhole(mul(body.said.value as Num, body.part ?? 1), rounding))).toBe(text(body.limit));
      return;
    default:
      expect(line.kind).toBe('adjustment');
  }
};

const walk = (computed: Computed): number => {
  const telling = tellingOf(computed, (file) => path.basename(file));
  let lines = 0;
  for (const result of computed.periods) {
    for (const payout of result.payouts) {
      const derivation = payoutOf(computed, result, payout);
      expect(text(sum(derivation.lines.map(({ line }) => line.amount)))).toBe(text(payout.amount));
      for (const line of derivation.lines) lineAddsUp(line, computed);
      addsUp(tellPayout(derivation, telling));
      lines += derivation.lines.length;
    }
  }
  return lines;
};

test.each([
  ['first-plan/deals.csv', 2],
  ['shared-growth/deals.csv', 123],
  ['salesforce-export/opportunities.csv', 23],
])('every payout of %s adds up from its derivation, down to credits and quotas', async (deals, least) => {
  expect(walk(await example(deals))).toBeGreaterThanOrEqual(least);
});

test('so does one with every kind of line, rate, link and sharing', () => {
  const sink = new Sink();
  const { plan, tables } = readPlanAndTables(PLAN, TABLES, sink);
  const computed = plan === undefined || sink.hasErrors ? undefined : compute(plan, tables, {}, sink);
  expect(sink.all().filter(({ severity }) => severity === 'error')).toEqual([]);
  if (computed === undefined) throw new Error('nothing was computed');
  expect(walk(computed)).toBeGreaterThan(60);
  const kinds = new Set(
    computed.periods.flatMap(({ payouts }) => payouts.flatMap(({ lines }) => lines.map(({ kind }) => kind))),
  );
  expect([...kinds].sort()).toEqual(['adjustment', 'cap', 'credit', 'guarantee', 'pool', 'stay']);
});
