import path from 'node:path';
import { Sink } from '../findings/sink.ts';
import type { VariantSpec } from '../pilot/pilot.ts';
import type { Shelf } from '../pilot/shelf.ts';
import { gridOf, readAxis } from '../pilot/vary.ts';
import type { Plan, TableSpec } from '../rules/plan.ts';
import { nearest } from '../values/nearest.ts';
import type { Named } from './same-time.ts';
import { UsageError } from './usage-error.ts';

/** What the plan as it is is called beside its variants. */
export const TODAY = 'today';

/** The variants that the command line names: files, then a grid of what is varied. */
export const variantsOf = (
  planFile: string,
  files: readonly string[],
  vary: readonly string[],
  shelf: Shelf,
): readonly VariantSpec[] => {
  const twiceNamed = files.find((file, i) => files.findIndex((one) => path.resolve(one) === path.resolve(file)) !== i);
  if (twiceNamed !== undefined) throw new UsageError(`${twiceNamed} is named twice`);
  const stems = files.map((file) => path.basename(file).replace(/\.ya?ml$/, ''));
  const specs = files.map((file, i): VariantSpec => {
    const stem = stems[i] ?? file;
    // Two files of one name are told apart by where they stand, and none is taken for the plan as it is.
    const isTaken = stem === TODAY || stems.filter((one) => one === stem).length > 1;
    return { name: isTaken ? file : stem, file, settings: [] };
  });
  if (vary.length === 0) return specs;
  const root = shelf.root(planFile, new Sink());
  if (root === undefined) return specs;
  const axes = vary.map((text) => {
    const axis = readAxis(text, root);
    if ('problem' in axis) throw new UsageError(`--vary ${text}: ${axis.problem}`);
    return axis;
  });
  const twice = axes.find((axis, i) => axes.findIndex(({ way }) => way.join('/') === axis.way.join('/')) !== i);
  if (twice !== undefined) throw new UsageError(`--vary ${twice.name} is said twice: write all of its values in one`);
  const grid = gridOf(axes);
  if ('problem' in grid) throw new UsageError(`--vary: ${grid.problem}`);
  return [
    ...specs,
    ...grid.map((settings) => ({
      name: settings.map(({ name, text }) => `${name}=${text}`).join(' '),
      file: planFile,
      settings,
    })),
  ];
};

/** What should be known of how variant files are written, and is no error: names that nothing reads, plans of their own. */
export const notesOn = (
  today: Plan,
  variants: readonly { readonly file: string; readonly plan: Plan }[],
  shelf: Shelf,
): readonly string[] =>
  variants.flatMap(({ file, plan }) => {
    const notes: string[] = [];
    if (shelf.alone(file)?.entries.has('extends') === false)
      notes.push(`${file} extends no plan: it is held against today's as a plan of its own.`);
    for (const name of plan.params.keys()) {
      if (today.params.has(name) || plan.paramsRead.has(name)) continue;
      const near = nearest(name, today.params.keys());
      notes.push(`${file} sets params.${name}, which nothing reads${near === undefined ? '' : `: is ${near} meant?`}`);
    }
    return notes;
  });

/** For each setting of a grid that says how often a reward is paid, the plan with it: the grid itself may be too many to load. */
export const plansByAxis = (specs: readonly VariantSpec[], shelf: Shelf): readonly Named[] => {
  const found = new Map<string, Named>();
  for (const { file, settings } of specs) {
    for (const setting of settings) {
      const name = `${setting.name}=${setting.text}`;
      if (setting.way.at(-1) !== 'every' || found.has(name)) continue;
      const plan = shelf.plan(file, [setting], new Sink());
      if (plan !== undefined) found.set(name, { name, plan });
    }
  }
  return [...found.values()];
};

/** One plan to read the tables by: today's, with all that some variant needs besides. */
export const planForTables = (
  today: Plan,
  variants: readonly { readonly file: string; readonly plan: Plan }[],
): Plan => {
  const data = new Map(today.data);
  const needs = new Set(today.needs);
  for (const { file, plan } of variants) {
    for (const table of plan.needs) needs.add(table);
    for (const [table, spec] of plan.data) {
      const before = data.get(table);
      const joined = before === undefined ? spec : join(before, spec);
      if (joined === undefined) {
        throw new UsageError(
          `${file} reads ${table} otherwise than ${today.file}: a pilot compares plans on the same data, read in the same way`,
        );
      }
      data.set(table, joined);
    }
  }
  return { ...today, data, needs };
};

const written = ({ place, columns, ...rest }: TableSpec): string => JSON.stringify(rest);

/** Two ways to read a table as one: they may name different columns, but not read one differently. */
const join = (a: TableSpec, b: TableSpec): TableSpec | undefined => {
  if (written(a) !== written(b)) return undefined;
  const columns = new Map(a.columns);
  for (const [name, spec] of b.columns) {
    const before = columns.get(name);
    const text = ({ place, values, ...rest }: typeof spec): string => JSON.stringify([rest, [...(values ?? [])]]);
    if (before !== undefined && text(before) !== text(spec)) return undefined;
    columns.set(name, spec);
  }
  return { ...a, columns };
};
