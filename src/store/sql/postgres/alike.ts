import type { DeclaredTypes } from '../../../plan/index.js';
import { sql, value, type Sql } from '../sql.js';

/** One text for all values that are alike: members that are null do not count, and complex values are of the same types. */
export function alike(whole: Sql, isOpen: boolean, declared: DeclaredTypes | undefined): Sql {
  const json = sql`nullif(${whole}, 'null'::jsonb)`;
  return declared === undefined && !isOpen ? sql`jsonb_strip_nulls(${json})::text` : textOfNodes(json, declared);
}

/** A line for each value within it, with the path that leads there: `$."Homes"[2]."City" string "Rome"`. */
function textOfNodes(json: Sql, declared: DeclaredTypes | undefined): Sql {
  const members = sql`SELECT o.k, 0::bigint AS i, o.v FROM jsonb_each(CASE jsonb_typeof(n.v) WHEN 'object' THEN n.v END) AS o(k, v)`;
  const items = sql`SELECT NULL AS k, a.i - 1, a.v FROM jsonb_array_elements(CASE jsonb_typeof(n.v) WHEN 'array' THEN n.v END) WITH ORDINALITY AS a(v, i)`;
  const path = sql`n.path || CASE WHEN e.k IS NULL THEN '[' || e.i || ']' ELSE '.' || to_jsonb(e.k)::text END`;
  const type = sql`coalesce(ltrim(n.v ->> '@odata.type', '#'), n.t)`;
  const partType = sql`CASE WHEN e.k IS NULL THEN n.t ELSE ${memberTypeOf(declared, sql`${type} || '/' || e.k`)} END`;
  const further = sql`SELECT ${path}, e.k, ${partType}, e.v FROM n, LATERAL (${members} UNION ALL ${items}) AS e`;
  const own = sql`${value(declared?.own ?? null)}::text`;
  const nodes = sql`SELECT '$'::text, NULL::text, ${own}, ${json} UNION ALL ${further}`;
  const leaf = sql`CASE jsonb_typeof(n.v) WHEN 'object' THEN coalesce(${type}, '') WHEN 'array' THEN '' ELSE n.v::text END`;
  const line = sql`n.path || ' ' || jsonb_typeof(n.v) || ' ' || ${leaf}`;
  const counts = sql`(n.v <> 'null'::jsonb OR n.k IS NULL) AND n.k IS DISTINCT FROM '@odata.type'`;
  return sql`(WITH RECURSIVE n(path, k, t, v) AS (${nodes}) SELECT string_agg(${line}, chr(10) ORDER BY n.path COLLATE "C") FROM n WHERE n.v IS NOT NULL AND ${counts})`;
}

/** The map is read once for the whole statement. */
function memberTypeOf(declared: DeclaredTypes | undefined, member: Sql): Sql {
  if (declared === undefined) return sql`NULL::text`;
  return sql`((SELECT ${value(JSON.stringify(declared.members))}::text::jsonb) ->> (${member}))`;
}
