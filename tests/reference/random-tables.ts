import { Calendar, type Day, dateText, dayOf, LENGTHS, type Length } from './calendar.ts';
import type { Draw } from './draw.ts';

export type Tables = Readonly<Record<string, readonly Cells[]>>;
export type Cells = Readonly<Record<string, string>>;

/** What plan and tables of a case have in common. */
export interface Setting {
  readonly currency: string;
  readonly digits: number;
  readonly rounding: string;
  readonly period: Length;
  readonly fiscalStart: number;
  readonly ids: readonly string[];
  readonly measures: readonly string[];
  readonly from: Day;
  readonly to: Day;
  readonly isForeign: boolean;
}

export const settingOf = (draw: Draw): Setting => {
  const currency = draw.pick(['USD', 'USD', 'USD', 'JPY', 'KWD']);
  const from = dayOf('2026-01-01') + draw.int(0, 200);
  return {
    currency,
    digits: { USD: 2, JPY: 0, KWD: 3 }[currency] ?? 2,
    rounding: draw.pick(['half_up', 'half_up', 'half_even']),
    period: draw.pick(['month', 'month', 'quarter', 'quarter', 'half', 'year']),
    fiscalStart: draw.pick([1, 1, 2, 4, 7, 10, 12]),
    ids: ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'].slice(0, draw.int(2, 6)),
    measures: ['bookings', 'influenced_bookings', 'deals_won'],
    from,
    to: from + draw.int(5, 240),
    isForeign: draw.chance(30),
  };
};

export const moneyText = (minor: number, digits: number): string => {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const cut = text.length - digits;
  return `${minor < 0 ? '-' : ''}${text.slice(0, cut)}${digits === 0 ? '' : `.${text.slice(cut)}`}`;
};

/** Whole stays, moves, gaps, part-time, two jobs at once. */
const peopleRows = (draw: Draw, { ids, from, to, digits }: Setting): Cells[] =>
  ids.flatMap((person_id, i) => {
    const row = (starts: Day | undefined, ends: Day | undefined, share: string): Cells => ({
      person_id,
      department: draw.pick(['sales', 'sales', 'marketing', 'ops']),
      team: draw.pick(['north', 'south', 'south', '']),
      role: draw.pick(['rep', 'lead']),
      manager: draw.chance(4)
        ? draw.pick(ids)
        : draw.chance(25)
          ? 'boss'
          : i === 0 || draw.chance(20)
            ? ''
            : draw.pick(ids.slice(0, i)),
      starts_on: starts === undefined ? '' : dateText(starts),
      ends_on: ends === undefined ? '' : dateText(ends),
      share,
      target_pay: moneyText(draw.int(1, 2_000_000), digits),
      level: draw.pick(['1', '2', '2.5']),
    });
    const day = draw.int(from - 20, to + 20);
    const later = day + draw.int(1, 60);
    switch (draw.int(0, 9)) {
      case 0:
        return [row(undefined, day - 1, ''), row(day, undefined, '')];
      case 1:
        return [row(undefined, day - 1, ''), row(later, undefined, '')];
      case 2:
        return [row(undefined, undefined, '50%'), row(undefined, undefined, '50%')];
      case 3:
        return [row(day, undefined, '30%'), row(undefined, later, '60%')];
      case 4:
        return [row(day, later, draw.pick(['', '40%', '0.7']))];
      case 5:
        return [row(undefined, undefined, '75%')];
      case 6:
        return [row(undefined, day - 1, ''), row(day, later - 1, '50%'), row(day, undefined, '50%')];
      default:
        return [row(undefined, undefined, '')];
    }
  });

