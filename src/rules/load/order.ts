import type { Sink } from '../../findings/sink.ts';
import { keyPlace, type Part, report } from '../document/part.ts';
import { type Node, walk } from '../expression/typed.ts';
import { type Graph, inOrder } from './circles.ts';
import type { Reading } from './reader.ts';
import type { RewardDraft } from './rewards.ts';

/** Which names of a section read which others, by the expressions under each. */
const graphOf = (
  section: string,
  names: Iterable<string>,
  readings: readonly Reading[],
  read: (node: Node) => string | undefined,
): Graph => {
  const graph = new Map<string, string[]>([...names].map((name) => [name, []]));
  for (const { expression, formula } of readings) {
    const [first, name = ''] = formula.path;
    const reads = first === section ? graph.get(name) : undefined;
    if (reads === undefined) continue;
    walk(expression.node, (node) => {
      const other = read(node);
      if (other !== undefined) reads.push(other);
    });
  }
  return graph;
};

const sayCircles = (
  circles: readonly (readonly string[])[],
  what: string,
  partOf: (name: string) => Part | undefined,
  sink: Sink,
): void => {
  for (const circle of circles) {
    const first = partOf(circle[0] ?? '');
    if (first === undefined) continue;
    const related = circle.slice(1).flatMap((name) => {
      const part = partOf(name);
      return part === undefined ? [] : [{ ...keyPlace(part), message: `${name} stands here` }];
    });
    const way = [...circle, circle[0]].join(' → ');
    report(
      sink,
      'cycle',
      `${what} read each other in a circle: ${way}`,
      first,
      { related, hint: 'take one of them out of the circle' },
      keyPlace(first),
    );
  }
};

/** The rewards such that what one reads of others comes before it; says where they read each other in a circle. */
export const orderRewards = (
  readings: readonly Reading[],
  drafts: ReadonlyMap<string, RewardDraft>,
  sink: Sink,
): readonly string[] => {
  const graph = graphOf('rewards', drafts.keys(), readings, (node) => (node.kind === 'pay' ? node.reward : undefined));
  const { order, circles } = inOrder(graph);
  sayCircles(circles, 'rewards', (name) => drafts.get(name)?.part, sink);
  return order;
};

/** Says where groups are in each other in a circle. */
export const checkGroupCircles = (
  readings: readonly Reading[],
  drafts: ReadonlyMap<string, Part>,
  sink: Sink,
): void => {
  const graph = graphOf('groups', drafts.keys(), readings, (node) => (node.kind === 'group' ? node.name : undefined));
  sayCircles(inOrder(graph).circles, 'groups', (name) => drafts.get(name), sink);
};
