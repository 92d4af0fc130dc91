import type { DeclaredTypes } from '../../../plan/index.js';
import type { JsonColumn, JsonDialect } from '../dialect.js';
import type { JsonItems, JsonPlace, Step } from '../json-place.js';
import type { Kind } from '../kind.js';
import { arrayText, objectText } from './array-text.js';
import { constant, EMPTY, isEmpty, join, sql, value, type Sql } from '../sql.js';
import { decimalFromText, doubleToDecimal } from './decimals.js';
import { isCanonicalTime, durationToSeconds } from './times.js';

/** Documents are JSONB; whatever is taken out of them with `->` is JSON text that keeps every digit. */
export const sqliteJson: JsonDialect = {
  /** Within an array, the result of `json` alone would become JSON again. */
  documentText: (document) => sql`json(${document}) || ''`,
  valueAt,
  isPresent: (place) => sql`(coalesce(${typeAt(place)}, 'null') <> 'null')`,
  isArray: (place) => sql`(coalesce(${typeAt(place)}, 'null') = 'array')`,
  isFiniteNumber: (place) =>
    sql`(${typeAt(place)} IN ('integer', 'real') AND abs(${scalarAt(place)}) <= 1.7976931348623157e308)`,
  items,
  alike,
  array: arrayText,
  object: objectText,
  typed: (json, typeName) => sql`json_insert(${json}, '$."@odata.type"', ${typeName})`,
  sequenceOf: (item) => scalarAt(item),
  concat: (first, second, alias) =>
    sql`(SELECT CASE WHEN json_array_length(${alias}.a) = 0 THEN ${alias}.b WHEN json_array_length(${alias}.b) = 0 THEN ${alias}.a ELSE substr(${alias}.a, 1, length(${alias}.a) - 1) || ',' || substr(${alias}.b, 2) END FROM (SELECT json(${first}) AS a, json(${second}) AS b LIMIT 1) AS ${alias})`,
  collect: (select, alias) => sql`(SELECT json_group_array(json(${alias}.v)) FROM (${select} ORDER BY i) AS ${alias})`,
  itemJson: jsonAt,
  list: (json, alias) => ({
    table: sql`json_each(${value(json)}) AS ${alias}`,
    position: sql`${alias}.key`,
    whole: sql`${alias}.value`,
  }),
  records(json, alias) {
    return {
      tables: [sql`json_each(${value(json)}) AS ${alias}`],
      position: sql`${alias}.key`,
      member(name, kind) {
        const text = sql`(${alias}.value ->> ${constant(`$.${name}`)})`;
        return kind === 'document' ? sql`jsonb(${text})` : text;
      },
    };
  },
  strings(document, alias, except) {
    const names = join(except.map(constant), ', ');
    const others = isEmpty(names) ? EMPTY : sql` AND ${alias}.key NOT IN (${names})`;
    return {
      table: sql`json_each(${document}) AS ${alias}`,
      condition: sql`${alias}.type = 'text'${others}`,
      text: sql`${alias}.value`,
    };
  },
  memberText: (object, member) => sql`(${object} ->> (${member}))`,
  rows(columns, select, alias) {
    const items = columns.map(({ column, isJson }: JsonColumn) =>
      isJson ? sql`json(${alias}.${column})` : sql`${alias}.${column}`,
    );
    return sql`(SELECT json_group_array(json_array(${join(items, ', ')})) FROM (${select}) AS ${alias})`;
  },
};

function valueAt(place: JsonPlace, kind: Kind): Sql {
  const raw = scalarAt(place);
  if (place.isOpen) return openValueAt(place, raw, kind);
  switch (kind) {
    case 'decimal':
      return sql`nullif(trim(${jsonAt(place)}, '"'), 'null')`;
    case 'untyped':
      return sql`nullif(${jsonAt(place)}, 'null')`;
    case 'double':
      return doubleOf(raw);
    case 'dateTime':
      return sql`rtrim(${raw}, 'Z')`;
    case 'duration':
      return durationToSeconds(raw);
    default:
      return raw;
  }
}

function openValueAt(place: JsonPlace, raw: Sql, kind: Kind): Sql {
  const type = typeAt(place);
  switch (kind) {
    case 'boolean':
      return sql`CASE WHEN ${type} IN ('true', 'false') THEN ${raw} END`;
    case 'integer':
      return sql`CASE WHEN ${type} = 'integer' AND typeof(${raw}) = 'integer' THEN ${raw} END`;
    case 'decimal':
      return sql`CASE WHEN ${type} IN ('integer', 'real') THEN coalesce(${decimalFromText(jsonAt(place))}, ${doubleToDecimal(raw)}) END`;
    case 'double':
      return sql`CASE WHEN ${type} IN ('integer', 'real') OR ${raw} IN ('NaN', 'INF', '-INF') THEN ${doubleOf(raw)} END`;
    case 'untyped':
      return sql`nullif(${jsonAt(place)}, 'null')`;
    case 'date':
    case 'timeOfDay':
      return sql`CASE WHEN ${type} = 'text' AND ${isCanonicalTime(raw, kind)} THEN ${raw} END`;
    case 'dateTime':
      return sql`CASE WHEN ${type} = 'text' AND ${isCanonicalTime(raw, kind)} THEN rtrim(${raw}, 'Z') END`;
    case 'duration':
      return sql`CASE WHEN ${type} = 'text' AND ${isCanonicalTime(raw, kind)} THEN ${durationToSeconds(raw)} END`;
    default:
      return sql`CASE WHEN ${type} = 'text' THEN ${raw} END`;
  }
}

