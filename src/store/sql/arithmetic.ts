import type { Arithmetic, Expression } from '../../plan/index.js';
import { isNumberKind, kindOf, kindOfExpression } from './kind.js';
import { operandAs } from './operand.js';
import type { Operand, Scope } from './scope.js';
import { sql, type Sql } from './sql.js';

/** Numbers, dates and durations. [OData-URL 5.1.1.2] */
export function compileArithmetic(arithmetic: Arithmetic, scope: Scope): Operand {
  const { operator, left, right, type } = arithmetic;
  const kind = kindOf(type);
  if (!isNumberKind(kind)) return { sql: temporal(arithmetic, scope), kind };
  const [a, b] = [operandAs(left, kind, scope), operandAs(right, kind, scope)];
  return { sql: scope.dialect.numbers.arithmetic(operator, a, b, kind), kind };
}

export function compileNegation({ operand, type }: Extract<Expression, { kind: 'negate' }>, scope: Scope): Operand {
  const kind = kindOf(type);
  const number = isNumberKind(kind) ? kind : 'decimal';
  return { sql: scope.dialect.numbers.negate(operandAs(operand, kind, scope), number), kind };
}

function temporal({ operator, left, right, type }: Arithmetic, scope: Scope): Sql {
  const { numbers, times } = scope.dialect;
  const [leftKind, rightKind] = [kindOfExpression(left), kindOfExpression(right)];
  const kind = kindOf(type);
  if (kind === 'dateTime' || kind === 'date') {
    const duration = operandAs(right, 'duration', scope);
    const seconds = operator === 'add' ? duration : numbers.negate(duration, 'decimal');
    const instant = times.later(operandAs(left, 'dateTime', scope), seconds);
    return kind === 'dateTime' ? instant : sql`substr(${instant}, 1, 10)`;
  }
  if (leftKind === 'dateTime' || leftKind === 'date')
    return times.secondsBetween(operandAs(right, 'dateTime', scope), operandAs(left, 'dateTime', scope));
  const a = operandAs(left, leftKind === 'duration' ? 'duration' : 'decimal', scope);
  const b = operandAs(right, rightKind === 'duration' ? 'duration' : 'decimal', scope);
  return numbers.arithmetic(operator === 'divby' ? 'div' : operator, a, b, 'decimal');
}
