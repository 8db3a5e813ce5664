import type { Known } from '../../rules/expression/typed.ts';
import type { TableName } from '../../rules/tables.ts';
import { TABLE_OF } from '../../rules/tables.ts';
import { div, fraction, mul, type Num, roundWhole } from '../../values/num.ts';
import type { Period } from '../../values/period.ts';
import type { ExampleRow, ExampleRows } from '../counterexample.ts';
import type { Actor } from './cast.ts';
import { columnType } from './columns.ts';
import { personCell } from './facts.ts';
import type { Doers, Kind, Stage } from './stage.ts';
import { dealOf } from './usual.ts';

/** A deal of a scene, with its touches. */
export interface SceneDeal {
  readonly id: string;
  readonly kind: Kind;
  readonly doers: Doers;
  readonly amount: Num;
  /** How many touches it has, each from a campaign of its own. */
  readonly touches: number;
  /** The period in which it is made; the paid one where not said. */
  readonly period?: Period | undefined;
  /** Cells that are otherwise than its kind has them: `deal.close_date`. */
  readonly cells?: ReadonlyMap<string, Known | undefined> | undefined;
}

/** A lead of a scene. */
export interface SceneLead {
  readonly id: string;
  readonly kind: Kind;
  readonly doers: Doers;
  readonly deal: string | undefined;
  readonly period?: Period | undefined;
  readonly cells?: ReadonlyMap<string, Known | undefined> | undefined;
}

export interface SceneGoal {
  readonly for: string;
  readonly period: string;
  readonly measure: string;
  readonly amount: Num;
}

export interface SceneResult {
  readonly result: string;
  readonly period: string;
  readonly for: string | undefined;
  readonly value: Num;
}

/** What a scene is made of; rows of people and campaigns follow from it. */
export interface Scene {
  readonly deals: readonly SceneDeal[];
  readonly leads: readonly SceneLead[];
  readonly goals: readonly SceneGoal[];
  readonly results: readonly SceneResult[];
  /** The first day of everybody's stay; undefined: always there. */
  readonly startsOn?: number | undefined;
}

type Cells = Map<string, Known | undefined>;

/** The cells of a row: what its kind says, what the plan reads as it usually is, dates moved to its period. */
const cellsOf = (
  stage: Stage,
  row: 'deal' | 'attribution' | 'campaign' | 'lead',
  { kind, cells, days }: { kind: Kind; cells: SceneDeal['cells']; days: number },
): Cells => {
  const table = TABLE_OF[row];
  const prefix = `${row}.`;
  const names = new Set(stage.columns.get(table) ?? []);
  for (const cell of [...kind.facts.keys(), ...(cells?.keys() ?? [])])
    if (cell.startsWith(prefix)) names.add(cell.slice(prefix.length));
  const found: Cells = new Map();
  for (const name of names) {
    const cell = `${prefix}${name}`;
    if (cells?.has(cell)) {
      found.set(name, cells.get(cell));
      continue;
    }
    const value = kind.facts.has(cell) ? kind.facts.get(cell) : stage.usual(cell);
    const isDate = columnType(stage.plan, table, name) === 'date';
    found.set(name, isDate && typeof value === 'number' ? value + days : value);
  }
  return found;
};

const daysTo = ({ calendar }: Stage, period: Period | undefined): number =>
  period === undefined ? 0 : period.from - calendar.period.from;

/** Numbers campaigns: the same for touches and leads of one runner and kind, so that a scene has no more than it needs. */
class Campaigns {
  readonly rows: ExampleRow[] = [];
  readonly #ids = new Map<string, string>();
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  idOf(owner: string, originator: string, which: number, cells: Cells): string {
    const key = JSON.stringify([owner, originator, which, [...cells].map(([name, value]) => [name, String(value)])]);
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = `c${this.rows.length + 1}`;
      this.#ids.set(key, id);
      const row: Cells = new Map([['campaign_id', id], ['owner', owner], ...cells]);
      row.set('campaign_id', id);
      row.set('owner', owner);
      if (cells.has('originator') || this.#stage.columns.get('campaigns')?.has('originator'))
        row.set('originator', originator);
      this.rows.push(row);
    }
    return id;
  }
}

const dealRow = (stage: Stage, deal: SceneDeal): Cells => {
  const { kind, doers, amount } = deal;
  const row: Cells = new Map<string, Known | undefined>([
    ['deal_id', deal.id],
    ['owner', doers['deal.owner'].id],
    ['close_date', (kind.facts.get('deal.close_date') ?? stage.usual('deal.close_date')) as number],
    ['amount', amount],
  ]);
  const days = daysTo(stage, deal.period);
  row.set('close_date', (row.get('close_date') as number) + days);
  const standard = (kind.facts.get('deal.amount') ?? dealOf(stage.plan)) as Num;
  for (const [name, value] of cellsOf(stage, 'deal', { kind, cells: deal.cells, days })) {
    const isMoney = columnType(stage.plan, 'deals', name) === 'money' && name !== 'amount';
    const scaled = isMoney && typeof value !== 'string' && typeof value !== 'boolean' && value !== undefined;
    // A larger deal alike has more of everything that is money.
    const given = deal.cells?.has(`deal.${name}`) === true;
    const own = value === undefined && !given && stage.counted.has(`deal.${name}`);
    if (own) {
      row.set(name, `${name} of ${deal.id}`);
      continue;
    }
    const cell = scaled && !given ? roundWhole(mul(value, div(amount, standard) ?? 1), stage.plan.rounding) : value;
    row.set(name, cell);
  }
  row.set('deal_id', deal.id);
  row.set('owner', doers['deal.owner'].id);
  row.set('amount', amount);
  return row;
};

