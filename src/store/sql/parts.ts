import type { AggregatedExpression, Expression, Place } from '../../plan/index.js';
import { parserDepth } from './parser-depth.js';
import type { Operand, Part, Scope } from './scope.js';
import { join, name, sql, type Sql } from './sql.js';

/**
 * Compiles an expression so that its SQL is nested no deeper than the database takes, however deep the expression is:
 * parts that become too deep are computed one after another, each once and as a column of its own. All are about the
 * same rows, so that the outermost expression about these has them all.
 * Example: `(WITH p0 AS MATERIALIZED (SELECT … AS e2), p1 AS MATERIALIZED (SELECT *, … e2 … AS e3 FROM p0) SELECT … e3 … FROM p1)`.
 */
export function inParts(
  expression: Expression,
  scope: Scope,
  compile: (expression: Expression, scope: Scope) => Operand,
): Operand {
  if (scope.dialect.deepestPart === Infinity) return compile(expression, scope);
  const { parts } = scope;
  if (parts !== undefined) return apart(expression, compile(expression, scope), parts, scope);
  const own: Part[] = [];
  const operand = compile(expression, { ...scope, parts: own, around: scope.around ?? { scope, parts: own } });
  return own.length === 0 ? operand : { ...operand, sql: together(operand.sql, own) };
}

/** What `$apply` makes of the rows at a place, outside of all lambdas that it does not depend on. */
export function totalAround(expression: AggregatedExpression, scope: Scope): Sql {
  const { around } = scope;
  const start = startOf(expression.collection);
  const isWithin = around !== undefined && around.scope.variables !== scope.variables;
  if (!isWithin || start === undefined || around.scope.variables.get(start) !== scope.variables.get(start))
    return scope.total(expression, scope);
  const column = scope.newAlias();
  around.parts.push({ column, value: scope.total(expression, around.scope) });
  return column;
}

/** The range variable that a path starts from; undefined where conditions stand on the way. */
function startOf(place: Place): number | undefined {
  switch (place.kind) {
    case 'variable':
      return place.variable;
    case 'root':
      return 0;
    case 'cast':
    case 'member':
    case 'related':
      return startOf(place.of);
    default:
      return undefined;
  }
}

function apart(expression: Expression, operand: Operand, parts: Part[], scope: Scope): Operand {
  if (goesThroughRows(expression) || parserDepth(operand.sql) <= scope.dialect.deepestPart) return operand;
  const column = scope.newAlias();
  parts.push({ column, value: operand.sql });
  return { ...operand, sql: column };
}

/** What is deep within these is about other rows, and would only become deeper. */
function goesThroughRows({ kind }: Expression): boolean {
  return kind === 'any' || kind === 'all' || kind === 'count' || kind === 'not';
}

function together(result: Sql, parts: readonly Part[]): Sql {
  const tables = parts.map(({ column, value }, index) => {
    const select = index === 0 ? sql`${value} AS ${column}` : sql`*, ${value} AS ${column} FROM ${tableOf(index - 1)}`;
    return sql`${tableOf(index)} AS MATERIALIZED (SELECT ${select})`;
  });
  return sql`(WITH ${join(tables, ', ')} SELECT ${result} FROM ${tableOf(parts.length - 1)})`;
}

function tableOf(index: number): Sql {
  return name(`p${index}`);
}
