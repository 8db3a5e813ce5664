import { LENGTHS, type Length } from './calendar.ts';
import type { Draw } from './draw.ts';
import { RandomExpression } from './random-expression.ts';
import { moneyText, type Setting } from './random-tables.ts';

export type Node = string | readonly Node[] | { readonly [key: string]: Node };
type Fields = Record<string, Node>;

const quoted = (text: string): string => (/^[A-Za-z0-9_.% ]+$/.test(text) ? text : `'${text}'`);

/** A plan as YAML: maps of maps as blocks two deep, the rest in flow. */
export const yamlOf = (node: Node, depth = 0): string => {
  if (typeof node === 'string') return quoted(node);
  if (Array.isArray(node)) return `[${node.map((item) => yamlOf(item, 9)).join(', ')}]`;
  const entries = Object.entries(node as { readonly [key: string]: Node });
  if (depth > 2) return `{ ${entries.map(([key, value]) => `${quoted(key)}: ${yamlOf(value, 9)}`).join(', ')} }`;
  const indent = '  '.repeat(depth);
  return entries
    .map(([key, value]) => {
      const isBlock = typeof value === 'object' && !Array.isArray(value) && depth < 2;
      return isBlock ? `${indent}${key}:\n${yamlOf(value, depth + 1)}` : `${indent}${key}: ${yamlOf(value, 9)}`;
    })
    .join('\n');
};

/** A random plan over the tables of random-tables.ts. */
export class RandomPlan {
  readonly draw: Draw;
  readonly setting: Setting;
  readonly expressions: RandomExpression;
  readonly rewards: Record<string, Fields> = {};

  constructor(draw: Draw, setting: Setting) {
    this.draw = draw;
    this.setting = setting;
    this.expressions = new RandomExpression(draw, setting.currency, setting.digits);
  }

  percent(low: number, high: number): string {
    const { draw } = this;
    return draw.chance(70) ? `${draw.int(low, high)}%` : `${draw.int(low * 10, high * 10) / 10}%`;
  }

  money(low: number, high: number): string {
    const { digits, currency } = this.setting;
    return `${moneyText(this.draw.int(low, high) * 10 ** digits + (digits > 0 ? this.draw.int(0, 9) : 0), digits)} ${currency}`;
  }

  plan(): Node {
    const { draw, setting } = this;
    const credits = this.credits();
    for (let i = 0; i < draw.int(1, 4); i += 1) this.rewards[`r${i}`] = this.reward(i);
    return {
      plan: 'Random',
      currency: setting.currency,
      period: setting.period,
      ...(setting.fiscalStart === 1 && draw.chance(50)
        ? {}
        : { fiscal_year_starts: String(setting.fiscalStart).padStart(2, '0') }),
      rounding: setting.rounding,
      params: {
        low_rate: this.percent(0, 8),
        high_rate: this.percent(5, 15),
        unit_pay: this.money(1, 60),
        grace: `${draw.int(1, 4)} days`,
      },
      data: {
        people: { target_per: draw.pick(LENGTHS), columns: { level: { type: 'number' } } },
        quotas: { prorate: draw.pick(['days', 'days', 'none']) },
        deals: { columns: { margin: { type: 'money' }, discount: { type: 'number' } } },
      },
      groups: {
        sales: 'payee.department == "sales"',
        marketing: 'payee.department == "marketing"',
        seniors: 'payee.role == "lead"',
      },
      credits,
      measures: {
        bookings: draw.pick([
          'sum(won.amount)',
          'sum(won.amount)',
          'sum(won.amount where deal.type == "new")',
          'sum(part.amount)',
        ]),
        influenced_bookings: 'sum(influenced.amount)',
        deals_won: draw.pick([
          'count(won)',
          'count(won where deal.amount > 1000 USD)'.replace('USD', setting.currency),
          'count(part)',
        ]),
        attainment: 'bookings / quota(bookings)',
        follow_up: 'count(worked) / count(received)',
        customers: draw.pick(['count_distinct(won.deal.account)', 'count_distinct(influenced.deal.product)']),
        largest: 'max(won.amount)',
        average: draw.pick(['avg(won.amount)', 'avg(influenced.amount)', 'avg(won.amount where deal.type != "new")']),
        volume: 'sum(co.amount)',
        objective: 'result("mbo")',
        growth: 'bookings / bookings.previous',
      },
      rewards: this.rewards,
    };
  }