/** A deal that is somebody else's in part: half of it. Without, it is its owner's. */
const splitRows = (stage: Stage, { id, kind, doers }: SceneDeal): readonly ExampleRow[] => {
  const person = kind.facts.get('split.person_id');
  const owner = doers['deal.owner'].id;
  const isRead = [...stage.plan.credits.values()].some(({ each }) => each === 'split');
  if (!isRead || person === undefined || person === owner) return [];
  return [owner, person].map((one) => {
    const row: Cells = new Map<string, Known | undefined>([
      ['deal_id', id],
      ['person_id', one],
      ['share', fraction(1, 2)],
    ]);
    for (const name of stage.columns.get('splits') ?? [])
      if (!row.has(name)) row.set(name, kind.facts.get(`split.${name}`) ?? stage.usual(`split.${name}`));
    return row;
  });
};

const peopleRows = (stage: Stage, actors: readonly Actor[], startsOn: number | undefined): readonly ExampleRow[] => {
  const names = [...(stage.columns.get('people') ?? [])].filter(
    (name) => name !== 'person_id' && name !== 'department',
  );
  return actors.map(({ id, department }) => {
    const row: Cells = new Map([
      ['person_id', id],
      ['department', department],
    ]);
    for (const name of names) {
      const cell = personCell(id, name);
      row.set(name, stage.cast.facts.has(cell) ? stage.cast.facts.get(cell) : stage.usual(cell));
    }
    if (startsOn !== undefined && !row.has('starts_on')) row.set('starts_on', startsOn);
    return row;
  });
};

/** The rows of a scene, by table; a table that the plan does not read is left out. */
export const rowsOf = (stage: Stage, scene: Scene): ExampleRows => {
  const { plan } = stage;
  const rows = new Map<TableName, readonly ExampleRow[]>();
  const campaigns = new Campaigns(stage);
  const touches: ExampleRow[] = [];
  const splits: ExampleRow[] = [];
  const leads: ExampleRow[] = [];
  for (const deal of scene.deals) splits.push(...splitRows(stage, deal));
  for (const deal of scene.deals) {
    if (!plan.needs.has('attributions')) break;
    const { kind, doers } = deal;
    const days = daysTo(stage, deal.period);
    for (let i = 0; i < deal.touches; i++) {
      const campaign = cellsOf(stage, 'campaign', { kind, cells: deal.cells, days });
      const id = campaigns.idOf(doers['campaign.owner'].id, doers['campaign.originator'].id, i, campaign);
      const row: Cells = new Map([
        ['deal_id', deal.id],
        ['campaign_id', id],
      ]);
      for (const [name, value] of cellsOf(stage, 'attribution', { kind, cells: deal.cells, days }))
        row.set(name, value);
      row.set('deal_id', deal.id);
      row.set('campaign_id', id);
      touches.push(row);
    }
  }
  for (const [i, lead] of scene.leads.entries()) {
    const { kind, doers } = lead;
    const days = daysTo(stage, lead.period);
    const campaign = cellsOf(stage, 'campaign', { kind, cells: lead.cells, days });
    const id = campaigns.idOf(doers['campaign.owner'].id, doers['campaign.originator'].id, i % 2, campaign);
    const assigned = (kind.facts.get('lead.assigned_on') ?? stage.usual('lead.assigned_on')) as number;
    const row: Cells = new Map<string, Known | undefined>([
      ['lead_id', lead.id],
      ['campaign_id', id],
      ['assigned_to', doers['lead.assigned_to'].id],
      ['assigned_on', assigned + days],
    ]);
    if (lead.deal !== undefined) row.set('deal_id', lead.deal);
    for (const [name, value] of cellsOf(stage, 'lead', { kind, cells: lead.cells, days }))
      if (name !== 'lead_id' && name !== 'campaign_id' && name !== 'assigned_to' && name !== 'deal_id')
        row.set(name, value);
    leads.push(row);
  }
  rows.set('people', peopleRows(stage, stage.cast.actors, scene.startsOn));
  rows.set(
    'deals',
    scene.deals.map((deal) => dealRow(stage, deal)),
  );
  if (campaigns.rows.length > 0) rows.set('campaigns', campaigns.rows);
  if (plan.needs.has('attributions')) rows.set('attributions', touches);
  if (plan.needs.has('leads')) rows.set('leads', leads);
  if (splits.length > 0) rows.set('splits', splits);
  if (scene.goals.length > 0)
    rows.set(
      'quotas',
      scene.goals.map((goal) => new Map<string, Known>(Object.entries(goal) as [string, Known][])),
    );
  if (scene.results.length > 0)
    rows.set(
      'results',
      scene.results.map((one) => new Map<string, Known | undefined>(Object.entries(one))),
    );
  if (plan.needs.has('campaigns') && !rows.has('campaigns')) rows.set('campaigns', []);
  return rows;
};
