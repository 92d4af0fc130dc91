import type { ScalarType } from '../../edm/index.js';
import { notImplemented } from '../../error/index.js';
import type { Expression, Place } from '../../plan/index.js';
import { dynamicMemberOf, itemOf, memberOf } from './json-place.js';
import { pointerTo } from './pointer.js';
import { joinRelation } from './relation.js';
import {
  areLinked,
  jsonOf,
  refuseMade,
  scopeAt,
  withVariable,
  type Found,
  type Joined,
  type Located,
  type Scope,
} from './scope.js';
import { both, entity, joinSource } from './source.js';
import { given, join, name, sql, type Sql } from './sql.js';

const NOTHING_JOINED: Joined = { tables: [], conditions: [] };

/** Where a single value or row stands. */
export function findPlace(place: Place, scope: Scope): Found {
  switch (place.kind) {
    case 'variable': {
      const located = scope.variables.get(place.variable);
      if (located === undefined) throw new Error(`The range variable ${place.variable} is not in scope.`);
      return { ...NOTHING_JOINED, located };
    }
    case 'member':
      return onward(findPlace(place.of, scope), (located) => memberOf(jsonOf(located), place.property.name));
    case 'dynamic':
      return onward(findPlace(place.of, scope), (located) => dynamicMemberOf(jsonOf(located), place.name));
    case 'item':
      return onward(findPlace(place.of, scope), (located) => itemOf(jsonOf(located), place.index));
    case 'cast':
      return narrowed(findPlace(place.of, scope), place, scope);
    case 'related':
    case 'root':
      return findRows(place, scope);
    case 'column':
      return findColumn(place, scope);
    case 'part':
      return findPart(place, scope);
    case 'resource':
    case 'within':
      return findPlace(place.place, scopeAt(place, scope));
    case 'keyed':
    case 'filtered':
      return findItems(place, scope);
    case 'record':
      return place.of === undefined ? madeAt(place, scope) : findPlace(place.of, scope);
    case 'made':
    case 'concat':
    case 'slice':
    case 'mapped':
      throw new Error('A collection is no single value.');
    case 'computed':
      throw new Error('What is computed is a scalar, within which nothing stands.');
    default:
      throw new Error(`Unknown place ${JSON.stringify(place satisfies never)}.`);
  }
}

/** A structured value whose members `$apply` made, as JSON. */
function madeAt({ members, presence }: Extract<Place, { kind: 'record' }>, scope: Scope): Found {
  const parts = [...members].map(([member, place]): [string, Expression] => [member, partOf(place)]);
  const { sql: object } = scope.compile({ kind: 'object', members: new Map(parts) }, scope);
  const of = scope.variables.get(0)!;
  const base = presence === undefined ? object : sql`CASE WHEN ${presenceOf(presence, scope)} THEN ${object} END`;
  return { ...NOTHING_JOINED, located: { kind: 'json', row: of.row, json: { base, steps: [], isOpen: true } } };
}

/** What a record has that may not be there. */
export function presenceOf(presence: Place, scope: Scope): Sql {
  return scope.compile({ kind: 'value', place: presence, type: presence.type.type as ScalarType }, scope).sql;
}

function partOf(place: Place): Expression {
  const { type, isCollection } = place.type;
  const isScalar = !isCollection && type.kind !== 'entity' && type.kind !== 'complex';
  return isScalar ? { kind: 'value', place, type } : { kind: 'whole', place };
}

/** The row of an entity whose sequence stands in a column of the row, or the rows that were made under its name. */
function findColumn({ column, type }: Extract<Place, { kind: 'column' }>, scope: Scope): Found {
  const of = scope.variables.get(0);
  if (of === undefined) throw new Error(`Nothing has the column '${column}'.`);
  if (type.isCollection) return findMade(column, of, scope);
  const row = scope.newAlias();
  return {
    tables: [entity(row)],
    conditions: [sql`${row}.sequence = ${of.row}.${name(column)}`],
    located: { kind: 'row', row },
  };
}

function findMade(column: string, of: Located, scope: Scope): Found {
  const made = of.kind === 'row' ? of.made?.get(column) : undefined;
  if (made === undefined)
    throw notImplemented('Searching what several transformations made of a collection is not supported.');
  const { table, ...rows } = made;
  const row = scope.newAlias();
  const conditions = areLinked(made.links, row, of.row, scope);
  return {
    tables: [sql`${table} AS ${row}`],
    conditions,
    located: { kind: 'row', row, ...rows },
    order: sql`${row}.o`,
  };
}

/** A complex value that the row holds itself, within the document of its entity. */
function findPart({ of, pointer, value }: Extract<Place, { kind: 'part' }>, scope: Scope): Found {
  const { row } = scope.variables.get(0)!;
  const json = { base: sql`${row}.${name(value)}`, steps: [], isOpen: false, pointer: sql`${row}.${name(pointer)}` };
  const found = findPlace(of, scope);
  return { ...found, located: { kind: 'json', row: found.located.row, json } };
}

