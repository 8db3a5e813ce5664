import type { Sink } from '../../findings/sink.ts';
import { type Day, formatDay } from '../../values/date.ts';
import { nearest } from '../../values/nearest.ts';
import { type PeriodKind, periodOf } from '../../values/period.ts';
import { checkKeys, readFields, readValues } from '../document/fields.ts';
import { isMapPart, isScalarPart, keyPlace, type Part, partAt, partsOf, report } from '../document/part.ts';
import { placeOf, type RawMap } from '../document/raw.ts';
import { refuse, text } from '../document/shapes.ts';
import type { Change, Role } from '../plan.ts';
import { CHANGE_FIELDS, ROLE_FIELDS } from './change-fields.ts';

/** The role of whoever speaks for both departments. */
export const LIAISON = 'liaison';

const HEAD_OF = /^head_of_(.+)$/;

/** Reads the roles of a plan, those of its change over those at its top, and says who has two that one person cannot have. */
export const readRoles = (
  section: Part<RawMap> | undefined,
  change: Part<RawMap> | undefined,
  sink: Sink,
): ReadonlyMap<string, Role> => {
  const own = change && partAt(change, 'roles');
  const parts = [section, own && CHANGE_FIELDS.roles.shape.read(own, sink)].flatMap((part) =>
    part ? partsOf(part) : [],
  );
  const roles = new Map<string, Role>();
  for (const part of parts) {
    const role = readRole(part, sink);
    if (role !== undefined) roles.set(role.name, role);
  }
  checkVoices(roles, sink);
  return roles;
};

const readRole = (part: Part, sink: Sink): Role | undefined => {
  const name = part.key?.text ?? '';
  const place = keyPlace(part);
  if (!isScalarPart(part) && !isMapPart(part)) return refuse(part, sink, 'one person, such as sara');
  const fields = isMapPart(part)
    ? readFields(part, ROLE_FIELDS, { what: 'a role' }, sink)
    : { person: text('one person, such as sara').read(part, sink), for: undefined };
  if (fields?.person === undefined) return undefined;
  if (name === LIAISON && fields.for !== undefined) {
    const message = 'the liaison speaks for both departments, not for one';
    report(sink, 'one-voice-for-both', message, part, { hint: 'leave for: out, or give the role another name' }, place);
  }
  const department = name === LIAISON ? undefined : (fields.for ?? HEAD_OF.exec(name)?.[1]);
  return { name, person: fields.person, department, place };
};

/** Nobody speaks for two departments, and the liaison for none of them alone. */
const checkVoices = (roles: ReadonlyMap<string, Role>, sink: Sink): void => {
  const speaking = [...roles.values()].filter(({ name, department }) => department !== undefined || name === LIAISON);
  for (const [i, role] of speaking.entries()) {
    const other = speaking
      .slice(0, i)
      .find(({ person, department }) => person === role.person && department !== role.department);
    if (other === undefined) continue;
    sink.add('one-voice-for-both', `${role.person} is ${other.name} and ${role.name}: each speaks for somebody else`, {
      ...role.place,
      path: `roles > ${role.name}`,
      hint: 'name somebody else for one of the two',
      related: [{ ...other.place, message: `${other.name} stands here` }],
    });
  }
};

interface Calendar {
  readonly period: PeriodKind;
  readonly fiscalYearStarts: number;
}

/** Reads from when a plan is in force, why, and who must agree. */
export const readChange = (
  part: Part<RawMap>,
  roles: ReadonlyMap<string, Role>,
  calendar: Calendar,
  sink: Sink,
): Change | undefined => {
  checkKeys(part, CHANGE_FIELDS, { what: 'a change' }, sink);
  const { roles: _, ...others } = CHANGE_FIELDS;
  const fields = readValues(part, others, sink);
  const { effective, ends } = fields;
  const at = (key: string): Part => partAt(part, key) ?? part;
  if (effective !== undefined) checkStart(effective, at('effective'), calendar, sink);
  if (ends !== undefined) checkEnd(ends, effective, at('ends'), calendar, sink);
  const signOff = readSignOff(fields.sign_off ?? [], roles, sink);
  if (signOff.length > 0 && fields.because === undefined && !part.value.entries.has('because')) {
    const message = 'a change that others sign needs because: the reason for it';
    report(sink, 'missing-key', message, part, { hint: 'add because:' }, keyPlace(part));
  }
  if (effective === undefined) return undefined;
  return {
    effective,
    ends,
    notice: fields.notice ?? 0,
    because: fields.because,
    discussion: fields.discussion,
    signOff,
    place: keyPlace(part),
  };
};

const checkStart = (day: Day, part: Part, { period, fiscalYearStarts }: Calendar, sink: Sink): void => {
  const around = periodOf(day, period, fiscalYearStarts);
  if (around.from === day) return;
  const message = `${formatDay(day)} lies within ${around.label}: what is earned in a period is earned by one plan`;
  const hint = `take the first day of a ${period}: ${formatDay(around.from)} or ${formatDay(around.to + 1)}`;
  report(sink, 'change-mid-period', message, part, { hint });
};

const checkEnd = (
  day: Day,
  effective: Day | undefined,
  part: Part,
  { period, fiscalYearStarts }: Calendar,
  sink: Sink,
): void => {
  if (effective !== undefined && day < effective) {
    report(sink, 'invalid-value', `the plan ends on ${formatDay(day)}, before it is in force`, part, {
      hint: `its first day is ${formatDay(effective)}`,
    });
    return;
  }
  const around = periodOf(day, period, fiscalYearStarts);
  if (around.to === day) return;
  const message = `${formatDay(day)} lies within ${around.label}: what is earned in a period is earned by one plan`;
  const hint = `take the last day of a ${period}: ${formatDay(around.from - 1)} or ${formatDay(around.to)}`;
  report(sink, 'change-mid-period', message, part, { hint });
};

const readSignOff = (parts: readonly Part[], roles: ReadonlyMap<string, Role>, sink: Sink): readonly string[] => {
  const named: string[] = [];
  for (const part of parts) {
    const name = text('the name of a role, such as head_of_sales').read(part, sink);
    if (name === undefined) continue;
    if (named.includes(name)) report(sink, 'invalid-value', `${name} stands twice in sign_off`, part);
    else if (!roles.has(name)) {
      const near = nearest(name, roles.keys());
      const hint =
        near === undefined ? `add it to roles: { ${name}: somebody }` : `did you mean ${near}? Else add it to roles:`;
      report(sink, 'unknown-name', `no role is called "${name}"`, part, { hint }, placeOf(part.value));
    }
    named.push(name);
  }
  return named;
};