const dealRows = (draw: Draw, { ids, from, to, digits, isForeign }: Setting): Cells[] => {
  const unit = 10 ** digits;
  const sold = Array.from({ length: draw.int(1, 16) }, (_, i): Cells => {
    const closed = draw.int(from, to);
    const currency = isForeign && draw.chance(50) ? draw.pick(['EUR', 'EUR', 'GBP']) : '';
    const places = currency === '' ? digits : 2;
    const minor = draw.chance(8)
      ? draw.pick([0, 1, 3])
      : draw.chance(50)
        ? draw.int(1, 60_000) * 10 ** places
        : draw.int(1, 6_000_000);
    return {
      deal_id: `d${i}`,
      owner: draw.pick(ids),
      close_date: dateText(closed),
      amount: moneyText(minor, places),
      stage: draw.chance(85) ? 'won' : 'lost',
      type: draw.pick(['new', 'renewal', 'other']),
      product: draw.pick(['pumps', 'spares', 'seals', '']),
      account: draw.pick(['Acme', 'Beta', 'Gamma', '']),
      currency,
      paid_date: draw.chance(70) ? dateText(closed + draw.int(0, 40)) : '',
      refund_of: '',
      margin: draw.chance(85) ? moneyText(Math.floor((minor * draw.int(5, 90)) / 100), places) : '',
      discount: draw.chance(80) ? `${draw.int(0, 40)}%` : '',
    };
  });
  const left = new Map(sold.map((deal) => [deal.deal_id, Number((deal.amount ?? '0').replace('.', ''))]));
  const refunds = Array.from({ length: draw.pick([0, 0, 1, 2, 4]) }, (_, i): Cells[] => {
    const deal = draw.pick(sold);
    const rest = left.get(deal.deal_id) ?? 0;
    if (rest <= 0) return [];
    const back = draw.chance(50) ? rest : draw.int(1, rest);
    left.set(deal.deal_id, rest - back);
    const places = deal.currency === '' ? digits : 2;
    const closed = dayOf(deal.close_date ?? '') + draw.int(0, 90);
    return [
      {
        ...deal,
        deal_id: `r${i}`,
        owner: draw.chance(80) ? (deal.owner ?? '') : draw.pick(ids),
        close_date: dateText(closed),
        amount: moneyText(-back, places),
        stage: draw.chance(90) ? (deal.stage ?? '') : 'lost',
        paid_date: draw.chance(80) ? dateText(closed + draw.int(0, 20)) : '',
        refund_of: deal.deal_id ?? '',
        margin: deal.margin === '' ? '' : moneyText(-Math.floor(back / 3), places),
      },
    ];
  }).flat();
  const all = [...sold, ...refunds];
  // refunds stand anywhere in the file
  if (unit > 0 && draw.chance(50)) all.sort(() => draw.pick([-1, 0, 1]));
  return all;
};

/** Rows for some of the periods of some lengths: with holes, and more than one length at once. */
const quotaRows = (draw: Draw, setting: Setting, teams: readonly string[]): Cells[] => {
  const calendar = new Calendar(setting.fiscalStart);
  const span = {
    from: calendar.around('year', setting.from - 120).from,
    to: calendar.around('year', setting.to + 120).to,
  };
  const owners = [...setting.ids, ...draw.some(['sales', 'marketing', ...teams], 25)];
  return owners.flatMap((who) =>
    draw.some(setting.measures, who.startsWith('p') ? 85 : 50).flatMap((measure) => {
      const lengths = draw.chance(75) ? [draw.pick(LENGTHS)] : draw.some(LENGTHS, 60);
      const holes = draw.chance(80) ? 0 : 25;
      return lengths.flatMap((length) =>
        calendar
          .inside(length, span)
          .filter(() => !draw.chance(holes))
          .map(({ label }) => ({
            for: who,
            period: label,
            measure,
            amount:
              measure === 'deals_won'
                ? String(draw.int(1, 9))
                : moneyText(draw.int(1, 300) * 1000 * 10 ** setting.digits, setting.digits),
          })),
      );
    }),
  );
};

const resultRows = (draw: Draw, setting: Setting, teams: readonly string[]): Cells[] => {
  const calendar = new Calendar(setting.fiscalStart);
  const span = { from: calendar.around('year', setting.from).from, to: calendar.around('year', setting.to + 60).to };
  const whose = draw.some([...setting.ids, ...teams, 'sales'], 40);
  return [...whose, ...(draw.chance(70) ? [''] : [])].flatMap((who) =>
    draw
      .some(LENGTHS, 80)
      .flatMap((length) => calendar.inside(length, span))
      .map(({ label }) => ({ result: 'mbo', period: label, value: `${draw.int(0, 150)}%`, for: who })),
  );
};

const fxRows = (draw: Draw, { from, to, currency }: Setting): Cells[] => {
  const rows: Cells[] = [];
  const way = draw.pick(['own', 'inverse', 'hub']);
  for (let day = from - 10; day < to + 140; day += draw.int(1, 6)) {
    const rate = (low: number, high: number): string => `${draw.int(low, high) / 10_000}`;
    for (const foreign of ['EUR', 'GBP']) {
      if (way === 'own') rows.push({ date: dateText(day), from: foreign, to: currency, rate: rate(8000, 15_000) });
      else if (way === 'inverse')
        rows.push({ date: dateText(day), from: currency, to: foreign, rate: rate(6000, 11_000) });
    }
    if (way === 'hub') {
      for (const to of [currency, 'GBP']) rows.push({ date: dateText(day), from: 'EUR', to, rate: rate(7000, 16_000) });
    }
  }
  return rows;
};

