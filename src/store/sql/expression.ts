import type { Expression } from '../../plan/index.js';
import { compileArithmetic, compileNegation } from './arithmetic.js';
import { documentAt, joinedTexts, objectOf, wholeOf } from './array.js';
import { compileCall } from './call.js';
import { compileCast } from './cast.js';
import { compileComparison, compileHas, compileIn } from './comparison.js';
import { compileHierarchyTest } from './hierarchy.js';
import { kindOf, kindOfExpression } from './kind.js';
import { compileCountOf, compileExists, compileIsof, compileLambda } from './lambda.js';
import { compileCondition, compileFilter, compileLogic } from './logic.js';
import { compileValue, operandAs } from './operand.js';
import { totalAround } from './parts.js';
import type { Operand, Scope } from './scope.js';
import { compileSearch } from './search.js';
import { compileSame } from './same.js';
import { compileSequence } from './sequence.js';
import { join, sql, type Sql } from './sql.js';

/** An expression as SQL: one branch per kind of expression. */
export function compileExpression(expression: Expression, scope: Scope): Operand {
  switch (expression.kind) {
    case 'literal': {
      const kind = kindOfExpression(expression);
      const { values } = scope.dialect;
      return { sql: expression.value === null ? values.null(kind) : values.literal(expression.value, kind), kind };
    }
    case 'value':
      return compileValue(expression, scope);
    case 'logic':
      return condition(compileLogic(expression, (operand) => compileCondition(operand, scope)));
    case 'not':
      return condition(sql`(NOT ${compileCondition(expression.operand, scope)})`);
    case 'comparison':
      return condition(compileComparison(expression, 'value', scope));
    case 'in':
      return condition(compileIn(expression, 'value', scope));
    case 'has':
      return condition(compileHas(expression, scope));
    case 'arithmetic':
      return compileArithmetic(expression, scope);
    case 'negate':
      return compileNegation(expression, scope);
    case 'call':
      return compileCall(expression, scope);
    case 'any':
    case 'all':
      return condition(compileLambda(expression, scope));
    case 'count':
      return counted(compileCountOf(expression, scope), scope);
    case 'case':
      return compileCase(expression, scope);
    case 'cast':
      return compileCast(expression, scope);
    case 'isof':
      return condition(compileIsof(expression, scope));
    case 'exists':
      return condition(compileExists(expression, scope));
    case 'whole':
      return { sql: wholeOf(expression, scope), kind: 'untyped' };
    case 'joined':
      return { sql: joinedTexts(expression, scope), kind: 'string' };
    case 'document':
      return { sql: documentAt(expression, scope), kind: 'untyped' };
    case 'object':
      return { sql: objectOf(expression, scope), kind: 'untyped' };
    case 'sequence':
      return kindOf(expression.type) === 'integer'
        ? counted(compileSequence(expression, scope), scope)
        : condition(compileSequence(expression, scope));
    case 'aggregated':
      return { sql: totalAround(expression, scope), kind: kindOf(expression.type) };
    case 'hierarchy':
      return condition(compileHierarchyTest(expression, scope));
    case 'same':
      return condition(compileSame(expression, scope));
    case 'search':
      return condition(compileSearch(expression, scope));
    default:
      throw new Error(`Unknown expression ${JSON.stringify(expression satisfies never)}.`);
  }
}

function condition(sql: Sql): Operand {
  return { sql, kind: 'boolean' };
}

/** Numbers and positions of rows are integers like others. */
function counted(sql: Sql, { dialect }: Scope): Operand {
  return { sql: dialect.aggregates.count(sql), kind: 'integer' };
}

/** [OData-URL 5.1.1.12.1] */
function compileCase({ branches, type }: Extract<Expression, { kind: 'case' }>, scope: Scope): Operand {
  const kind = type === undefined ? 'untyped' : kindOf(type);
  const compiled = branches.map(
    (branch) => sql` WHEN ${compileFilter(branch.condition, scope)} THEN ${operandAs(branch.value, kind, scope)}`,
  );
  if (compiled.length === 0) return { sql: scope.dialect.values.null(kind), kind };
  return { sql: sql`(CASE${join(compiled, '')} END)`, kind };
}
