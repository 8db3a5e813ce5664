import { type Case, textsOf } from './random-case.ts';
import type { Node } from './random-plan.ts';
import type { Cells, Tables } from './random-tables.ts';

const isMap = (node: Node): node is { readonly [key: string]: Node } =>
  typeof node === 'object' && !Array.isArray(node);

/** A tree with one branch less, larger branches first. */
function* smallerNodes(node: Node): Generator<Node> {
  if (Array.isArray(node)) {
    for (let i = 0; i < node.length; i += 1) yield node.filter((_, k) => k !== i);
    for (let i = 0; i < node.length; i += 1) {
      for (const less of smallerNodes(node[i])) yield node.map((item: Node, k) => (k === i ? less : item));
    }
  } else if (isMap(node)) {
    for (const key of Object.keys(node))
      yield Object.fromEntries(Object.entries(node).filter(([other]) => other !== key));
    for (const [key, value] of Object.entries(node))
      for (const less of smallerNodes(value)) yield { ...node, [key]: less };
  }
}

/** Tables with some rows less, or one cell empty. */
function* smallerTables(tables: Tables): Generator<Tables> {
  for (const [name, rows] of Object.entries(tables)) {
    for (let size = rows.length; size >= 1; size = Math.floor(size / 2)) {
      for (let i = 0; i < rows.length; i += size)
        yield { ...tables, [name]: [...rows.slice(0, i), ...rows.slice(i + size)] };
    }
  }
  for (const [name, rows] of Object.entries(tables)) {
    for (const [i, row] of rows.entries()) {
      for (const column of Object.keys(row)) {
        if (row[column] === '' || column.endsWith('_id')) continue;
        const emptied: Cells = { ...row, [column]: '' };
        yield { ...tables, [name]: rows.map((other, k) => (k === i ? emptied : other)) };
      }
    }
  }
}

function* smaller({ plan, tables }: Case): Generator<Case> {
  for (const less of smallerTables(tables)) yield { plan, tables: less };
  for (const less of smallerNodes(plan)) yield { plan: less, tables };
}

/** The smallest case that is found in some seconds and is still `wrong`. */
export const minimise = (found: Case, wrong: (one: Case) => boolean, seconds = 15): Case => {
  const until = Date.now() + seconds * 1000;
  const isWrong = (one: Case): boolean => {
    try {
      return wrong(one);
    } catch {
      return false;
    }
  };
  for (let best = found; ; ) {
    let next: Case | undefined;
    for (const candidate of smaller(best)) {
      if (Date.now() > until) return best;
      if (isWrong(candidate)) {
        next = candidate;
        break;
      }
    }
    if (next === undefined) return best;
    best = next;
  }
};

/** A case as its reader wants it: the plan, then the tables that have rows. */
export const shown = (one: Case): string => {
  const { plan, tables } = textsOf(one);
  const filled = Object.entries(tables).filter(([, text]) => text.split('\n').length > 1);
  return [plan, ...filled.map(([name, text]) => `${name}.csv\n${text}\n`)].join('\n');
};
