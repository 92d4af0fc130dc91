import { type BinaryOperator } from './tree.js';

export interface OperatorWord {
  readonly operator: BinaryOperator;
  readonly precedence: number;
}

/** Higher binds tighter; `not` and `-` stand between `mul` and `in`. [OData-URL 5.1.1.17] */
export const precedences = {
  or: 1,
  and: 2,
  eq: 3,
  ne: 3,
  lt: 4,
  le: 4,
  gt: 4,
  ge: 4,
  add: 5,
  sub: 5,
  mul: 6,
  div: 6,
  divby: 6,
  mod: 6,
  unary: 7,
  has: 8,
  in: 8,
} as const satisfies Readonly<Record<BinaryOperator | 'unary', number>>;

export const binaryOperators: ReadonlyMap<string, OperatorWord> = new Map(
  Object.entries(precedences)
    .filter(([word]) => word !== 'unary')
    .map(([word, precedence]) => [word, { operator: word as BinaryOperator, precedence }]),
);
