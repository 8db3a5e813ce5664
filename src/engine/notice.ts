import { type Node, walk } from '../rules/expression/typed.ts';
import { expressionsOf } from '../rules/expressions.ts';
import { TABLE_OF, type TableName } from '../rules/tables.ts';
import { nearest } from '../values/nearest.ts';
import { isZero } from '../values/num.ts';
import type { Engine } from './engine.ts';
import type { PeriodResult } from './result.ts';
import { cellsOf, placeOfRow } from './world.ts';

/**
 * Says what is worth more than silence: texts that no row has, credits without rows, refunds that take nothing back,
 * rewards that pay nobody.
 */
export const sayUnusual = (engine: Engine, results: readonly PeriodResult[]): void => {
  sayTexts(engine);
  sayUnreached(engine);
  sayUnreturned(engine);
  // Where a payout has no answer, what is paid to nobody says nothing.
  if (!engine.sink.hasErrors) sayUnpaid(engine, results);
};

const sayTexts = (engine: Engine): void => {
  const { plan } = engine;
  const said = new Set<string>();
  for (const { expression, path } of expressionsOf(plan)) {
    walk(expression.node, (node) => {
      for (const { column, text } of comparisons(node)) {
        const table = tableOf(column);
        const name = (column as { column: string }).column;
        const key = `${table}/${name}/${text}`;
        if (table === undefined || said.has(key)) continue;
        const counts = countsOf(engine, table, name);
        if (counts === undefined || counts.has(text)) continue;
        said.add(key);
        const near = nearest(text, counts.keys());
        const lead = near === undefined ? '' : `did you mean "${near}"? `;
        engine.sink.add('text-never-found', `no row of ${table} has ${name} "${text}"`, {
          ...expression.place,
          path,
          hint: `${lead}${thereIs(counts)}`,
        });
      }
    });
  }
};

/** The columns that a node compares with texts. */
const comparisons = (node: Node): { column: Node; text: string }[] => {
  if (node.kind === 'binary' && (node.op === '==' || node.op === '!=')) {
    const [column, other] = node.left.kind === 'literal' ? [node.right, node.left] : [node.left, node.right];
    return other.kind === 'literal' && other.type === 'text' ? [{ column, text: other.value as string }] : [];
  }
  if (node.kind !== 'in') return [];
  return node.items.flatMap((item) =>
    item.kind === 'literal' && item.type === 'text' ? [{ column: node.operand, text: item.value as string }] : [],
  );
};

const tableOf = (node: Node): TableName | undefined => {
  if (node.kind === 'payee' || node.kind === 'person') return 'people';
  return node.kind === 'column' ? TABLE_OF[node.row] : undefined;
};

/** How often each text stands in a column; undefined where the column or its rows are not there. */
const countsOf = (engine: Engine, table: TableName, column: string): ReadonlyMap<string, number> | undefined => {
  const cells = cellsOf(engine.world.tables, table, column);
  if (cells === undefined || cells.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const cell of cells) if (typeof cell === 'string') counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
};

const thereIs = (counts: ReadonlyMap<string, number>): string => {
  if (counts.size === 0) return 'the column is empty in every row';
  const most = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 5);
  const list = most.map(([text, count]) => `"${text}" ${count === 1 ? 'once' : `${count} times`}`).join(', ');
  return `there is ${list}${counts.size > 5 ? ` and ${counts.size - 5} more` : ''}`;
};

const sayUnreached = (engine: Engine): void => {
  for (const [name, rows] of engine.ledger.credits) {
    if (rows.length > 0) continue;
    const definition = engine.plan.credits.get(name);
    engine.sink.add('credit-never-reached', `no ${definition?.each} is credited as ${name}`, {
      ...definition?.place,
      path: `credits > ${name}`,
    });
  }
};

/** Refunds of deals that were credited, whose own rows the credit's condition does not hold for. */
const sayUnreturned = ({ world, ledger, sink }: Engine): void => {
  const deals = world.tables.get('deals');
  const { root } = world.refunds;
  const refunds: number[] = [];
  for (let row = 0; row < root.length; row++) if (root[row] !== row) refunds.push(row);
  if (deals === undefined || refunds.length === 0) return;
  const ids = deals.columns.get('deal_id') ?? [];
  for (const [name, rows] of ledger.credits) {
    const credited = new Uint8Array(root.length);
    for (const { credit, deal } of rows) if (credit.each !== 'lead' && deal >= 0) credited[deal] = 1;
    for (const row of refunds) {
      const deal = root[row] as number;
      if (credited[row] === 1 || credited[deal] === 0) continue;
      sink.add(
        'refund-not-credited',
        `${ids[row]} takes back ${ids[deal]}, which is credited as ${name}; ${name} takes nothing back`,
        {
          ...placeOfRow(deals, row, 'refund_of', String(ids[deal])),
          hint: `the condition of ${name} does not hold for the refund’s own row: see its stage, its amount below zero`,
          related: [{ message: 'the deal it takes back', file: deals.file, line: deals.lines[deal] }],
        },
      );
    }
  }
};

const sayUnpaid = (engine: Engine, results: readonly PeriodResult[]): void => {
  const due = new Set<string>();
  const pays = new Set<string>();
  for (const { payouts } of results) {
    for (const { rewardName, lines } of payouts) {
      due.add(rewardName);
      if (lines.some((line) => !isZero(line.amount))) pays.add(rewardName);
    }
  }
  const ends = new Set(results.map((result) => result.period.to));
  for (const reward of engine.plan.rewards.values()) {
    const paidInRun = [...ends].some((end) => engine.periodEnds(reward, end));
    if (!paidInRun || pays.has(reward.name)) continue;
    const why = due.has(reward.name) ? 'pays everybody 0' : 'has nobody in its who';
    engine.sink.add('reward-pays-nobody', `${reward.name} ${why}`, {
      ...reward.place,
      path: `rewards > ${reward.name}`,
    });
  }
};
