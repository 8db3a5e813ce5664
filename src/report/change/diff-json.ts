import type { Attribution } from '../../change/attribution.ts';
import type { Finding, Place } from '../../findings/finding.ts';
import type { Plan } from '../../rules/plan.ts';
import { formatMinor } from '../../values/money.ts';
import { type Num, sub } from '../../values/num.ts';
import { findingsData } from '../findings/findings-json.ts';
import type { DiffReport } from './diff-blocks.ts';

/** A diff for machines; amounts are decimal strings. Without one, findings alone. */
export const diffJson = (report: DiffReport | undefined, findings: readonly Finding[]): string => {
  if (report === undefined) return text({ findings: findingsData(findings) });
  const { diff, names, attribution, shown } = report;
  const placeData = (place: Place | undefined) =>
    place === undefined ? null : { file: shown(place.file), line: place.line ?? null };
  return text({
    before: { name: names.before, plan: diff.before.name },
    after: { name: names.after, plan: diff.after.name },
    pays_the_same: diff.paysTheSame,
    provided: diff.provided,
    shows: diff.shows,
    differences: diff.differences.map(({ kind, path, says, before, after, places, rewards, take, part }) => ({
      kind,
      path: path.join(' > '),
      says,
      before: before ?? null,
      after: after ?? null,
      places: { before: placeData(places.before), after: placeData(places.after) },
      can_change_pay: take !== undefined,
      rewards,
      part,
    })),
    pay: attribution === undefined ? null : payData(attribution, diff.before),
    findings: findingsData(findings),
  });
};

/** What a change would have paid, as data. */
export const payData = ({ from, to, grain, parts, people }: Attribution, plan: Plan) => {
  const money = (amount: Num): string => formatMinor(amount, plan.digits);
  return {
    from: from.label,
    to: to.label,
    currency: plan.currency,
    told_by: grain,
    parts: parts.map(({ name, differences, rewards }) => ({
      part: name,
      says: differences.map(({ says }) => says),
      rewards: [...rewards],
    })),
    people: people.map(({ person, name, department, before, after, byPart }) => ({
      person_id: person,
      name: name ?? null,
      department: department ?? null,
      before: money(before),
      after: money(after),
      difference: money(sub(after, before)),
      by_part: byPart.map(money),
    })),
  };
};

const text = (data: object): string => `${JSON.stringify(data, null, 2)}\n`;