/** The items of a collection, as rows of a table. */
export function findItems(place: Place, scope: Scope): Found {
  switch (place.kind) {
    case 'related':
    case 'root':
      return findRows(place, scope);
    case 'cast':
      return narrowed(findItems(place.of, scope), place, scope);
    case 'variable':
    case 'item':
    case 'member':
    case 'dynamic': {
      const { located, ...joined } = findPlace(place, scope);
      const array = jsonOf(located);
      const { table, condition, item, index } = scope.dialect.json.items(array, scope.newAlias());
      const items: Joined = { tables: [table], conditions: given(condition) };
      const json = array.isOpen ? item : { ...item, pointer: sql`${pointerTo(array, scope)} || '/' || ${index}` };
      return { ...both(joined, items), located: { kind: 'json', row: located.row, json }, order: index };
    }
    case 'made':
    case 'concat':
    case 'slice':
    case 'mapped': {
      // What is made of items may be nested, and the items of an array name it several times.
      const whole = scope.newAlias();
      const once = place.kind === 'mapped' ? [sql`(SELECT ${scope.array(place, scope)} AS a LIMIT 1) AS ${whole}`] : [];
      const base = place.kind === 'mapped' ? sql`${whole}.a` : scope.array(place, scope);
      const array = { base, steps: [], isOpen: true };
      const { table, condition, item, index } = scope.dialect.json.items(array, scope.newAlias());
      const items: Joined = { tables: [...once, table], conditions: given(condition) };
      if (place.type.type.kind !== 'entity')
        return { ...items, located: { kind: 'json', row: sql`NULL`, json: item }, order: index };
      const row = scope.newAlias();
      const isThis = sql`${row}.sequence = ${scope.dialect.json.sequenceOf(item)}`;
      const entities: Joined = { tables: [entity(row)], conditions: [isThis] };
      return { ...both(items, entities), located: { kind: 'row', row }, order: index };
    }
    case 'keyed': {
      const found = findItems(place.of, scope);
      refuseMade(found.located);
      const isThis = sql`${found.located.row}.key = ${scope.dialect.values.text(place.key)}`;
      return { ...found, conditions: [...found.conditions, isThis] };
    }
    case 'filtered': {
      const found = findItems(place.of, scope);
      const within = withVariable(scope, place.variable, found.located);
      return { ...found, conditions: [...found.conditions, within.compile(place.condition, within).sql] };
    }
    case 'column':
      return findColumn(place, scope);
    case 'resource':
    case 'within':
      return findItems(place.place, scopeAt(place, scope));
    default:
      throw new Error(`A collection is nothing of the kind '${place.kind}'.`);
  }
}

/** A scalar at a place: null where the way to it ends early. */
export function valueOf({ tables, conditions }: Joined, value: Sql): Sql {
  const condition = join(conditions, ' AND ');
  if (tables.length > 0) return sql`(SELECT ${value} FROM ${join(tables, ', ')} WHERE ${condition} LIMIT 1)`;
  return conditions.length === 0 ? value : sql`CASE WHEN ${condition} THEN ${value} END`;
}

/** Whether a value of one of these types stands at a place; a JSON value that names no type is of the declared one. */
export function isOfType(located: Located, typeNames: readonly string[], declared: string, scope: Scope): Sql {
  const { text } = scope.dialect.values;
  const names = join(
    typeNames.map((typeName) => text(typeName)),
    ', ',
  );
  if (typeNames.length === 0) return sql`FALSE`;
  refuseMade(located);
  if (located.kind === 'row') return sql`${located.row}.type IN (${names})`;
  const { valueAt, isPresent } = scope.dialect.json;
  const sent = valueAt(memberOf(located.json, '@odata.type'), 'string');
  // Dynamic values are kept as they were sent, with the name of their type as a fragment. [OData-JSON 4.6.3]
  const named = located.json.isOpen ? sql`ltrim(${sent}, '#')` : sent;
  const type = typeNames.includes(declared) ? sql`coalesce(${named}, ${text(declared)})` : named;
  return sql`(${isPresent(located.json)} AND coalesce(${type} IN (${names}), FALSE))`;
}

function findRows(place: Extract<Place, { kind: 'related' | 'root' }>, scope: Scope): Found {
  const row = scope.newAlias();
  const located: Located = { kind: 'row', row };
  if (place.kind === 'root') return { ...joinSource(place.source, row, scope.parent, scope), located };
  const owner = findPlace(place.of, scope);
  return { ...both(owner, joinRelation(place.relation, owner.located, row, scope)), located };
}

function onward(found: Found, step: (located: Located) => ReturnType<typeof jsonOf>): Found {
  return { ...found, located: { kind: 'json', row: found.located.row, json: step(found.located) } };
}

function narrowed(found: Found, place: Extract<Place, { kind: 'cast' }>, scope: Scope): Found {
  const declared = place.of.type.type.qualifiedName;
  const condition = isOfType(found.located, place.typeNames, declared, scope);
  return { ...found, conditions: [...found.conditions, condition] };
}