  credits(): Fields {
    const { draw } = this;
    const dated = draw.chance(30) ? { date: 'deal.paid_date' } : {};
    const when = 'date' in dated ? 'deal.stage == "won" and deal.paid_date is present' : 'deal.stage == "won"';
    const among = draw.chance(50) ? { share_among: 'coalesce(attribution.touched_on <= deal.close_date, false)' } : {};
    const share = draw.pick<Node>([
      'linear',
      'first_touch',
      'last_touch',
      { position: ['40%', '20%', '40%'] },
      { position: ['30%', '50%', '20%'] },
      { time_decay: { half_life: `${draw.pick([7, 10, 30])} days` } },
      {
        position: draw.pick([
          ['100%', '0%', '0%'],
          ['0%', '0%', '100%'],
          ['33.3%', '33.4%', '33.3%'],
        ]),
      },
      {
        w_shaped: {
          parts: ['30%', '30%', '30%', '10%'],
          by: 'attribution.touch',
          lead: 'lead',
          opportunity: 'opportunity',
        },
      },
      {
        w_shaped: {
          parts: ['10%', '20%', '25%', '45%'],
          by: 'coalesce(attribution.touch, "none")',
          lead: 'visit',
          opportunity: 'lead',
        },
      },
      'attribution.weight',
      'min(attribution.weight, 10%)',
    ]);
    const overlay =
      typeof share === 'string' && share.startsWith('attribution') && draw.chance(90) ? { overlay: 'true' } : {};
    const amount = (): Fields =>
      draw.chance(20)
        ? {
            amount: draw.pick([
              'coalesce(deal.margin, deal.amount * 10%)',
              'deal.amount * 50%',
              'max(deal.amount * 90%, deal.amount)',
            ]),
          }
        : {};
    return {
      won: {
        each: 'deal',
        when: draw.chance(15)
          ? `${when} and (${this.expressions.of('boolean', 3).replaceAll(/payee.level|period.start|period.end/g, (x) => (x === 'payee.level' ? '2' : '2026-06-30'))})`
          : draw.chance(80)
            ? when
            : `${when} and not (deal.product == "pumps")`,
        ...dated,
        ...amount(),
      },
      influenced: {
        each: 'attribution',
        when: draw.chance(70) ? when : `${when} and campaign.owner.department != "ops"`,
        share,
        ...overlay,
        ...among,
        ...dated,
        ...amount(),
        ...(draw.chance(15) ? { to: 'coalesce(campaign.originator, campaign.owner)' } : {}),
      },
      carried: {
        each: 'attribution',
        when: `${when} and deal.owner == campaign.originator`,
        to: 'campaign.originator',
        share: 'linear',
        ...among,
        ...dated,
      },
      part: { each: 'split', when, ...dated, ...amount() },
      co: { each: draw.pick(['deal']), when: `${when} and deal.type == "new"`, to: 'company', ...dated },
      received: { each: 'lead' },
      worked: {
        each: 'lead',
        when: draw.pick([
          'lead.followed_up_on <= lead.assigned_on + grace',
          'lead.followed_up_on <= lead.assigned_on + 2 days and campaign.announced_on <= lead.assigned_on',
        ]),
      },
      landed: {
        each: 'lead',
        when: 'deal.stage == "won" and lead.followed_up_on is present',
        amount: 'deal.amount * 5%',
      },
    };
  }

