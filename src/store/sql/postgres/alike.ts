import type { ImpliedType } from '../../../plan/index.js';
import { isImplied } from '../implied-types.js';
import { sql, value, type Sql } from '../sql.js';

/** One text for all values that are alike: members that are null, and names of types that go without saying, do not count. */
export function alike(whole: Sql, isOpen: boolean, impliedTypes: readonly ImpliedType[]): Sql {
  const json = sql`nullif(${whole}, 'null'::jsonb)`;
  return impliedTypes.some(({ member }) => member !== undefined)
    ? textOfNodes(json, impliedTypes)
    : textOfWhole(json, isOpen, impliedTypes);
}

/** Members have one order in `jsonb`; within its texts, quotes that belong to a value are escaped. Names of types may be fragments. */
function textOfWhole(json: Sql, isOpen: boolean, impliedTypes: readonly ImpliedType[]): Sql {
  const named = isOpen ? sql`replace(${json}::text, '"@odata.type": "#', '"@odata.type": "')` : sql`${json}::text`;
  if (impliedTypes.length === 0) return sql`jsonb_strip_nulls(${isOpen ? sql`${named}::jsonb` : json})::text`;
  const names = impliedTypes.map(({ typeName }) => typeName.replaceAll('.', String.raw`\.`)).join('|');
  const pattern = sql`${value(String.raw`"@odata\.type": "(${names})"`)}::text`;
  return sql`jsonb_strip_nulls(regexp_replace(${named}, ${pattern}, '"@odata.type": null', 'g')::jsonb)::text`;
}

/** A line for each value within it, with the path that leads there: `$.Homes[2].City string "Rome"`. */
function textOfNodes(json: Sql, impliedTypes: readonly ImpliedType[]): Sql {
  const members = sql`SELECT o.k, 0::bigint AS i, o.v FROM jsonb_each(CASE jsonb_typeof(n.v) WHEN 'object' THEN n.v END) AS o(k, v)`;
  const items = sql`SELECT NULL AS k, a.i - 1, a.v FROM jsonb_array_elements(CASE jsonb_typeof(n.v) WHEN 'array' THEN n.v END) WITH ORDINALITY AS a(v, i)`;
  const path = sql`n.path || CASE WHEN e.k IS NULL THEN '[' || e.i || ']' ELSE '.' || e.k END`;
  const further = sql`SELECT ${path}, n.path, e.k, e.v FROM n, LATERAL (${members} UNION ALL ${items}) AS e`;
  const nodes = sql`SELECT '$'::text, NULL::text, NULL::text, ${json} UNION ALL ${further}`;
  const typeName = sql`ltrim(n.v #>> '{}', '#')`;
  const isSaid = isImplied(impliedTypes, typeName, (pattern) => sql`n.owner ~ ${pattern}::text`);
  const leaf = sql`CASE WHEN jsonb_typeof(n.v) IN ('object', 'array') THEN '' WHEN n.k = '@odata.type' THEN ${typeName} ELSE n.v::text END`;
  const line = sql`n.path || ' ' || jsonb_typeof(n.v) || ' ' || ${leaf}`;
  const counts = sql`(n.v <> 'null'::jsonb OR n.k IS NULL) AND (n.k IS DISTINCT FROM '@odata.type' OR NOT ${isSaid})`;
  return sql`(WITH RECURSIVE n(path, owner, k, v) AS (${nodes}) SELECT string_agg(${line}, chr(10) ORDER BY n.path COLLATE "C") FROM n WHERE n.v IS NOT NULL AND ${counts})`;
}
