import { type Node, walk } from '../../rules/expression/typed.ts';
import { expressionsOf } from '../../rules/expressions.ts';
import type { Plan } from '../../rules/plan.ts';
import type { Found } from '../found.ts';

/** Credits and measures that no reward pays or reads, and params that nothing reads. */
export const unused = (plan: Plan): readonly Found[] => {
  const { credits, measures } = readByRewards(plan);
  return [
    ...[...plan.params.values()]
      .filter(({ name }) => !plan.paramsRead.has(name))
      .map(({ name, place }) => nothing('param', 'reads', name, place, 'params', 'read it somewhere, or leave it out')),
    ...[...plan.credits.values()]
      .filter(({ name }) => !credits.has(name))
      .map(({ name, place }) =>
        nothing(
          'credit',
          'reads or pays',
          name,
          place,
          'credits',
          'pay it (per:), add it up in a measure that a reward reads, or leave it out',
        ),
      ),
    ...[...plan.measures.values()]
      .filter(({ name }) => !measures.has(name))
      .map(({ name, place }) =>
        nothing('measure', 'reads', name, place, 'measures', 'read it in a reward or a link, or leave it out'),
      ),
  ];
};

const nothing = (
  what: string,
  does: string,
  name: string,
  place: Found['place'],
  section: string,
  hint: string,
): Found => ({
  code: 'unused',
  message: `nothing ${does} the ${what} ${name}`,
  place,
  path: `${section} > ${name}`,
  hint,
});

/** What the rewards pay and read, through measures. */
export const readByRewards = (
  plan: Plan,
): { readonly credits: ReadonlySet<string>; readonly measures: ReadonlySet<string> } => {
  const credits = new Set<string>();
  const measures = new Set<string>();
  const take = (node: Node): void =>
    walk(node, (one) => {
      if (one.kind === 'aggregate') credits.add(one.credit);
      const measure = one.kind === 'measure' ? one.name : one.kind === 'quota' ? one.measure : undefined;
      if (measure === undefined || measures.has(measure)) return;
      measures.add(measure);
      const inner = plan.measures.get(measure)?.value.node;
      if (inner !== undefined) take(inner);
    });
  for (const { expression, path } of expressionsOf(plan)) if (path.startsWith('rewards > ')) take(expression.node);
  for (const reward of plan.rewards.values()) if (reward.body === 'credit') credits.add(reward.credit);
  return { credits, measures };
};
