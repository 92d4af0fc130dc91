import { isThere, type Expression, type Place } from '../../plan/index.js';
import { kindOfExpression } from './kind.js';
import { where } from './lambda.js';
import { operandAs } from './operand.js';
import { findItems, findPlace, valueOf } from './place.js';
import { jsonOf as jsonOfPlace, refuseMade, withVariable, type Joined, type Located, type Scope } from './scope.js';
import { given, join, sql, type Sql } from './sql.js';

/** A collection as a JSON array: what stands in a document, or what the expression makes. Of entities it has the sequences. */
export function arrayAt(place: Place, scope: Scope): Sql {
  const { json } = scope.dialect;
  switch (place.kind) {
    case 'made':
      return json.array(place.items.map((item) => jsonOf(item, scope)));
    case 'concat':
      return json.concat(arrayAt(place.first, scope), arrayAt(place.second, scope), scope.newAlias());
    case 'slice':
      return sliceOf(place, scope);
    case 'mapped':
      return mapped(place, scope);
    case 'member':
    case 'dynamic':
      return storedAt(place, scope);
    default:
      return gathered(place, scope);
  }
}

/** All that stands at a place as JSON: of an entity its sequence. */
export function wholeAt(place: Place, scope: Scope): Sql {
  if (place.type.isCollection) return arrayAt(place, scope);
  if (place.type.type.kind !== 'entity') return storedAt(place, scope);
  const found = findPlace(place, scope);
  return enclosed(found, valueOf(found, sequenceOf(found.located.row, scope)));
}

/** The same as a part of an expression, with the name of a type where it is given one. */
export function wholeOf({ place, typeName }: Extract<Expression, { kind: 'whole' }>, scope: Scope): Sql {
  const whole = wholeAt(place, scope);
  const { json, values } = scope.dialect;
  return typeName === undefined ? whole : json.typed(whole, values.text(typeName));
}

/** The document of an entity, which names its type. */
export function documentAt({ place }: Extract<Expression, { kind: 'document' }>, scope: Scope): Sql {
  const found = findPlace(place, scope);
  const { json } = scope.dialect;
  const document = json.valueAt(jsonOfPlace(found.located), 'untyped');
  return enclosed(found, valueOf(found, json.typed(document, sql`${found.located.row}.type`)));
}

/** `{"City":"Rome"}` */
export function objectOf({ members }: Extract<Expression, { kind: 'object' }>, scope: Scope): Sql {
  return scope.dialect.json.object([...members].map(([name, member]) => [name, jsonOf(member, scope)]));
}

/** A value as it stands in documents. */
function jsonOf(item: Expression, scope: Scope): Sql {
  const { values } = scope.dialect;
  if (item.kind === 'literal' && item.value !== null) return values.literal(item.value, 'untyped');
  const kind = kindOfExpression(item);
  return values.json(operandAs(item, kind, scope), kind);
}

function storedAt(place: Place, scope: Scope): Sql {
  const found = findPlace(place, scope);
  return enclosed(found, valueOf(found, scope.dialect.json.valueAt(jsonOfPlace(found.located), 'untyped')));
}

/** The items that conditions leave or relations lead to, entities in the order in which they are answered. */
function gathered(place: Place, scope: Scope): Sql {
  return collected(place, (located) => identityOf(located, scope), scope);
}

/** What an expression says of each item; null where the collection is. */
function mapped(place: Extract<Place, { kind: 'mapped' }>, scope: Scope): Sql {
  const items = collected(
    place.of,
    (located) => jsonOf(place.item, withVariable(scope, place.variable, located)),
    scope,
  );
  const there = isThere(place.of);
  return there === undefined ? items : sql`(CASE WHEN ${scope.filter(there, scope)} THEN ${items} END)`;
}

function collected(collection: Place, itemOf: (located: Located) => Sql, scope: Scope): Sql {
  return scope.dialect.json.collect(itemsOf(collection, itemOf, scope), scope.newAlias());
}

/** Texts one behind the other. */
export function joinedTexts(
  { collection, variable, item, separator }: Extract<Expression, { kind: 'joined' }>,
  scope: Scope,
): Sql {
  const write = (located: Located) => operandAs(item, 'string', withVariable(scope, variable, located));
  const { strings, values } = scope.dialect;
  return strings.joined(itemsOf(collection, write, scope), values.text(separator), scope.newAlias());
}

/** Columns `v` with what is said of each item, and `i` with its place. */
function itemsOf(collection: Place, itemOf: (located: Located) => Sql, scope: Scope): Sql {
  const { located, tables, conditions, order, rank } = findItems(collection, scope);
  const position = order ?? rank?.value ?? sql`${located.row}.sequence`;
  return sql`SELECT ${itemOf(located)} AS v, ${position} AS i FROM ${join(tables, ', ')}${where(conditions)}`;
}

function identityOf(located: Located, scope: Scope): Sql {
  refuseMade(located);
  return located.kind === 'row' ? sequenceOf(located.row, scope) : scope.dialect.json.itemJson(located.json);
}

function sequenceOf(row: Sql, { dialect: { values, aggregates } }: Scope): Sql {
  return values.json(aggregates.count(sql`${row}.sequence`), 'integer');
}

function enclosed({ conditions, tables }: Joined, value: Sql): Sql {
  return conditions.length > 0 && tables.length === 0 ? sql`(${value})` : value;
}

/** The items from a position on; a negative one counts from the end. [OData-URL 5.1.1.5.7] */
function sliceOf({ of, start, length }: Extract<Place, { kind: 'slice' }>, scope: Scope): Sql {
  const { json } = scope.dialect;
  const whole = scope.newAlias();
  const place = { base: sql`${whole}.a`, steps: [], isOpen: true };
  const { table, condition, item, index } = json.items(place, scope.newAlias());
  const from = operandAs(start, 'integer', scope);
  const upTo = length === undefined ? [] : [sql`${index} < ${whole}.s + ${operandAs(length, 'integer', scope)}`];
  const within = where([...given(condition), sql`${index} >= ${whole}.s`, ...upTo]);
  const select = sql`SELECT ${json.itemJson(item)} AS v, ${index} AS i FROM ${table}${within}`;
  const counted = json.items({ base: sql`${whole}c.a`, steps: [], isOpen: true }, scope.newAlias());
  const count = sql`(SELECT count(*) FROM ${counted.table}${where(given(counted.condition))})`;
  const first = sql`CASE WHEN ${whole}c.s < 0 THEN ${count} + ${whole}c.s ELSE ${whole}c.s END`;
  const once = sql`SELECT ${whole}c.a AS a, ${first} AS s FROM (SELECT ${arrayAt(of, scope)} AS a, ${from} AS s LIMIT 1) AS ${whole}c LIMIT 1`;
  return sql`(SELECT ${json.collect(select, scope.newAlias())} FROM (${once}) AS ${whole} WHERE ${json.isPresent(place)})`;
}
