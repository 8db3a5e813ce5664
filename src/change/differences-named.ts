import type { Place } from '../findings/finding.ts';
import type { Expression, Param, Plan } from '../rules/plan.ts';
import type { Comparing } from './comparing.ts';
import { sameData } from './data.ts';
import type { Difference } from './difference.ts';
import { valueData } from './expression-data.ts';
import { NAMED, type Named, type Renames } from './rename.ts';

const KIND_WORDS: Readonly<Record<Named, string>> = {
  params: 'param',
  groups: 'group',
  credits: 'credit',
  measures: 'measure',
  rewards: 'reward',
};

export const sayRenames = (comparing: Comparing, renames: Renames): void => {
  for (const kind of NAMED) {
    for (const [now, old] of renames[kind]) {
      const says = `the ${KIND_WORDS[kind]} ${old} is now called ${now}`;
      comparing.add([kind, old, 'name'], [], { kind: 'renamed', says, before: old, after: now });
    }
  }
};

/** What only one plan has under a name, and what both have but otherwise. */
export const compareNamed = <V>(
  comparing: Comparing,
  kind: Exclude<Named, 'rewards'>,
  words: {
    readonly of: (value: V, plan: Plan) => string;
    readonly place: (value: V) => Difference['places']['before'];
  },
  compare: (old: V, now: V, name: string) => void,
): void => {
  const { before, after } = comparing;
  // The sections are maps of one type each, which the union of their types cannot say.
  const [old, now] = [before[kind], after[kind]] as unknown as readonly [
    ReadonlyMap<string, V>,
    ReadonlyMap<string, V>,
  ];
  for (const [name, value] of old) {
    const other = now.get(name);
    if (other !== undefined) compare(value, other, name);
    else {
      const was = words.of(value, before);
      comparing.add([kind, name], [], {
        kind: 'removed',
        says: `the ${KIND_WORDS[kind]} ${name} is gone (${was})`,
        before: was,
        places: { before: words.place(value) },
      });
    }
  }
  for (const [name, value] of now) {
    if (old.has(name)) continue;
    const is = words.of(value, after);
    comparing.add([kind, name], [], {
      kind: 'added',
      says: `a new ${KIND_WORDS[kind]} ${name}: ${is}`,
      after: is,
      places: { after: words.place(value) },
    });
  }
};

export const compareParams = (comparing: Comparing): void =>
  compareNamed<Param>(
    comparing,
    'params',
    { of: ({ text }) => text, place: ({ place }) => place },
    (old, now, name) => {
      if (sameData(valueData(old.type, old.value), valueData(now.type, now.value))) return;
      comparing.add(['params', name], comparing.readers('params', name), {
        says: `${name} is ${now.text} instead of ${old.text}`,
        before: old.text,
        after: now.text,
        places: { before: old.place, after: now.place },
        take: (plan) => ({ ...plan, params: new Map([...plan.params, [name, now]]) }),
      });
    },
  );

export const compareGroups = (comparing: Comparing): void =>
  compareNamed<{ readonly when: Expression; readonly place: Place }>(
    comparing,
    'groups',
    { of: ({ when }) => when.text, place: ({ place }) => place },
    (old, now, name) => {
      if (comparing.sameExpression(old.when, now.when)) return;
      comparing.add(['groups', name], comparing.readers('groups', name), {
        says: `in ${name} is whoever fulfils ${now.when.text}, instead of ${old.when.text}`,
        before: old.when.text,
        after: now.when.text,
        places: { before: old.place, after: now.place },
        take: (plan) => {
          const group = comparing.after.groups.get(name);
          return group === undefined ? plan : { ...plan, groups: new Map([...plan.groups, [name, group]]) };
        },
      });
    },
  );

export const compareMeasures = (comparing: Comparing): void =>
  compareNamed<{ readonly value: Expression; readonly place: Place }>(
    comparing,
    'measures',
    { of: ({ value }) => value.text, place: ({ place }) => place },
    (old, now, name) => {
      if (comparing.sameExpression(old.value, now.value)) return;
      comparing.add(['measures', name], comparing.readers('measures', name), {
        says: `${name} is ${now.value.text} instead of ${old.value.text}`,
        before: old.value.text,
        after: now.value.text,
        places: { before: old.place, after: now.place },
        take: (plan) => {
          const measure = comparing.after.measures.get(name);
          return measure === undefined ? plan : { ...plan, measures: new Map([...plan.measures, [name, measure]]) };
        },
      });
    },
  );
