import type { JsonColumn, JsonDialect } from '../dialect.js';
import type { JsonItems, JsonPlace, Step } from '../json-place.js';
import type { Kind } from '../kind.js';
import { constant, EMPTY, integer, isEmpty, join, once, sql, value, type Sql } from '../sql.js';
import { alike } from './alike.js';
import { toFinite, wholeOrNull } from './numbers.js';
import { durationToSeconds, isCanonicalTime } from './times.js';

/** Documents are `jsonb`, whose numbers are `numeric` and keep every digit. */
export const postgresJson: JsonDialect = {
  documentText: (document) => sql`${document}::text`,
  valueAt,
  isPresent: (place) => sql`(coalesce(jsonb_typeof(${jsonAt(place)}), 'null') <> 'null')`,
  isArray: (place) => sql`(coalesce(jsonb_typeof(${jsonAt(place)}), 'null') = 'array')`,
  isFiniteNumber: (place) =>
    sql`(CASE jsonb_typeof(${jsonAt(place)}) WHEN 'number' THEN abs(${jsonAt(place)}::numeric) <= 1.7976931348623157e308 ELSE FALSE END)`,
  items(place, alias): JsonItems {
    const json = jsonAt(place);
    const array = sql`CASE jsonb_typeof(${json}) WHEN 'array' THEN ${json} END`;
    return {
      table: sql`jsonb_array_elements(${array}) WITH ORDINALITY AS ${alias}(value, position)`,
      condition: EMPTY,
      index: sql`(${alias}.position - 1)`,
      item: { base: sql`${alias}.value`, steps: [], isOpen: place.isOpen },
    };
  },
  array: arrayOf,
  object: objectOf,
  sequenceOf: (item) => sql`${textAt(item)}::bigint`,
  concat: (first, second) => sql`(${first} || ${second})`,
  collect: (select, alias) =>
    sql`(SELECT coalesce(jsonb_agg(${alias}.v ORDER BY ${alias}.i), '[]'::jsonb) FROM (${select}) AS ${alias})`,
  itemJson: jsonAt,
  alike: (place, _, declared) => alike(jsonAt(place), place.isOpen, declared),
  typed: (json, typeName) => sql`(jsonb_build_object('@odata.type', ${typeName}) || ${json})`,
  list: (json, alias) => ({
    table: sql`jsonb_array_elements(${value(json)}::text::jsonb) WITH ORDINALITY AS ${alias}(value, position)`,
    position: sql`(${alias}.position - 1)`,
    whole: sql`(${alias}.value)::bigint`,
  }),
  records(json, alias) {
    return {
      tables: [sql`jsonb_array_elements(${value(json)}::text::jsonb) WITH ORDINALITY AS ${alias}(value, position)`],
      position: sql`(${alias}.position - 1)`,
      member(name, kind) {
        const text = sql`(${alias}.value ->> ${constant(name)})`;
        if (kind === 'text') return text;
        return kind === 'whole' ? sql`${text}::bigint` : sql`${text}::jsonb`;
      },
    };
  },
  strings(document, alias, except) {
    const names = join(except.map(constant), ', ');
    const others = isEmpty(names) ? EMPTY : sql` AND ${alias}.key NOT IN (${names})`;
    return {
      // Items of collections may be null.
      table: sql`jsonb_each(CASE jsonb_typeof(${document}) WHEN 'object' THEN ${document} END) AS ${alias}(key, value)`,
      condition: sql`jsonb_typeof(${alias}.value) = 'string'${others}`,
      text: sql`(${alias}.value #>> '{}')`,
    };
  },
  memberText: (object, member) => sql`(${object}::jsonb ->> (${member}))`,
  rows(columns, select, alias) {
    const items = columns.map(({ column }: JsonColumn) => sql`${alias}.${column}`);
    return sql`(SELECT coalesce(json_agg(json_build_array(${join(items, ', ')})), '[]') FROM (${select}) AS ${alias})`;
  },
};

function objectOf(members: readonly (readonly [name: string, json: Sql])[]): Sql {
  if (members.length > 50) {
    const middle = Math.ceil(members.length / 2);
    return sql`(${objectOf(members.slice(0, middle))} || ${objectOf(members.slice(middle))})`;
  }
  const pairs = members.flatMap(([name, json]) => [sql`${value(name)}::text`, json]);
  return sql`jsonb_build_object(${join(pairs, ', ')})`;
}

/** Functions take at most 100 arguments. */
function arrayOf(items: readonly Sql[]): Sql {
  if (items.length <= 100) return sql`jsonb_build_array(${join(items, ', ')})`;
  const middle = Math.ceil(items.length / 2);
  return sql`(${arrayOf(items.slice(0, middle))} || ${arrayOf(items.slice(middle))})`;
}

function valueAt(place: JsonPlace, kind: Kind): Sql {
  const text = textAt(place);
  const json = jsonAt(place);
  switch (kind) {
    case 'boolean':
      return place.isOpen
        ? sql`CASE jsonb_typeof(${json}) WHEN 'boolean' THEN (${json})::boolean END`
        : sql`CASE ${text} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END`;
    case 'integer':
      return place.isOpen
        ? sql`CASE WHEN jsonb_typeof(${json}) = 'number' THEN CASE WHEN ${json}::numeric = trunc(${json}::numeric) THEN ${wholeOrNull(sql`${json}::numeric`)} END END`
        : sql`CASE jsonb_typeof(${json}) WHEN 'number' THEN ${json}::numeric END`;
    case 'double':
      return place.isOpen ? once(numberAt(text, json), toFinite) : numberAt(text, json);
    case 'decimal':
      return numberAt(text, json);
    case 'untyped':
      return sql`nullif(${json}, 'null'::jsonb)`;
    default:
      return timeOf(place.isOpen ? openText(json, text, kind) : text, kind);
  }
}

function numberAt(text: Sql, json: Sql): Sql {
  return sql`CASE jsonb_typeof(${json}) WHEN 'number' THEN ${json}::numeric WHEN 'string' THEN CASE ${text} WHEN 'INF' THEN 'Infinity'::numeric WHEN '-INF' THEN '-Infinity'::numeric WHEN 'NaN' THEN 'NaN'::numeric END END`;
}

function openText(json: Sql, text: Sql, kind: Kind): Sql {
  const isText = sql`jsonb_typeof(${json}) = 'string'`;
  switch (kind) {
    case 'date':
    case 'timeOfDay':
    case 'dateTime':
    case 'duration':
      return sql`CASE WHEN ${isText} THEN CASE WHEN ${isCanonicalTime(text, kind)} THEN ${text} END END`;
    default:
      return sql`CASE WHEN ${isText} THEN ${text} END`;
  }
}

function timeOf(text: Sql, kind: Kind): Sql {
  if (kind === 'dateTime') return sql`rtrim(${text}, 'Z')`;
  return kind === 'duration' ? durationToSeconds(text) : text;
}

function jsonAt({ base, steps }: JsonPlace): Sql {
  if (steps.length === 0) return base;
  return sql`(${base}${join(
    steps.map((step) => sql` -> ${nameOf(step)}`),
    '',
  )})`;
}

function textAt({ base, steps }: JsonPlace): Sql {
  const last = steps.at(-1);
  if (last === undefined) return sql`(${base} #>> '{}')`;
  const before = steps.slice(0, -1).map((step) => sql` -> ${nameOf(step)}`);
  return sql`(${base}${join(before, '')} ->> ${nameOf(last)})`;
}

function nameOf(step: Step): Sql {
  if ('index' in step) return integer(step.index);
  return step.isDynamic ? sql`${value(step.name)}::text` : constant(step.name);
}
