import type { PropertyStep } from '../../plan/index.js';
import { memberOf, pointerTo } from './json-place.js';
import { where } from './lambda.js';
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
  const json = memberOf(jsonOf(from), step.property.name);
  if (!step.property.isCollection) return hangingOn({ kind: 'json', row: from.row, json }, further, scope, value);
  const { table, condition, item, index } = scope.dialect.json.items(json, scope.newAlias());
  const located = { ...item, pointer: sql`${pointerTo(json)} || '/' || ${index}` };
  const inner = hangingOn({ kind: 'json', row: from.row, json: located }, further, scope, value);
  const select = sql`SELECT ${inner} AS item FROM ${table}${where(given(condition))}`;
  return scope.dialect.json.rows([{ column: name('item'), isJson: true }], select, scope.newAlias());
}
