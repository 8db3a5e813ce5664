import type { Person, Stay } from '../engine/result.ts';
import type { Day } from '../values/date.ts';

/** The departments that anybody has a stay in, by name. */
export const departmentsOf = (people: readonly Person[]): readonly string[] => {
  const names = new Set<string>();
  for (const { stays } of people) {
    for (const { department } of stays) if (department !== undefined) names.add(department);
  }
  return [...names].sort();
};

/** Where somebody works on a day: the department of the first stay that holds. */
export const departmentOn = (person: Person, day: Day): string | undefined =>
  person.stays.find((stay) => stay.from <= day && day <= stay.to)?.department;

/** Whether a stay touches some days. */
export const touches = (stay: Stay, { from, to }: { readonly from: Day; readonly to: Day }): boolean =>
  stay.from <= to && from <= stay.to;
