import type { Num } from '../../values/num.ts';
import type { RowName } from '../tables.ts';

/** The type of a value. A percentage is a number; `days` is a length of time. */
export type Type = 'money' | 'number' | 'date' | 'days' | 'text' | 'boolean';

/**
 * What a value is at run time: money in minor units and numbers as Num, dates as days since 1970 and days as a whole
 * number. The type says which; a value does not know it.
 */
export type Known = Num | string | boolean;

/** Whose figures are meant: the payee's own, a group's, ... */
export type Scope =
  | { readonly kind: 'own' }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'everyone' }
  | { readonly kind: 'team' }
  | { readonly kind: 'direct_reports' }
  | { readonly kind: 'all_reports' };

/** Which stretch of time, seen from the reward's period. */
export type Suffix = 'qtd' | 'ytd' | 'quarter' | 'year' | 'previous';

export type BinaryOperator = '+' | '-' | '*' | '/' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or';
export type AggregateFunction = 'sum' | 'count' | 'min' | 'max' | 'avg' | 'count_distinct';

interface At {
  readonly type: Type;
  /** Offsets in the expression's text. */
  readonly start: number;
  readonly end: number;
}

/** A resolved expression: every name looked up, every type known. It says what to compute and nothing of how. */
export type Node =
  /** `written` of numbers and money: `6%`, `100 USD`. */
  | (At & { readonly kind: 'literal'; readonly value: Known; readonly written?: string })
  | (At & { readonly kind: 'param'; readonly name: string })
  | (At & { readonly kind: 'period'; readonly edge: 'start' | 'end' })
  /** A column of a row that the context has: `deal.amount`. */
  | (At & { readonly kind: 'column'; readonly row: RowName; readonly column: string })
  /** A column of the payee's stay: `payee.target_pay`. */
  | (At & { readonly kind: 'payee'; readonly column: string })
  /** A column of the people row of whoever `id` names, on the credit's date: `deal.owner.manager`. */
  | (At & { readonly kind: 'person'; readonly id: Node; readonly column: string })
  /** In groups and `who`: whether the stay is in that group. */
  | (At & { readonly kind: 'group'; readonly name: string })
  | (At & { readonly kind: 'unary'; readonly op: '-' | 'not'; readonly operand: Node })
  | (At & { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: Node; readonly right: Node })
  | (At & { readonly kind: 'in'; readonly operand: Node; readonly items: readonly Node[] })
  | (At & { readonly kind: 'presence'; readonly operand: Node; readonly present: boolean })
  | (At & { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] })
  /** `value` and `where` read the credit's rows; a `count` has no value. */
  | (At & {
      readonly kind: 'aggregate';
      readonly fn: AggregateFunction;
      readonly credit: string;
      readonly value: Node | undefined;
      readonly where: Node | undefined;
      readonly forDeal: boolean;
      readonly scope: Scope;
    })
  /** In an aggregate's value: the credit's own amount or date (`won.amount`). */
  | (At & { readonly kind: 'credited'; readonly what: 'amount' | 'date' })
  | (At & {
      readonly kind: 'measure';
      readonly name: string;
      readonly scope: Scope;
      readonly suffix: Suffix | undefined;
    })
  | (At & { readonly kind: 'quota'; readonly measure: string; readonly scope: Scope })
  | (At & { readonly kind: 'result'; readonly name: string; readonly scope: Scope })
  | (At & { readonly kind: 'pay'; readonly reward: string; readonly scope: Scope });

/** The nodes right below one. */
export const childrenOf = (node: Node): readonly Node[] => {
  switch (node.kind) {
    case 'unary':
    case 'presence':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'in':
      return [node.operand, ...node.items];
    case 'call':
      return node.args;
    case 'person':
      return [node.id];
    case 'aggregate':
      return [node.value, node.where].filter((child) => child !== undefined);
    default:
      return [];
  }
};

/** Calls `visit` for a node and all below it, outermost first. */
export const walk = (node: Node, visit: (node: Node) => void): void => {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
};