  who(): string {
    return this.draw.pick([
      'everyone',
      'everyone',
      'sales',
      'sales',
      'marketing',
      'sales or marketing',
      'not sales',
      'seniors and sales',
      'payee.team == "south"',
      'payee.role == "rep"',
    ]);
  }

  /** A suffix that a reward of a length may read; none, mostly. */
  suffix(length: Length): string {
    const { draw } = this;
    if (draw.chance(55)) return '';
    const fit = length === 'month' || length === 'quarter' ? ['.qtd', '.quarter'] : [];
    return draw.pick([...fit, '.ytd', '.year', '.previous']);
  }

  scope(): string {
    const { draw } = this;
    if (draw.chance(45)) return '';
    return draw.pick(['sales.', 'marketing.', 'seniors.', 'everyone.', 'team.', 'direct_reports.', 'all_reports.']);
  }

  /** A number that may be missing. */
  ratio(length: Length, scoped = this.scope()): string {
    const { draw } = this;
    const [scope, suffix] = [scoped, this.suffix(length)];
    const money = (): string =>
      `${scope}${draw.pick(['bookings', 'influenced_bookings', 'largest', 'average', 'volume'])}${suffix}`;
    return draw.pick([
      `${scope}attainment${suffix}`,
      `${scope}attainment${suffix}`,
      `${scope}follow_up${suffix}`,
      `${scope}objective${suffix === '.qtd' || suffix === '.ytd' ? '' : suffix}`,
      `${scope}growth`,
      `${scope}deals_won${suffix} / 4`,
      `${scope}customers${suffix} / 3`,
      `${money()} / ${this.money(20_000, 200_000)}`,
      `max(${scope}attainment, ${scope}deals_won / 5)`,
      `coalesce(${scope}attainment, team.attainment, everyone.follow_up)`,
      `sum(won.amount where deal.type == "new" or deal.product in ["pumps", "seals"]) / ${this.money(20_000, 90_000)}`,
      'count(influenced where campaign.owner == deal.owner) / 3',
      'min(influenced.amount) / max(won.amount)',
      ...(scope === '' ? [`deals_won / quota(deals_won)`, `influenced_bookings / quota(influenced_bookings)`] : []),
      `round(${scope}attainment${suffix}, 2)`,
    ]);
  }

  lineRatio(): string {
    return this.draw.pick([
      'deal.margin / deal.amount',
      'count(influenced for deal) / 2',
      'deal.discount * 3',
      'count(received for deal) / 2',
      'sum(influenced.amount where campaign.owner == deal.owner for deal) / deal.amount',
    ]);
  }

  curve(top: number): Fields {
    const { draw } = this;
    const xs = [...new Set(Array.from({ length: draw.int(1, 4) }, () => draw.int(0, 160)))].sort((a, b) => a - b);
    const curve = Object.fromEntries(xs.map((x) => [`${x}%`, this.percent(0, top)]));
    const shape = draw.pick<Fields>([
      {},
      {},
      { shape: 'step' },
      xs.length > 1 && draw.chance(30) ? { beyond: 'continue' } : {},
    ]);
    return { curve, ...shape };
  }

  condition(length: Length): string {
    const { draw } = this;
    return draw.pick([
      `${this.ratio(length)} >= ${this.percent(20, 110)}`,
      `coalesce(${this.ratio(length)}, 50%) > ${this.percent(20, 110)}`,
      `not (${this.ratio(length)} < 60%) or ${this.ratio(length)} is missing`,
      `${this.ratio(length)} >= 30% and ${this.ratio(length)} >= 10%`,
    ]);
  }

