import type { Place } from '../../plan/index.js';
import { kindOfExpression } from './kind.js';
import { operandAs } from './operand.js';
import { findPlace, valueOf } from './place.js';
import { jsonOf, type Scope } from './scope.js';
import { isEmpty, sql, type Sql } from './sql.js';

/** A collection of values as a JSON array: what stands in a document, or what the expression makes. */
export function arrayAt(place: Place, scope: Scope): Sql {
  const { json, values } = scope.dialect;
  switch (place.kind) {
    case 'made': {
      const items = place.items.map((item) => {
        const kind = kindOfExpression(item);
        return values.json(operandAs(item, kind, scope), kind);
      });
      return json.array(items);
    }
    case 'concat':
      return json.concat(arrayAt(place.first, scope), arrayAt(place.second, scope), scope.newAlias());
    case 'slice':
      return sliceOf(place, scope);
    default: {
      const found = findPlace(place, scope);
      const value = valueOf(found, json.valueAt(jsonOf(found.located), 'untyped'));
      return found.conditions.length > 0 && found.tables.length === 0 ? sql`(${value})` : value;
    }
  }
}

/** The items from a position on; a negative one counts from the end. [OData-URL 5.1.1.5.7] */
function sliceOf({ of, start, length }: Extract<Place, { kind: 'slice' }>, scope: Scope): Sql {
  const { json } = scope.dialect;
  const whole = scope.newAlias();
  const place = { base: sql`${whole}.a`, steps: [], isOpen: true };
  const { table, condition, item, index } = json.items(place, scope.newAlias());
  const from = operandAs(start, 'integer', scope);
  const isOfArray = isEmpty(condition) ? sql`` : sql`${condition} AND `;
  const upTo = length === undefined ? sql`` : sql` AND ${index} < ${whole}.s + ${operandAs(length, 'integer', scope)}`;
  const select = sql`SELECT ${json.itemJson(item)} AS v, ${index} AS i FROM ${table} WHERE ${isOfArray}${index} >= ${whole}.s${upTo}`;
  const counted = json.items({ base: sql`${whole}c.a`, steps: [], isOpen: true }, scope.newAlias());
  const end = isEmpty(counted.condition) ? sql`` : sql` WHERE ${counted.condition}`;
  const count = sql`(SELECT count(*) FROM ${counted.table}${end})`;
  const first = sql`CASE WHEN ${whole}c.s < 0 THEN ${count} + ${whole}c.s ELSE ${whole}c.s END`;
  const once = sql`SELECT ${whole}c.a AS a, ${first} AS s FROM (SELECT ${arrayAt(of, scope)} AS a, ${from} AS s LIMIT 1) AS ${whole}c LIMIT 1`;
  return sql`(SELECT ${json.collect(select, scope.newAlias())} FROM (${once}) AS ${whole} WHERE ${json.isPresent(place)})`;
}
