import { CODES, FINDING_CODES } from '../findings/codes.ts';
import { Sink } from '../findings/sink.ts';
import type { MemoryRow } from '../io/rows-memory.ts';
import { checkKeys, readValues } from '../rules/document/fields.ts';
import { isMapPart, isScalarPart, keyPlace, type Part, partAt, partsOf, report } from '../rules/document/part.ts';
import { isNull, placeOf, type RawMap, sourceFile } from '../rules/document/raw.ts';
import { refuse } from '../rules/document/shapes.ts';
import { readYaml } from '../rules/document/yaml.ts';
import { TABLES, type TableName } from '../rules/tables.ts';
import { nearest } from '../values/nearest.ts';
import { readExpectations } from './expectation-read.ts';
import { joinRows } from './rows-join.ts';
import { readRows } from './rows-read.ts';
import { CASE_FIELDS, SETTING_FIELDS, TEST_FIELDS } from './test-fields.ts';
import type { Expectation, Said, TestCase, TestFile } from './test-file.ts';

/** What a case and the defaults say alike. */
interface Setting {
  readonly period: Said<string> | undefined;
  readonly params: ReadonlyMap<string, Said<string>>;
  readonly rows: ReadonlyMap<TableName, readonly MemoryRow[]>;
  /** Tables of the defaults that a case does without. */
  readonly removed: ReadonlySet<TableName>;
}

const NOTHING: Setting = { period: undefined, params: new Map(), rows: new Map(), removed: new Set() };

/**
 * Reads a test file. What is wrong with the file as a whole goes to the sink and gives undefined; what is wrong with one
 * case stands in the case, so that the others still run.
 */
export const readTestFile = (
  file: string,
  text: string,
  resolvePath: (fromFile: string, path: string) => string,
  sink: Sink,
): TestFile | undefined => {
  const before = sink.count('error');
  const root = readYaml(sourceFile(file, text), sink);
  if (root === undefined) return undefined;
  const top: Part<RawMap> = { value: root, key: undefined, path: [] };
  checkKeys(top, TEST_FIELDS, { what: 'a test file' }, sink);
  const read = readValues(top, TEST_FIELDS, sink);
  const defaults = read.defaults === undefined ? NOTHING : readDefaults(read.defaults, sink);
  const plan = partAt(top, 'plan');
  const cases = read.cases?.map((part) => readCase(part, defaults));
  if (read.plan === undefined || plan === undefined || cases === undefined || sink.count('error') > before)
    return undefined;
  return { file, plan: { value: resolvePath(file, read.plan), place: placeOf(plan.value) }, cases };
};

const readDefaults = (part: Part, sink: Sink): Setting => {
  if (!isMapPart(part)) {
    refuse(part, sink, 'what all cases have in common, such as people: and quotas:');
    return NOTHING;
  }
  checkKeys(part, SETTING_FIELDS, { what: 'defaults' }, sink);
  return readSetting(part, sink);
};

const readSetting = (part: Part<RawMap>, sink: Sink): Setting => {
  const { period, params } = readValues(part, { period: SETTING_FIELDS.period, params: SETTING_FIELDS.params }, sink);
  const at = partAt(part, 'period');
  const rows = new Map<TableName, readonly MemoryRow[]>();
  const removed = new Set<TableName>();
  for (const { name } of TABLES) {
    const table = partAt(part, name);
    if (table === undefined) continue;
    if (isNull(table.value)) removed.add(name);
    else rows.set(name, readRows(table, sink));
  }
  return {
    period: period === undefined || at === undefined ? undefined : { value: period, place: placeOf(at.value) },
    params: new Map(params === undefined ? [] : partsOf(params).flatMap((entry) => readParam(entry, sink))),
    rows,
    removed,
  };
};

const readParam = (part: Part, sink: Sink): readonly (readonly [string, Said<string>])[] => {
  if (!isScalarPart(part)) {
    refuse(part, sink, 'a literal such as 6%');
    return [];
  }
  return [[part.key?.text ?? '', { value: part.value.text.trim(), place: placeOf(part.value) }]];
};

const readCase = (part: Part, defaults: Setting): TestCase => {
  const sink = new Sink();
  const place = keyPlace(part);
  const empty = { name: `case ${part.path.at(-1) ?? ''}`, place, ...NOTHING, expects: [], expectsError: undefined };
  if (!isMapPart(part)) {
    refuse(part, sink, 'the keys of a case: name, period, rows of tables, expect');
    return { ...empty, findings: sink.all() };
  }
  checkKeys(part, CASE_FIELDS, { what: 'a case' }, sink);
  const { name } = readValues(part, { name: CASE_FIELDS.name }, sink);
  const own = readSetting(part, sink);
  const expect = partAt(part, 'expect');
  const expectsError = readError(part, expect, sink);
  const expects: readonly Expectation[] = expect === undefined ? [] : readExpectations(expect, sink);
  // What is said already may be why nothing is expected: a misspelt key, say.
  if (!sink.hasErrors) checkExpected(part, expect, { expects, expectsError }, sink);
  return {
    name: name ?? empty.name,
    place,
    period: own.period ?? defaults.period,
    params: new Map([...defaults.params, ...own.params]),
    rows: joinRows(defaults.rows, own.rows, own.removed),
    expects,
    expectsError,
    findings: sink.all(),
  };
};

/** A case expects figures or an error: one of the two, and not nothing. */
const checkExpected = (
  part: Part,
  expect: Part | undefined,
  { expects, expectsError }: Pick<TestCase, 'expects' | 'expectsError'>,
  sink: Sink,
): void => {
  const hint = 'add expect: { ana: { REWARD: AMOUNT } }';
  if (expects.length === 0 && expectsError === undefined) {
    const message =
      expect === undefined
        ? 'a case says what it expects: expect: or expect_error:'
        : 'expect: names nothing that could be wrong';
    report(
      sink,
      expect === undefined ? 'missing-key' : 'invalid-value',
      message,
      expect ?? part,
      { hint },
      keyPlace(expect ?? part),
    );
  } else if (expects.length > 0 && expectsError !== undefined && expect !== undefined) {
    const message = 'a computation that fails pays nothing: figures and expect_error: do not go together';
    report(sink, 'invalid-value', message, expect, {}, keyPlace(expect));
  }
};

/** The error that is expected; it may stand under `expect:` too, where no person is a code. */
const readError = (part: Part<RawMap>, expect: Part | undefined, sink: Sink): TestCase['expectsError'] => {
  const within = expect !== undefined && isMapPart(expect) ? partAt(expect, 'expect_error') : undefined;
  const given = partAt(part, 'expect_error') ?? (within !== undefined && isScalarPart(within) ? within : undefined);
  const text = given && CASE_FIELDS.expect_error.shape.read(given, sink);
  if (given === undefined || text === undefined) return undefined;
  const code = FINDING_CODES.find((known) => known === text);
  if (code !== undefined && CODES[code].severity === 'error') return { value: code, place: placeOf(given.value) };
  if (code !== undefined) {
    return refuse(
      given,
      sink,
      'the code of an error',
      `${code} is a ${CODES[code].severity}, with which people are still paid`,
    );
  }
  const near = nearest(text, FINDING_CODES);
  return refuse(
    given,
    sink,
    'the code of a finding',
    near === undefined ? '`align-pay help` lists them' : `did you mean ${near}?`,
  );
};