  link(length: Length, body: 'credit' | 'payee' | 'pool', credit: string): Fields {
    const { draw } = this;
    const top = body === 'pool' ? 100 : 160;
    const onDeal = body === 'credit' && !['received', 'worked'].includes(credit);
    const by = (): string => (onDeal && draw.chance(30) ? this.lineRatio() : this.ratio(length));
    const kind = draw.int(0, 9);
    const link: Fields = { because: 'A reason' };
    if (draw.chance(20))
      link.when = onDeal && draw.chance(50) ? 'count(influenced for deal) > 0' : this.condition(length);
    if (kind <= 4) Object.assign(link, { by: by() }, this.curve(top));
    else if (kind <= 5)
      link.factor = draw.pick([
        '95%',
        body === 'pool' ? '80%' : '110%',
        `max(0, min(${body === 'pool' ? 1 : 2}, ${by()}))`,
      ]);
    else if (kind <= 7)
      Object.assign(link, { gate: this.condition(length) }, draw.chance(50) ? { otherwise: this.percent(0, 90) } : {});
    else {
      const columns = ['40%', '90%', '120%'].slice(0, draw.int(1, 3));
      const rows = ['50%', '100%', '130%'].slice(0, draw.int(1, 3));
      const row = (): Fields => Object.fromEntries(columns.map((column) => [column, this.percent(0, top)]));
      Object.assign(
        link,
        { by: [by(), by()], matrix: Object.fromEntries(rows.map((x) => [x, row()])) },
        draw.chance(30) ? { shape: 'step' } : {},
      );
    }
    if (draw.chance(20))
      Object.assign(
        link,
        { at_most: this.percent(50, 100) },
        draw.chance(60) ? { unless: this.condition(length) } : {},
      );
    if (draw.chance(88)) link.when_missing = this.percent(0, 100);
    return link;
  }

  links(length: Length, body: 'credit' | 'payee' | 'pool', credit = ''): Fields {
    const { draw } = this;
    const n = draw.pick([0, 0, 1, 1, 2, 3]);
    if (n === 0) return {};
    const links = Array.from({ length: n }, () => this.link(length, body, credit));
    const [first, second, third] = links;
    if (first !== undefined && second !== undefined && draw.chance(50)) {
      const weight = draw.int(1, 9);
      if (third === undefined || draw.chance(60)) {
        (third ?? second).weight = `${100 - 10 * weight}%`;
        first.weight = `${10 * weight}%`;
      } else {
        first.weight = '20%';
        second.weight = '30%';
        third.weight = '50%';
      }
    }
    return { links: Object.fromEntries(links.map((link, i) => [`l${i}`, link])) };
  }

  limits(length: Length): Fields {
    const { draw } = this;
    const cap = draw.chance(25)
      ? {
          cap: draw.pick([
            this.money(300, 9000),
            `${this.percent(1, 20)} * coalesce(quota(bookings), 0 ${this.setting.currency}) + ${this.money(200, 300)}`,
          ]),
        }
      : {};
    const guarantee = draw.chance(20) ? { guarantee: draw.pick([this.money(1, 200), this.money(1, 200)]) } : {};
    return length === this.setting.period || draw.chance(90) ? { ...cap, ...guarantee } : cap;
  }

  every(): { readonly length: Length; readonly fields: Fields } {
    const { draw } = this;
    const { period } = this.setting;
    const longer = LENGTHS.slice(LENGTHS.indexOf(period) + 1);
    if (longer.length === 0 || draw.chance(70)) return { length: period, fields: {} };
    const length = draw.pick(longer);
    return { length, fields: { every: length } };
  }

