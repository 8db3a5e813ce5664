import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Computation, PeriodResult } from '../../src/engine/result.ts';
import type { Report, ReportContext } from '../../src/report/period/report.ts';
import { creditsReport } from '../../src/report/period/report-credits.ts';
import { linesReport } from '../../src/report/period/report-lines.ts';
import { linksReport } from '../../src/report/period/report-links.ts';
import { payoutsReport } from '../../src/report/period/report-payouts.ts';
import { controlData, totalsData } from '../../src/report/period/report-summary.ts';
import type { TableName } from '../../src/rules/tables.ts';
import { type Paid, payWhole } from '../engine/pay.ts';
import { Draw } from './draw.ts';
import { type Case, caseOf, textsOf } from './random-case.ts';
import type { Cells, Tables } from './random-tables.ts';

/** `ALIGN_PAY_CASES` raises the number of random cases of each property, `ALIGN_PAY_FIRST` chooses others. */
const numRuns = Math.max(25, Math.floor(Number(process.env.ALIGN_PAY_CASES ?? 0) / 20));
const seed = Number(process.env.ALIGN_PAY_FIRST ?? 0);

const payCase = (one: Case): Paid => {
  const { plan, tables } = textsOf(one);
  return payWhole(plan, tables as Partial<Record<TableName, string>>);
};

/** Tries a property on random cases that pay; what a case is found by is its number. */
const onCases = (name: string, holds: (one: Case, paid: Paid, draw: Draw) => void): void => {
  test(name, { timeout: 3_600_000 }, () => {
    const property = fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (number) => {
      const one = caseOf(number);
      const paid = payCase(one);
      if (paid.computation !== undefined) holds(one, paid, new Draw(number + 1));
    });
    fc.assert(property, { numRuns, seed, endOnFailure: true });
  });
};

const withTables = (one: Case, change: (name: string, rows: readonly Cells[]) => readonly Cells[]): Case => {
  const tables: Tables = Object.fromEntries(
    Object.entries(one.tables).map(([name, rows]) => [name, change(name, rows)]),
  );
  return { ...one, tables };
};

describe('what pays the same', () => {
  const shuffled = <T>(list: readonly T[], draw: Draw): T[] => {
    const left = [...list];
    return list.map(() => left.splice(draw.int(0, left.length - 1), 1)[0] as T);
  };

  onCases('rows of quotas, results, rates, campaigns and adjustments in another order', (one, { payouts }, draw) => {
    const free = ['quotas', 'results', 'fx', 'campaigns', 'adjustments'];
    const other = withTables(one, (name, rows) => (free.includes(name) ? shuffled(rows, draw) : rows));
    expect(payCase(other).payouts).toEqual(payouts);
  });

  onCases('columns in another order, others among them', (one, { payouts }, draw) => {
    const other = withTables(one, (_, rows) => {
      const columns = shuffled([...Object.keys(rows[0] ?? {}), 'nobody_reads_this'], draw);
      return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? 'x'])));
    });
    expect(payCase(other).payouts).toEqual(payouts);
  });

  onCases('everybody, every deal and every campaign by another name', (one, { payouts }) => {
    const renamed = (id: string): string =>
      /^[pdrcl]\d+$/.test(id) ? `${'zyxwv'['pdrcl'.indexOf(id[0] ?? '')]}_${id}` : id;
    const ids = [
      'person_id',
      'manager',
      'owner',
      'originator',
      'assigned_to',
      'deal_id',
      'refund_of',
      'campaign_id',
      'lead_id',
      'for',
    ];
    const other = withTables(one, (_, rows) =>
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, cell]) => [name, ids.includes(name) ? renamed(cell) : cell]),
        ),
      ),
    );
    const expected = Object.entries(payouts).map(([key, amount]) => {
      const [period, person = '', reward] = key.split(' ');
      return [`${period} ${renamed(person)} ${reward}`, amount];
    });
    expect(payCase(other).payouts).toEqual(Object.fromEntries(expected));
  });

  onCases(
    'somebody more who was never there, a deal more that was lost, a campaign more that touched nothing',
    (one, { payouts }) => {
      const [person] = one.tables.people ?? [];
      const [deal] = one.tables.deals ?? [];
      const more: Record<string, Cells> = {
        people: {
          ...person,
          person_id: 'long_gone',
          starts_on: '1990-01-01',
          ends_on: '1990-12-31',
          share: '',
          team: '',
          manager: '',
        },
        deals: { ...deal, deal_id: 'lost_one', stage: 'lost', refund_of: '', currency: '', amount: '5', margin: '' },
        campaigns: { campaign_id: 'touched_nothing', owner: person?.person_id ?? '', originator: '', announced_on: '' },
      };
      const other = withTables(one, (name, rows) => (more[name] === undefined ? rows : [...rows, more[name]]));
      expect(payCase(other).payouts).toEqual(payouts);
    },
  );

  onCases('each period by itself', (one, { payouts, computation }) => {
    const { plan, tables } = textsOf(one);
    const apart = (computation?.periods ?? []).map(
      ({ period }) =>
        payWhole(plan, tables as Partial<Record<TableName, string>>, { periods: { from: period, to: period } }).payouts,
    );
    expect(Object.assign({}, ...apart)).toEqual(payouts);
  });
});

