import type { DeclaredTypes, Expression, Place } from '../../plan/index.js';
import { findPlace, valueOf } from './place.js';
import { jsonOf, type Scope } from './scope.js';
import { sql, type Sql } from './sql.js';

/** Whether two places hold the same entity, or values that are alike. [OData-URL 5.1.1.1.1] */
export function compileSame({ left, right, declared }: Extract<Expression, { kind: 'same' }>, scope: Scope): Sql {
  const [a, b] = [left, right].map((place, index) => identityOf(place, declared?.[index], scope));
  return sql`(${scope.dialect.values.isSame(a!, b!)})`;
}

/** Of an entity its sequence, of another value all that it consists of. */
export function identityOf(place: Place, declared: DeclaredTypes | undefined, scope: Scope): Sql {
  const found = findPlace(place, scope);
  const { json, strings } = scope.dialect;
  const identity =
    found.located.kind === 'row'
      ? sql`${found.located.row}.sequence`
      : strings.fold(json.alike(jsonOf(found.located), scope.newAlias(), declared));
  const whole = valueOf(found, identity);
  return found.conditions.length > 0 && found.tables.length === 0 ? sql`(${whole})` : whole;
}
