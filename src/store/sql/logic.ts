import type { Expression } from '../../plan/index.js';
import { compileComparison, compileIn } from './comparison.js';
import { deepestFirst } from './parser-depth.js';
import { operandAs } from './operand.js';
import type { Scope } from './scope.js';
import { sql, type Sql } from './sql.js';

/** A condition that decides about rows: what is not true lets nothing through. */
export function compileFilter(expression: Expression, scope: Scope): Sql {
  switch (expression.kind) {
    case 'logic':
      return compileLogic(expression, (operand) => compileFilter(operand, scope));
    case 'comparison':
      return compileComparison(expression, 'filter', scope);
    case 'in':
      return compileIn(expression, 'filter', scope);
    default:
      return compileCondition(expression, scope);
  }
}

/** A condition with three values: true, false and null. */
export function compileCondition(expression: Expression, scope: Scope): Sql {
  return operandAs(expression, 'boolean', scope);
}

/**
 * A chain such as `a or b or c` becomes a balanced tree: SQLite limits how deep expressions may be,
 * and URLs may hold long chains. [OData-URL 5.1.1.1.7, 5.1.1.1.8]
 */
export function compileLogic(
  { operator, left, right }: Extract<Expression, { kind: 'logic' }>,
  compile: (operand: Expression) => Sql,
): Sql {
  const operands = [right];
  let first = left;
  while (first.kind === 'logic' && first.operator === operator) {
    operands.push(first.right);
    first = first.left;
  }
  operands.push(first);
  return balanced(operands.reverse().map(compile), operator);
}

function balanced(operands: readonly Sql[], operator: 'and' | 'or'): Sql {
  if (operands.length === 1) return operands[0]!;
  const middle = Math.ceil(operands.length / 2);
  const [left, right] = [balanced(operands.slice(0, middle), operator), balanced(operands.slice(middle), operator)];
  const [first, second] = deepestFirst([left, right]) as [Sql, Sql];
  return operator === 'and' ? sql`(${first} AND ${second})` : sql`(${first} OR ${second})`;
}
