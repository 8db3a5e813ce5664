import type { Draw } from './draw.ts';

type Type = 'money' | 'number' | 'date' | 'days' | 'text' | 'boolean';

/** Random expressions over a deal's row, of every type, in which anything may be missing. */
export class RandomExpression {
  readonly #draw: Draw;
  readonly #currency: string;
  readonly #digits: number;

  constructor(draw: Draw, currency: string, digits: number) {
    this.#draw = draw;
    this.#currency = currency;
    this.#digits = digits;
  }

  of(type: Type, depth: number): string {
    return depth <= 0 ? this.#leaf(type) : this.#tree(type, depth - 1);
  }

  #leaf(type: Type): string {
    const draw = this.#draw;
    switch (type) {
      case 'money':
        return draw.pick(['deal.amount', 'deal.margin', this.#money()]);
      case 'number':
        return draw.pick(['deal.discount', 'payee.level', String(draw.int(0, 5)), '2.5', '12.5%', '0.333']);
      case 'date':
        return draw.pick(['deal.close_date', 'deal.paid_date', 'period.start', 'period.end', '2026-05-15']);
      case 'days':
        return draw.pick(['10 days', '1 day', 'grace']);
      case 'text':
        return draw.pick([
          'deal.type',
          'deal.product',
          'deal.account',
          'deal.owner',
          'deal.owner.department',
          '"new"',
          '"Acme"',
        ]);
      case 'boolean':
        return draw.pick([
          'true',
          'false',
          'deal.product is missing',
          'deal.paid_date is present',
          'deal.type in ["new", "other"]',
        ]);
    }
  }

  #money(): string {
    return `${this.#digits === 0 ? this.#draw.int(0, 9000) : `${this.#draw.int(0, 9000)}.5`} ${this.#currency}`;
  }

  #tree(type: Type, depth: number): string {
    const draw = this.#draw;
    const sub = (of: Type): string => this.of(of, depth - draw.int(0, 1));
    const common = [
      () => `if(${sub('boolean')}, ${sub(type)}, ${sub(type)})`,
      () => `coalesce(${sub(type)}, ${sub(type)})`,
      () => this.#leaf(type),
    ];
    const own: Record<Type, (() => string)[]> = {
      money: [
        () => `(${sub('money')} + ${sub('money')})`,
        () => `(${sub('money')} - ${sub('money')})`,
        () => `(${sub('money')} * ${sub('number')})`,
        () => `(${sub('number')} * ${sub('money')})`,
        () => `(${sub('money')} / ${sub('number')})`,
        () => `${draw.pick(['min', 'max'])}(${sub('money')}, ${sub('money')})`,
        () => `${draw.pick(['abs', 'round', 'floor', 'ceil'])}(${sub('money')})`,
        () => `round(${sub('money')}, ${draw.pick(['0', '1', '2'])})`,
        () => `-${this.#leaf('money')}`,
      ],
      number: [
        () => `(${sub('number')} ${draw.pick(['+', '-', '*', '/'])} ${sub('number')})`,
        () => `(${sub('money')} / ${sub('money')})`,
        () => `((${sub('date')} - ${sub('date')}) / 7 days)`,
        () => `${draw.pick(['abs', 'round', 'floor', 'ceil'])}(${sub('number')})`,
        () => `round(${sub('number')}, ${draw.pick(['1', '2', '3'])})`,
        () => `${draw.pick(['min', 'max'])}(${sub('number')}, ${sub('number')}, ${sub('number')})`,
        () => `${draw.pick(['year', 'quarter', 'month'])}(${sub('date')})`,
      ],
      date: [
        () => `(${sub('date')} ${draw.pick(['+', '-'])} ${sub('days')})`,
        () => `${draw.pick(['min', 'max'])}(${sub('date')}, ${sub('date')})`,
      ],
      days: [
        () => `(${sub('date')} - ${sub('date')})`,
        () => `(${sub('days')} ${draw.pick(['+', '-'])} ${sub('days')})`,
      ],
      text: [() => `${draw.pick(['lower', 'upper'])}(${sub('text')})`],
      boolean: [
        () => `(${sub('boolean')} ${draw.pick(['and', 'or'])} ${sub('boolean')})`,
        () => `not (${sub('boolean')})`,
        () => this.#compared('money', depth),
        () => this.#compared('number', depth),
        () => this.#compared('date', depth),
        () => this.#compared('days', depth),
        () => `(${sub('text')} ${draw.pick(['==', '!='])} ${sub('text')})`,
        () =>
          `${draw.pick(['starts_with', 'ends_with', 'contains'])}(${sub('text')}, ${draw.pick(['"a"', '"new"', 'deal.type'])})`,
        () => `((${sub('money')}) is ${draw.pick(['present', 'missing'])})`,
        () => `(${sub('text')} in ["new", "PUMPS", "Acme", deal.account])`,
      ],
    };
    return draw.pick([...own[type], ...own[type], ...common])();
  }

  #compared(type: Type, depth: number): string {
    const operator = this.#draw.pick(['==', '!=', '<', '<=', '>', '>=']);
    return `(${this.of(type, depth)} ${operator} ${this.of(type, depth)})`;
  }
}
