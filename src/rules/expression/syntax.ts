import type { AggregateFunction, BinaryOperator } from './typed.ts';

interface At {
  readonly start: number;
  readonly end: number;
}

/** An expression as written, before any name is looked up. */
export type Syntax =
  | (At & { readonly kind: 'number'; readonly text: string; readonly unit: 'none' | 'percent' | 'days' })
  | (At & { readonly kind: 'money'; readonly text: string; readonly currency: string })
  | (At & { readonly kind: 'date'; readonly text: string })
  | (At & { readonly kind: 'text'; readonly value: string })
  | (At & { readonly kind: 'boolean'; readonly value: boolean })
  | (At & { readonly kind: 'path'; readonly names: readonly Name[] })
  | (At & { readonly kind: 'unary'; readonly op: '-' | 'not'; readonly operand: Syntax })
  | (At & { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: Syntax; readonly right: Syntax })
  | (At & { readonly kind: 'in'; readonly operand: Syntax; readonly items: readonly Syntax[] })
  | (At & { readonly kind: 'presence'; readonly operand: Syntax; readonly present: boolean })
  /** `scope` stands before the function: `all_reports.pay(...)`; `suffix` behind nothing but names. */
  | (At & {
      readonly kind: 'call';
      readonly scope: Name | undefined;
      readonly name: Name;
      readonly args: readonly Syntax[];
    })
  | (At & {
      readonly kind: 'aggregate';
      readonly scope: Name | undefined;
      readonly fn: AggregateFunction;
      readonly path: readonly Name[];
      readonly where: Syntax | undefined;
      readonly forDeal: boolean;
    });

export interface Name extends At {
  readonly text: string;
}
