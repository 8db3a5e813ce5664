import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import YAML from 'yaml';
import type { Finding } from '../../../src/findings/finding.ts';
import { layeredSchema } from '../../../src/report/json-schema.ts';
import { PLAN_FIELDS } from '../../../src/rules/load/plan-fields.ts';
import type { Plan } from '../../../src/rules/plan.ts';
import { load } from './loading.ts';

/*
 * Nothing is guessed: at each key of a plan that has every key of the language, each wrong value is refused with a finding
 * that names the place; what is not refused is valid by the schema and changes what the plan says.
 */

const RICH = readFileSync(path.join(import.meta.dirname, 'rich.yaml'), 'utf8');
const BASE = { 'base.yaml': '{}' };
const schema = layeredSchema('a plan', PLAN_FIELDS, 'extends');
const isValid = new Ajv2020({ allowUnionTypes: true, strict: false }).compile(schema);

/** Forms that a value may take: what is right somewhere is wrong in most places. */
const VALUES = [
  ...['', '""', 'two words', 'true', '2026-04-15', '0', '-3', '0.5', '-5%', '1e5', '9'.repeat(30)],
  ...['5 USD', '-5 USD', '7.5 days', '[]', '[ 1 ]', '{}', '{ a: 1 }'],
];

/** What says nothing else than leaving the key out does. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['rewards > commission > who', 'true'],
  ['rewards > bonus > who', 'true'],
  ['rewards > team_pool > who', 'true'],
  ['change > sign_off', '[]'],
]);

interface Spot {
  readonly names: readonly (string | number)[];
  /** Offsets of the value, and the lines from the key to the value's end. */
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Every value of a plan, maps and lists too; of keys that have the same siblings elsewhere only the first. */
const spotsOf = (text: string): ReadonlyMap<string, Spot> => {
  const lines = new YAML.LineCounter();
  const spots = new Map<string, Spot>();
  const seen = new Set<string>();
  const visit = (node: unknown, names: readonly (string | number)[]): void => {
    if (YAML.isMap<YAML.Scalar, YAML.Node>(node)) {
      const siblings = node.items.map(({ key }) => key.value);
      for (const { key, value } of node.items) {
        const own = [...names, String(key.source ?? key.value)];
        add(key, value, own, JSON.stringify([names[0], own.length, own.at(-1), siblings]));
        visit(value, own);
      }
    } else if (YAML.isSeq<YAML.Node>(node)) {
      for (const [i, item] of node.items.entries()) {
        add(item, item, [...names, i], JSON.stringify([...names, i]));
        visit(item, [...names, i]);
      }
    }
  };
  const add = (key: YAML.Node, value: YAML.Node | null, names: readonly (string | number)[], like: string): void => {
    if (!key.range || !value?.range || seen.has(like)) return;
    seen.add(like);
    const [start, end] = value.range;
    const [firstLine, lastLine] = [lines.linePos(key.range[0]).line, lines.linePos(end).line];
    spots.set(names.join(' > '), { names, start, end, firstLine, lastLine });
  };
  visit(YAML.parseDocument(text, { lineCounter: lines }).contents, []);
  return spots;
};

const without = (text: string, { names }: Spot): string => {
  const copy = YAML.parseDocument(text);
  copy.deleteIn(names);
  return copy.toString();
};

const WHERE = new Set(['place', 'start', 'end', 'sources', 'sections', 'written']);

/** All that a plan says, but where. */
const said = (plan: Plan | undefined): string | undefined =>
  plan &&
  JSON.stringify(plan, (key, value: unknown) => {
    if (WHERE.has(key)) return undefined;
    if (typeof value === 'bigint') return String(value);
    return value instanceof Map || value instanceof Set ? [...value] : value;
  });

/** Whether a finding stands at a value, speaks of its key, or stands where its name is read. */
const tellsOf = (finding: Finding, { names, firstLine, lastLine }: Spot, text: string): boolean => {
  const last = String(names.at(-1));
  const places = [finding, ...(finding.related ?? [])];
  const grown = text.split('\n').length - RICH.split('\n').length;
  return (
    places.some(({ line }) => line !== undefined && line >= firstLine && line <= lastLine + Math.max(0, grown)) ||
    `${finding.message} ${finding.hint}`.includes(last) ||
    (text.split('\n')[(finding.line ?? 0) - 1] ?? '').includes(last)
  );
};

const SPOTS = spotsOf(RICH);
const SECTIONS = [...new Set([...SPOTS.values()].map(({ names }) => String(names[0])))];

test('the plan has every key of the language', () => {
  expect(load(RICH, BASE).lines).toEqual([]);
  const keys = new Set([...SPOTS.values()].map(({ names }) => String(names.at(-1))));
  const known = new Set<string>();
  JSON.stringify(schema, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'properties' in value) {
      for (const key of Object.keys(value.properties as object)) known.add(key);
    }
    return value;
  });
  const checks = Object.keys(
    PLAN_FIELDS.checks.shape.describes.kind === 'fields' ? PLAN_FIELDS.checks.shape.describes.fields() : {},
  );
  expect([...known].filter((key) => !keys.has(key) && !checks.includes(key))).toEqual([]);
});

describe.each(SECTIONS)('%s', (section) => {
  test.each([...SPOTS].filter(([, { names }]) => names[0] === section))('%s', (name, spot) => {
    const left = said(load(without(RICH, spot), BASE).plan);
    const slips = VALUES.flatMap((value) => {
      // After a comma of a list nothing is no item.
      if (value === '' && typeof spot.names.at(-1) === 'number') return [];
      const text = `${RICH.slice(0, spot.start)}${value}${RICH.slice(spot.end)}`;
      const { plan, sink, lines } = load(text, BASE);
      if (plan === undefined) {
        const errors = sink.all().filter(({ severity }) => severity === 'error');
        return errors.some((error) => tellsOf(error, spot, text)) ? [] : [`${value}: ${lines.join('; ') || 'nothing'}`];
      }
      if (!isValid(YAML.parse(text))) return [`${value}: taken, against the schema`];
      const idle = said(plan) === left && DEFAULTS.get(name) !== value;
      return idle ? [`${value}: taken for nothing`] : [];
    });
    expect(slips).toEqual([]);
  });
});