  steps(length: Length, credit: string, isPay: boolean): Fields {
    const { draw } = this;
    const accumulate = draw.chance(45)
      ? { accumulate: draw.pick(['none', ...LENGTHS.slice(LENGTHS.indexOf(length))]) }
      : {};
    const xs = [...new Set(Array.from({ length: draw.int(1, 3) }, () => draw.int(10, 160)))].sort((a, b) => a - b);
    const edge = draw.pick(['up_to', 'up_to', 'below']);
    const method = draw.pick(['marginal', 'marginal', 'retroactive']);
    const end = (rate: string): Fields => ({ rate });
    if (isPay) {
      const steps = xs.map((x, i) => ({ [edge]: String(Math.ceil(x / 30) + i), rate: this.money(1, 80) }));
      return { method, counting: '1', ...accumulate, steps: [...steps, end(this.money(1, 80))] };
    }
    const rate = (): string =>
      draw.chance(30)
        ? draw.pick(['low_rate', 'high_rate', 'if(payee.role == "lead", 3%, low_rate)', 'low_rate * payee.level'])
        : this.percent(0, 20);
    const countsMargin = draw.chance(15) && !['received', 'worked', 'landed'].includes(credit);
    const of: Fields =
      countsMargin || draw.chance(30)
        ? {}
        : {
            of:
              credit === 'influenced'
                ? 'quota(influenced_bookings)'
                : draw.pick([
                    'quota(bookings)',
                    `coalesce(quota(bookings), ${this.money(50_000, 90_000)})`,
                    'payee.target_pay',
                  ]),
          };
    const steps = xs.map((x) => ({
      [edge]: 'of' in of ? `${x}%` : `${x * 700} ${this.setting.currency}`,
      rate: rate(),
    }));
    return {
      method,
      ...of,
      ...(countsMargin ? { counting: 'coalesce(deal.margin, deal.amount * 20%)' } : {}),
      ...accumulate,
      steps: [...steps, end(rate())],
    };
  }

  rate(length: Length, credit: string): Node {
    const { draw } = this;
    switch (draw.int(0, 6)) {
      case 0:
        return this.percent(0, 12);
      case 1:
        return draw.pick([
          'low_rate',
          'high_rate * payee.level',
          `if(payee.role == "lead", 4%, low_rate)`,
          `coalesce(${this.ratio(length)}, 0) * 1%`,
        ]);
      case 2:
        if (credit === 'received' || credit === 'worked') return '1%';
        return {
          by: draw.pick(['deal.product', 'deal.type', 'deal.owner.role']),
          table: { pumps: '4%', new: '3%', spares: 'low_rate', lead: '7%' },
          else: draw.pick(['2%', 'high_rate']),
        };
      case 3:
        return {
          by: draw.pick(['coalesce(deal.discount, 10%)', `coalesce(${this.ratio(length)}, 70%)`]),
          ...this.curve(15),
        };
      default:
        return this.steps(length, credit, false);
    }
  }

