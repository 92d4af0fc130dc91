import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { filter as parseElsewhere } from 'odata-v4-parser';
import { type BinaryOperator, type Expression, parseExpression, printExpression } from '../../src/url/index.js';

/** What both parsers know, in one shape: chains of `and` and `or` are flat, because one parser reads them from the right. */
type Shape = string | readonly Shape[];

interface ForeignToken {
  readonly type: string;
  readonly raw: string;
  readonly value: ForeignToken & {
    readonly left: ForeignToken;
    readonly right: ForeignToken;
    readonly method: string;
    readonly parameters: readonly ForeignToken[];
  };
}

const foreignOperators: ReadonlyMap<string, BinaryOperator> = new Map([
  ['OrExpression', 'or'],
  ['AndExpression', 'and'],
  ['EqualsExpression', 'eq'],
  ['NotEqualsExpression', 'ne'],
  ['LesserThanExpression', 'lt'],
  ['LesserOrEqualsExpression', 'le'],
  ['GreaterThanExpression', 'gt'],
  ['GreaterOrEqualsExpression', 'ge'],
  ['AddExpression', 'add'],
  ['MulExpression', 'mul'],
]);

function shapeElsewhere(token: ForeignToken): Shape {
  const operator = foreignOperators.get(token.type);
  if (operator !== undefined)
    return chain(operator, shapeElsewhere(token.value.left), shapeElsewhere(token.value.right));
  switch (token.type) {
    case 'CommonExpression':
    case 'BoolParenExpression':
    case 'ParenExpression':
      return shapeElsewhere(token.value);
    case 'NotExpression':
      return ['not', shapeElsewhere(token.value)];
    case 'MethodCallExpression':
      return [token.value.method, ...token.value.parameters.map(shapeElsewhere)];
    default:
      return token.raw;
  }
}

function shapeHere(expression: Expression): Shape {
  switch (expression.kind) {
    case 'binary':
      return chain(expression.operator, shapeHere(expression.left), shapeHere(expression.right));
    case 'unary':
      return [expression.operator, shapeHere(expression.operand)];
    case 'call':
      return [expression.name, ...expression.arguments.map(shapeHere)];
    default:
      return printExpression(expression);
  }
}

function chain(operator: string, left: Shape, right: Shape): Shape {
  if (operator !== 'and' && operator !== 'or') return [operator, left, right];
  const operands = (side: Shape) => (typeof side !== 'string' && side[0] === operator ? side.slice(1) : [side]);
  return [operator, ...operands(left), ...operands(right)];
}

const operands = fc.constantFrom("'x''y'", '5', '-1.5', 'Name', 'Address/City', '2012-09-03', 'null', 'true', '$it/a');
const sums = fc
  .tuple(fc.constantFrom('a', 'b/c', '7'), fc.constantFrom(' add ', ' mul '), fc.constantFrom('d', '3'))
  .map((parts) => parts.join(''));
const relations = fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge');
const conditions = fc.oneof(
  fc.tuple(fc.oneof(operands, sums), relations, operands).map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('contains', 'startswith', 'endswith'), operands, operands)
    .map(([name, a, b]) => `${name}(${a},${b})`),
);

/** `not` stands in parentheses: the other parser lets it reach over a following `and`, against [OData-URL 5.1.1.17]. */
const filters = fc.letrec<{ readonly filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    conditions,
    fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map((parts) => parts.join(' ')),
    tie('filter').map((inner) => `(${inner})`),
    tie('filter').map((inner) => `(not (${inner}))`),
  ),
})).filter;

describe('an independent parser of OData 4.0', () => {
  it('sees the same structure in filters', () => {
    fc.assert(
      fc.property(filters, (text) => {
        const foreign = parseElsewhere(text) as unknown as ForeignToken;
        expect(shapeHere(parseExpression(text))).toEqual(shapeElsewhere(foreign));
      }),
      { numRuns: 1000 },
    );
  });
});
