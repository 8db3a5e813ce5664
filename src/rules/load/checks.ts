import { CHECKED_CODES, CODES, FINDING_CODES, type FindingCode } from '../../findings/codes.ts';
import { nearest } from '../../values/nearest.ts';
import { type Num, sign } from '../../values/num.ts';
import { readFields } from '../document/fields.ts';
import { keyPlace, type Part, partAt, partsOf, report } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { refuse, text } from '../document/shapes.ts';
import type { CheckSetting } from '../plan.ts';
import { CHECK_FIELDS, WITH_THRESHOLD } from './check-fields.ts';
import type { PlanReader } from './reader.ts';

/** Reads what the plan says of findings: levels with a reason, thresholds. */
export const readChecks = (
  section: Part<RawMap> | undefined,
  reader: PlanReader,
): ReadonlyMap<FindingCode, CheckSetting> => {
  const settings = new Map<FindingCode, CheckSetting>();
  for (const part of section === undefined ? [] : partsOf(section)) {
    const code = codeOf(part, reader);
    const setting = code && readSetting(part, code, reader);
    if (setting !== undefined) settings.set(setting.code, setting);
  }
  return settings;
};

const codeOf = (part: Part, { sink }: PlanReader): FindingCode | undefined => {
  const name = part.key?.text ?? '';
  const code = CHECKED_CODES.find((known) => known === name);
  if (code !== undefined) return code;
  const known = FINDING_CODES.find((each) => each === name);
  const near = nearest(name, CHECKED_CODES);
  const hint =
    known !== undefined
      ? `a plan may change the level of what check finds: ${CHECKED_CODES.join(', ')}`
      : near === undefined
        ? `check finds ${CHECKED_CODES.join(', ')}`
        : `did you mean ${near}?`;
  const message =
    known === undefined
      ? `"${name}" is not the code of a finding`
      : `${name} is a ${CODES[known].severity} that no plan can change`;
  report(sink, 'unknown-key', message, part, { hint }, keyPlace(part));
  return undefined;
};

const readSetting = (part: Part, code: FindingCode, reader: PlanReader): CheckSetting | undefined => {
  const { sink } = reader;
  const fields = readFields(part, CHECK_FIELDS, { what: 'a check' }, sink);
  if (fields === undefined) return undefined;
  const has = (key: string): Part | undefined =>
    part.value.kind === 'map' ? partAt({ ...part, value: part.value }, key) : undefined;
  if (has('because') === undefined) {
    const hint = `add because: the reason why ${code} is taken otherwise here`;
    report(sink, 'missing-key', 'a level or threshold needs because: its reason', part, { hint }, keyPlace(part));
  }
  const given = fields.more_than;
  if (given !== undefined && !WITH_THRESHOLD.includes(code)) {
    report(sink, 'invalid-value', `${code} has no threshold`, given, {
      hint: `more_than: is for ${WITH_THRESHOLD.join(' and ')}`,
    });
  }
  const moreThan = given && (reader.constant(given, ['number'], 'a threshold') as Num | undefined);
  if (given !== undefined && moreThan !== undefined && sign(moreThan) < 0)
    refuse(given, sink, 'a share of somebody’s pay, such as 10%');
  const only = fields.only?.flatMap((item) => text('the name of a reward, credit, link, ...').read(item, sink) ?? []);
  return {
    code,
    level: fields.level,
    because: fields.because ?? '',
    only: only === undefined ? undefined : new Set(only),
    moreThan,
    place: placeOf(part.key ?? part.value),
  };
};