  reward(_index: number): Fields {
    const { draw } = this;
    const { currency } = this.setting;
    const { length, fields } = this.every();
    const who = draw.chance(20) ? {} : { who: this.who() };
    const base: Fields = { ...who, ...fields };
    switch (draw.int(0, 13)) {
      case 0:
      case 1:
      case 2:
      case 3: {
        const per = draw.pick(['won', 'won', 'influenced', 'part', 'carried', 'landed']);
        const when = draw.chance(20)
          ? {
              when: draw.pick([
                'deal.type != "other"',
                'deal.amount > 100 USD'.replace('USD', currency),
                'deal.owner.department == "sales"',
              ]),
            }
          : {};
        const tail = draw.chance(25) ? { tail: `${draw.pick([10, 30, 90])} days` } : {};
        return {
          ...base,
          per,
          ...when,
          ...tail,
          rate: this.rate(length, per),
          ...this.links(length, 'credit', per),
          ...this.limits(length),
        };
      }
      case 4: {
        const per = draw.pick(['won', 'influenced', 'received', 'worked', 'part', 'landed']);
        const isLead = per === 'received' || per === 'worked';
        const pay = draw.chance(45)
          ? this.steps(length, per, true)
          : draw.pick([
              this.money(1, 50),
              'unit_pay',
              ...(isLead ? [] : [`if(deal.type == "new", unit_pay, ${this.money(1, 9)})`]),
            ]);
        const tail = draw.chance(15) ? { tail: `${draw.pick([10, 30, 90])} days` } : {};
        return { ...base, per, ...tail, pay, ...this.links(length, 'credit', per), ...this.limits(length) };
      }
      case 5:
      case 6: {
        const pay = draw.pick([
          this.money(100, 2000),
          'payee.target_pay',
          'payee.target_pay * payee.level',
          `if(payee.team == "north", ${this.money(10, 99)}, payee.target_pay * 10%)`,
        ]);
        const prorate = draw.chance(25) ? { prorate: 'none' } : {};
        const when = draw.chance(25) ? { when: this.condition(length) } : {};
        return { ...base, pay, ...prorate, ...when, ...this.links(length, 'payee'), ...this.limits(length) };
      }
      case 7: {
        const money = (): string =>
          `${this.scope()}${draw.pick(['bookings', 'influenced_bookings', 'volume'])}${this.suffix(length)}`;
        const pay = draw
          .pick([
            `${this.percent(0, 3)} * ${money()}`,
            `max(0 ${currency}, ${money()} - ${this.money(1, 20_000)}) * low_rate`,
            `coalesce(${this.ratio(length)}, 50%) * ${this.money(10, 900)}`,
            `deals_won * unit_pay`,
          ])
          .replaceAll('team.', 'everyone.');
        const prorate = draw.chance(25) ? { prorate: 'none' } : {};
        return { ...base, pay, ...prorate, ...this.links(length, 'payee'), ...this.limits(length) };
      }
      case 8: {
        const pay = `payee.target_pay * coalesce(${this.ratio(length)}, 50%)`;
        return {
          ...base,
          pay,
          prorate: draw.pick(['days', 'none']),
          ...this.links(length, 'payee'),
          ...this.limits(length),
        };
      }
      case 12:
      case 13: {
        const money = this.expressions.of('money', draw.int(1, 5));
        const when = draw.chance(40) ? { when: this.expressions.of('boolean', draw.int(1, 4)) } : {};
        const pay = `coalesce(${money}, 0.5 ${currency})`.replace('0.5 JPY', '1 JPY');
        return { ...base, per: draw.pick(['won', 'part']), pay, ...when };
      }
      case 9: {
        const readable = Object.entries(this.rewards).filter(([, reward]) => {
          const every = (reward.every as Length | undefined) ?? this.setting.period;
          return LENGTHS.indexOf(every) <= LENGTHS.indexOf(length);
        });
        const name = readable.length === 0 ? undefined : draw.pick(readable)[0];
        if (name === undefined) return { ...base, pay: this.money(1, 50) };
        const scope = draw.pick(['', '', 'direct_reports.', 'all_reports.', 'sales.']);
        const prorate = draw.chance(25) ? { prorate: 'none' } : {};
        return {
          ...base,
          pay: `${this.percent(1, 30)} * ${scope}pay(${name})`,
          ...prorate,
          ...this.links(length, 'payee'),
        };
      }
      default: {
        const money = (scope: string): string =>
          `${scope}${draw.pick(['bookings', 'influenced_bookings'])}${this.suffix(length)}`;
        const each = draw.chance(35) ? { each: draw.pick(['payee.team', 'payee.team', 'payee.department']) } : {};
        const scope =
          each.each === 'payee.team'
            ? draw.pick(['team.', 'team.', 'sales.'])
            : draw.pick(['sales.', 'everyone.', 'seniors.']);
        const pool = draw.pick([
          `max(0 ${currency}, ${this.percent(0, 4)} * ${money(scope)})`,
          `max(0 ${currency}, 1% * sum(co.amount))`,
          this.money(10, 5000),
        ]);
        const by = draw.pick([
          '1',
          'payee.level',
          'max(0, result("mbo"))',
          `max(0 ${currency}, ${money('')})`,
          `max(0 ${currency}, bookings + influenced_bookings)`,
          'max(0, deals_won)',
          'payee.target_pay',
        ]);
        const when = draw.chance(15) ? { when: this.condition(length) } : {};
        const prorate = draw.chance(15) ? { prorate: 'none' } : {};
        return {
          ...base,
          pool,
          share_by: by,
          ...each,
          ...when,
          ...prorate,
          ...this.links(length, 'pool'),
          ...this.limits(length),
        };
      }
    }
  }
}
