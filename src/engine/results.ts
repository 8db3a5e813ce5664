import { Missing } from '../values/missing.ts';
import type { Num } from '../values/num.ts';
import { type Period, parsePeriod } from '../values/period.ts';
import { placeOfRow, type World } from './world.ts';

/** Results that no row shows, by name, period and whom they are for. */
export class Results {
  readonly #rows = new Map<string, { readonly value: Num; readonly row: number }>();

  constructor(world: World) {
    const table = world.tables.get('results');
    if (table === undefined) return;
    const cells = (name: string) => table.columns.get(name) ?? [];
    for (let row = 0; row < table.rowCount; row++) {
      const period = parsePeriod(cells('period')[row] as string, world.plan.fiscalYearStarts);
      const value = cells('value')[row] as Num | undefined;
      if (period === undefined || value === undefined) continue;
      const key = keyOf(cells('result')[row] as string, cells('for')[row] as string | undefined, period);
      this.#rows.set(key, { value, row });
    }
  }

  /** The result of exactly that period for the first of the names that has one, which too; undefined is the company. */
  of(
    result: string,
    names: readonly (string | undefined)[],
    period: Period | undefined,
  ): { readonly value: Num; readonly row: number; readonly name: string | undefined } | Missing {
    for (const name of names) {
      const found = period && this.#rows.get(keyOf(result, name, period));
      if (found !== undefined) return { ...found, name };
    }
    const whom = names.filter((name) => name !== undefined).join(', ');
    const who = whom === '' ? 'the company' : `${whom} or the company`;
    return new Missing(`there is no result "${result}" for ${who} in ${period?.label ?? 'this stretch of time'}`);
  }
}

const keyOf = (result: string, name: string | undefined, period: Period): string =>
  `${period.kind}/${period.first}/${JSON.stringify([result, name ?? null])}`;

/** `for` in quotas and results is a person, a group or a team: one meaning each. */
export const checkFor = (world: World): void => {
  for (const name of ['quotas', 'results'] as const) {
    const table = world.tables.get(name);
    const cells = table?.columns.get('for') as readonly (string | undefined)[] | undefined;
    if (table === undefined || cells === undefined) continue;
    const teams = new Set(world.tables.get('people')?.columns.get('team') ?? []);
    const { groups } = world.plan;
    for (let row = 0; row < table.rowCount; row++) {
      const id = cells[row];
      if (id === undefined) continue;
      const meanings = [
        ...(world.people.known && world.people.has(id) ? ['a person'] : []),
        ...(groups.has(id) || id === 'everyone' ? ['a group'] : []),
        ...(teams.has(id) ? ['a team'] : []),
      ];
      const place = placeOfRow(table, row, 'for', id);
      if (meanings.length > 1) {
        world.sink.add('ambiguous-name', `"${id}" is ${meanings.join(' and ')}`, {
          ...place,
          expected: 'a name with one meaning',
          hint: 'rename one of them',
        });
      } else if (meanings.length === 0 && world.people.known) {
        world.sink.add('dangling-id', `"${id}" is no person, group or team`, {
          ...place,
          expected: 'a person_id, a group of the plan or a team',
        });
      }
    }
  }
};
