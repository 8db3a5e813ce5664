import type { Place } from '../../findings/finding.ts';
import type { Sink } from '../../findings/sink.ts';
import { expressionSource, type Formula, report } from '../document/part.ts';
import { placeWithin } from '../document/scalar-place.ts';
import { constantOf } from '../expression/constant.ts';
import type { Context, Names } from '../expression/names.ts';
import { readExpression } from '../expression/read.ts';
import type { Known, Node, Type } from '../expression/typed.ts';
import type { Expression, Param } from '../plan.ts';
import type { RowName } from '../tables.ts';
import { NOTHING } from './contexts.ts';
import { wordsOf } from './words.ts';

/** An expression that has been read, with the formula in the file that it came from. */
export interface Reading {
  readonly expression: Expression;
  readonly formula: Formula;
}

/** Reads the expressions of one plan, whose names are known by now, and remembers where each stands. */
export class PlanReader {
  readonly sink: Sink;
  readonly #names: Names;
  readonly #params: ReadonlyMap<string, Param>;
  readonly #wrong: ReadonlySet<string>;
  readonly #readings: Reading[] = [];

  /** `wrong` are names that the plan means to give, but what they stand for could not be read. */
  constructor(names: Names, params: ReadonlyMap<string, Param>, wrong: ReadonlySet<string>, sink: Sink) {
    this.#names = names;
    this.#params = params;
    this.#wrong = wrong;
    this.sink = sink;
  }

  isParam(name: string): boolean {
    return this.#params.has(name);
  }

  /** The type of a column, where the row has it. */
  columnType(row: RowName | 'payee', column: string): Type | undefined {
    return this.#names.columns(row).get(column)?.type;
  }

  /** Every expression read so far, in the order of reading. */
  get readings(): readonly Reading[] {
    return this.#readings;
  }

  /** An expression of one of some types; undefined, with findings, where it is wrong. */
  expression(formula: Formula, expected: readonly Type[], context: Context): Expression | undefined {
    if (this.#readsWrong(formula.value.text)) return undefined;
    const expression = readExpression(expressionSource(formula), expected, context, this.#names, this.sink);
    if (expression !== undefined) this.#readings.push({ expression, formula });
    return expression;
  }

  /** Whether a name is given in the plan, but what it stands for could not be read. */
  isWrong(name: string): boolean {
    return this.#wrong.has(name);
  }

  /** What is wrong with a name is said where it is given, not again wherever it is read. */
  #readsWrong(text: string): boolean {
    return this.#wrong.size > 0 && wordsOf(text).some((word) => this.#wrong.has(word));
  }

  /** The value of an expression that must be known before any data is read: literals, params, arithmetic of these. */
  constant(formula: Formula, expected: readonly Type[], what: string): Known | undefined {
    const expression = this.expression(formula, expected, { ...NOTHING, what });
    if (expression === undefined) return undefined;
    const value = constantOf(expression.node, this.#params);
    if (value === undefined) {
      const hint = 'write a literal, a param, or + - * / of these';
      report(this.sink, 'invalid-value', `${what} must be known before any data is read`, formula, { hint });
    }
    return value;
  }

  /** The value of an expression where it can be known already. */
  known(expression: Expression | undefined): Known | undefined {
    return expression && constantOf(expression.node, this.#params);
  }
}

/** The place of a node of an expression. */
export const placeOfNode = ({ formula }: Reading, node: Node): Place =>
  placeWithin(formula.value, node.start, node.end);