const context = (computation: Computation): ReportContext => ({
  ...{ computation, held: new Set(), version: '0', inputs: [], meaning: '' },
  shown: (file) => file,
});
type Row = Readonly<Record<string, string>>;
const rowsOf = (report: Report, computation: Computation, result: PeriodResult): Row[] => {
  if (report.kind !== 'table') return [];
  const { header, rows } = report.of(context(computation), result);
  return [...rows].map((row) => {
    expect(row).toHaveLength(header.length);
    return Object.fromEntries(header.map((name, i) => [name, row[i] ?? '']));
  });
};
/** In minor units, whatever the digits: all amounts of a case have the same. */
const minor = (text: string | undefined): bigint => BigInt((text ?? '0').replace('.', ''));
const sums = (rows: readonly Row[], key: (row: Row) => string): Record<string, bigint> => {
  const found: Record<string, bigint> = {};
  for (const row of rows) found[key(row)] = (found[key(row)] ?? 0n) + minor(row.amount);
  return found;
};
const nonZero = (all: Record<string, bigint>): Record<string, bigint> =>
  Object.fromEntries(Object.entries(all).filter(([, n]) => n !== 0n));

describe('what reports say', () => {
  const onPeriods = (name: string, holds: (computation: Computation, result: PeriodResult) => void): void =>
    onCases(name, (_, { computation }) => {
      for (const result of computation?.periods ?? []) if (computation !== undefined) holds(computation, result);
    });

  onPeriods('payouts are the sums of their lines, by person, department and reward', (computation, result) => {
    const by = ({ person_id, department, reward }: Row): string => `${person_id}/${department}/${reward}`;
    const payouts = rowsOf(payoutsReport, computation, result);
    expect(nonZero(sums(payouts, by))).toEqual(nonZero(sums(rowsOf(linesReport, computation, result), by)));
    const keys = payouts.map(by);
    expect(new Set(keys).size).toBe(keys.length);
    const people = payouts.map(({ person_id }) => person_id ?? '');
    expect(people).toEqual([...people].sort());
  });

  onPeriods('base + effects + cap + guarantee = payout', (computation, result) => {
    const lines = rowsOf(linesReport, computation, result);
    const by = ({ person_id, reward }: Row): string => `${person_id}/${reward}`;
    const paid = sums(lines, by);
    const limits = sums(
      lines.filter(({ kind }) => kind === 'cap' || kind === 'guarantee'),
      by,
    );
    const links = rowsOf(linksReport, computation, result);
    for (const key of new Set(links.map(by))) {
      const own = links.filter((row) => by(row) === key);
      const effects = own.reduce((n, { effect }) => n + minor(effect), 0n);
      expect(minor(own[0]?.base) + effects + (limits[key] ?? 0n)).toBe(paid[key] ?? 0n);
    }
  });

  onPeriods('each line ends in its amount, and says by which rule', (computation, result) => {
    for (const { calculation = '', amount = '', rule, kind } of rowsOf(linesReport, computation, result)) {
      if (kind === 'adjustment') continue;
      expect(calculation.endsWith(amount)).toBe(true);
      expect(rule).toMatch(/^align-pay\.yaml:\d+$/);
    }
  });

  onCases(
    'nothing earned is lost: every credit stands in credits.csv once, with the rewards whose lines it has',
    (_, { computation }) => {
      if (computation === undefined) return;
      const { periods, credits } = computation;
      const lines = periods
        .flatMap((result) => rowsOf(linesReport, computation, result))
        .filter(({ kind }) => kind === 'credit');
      const rows = periods.flatMap((result) => rowsOf(creditsReport, computation, result));
      expect(rows).toHaveLength([...credits.values()].reduce((n, list) => n + list.length, 0));
      const paid = rows.flatMap(({ person_id, source, date, rewards = '' }) =>
        rewards
          .split(';')
          .filter((reward) => reward !== '')
          .map((reward) => `${reward} ${person_id} ${source} ${date}`),
      );
      expect([...paid].sort()).toEqual(
        lines
          .map(({ reward, person_id, source, credit_date }) => `${reward} ${person_id} ${source} ${credit_date}`)
          .sort(),
      );
    },
  );

  onPeriods('totals are those of the rows, and what was credited was paid or was not', (computation, result) => {
    const payouts = rowsOf(payoutsReport, computation, result);
    const { total, rewards, departments } = totalsData(context(computation), result);
    const all = payouts.reduce((n, { amount }) => n + minor(amount), 0n);
    expect(minor(total)).toBe(all);
    expect(rewards.reduce((n, { amount }) => n + minor(amount), 0n)).toBe(all);
    expect(departments.reduce((n, { amount }) => n + minor(amount), 0n)).toBe(all);
    for (const { credited, paid, unpaid } of controlData(context(computation), result).credits) {
      expect(credited.rows).toBe(paid.rows + unpaid.rows);
    }
  });
});

describe('money is neither made nor lost', () => {
  onCases(
    'what is shared out over touches and splits comes to the deal, and a pool to its parts',
    (_, { computation }) => {
      if (computation === undefined) return;
      for (const { payouts } of computation.periods) {
        const pools = new Map<string, { readonly amount: bigint; parts: bigint }>();
        for (const { rewardName, lines } of payouts) {
          for (const { kind, pool, base } of lines) {
            if (kind !== 'pool' || pool === undefined) continue;
            const key = `${rewardName}/${pool.each ?? ''}`;
            const known = pools.get(key) ?? { amount: BigInt(String(pool.amount)), parts: 0n };
            pools.set(key, { ...known, parts: known.parts + BigInt(String(base)) });
          }
        }
        for (const { amount, parts } of pools.values()) expect(parts).toBe(amount);
      }
    },
  );
});
