import type { PropertyStep } from '../../plan/index.js';
import { mayHaveItems } from './columns.js';
import { propertyOf, type JsonPlace } from './json-place.js';
import { where } from './lambda.js';
import { pointerTo } from './pointer.js';
import { jsonOf, type Located, type Scope } from './scope.js';
import { given, name, sql, type Sql } from './sql.js';

/**
 * What hangs on the complex value that steps lead to. Below a collection it is a JSON array of one-element arrays, one
 * for each item in their order.
 */
export function hangingOn(
  from: Located,
  [step, ...further]: readonly PropertyStep[],
  scope: Scope,
  value: (complexValue: Located) => Sql,
): Sql {
  if (step === undefined) return value(from);
  const json = propertyOf(jsonOf(from), step.property);
  if (!mayHaveItems(step)) return hangingOn({ kind: 'json', row: from.row, json }, further, scope, value);
  const { table, condition, item, index } = scope.dialect.json.items(
    step.property.isDynamic ? listed(json, scope) : json,
    scope.newAlias(),
  );
  const located = { ...item, pointer: sql`${pointerTo(json, scope)} || '/' || ${index}` };
  const inner = hangingOn({ kind: 'json', row: from.row, json: located }, further, scope, value);
  const select = sql`SELECT ${inner} AS item FROM ${table}${where(given(condition))}`;
  return scope.dialect.json.rows([{ column: name('item'), isJson: true }], select, scope.newAlias());
}

/** A value, or several, as an array. */
function listed(place: JsonPlace, { dialect: { json, values } }: Scope): JsonPlace {
  const whole = json.valueAt(place, 'untyped');
  const base = sql`CASE WHEN ${json.isArray(place)} THEN ${whole} ELSE ${json.array([values.json(whole, 'untyped')])} END`;
  return { base, steps: [], isOpen: true };
}
