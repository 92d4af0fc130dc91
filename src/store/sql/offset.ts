import type { Expression } from '../../plan/index.js';
import { kindOf, typeOf } from './kind.js';
import { compileFilter } from './logic.js';
import { operandAs } from './operand.js';
import { findPlace, valueOf } from './place.js';
import { pointerTo } from './pointer.js';
import { jsonOf, isElsewhere, scopeAt, type Scope } from './scope.js';
import { eachOnce, join, name, sql, type Sql } from './sql.js';

/**
 * Minutes from UTC to the offset that a date-time has, in the form of integers: null stands for none, and undefined says
 * that it is in UTC always. Offsets are those of the texts that were sent, of literals, and of what was calculated from
 * either: adding a duration does not change them. [OData-URL 5.1.1.8]
 */
export function offsetOf(expression: Expression, scope: Scope): Sql | undefined {
  const type = typeOf(expression);
  if (type === undefined || kindOf(type) !== 'dateTime') return undefined;
  switch (expression.kind) {
    case 'literal':
      return expression.offset === undefined ? undefined : scope.dialect.values.literal(expression.offset, 'integer');
    case 'value':
      return offsetOfValue(expression, scope);
    case 'arithmetic':
      return offsetOf(expression.left, scope);
    case 'cast':
      return offsetOf(expression.operand, scope);
    case 'case':
      return offsetOfCase(expression, scope);
    default:
      return undefined;
  }
}

/** A date-time as it reads in its own offset; null beyond the years 1 to 9999. */
export function localTime(expression: Expression, scope: Scope): Sql {
  const instant = operandAs(expression, 'dateTime', scope);
  const offset = offsetOf(expression, scope);
  return offset === undefined ? instant : eachOnce(instant, offset, (v, minutes) => shifted(v, minutes, scope));
}

/** The text of a date-time in its own offset, where that can be written. */
export function dateTimeText(instant: Sql, offset: Sql, scope: Scope): Sql {
  const { times } = scope.dialect;
  return eachOnce(instant, offset, (v, minutes) => {
    const local = shifted(v, minutes, scope);
    return sql`coalesce(${local} || ${times.offsetText(sql`coalesce(${minutes}, 0)`)}, ${v} || 'Z')`;
  });
}

/** The column beside one of date-times that holds their offsets, where they have any. */
export function offsetColumn(column: string): string {
  return `${column}_offset`;
}

/** What stands in it: groups and aggregates have none, since what they bring together are instants. */
export function offsetBeside(column: string, { variables }: Scope): Sql | undefined {
  const of = variables.get(0);
  const beside = offsetColumn(column);
  return of?.kind === 'row' && of.columns?.includes(beside) === true ? sql`${of.row}.${name(beside)}` : undefined;
}

function shifted(instant: Sql, minutes: Sql, { dialect }: Scope): Sql {
  const { numbers, times } = dialect;
  const seconds = numbers.convert(sql`(${minutes} * 60)`, 'integer', 'decimal');
  // Offsets are whole minutes, so that fractions of seconds stay as they are, however many digits they have.
  const local = sql`${times.later(sql`substr(${instant}, 1, 19)`, seconds)} || substr(${instant}, 20)`;
  return sql`CASE WHEN coalesce(${minutes}, 0) = 0 THEN ${instant} ELSE ${local} END`;
}

function offsetOfValue(value: Extract<Expression, { kind: 'value' }>, scope: Scope): Sql | undefined {
  const { place } = value;
  if (isElsewhere(place)) return offsetOfValue({ ...value, place: place.place }, scopeAt(place, scope));
  if (place.kind === 'computed') return offsetOf(place.expression, scope);
  if (place.kind === 'column') return offsetBeside(place.column, scope);
  const found = findPlace(place, scope);
  const json = jsonOf(found.located);
  // Without a type, only what is in UTC is known to be a date-time.
  if (json.isOpen) return undefined;
  const { dialect } = scope;
  const sent = dialect.json.memberText(sql`${found.located.row}.sent`, pointerTo(json, scope));
  const whole = valueOf(found, dialect.times.offsetMinutes(sent));
  return found.conditions.length > 0 && found.tables.length === 0 ? sql`(${whole})` : whole;
}

function offsetOfCase({ branches }: Extract<Expression, { kind: 'case' }>, scope: Scope): Sql | undefined {
  const offsets = branches.map(({ value }) => offsetOf(value, scope));
  if (offsets.every((offset) => offset === undefined)) return undefined;
  const none = scope.dialect.values.null('integer');
  const compiled = branches.map(
    ({ condition }, index) => sql` WHEN ${compileFilter(condition, scope)} THEN ${offsets[index] ?? none}`,
  );
  return sql`(CASE${join(compiled, '')} END)`;
}