const adjustmentRows = (draw: Draw, { ids, from, fiscalStart, period, digits }: Setting): Cells[] =>
  Array.from({ length: draw.int(1, 3) }, () => ({
    person_id: draw.pick(ids),
    period: new Calendar(fiscalStart).around(period, from + draw.int(0, 90)).label,
    amount: moneyText(draw.int(-9000, 90_000), digits),
    reason: 'spot',
    approved_by: 'fay',
  }));

/** A random company's tables for some months. */
export const tablesOf = (draw: Draw, setting: Setting): Tables => {
  const { ids } = setting;
  const people = peopleRows(draw, setting);
  const teams = [...new Set(people.flatMap(({ team }) => team || []))];
  const deals = dealRows(draw, setting);
  const sold = deals.filter((deal) => deal.refund_of === '');
  const campaigns = Array.from({ length: draw.int(1, 4) }, (_, i) => ({
    campaign_id: `c${i}`,
    owner: draw.pick(ids),
    originator: draw.chance(80) ? draw.pick(ids) : '',
    announced_on: draw.chance(80) ? dateText(draw.int(setting.from - 60, setting.to)) : '',
  }));
  const attributions = sold.flatMap((deal) => {
    const n = draw.pick([0, 0, 1, 1, 2, 3, 4, 7]);
    const isWhole = draw.chance(50);
    return Array.from({ length: n }, () => ({
      deal_id: deal.deal_id ?? '',
      campaign_id: draw.pick(campaigns).campaign_id,
      touched_on: draw.chance(97) ? dateText(dayOf(deal.close_date ?? '') - draw.int(-6, 70)) : '',
      touch: draw.pick(['lead', 'opportunity', 'visit', 'visit', '']),
      weight: isWhole ? `${Math.floor(100 / n)}%` : `${draw.int(0, 40)}%`,
    }));
  });
  if (draw.chance(50)) attributions.sort(() => draw.pick([-1, 0, 1]));
  const leads = Array.from({ length: draw.int(0, 14) }, (_, i) => {
    const assigned = draw.int(setting.from, setting.to);
    return {
      lead_id: `l${i}`,
      campaign_id: draw.chance(90) ? draw.pick(campaigns).campaign_id : '',
      deal_id: draw.chance(40) ? (draw.pick(sold).deal_id ?? '') : '',
      assigned_to: draw.pick(ids),
      assigned_on: dateText(assigned),
      followed_up_on: draw.chance(70) ? dateText(assigned + draw.int(0, 5)) : '',
    };
  });
  const splits = draw.some(sold, 30).flatMap((deal) => {
    const among = draw.some(ids, 50);
    const shares = draw.pick([
      ['50%', '50%'],
      ['60%', '30%', '10%'],
      ['33.3%', '33.3%', '33.4%'],
      ...(draw.chance(3) ? [['100%', '25%']] : []),
      ['40%'],
      ['0%', '100%'],
    ]);
    return among
      .slice(0, shares.length)
      .map((person_id, i) => ({ deal_id: deal.deal_id ?? '', person_id, share: shares[i] ?? '0%', role: 'ae' }));
  });
  return {
    people,
    deals,
    campaigns,
    attributions,
    leads,
    splits,
    quotas: quotaRows(draw, setting, teams),
    results: resultRows(draw, setting, teams),
    ...(setting.isForeign ? { fx: fxRows(draw, setting) } : {}),
    ...(draw.chance(20) ? { adjustments: adjustmentRows(draw, setting) } : {}),
  };
};

/** Headers of tables that have no row. */
const HEADERS: Readonly<Record<string, string>> = {
  people: 'person_id,department',
  attributions: 'deal_id,campaign_id,touched_on,touch,weight',
  leads: 'lead_id,campaign_id,deal_id,assigned_to,assigned_on,followed_up_on',
  splits: 'deal_id,person_id,share',
  quotas: 'for,period,measure,amount',
  results: 'result,period,value,for',
  campaigns: 'campaign_id,owner,originator,announced_on',
};

export const csvOf = (name: string, rows: readonly Cells[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const header = columns.length === 0 ? (HEADERS[name] ?? '') : columns.join(',');
  return [header, ...rows.map((row) => columns.map((column) => row[column] ?? '').join(','))].join('\n');
};

export const csvTables = (tables: Tables): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, csvOf(name, rows)]));
