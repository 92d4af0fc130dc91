import type { EnumType, ScalarType } from '../../edm/index.js';
import type { Comparison, Expression, LiteralExpression, Place } from '../../plan/index.js';
import { numberOfMember } from './enumeration.js';
import { kindOf, typeOf, type Kind } from './kind.js';
import { operandAs } from './operand.js';
import { findPlace, valueOf } from './place.js';
import { jsonOf, type Scope } from './scope.js';
import { bothOnce, eachOnce, integer, join, sql, type Sql } from './sql.js';

/** Whether the condition only decides about rows, so that null may stand for false. */
export type Purpose = 'filter' | 'value';

const OPERATORS = { eq: sql`=`, ne: sql`<>`, lt: sql`<`, le: sql`<=`, gt: sql`>`, ge: sql`>=` };

/** Never null: null equals null alone and is neither less nor greater than anything. [OData-URL 5.1.1.1.1 to 5.1.1.1.6] */
export function compileComparison(comparison: Comparison, purpose: Purpose, scope: Scope): Sql {
  const { operator, left, right } = comparison;
  if (isNull(left) || isNull(right)) return compareWithNull(comparison, scope);
  if (isNaNLiteral(left) || isNaNLiteral(right)) return operator === 'ne' ? sql`TRUE` : sql`FALSE`;
  const type = comparison.type ?? typeOf(left) ?? typeOf(right);
  if (operator === 'eq' || operator === 'ne') return compareForEquality(comparison, type, purpose, scope);
  const result = sql`${orderKey(left, type, scope)} ${OPERATORS[operator]} ${orderKey(right, type, scope)}`;
  return purpose === 'filter' ? sql`(${result})` : sql`coalesce(${result}, FALSE)`;
}

/** `Name in ('a','b')` [OData-URL 5.1.1.1.11] */
export function compileIn(
  { operand, items }: Extract<Expression, { kind: 'in' }>,
  purpose: Purpose,
  scope: Scope,
): Sql {
  const type = [operand, ...items].map(typeOf).find((type) => type !== undefined);
  if (isNull(operand)) return items.some(isNull) ? sql`TRUE` : sql`FALSE`;
  const literals = items.filter((item) => isLiteral(item) && !isNull(item) && !isNaNLiteral(item));
  const others = items.filter((item) => !isLiteral(item));
  const values = join(
    literals.map((item) => equalityForm(item, type, scope)),
    ', ',
  );
  const conditions = others.map((right) =>
    compileComparison({ kind: 'comparison', operator: 'eq', left: operand, right, type }, 'value', scope),
  );
  const kind = kindOfType(type);
  const value = operandAs(operand, kind, scope);
  const isMember = (form: Sql) => sql`${equalityOf(form, kind, scope)} IN (${values})`;
  if (items.some(isNull)) {
    const isNullOrMember = (form: Sql) => sql`coalesce(${isMember(form)}, FALSE) OR ${form} IS NULL`;
    conditions.push(literals.length === 0 ? sql`(${value} IS NULL)` : eachOnce(value, sql`NULL`, isNullOrMember));
  } else if (literals.length > 0)
    conditions.push(purpose === 'filter' ? sql`(${isMember(value)})` : sql`coalesce(${isMember(value)}, FALSE)`);
  return conditions.length === 0 ? sql`FALSE` : sql`(${join(conditions, ' OR ')})`;
}

/** `Style has Sales.Pattern'Yellow'` [OData-URL 5.1.1.1.10] */
export function compileHas({ operand, flags }: Extract<Expression, { kind: 'has' }>, scope: Scope): Sql {
  const type = (typeOf(operand) ?? typeOf(flags)) as EnumType;
  const numberOf = (expression: Expression): Sql =>
    isLiteral(expression) && expression.value !== null
      ? integer(type.numberOf(String(expression.value)))
      : numberOfMember(operandAs(expression, 'enum', scope), type);
  const [number, mask] = [numberOf(operand), numberOf(flags)];
  return isLiteral(flags)
    ? sql`((${number} & ${mask}) = ${mask})`
    : bothOnce(number, mask, (a, b) => sql`(${a} & ${b}) = ${b}`);
}

/** What sorts as the values of an expression do: of enumerations the numbers. */
export function sortKey(value: Sql, type: ScalarType | undefined, scope: Scope): Sql {
  const kind = kindOfType(type);
  return kind === 'enum' ? numberOfMember(value, type as EnumType) : scope.dialect.values.key(value, kind);
}

