/** What stands on what: for each name the names that it reads. */
export type Graph = ReadonlyMap<string, readonly string[]>;

export interface Ordered {
  /** All names such that what one reads comes before it; else in the order given. */
  readonly order: readonly string[];
  /** Names that read each other, each circle once, from the first of them in the order given. */
  readonly circles: readonly (readonly string[])[];
}

/** Orders names by what they read. It keeps its own stack, so that no chain is too long for it. */
export const inOrder = (graph: Graph): Ordered => {
  const order: string[] = [];
  const circles: (readonly string[])[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const next: number[] = [];
  for (const root of graph.keys()) {
    if (done.has(root)) continue;
    way.push(root);
    next.push(0);
    while (way.length > 0) {
      const top = way.length - 1;
      const name = way[top] as string;
      const at = next[top] as number;
      const read = graph.get(name)?.[at];
      if (read === undefined) {
        done.add(name);
        order.push(name);
        way.pop();
        next.pop();
        continue;
      }
      next[top] = at + 1;
      const start = way.indexOf(read);
      if (start >= 0) circles.push(way.slice(start));
      else if (graph.has(read) && !done.has(read)) {
        way.push(read);
        next.push(0);
      }
    }
  }
  return { order, circles };
};