/** Whole doubles stand in documents without a point, and are no integers all the same. NaN stays a text: texts sort behind all numbers. */
function doubleOf(raw: Sql): Sql {
  return sql`CASE ${raw} WHEN 'INF' THEN 9e999 WHEN '-INF' THEN -9e999 WHEN 'NaN' THEN 'NaN' ELSE CAST(${raw} AS REAL) END`;
}

/** `json_each` also takes objects and single values apart; only the items of arrays have numbers for keys. */
function items(place: JsonPlace, alias: Sql): JsonItems {
  const { steps, base } = place;
  const table =
    steps.length === 0 ? sql`json_each(${base}) AS ${alias}` : sql`json_each(${base}, ${pathOf(steps)}) AS ${alias}`;
  const scalar = sql`${alias}.value`;
  const item = { scalar, json: sql`(${base} -> ${alias}.fullkey)`, type: sql`${alias}.type` };
  return {
    table,
    condition: sql`typeof(${alias}.key) = 'integer'`,
    index: sql`${alias}.key`,
    item: {
      base: sql`CASE WHEN ${alias}.type IN ('object', 'array') THEN ${scalar} END`,
      steps: [],
      isOpen: place.isOpen,
      item,
    },
  };
}

/**
 * All that a value consists of, as one text: what stands where, and of which types complex values are, but for nulls. A path
 * with odd names may lead nowhere, so that digits beyond those of a double do not count there.
 */
function alike(place: JsonPlace, alias: Sql, declared: DeclaredTypes | undefined): Sql {
  const json = sql`${alias}.j`;
  const [node, part] = [sql`${alias}n`, sql`${alias}p`];
  const isObject = sql`json_type(${node}.v) = 'object'`;
  const type = sql`coalesce(ltrim(${node}.v ->> '$."@odata.type"', '#'), ${node}.t)`;
  const memberType = memberTypeOf(declared, sql`${type} || '/' || ${part}.key`);
  const path = sql`${node}.path || CASE WHEN ${isObject} THEN '.' || json_quote(${part}.key) ELSE '[' || ${part}.key || ']' END`;
  const content = sql`CASE WHEN ${part}.type IN ('object', 'array') THEN ${part}.value ELSE coalesce(${node}.v -> ${part}.fullkey, json_quote(${part}.atom)) END`;
  const own = declared?.own === undefined ? sql`NULL` : value(declared.own);
  const nodes = sql`SELECT '$', NULL, ${own}, ${json} UNION ALL SELECT ${path}, ${part}.key, CASE WHEN ${isObject} THEN ${memberType} ELSE ${node}.t END, ${content} FROM ${node}, json_each(${node}.v) AS ${part} WHERE json_type(${node}.v) IN ('object', 'array')`;
  const leaf = sql`CASE json_type(${node}.v) WHEN 'object' THEN coalesce(${type}, '') WHEN 'array' THEN '' ELSE ${node}.v END`;
  const line = sql`${node}.path || ' ' || json_type(${node}.v) || ' ' || ${leaf}`;
  const counts = sql`(${node}.v <> 'null' OR typeof(${node}.key) = 'integer') AND ${node}.key IS NOT '@odata.type'`;
  const lines = sql`WITH RECURSIVE ${node}(path, key, t, v) AS (${nodes}) SELECT ${line} AS p FROM ${node} WHERE ${counts} ORDER BY ${node}.path`;
  const text = sql`(SELECT group_concat(p, char(10)) FROM (${lines}))`;
  return sql`(SELECT ${text} FROM (SELECT nullif(${jsonAt(place)}, 'null') AS j LIMIT 1) AS ${alias} WHERE ${json} IS NOT NULL)`;
}

function memberTypeOf(declared: DeclaredTypes | undefined, member: Sql): Sql {
  return declared === undefined ? sql`NULL` : sql`(${value(JSON.stringify(declared.members))} ->> (${member}))`;
}

function scalarAt({ base, steps, item }: JsonPlace): Sql {
  return steps.length > 0 || item === undefined ? sql`(${base} ->> ${pathOf(steps)})` : item.scalar;
}

function jsonAt({ base, steps, item }: JsonPlace): Sql {
  if (steps.length > 0) return sql`(${base} -> ${pathOf(steps)})`;
  return item === undefined ? sql`json(${base})` : item.json;
}

function typeAt({ base, steps, item }: JsonPlace): Sql {
  if (steps.length > 0) return sql`json_type(${base}, ${pathOf(steps)})`;
  return item === undefined ? sql`json_type(${base})` : item.type;
}

/** A path with a dynamic name is a value as a whole. SQLite knows no escapes in paths: such names lead nowhere. */
function pathOf(steps: readonly Step[]): Sql {
  if (steps.some((step) => 'name' in step && /["\\]/.test(step.name))) return sql`NULL`;
  const text = `$${steps.map(stepText).join('')}`;
  return steps.some((step) => 'name' in step && step.isDynamic) ? sql`${value(text)}` : constant(text);
}

function stepText(step: Step): string {
  if ('index' in step) return step.index < 0 ? `[#${step.index}]` : `[${step.index}]`;
  return /^[a-z_]\w*$/i.test(step.name) ? `.${step.name}` : `."${step.name}"`;
}