/** The sort key of a literal. */
export function literalSortKey({ value, type }: LiteralExpression, to: ScalarType | undefined, scope: Scope): Sql {
  const kind = kindOfType(to ?? type);
  if (kind === 'enum') return integer((to as EnumType).numberOf(String(value)));
  return scope.dialect.values.literalKey(value!, kind);
}

function compareWithNull({ operator, left, right }: Comparison, scope: Scope): Sql {
  const other = isNull(left) ? right : left;
  if (operator !== 'eq' && operator !== 'ne') return sql`FALSE`;
  if (isLiteral(other)) return (other.value === null) === (operator === 'eq') ? sql`TRUE` : sql`FALSE`;
  const value = isDynamic(other) ? presence(other, scope) : scope.compile(other, scope).sql;
  return operator === 'eq' ? sql`(${value} IS NULL)` : sql`(${value} IS NOT NULL)`;
}

/** A dynamic property is bound with a type that its value may not have; null it is only where nothing stands. */
function isDynamic(expression: Expression): expression is DynamicValue {
  return expression.kind === 'value' && isOpen(expression.place);
}

/** A member of an open type, or an item of an array there. */
function isOpen({ kind, type: { type } }: Place): boolean {
  return kind === 'dynamic' || ((kind === 'variable' || kind === 'item') && type.kind === 'primitive');
}

type DynamicValue = Extract<Expression, { kind: 'value' }>;

function presence({ place }: DynamicValue, scope: Scope): Sql {
  const found = findPlace(place, scope);
  return valueOf(found, sql`CASE WHEN ${scope.dialect.json.isPresent(jsonOf(found.located))} THEN 1 END`);
}

function compareForEquality(
  { operator, left, right }: Comparison,
  type: ScalarType | undefined,
  purpose: Purpose,
  scope: Scope,
): Sql {
  const { isSame, isDifferent } = scope.dialect.values;
  const [a, b] = [equalityForm(left, type, scope), equalityForm(right, type, scope)];
  const hasLiteral = isLiteral(left) || isLiteral(right);
  if (hasLiteral) {
    if (operator === 'ne') return sql`(${isDifferent(a, b)})`;
    return purpose === 'filter' ? sql`(${a} = ${b})` : sql`(${isSame(a, b)})`;
  }
  if (kindOfType(type) !== 'double') return sql`(${operator === 'eq' ? isSame(a, b) : isDifferent(a, b)})`;
  const areEqual = eachOnce(operandAs(left, 'double', scope), operandAs(right, 'double', scope), (x, y) => {
    const isEqual = sql`coalesce(${withoutNaN(x, scope)} = ${y}, FALSE)`;
    return sql`${isEqual} OR (${x} IS NULL AND ${y} IS NULL)`;
  });
  return operator === 'eq' ? areEqual : sql`(NOT ${areEqual})`;
}

function equalityForm(expression: Expression, type: ScalarType | undefined, scope: Scope): Sql {
  const kind = kindOfType(type);
  const value = operandAs(expression, kind, scope);
  return kind === 'double' && isLiteral(expression) ? value : equalityOf(value, kind, scope);
}

/** What is equal where the values are. NaN equals nothing and is null here. */
export function equalityOf(value: Sql, kind: Kind, scope: Scope): Sql {
  switch (kind) {
    case 'string':
      return scope.dialect.strings.fold(value);
    case 'untyped':
      return scope.dialect.values.key(value, kind);
    case 'double':
      return withoutNaN(value, scope);
    default:
      return value;
  }
}

function orderKey(expression: Expression, type: ScalarType | undefined, scope: Scope): Sql {
  if (isLiteral(expression)) return literalSortKey(expression, type, scope);
  const kind = kindOfType(type);
  const key = sortKey(operandAs(expression, kind, scope), type, scope);
  return kind === 'double' ? withoutNaN(key, scope) : key;
}

function withoutNaN(double: Sql, scope: Scope): Sql {
  return sql`nullif(${double}, ${scope.dialect.values.literal('NaN', 'double')})`;
}

function kindOfType(type: ScalarType | undefined): Kind {
  return type === undefined ? 'boolean' : kindOf(type);
}

function isLiteral(expression: Expression): expression is LiteralExpression {
  return expression.kind === 'literal';
}

function isNull(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

function isNaNLiteral(expression: Expression): boolean {
  return (
    isLiteral(expression) &&
    expression.value === 'NaN' &&
    expression.type !== undefined &&
    kindOf(expression.type) !== 'string'
  );
}
