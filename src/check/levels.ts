import { CODES, type FindingCode } from '../findings/codes.ts';
import type { Finding } from '../findings/finding.ts';
import type { CheckSetting, Plan } from '../rules/plan.ts';
import { compare, fraction, type Num } from '../values/num.ts';
import type { Counterexample } from './counterexample.ts';
import type { Found } from './found.ts';

/** A finding about a plan, with the rows that prove it where the engine has computed some. */
export interface CheckFinding extends Finding {
  readonly counterexample?: Counterexample | undefined;
}

/** From which part of somebody's pay on a finding is worth its line, where the plan does not say. */
const THRESHOLDS: ReadonlyMap<FindingCode, Num> = new Map([
  ['cliff', fraction(5, 100)],
  ['weak-link', fraction(1, 100)],
]);

/** A cliff is more than the threshold, a weak link less. */
const isWorthSaying = ({ code, size }: Found, threshold: Num): boolean =>
  size === undefined || (code === 'weak-link' ? compare(size, threshold) < 0 : compare(size, threshold) > 0);

const isAbout = ({ only }: CheckSetting, { path }: Found): boolean =>
  only === undefined || path.split(' > ').some((name) => only.has(name));

/** What was found, at the levels that the plan asks for; and which of its exceptions excuse nothing. */
export const atLevels = (plan: Plan, found: readonly Found[]): readonly CheckFinding[] => {
  const used = new Set<CheckSetting>();
  const findings: CheckFinding[] = [];
  for (const one of found) {
    const setting = plan.checks.get(one.code);
    const own = one.severity ?? CODES[one.code].severity;
    let level: CheckSetting['level'] = own;
    if (setting !== undefined && isAbout(setting, one)) {
      level = setting.level ?? own;
      if (level !== own) used.add(setting);
      if (setting.moreThan !== undefined && one.size !== undefined) {
        const asEver = isWorthSaying(one, THRESHOLDS.get(one.code) ?? 0);
        const here = isWorthSaying(one, setting.moreThan);
        if (asEver !== here) used.add(setting);
        if (!here) level = 'off';
      }
    } else if (!isWorthSaying(one, THRESHOLDS.get(one.code) ?? 0)) level = 'off';
    if (level !== 'off') findings.push(findingOf(one, level));
  }
  for (const setting of plan.checks.values()) if (!used.has(setting)) findings.push(unusedException(setting));
  return findings;
};

const findingOf = (
  { code, message, place, path, hint, related, counterexample }: Found,
  severity: Finding['severity'],
) => ({
  code,
  severity,
  message,
  ...place,
  path,
  hint,
  related: related ?? [],
  counterexample,
});

const unusedException = ({ code, place }: CheckSetting): CheckFinding => ({
  code: 'unused-exception',
  severity: CODES['unused-exception'].severity,
  message: `this exception excuses nothing: check finds no ${code} that it changes`,
  ...place,
  path: `checks > ${code}`,
  hint: 'leave it out',
  related: [],
});
