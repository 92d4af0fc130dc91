import type { ScalarType } from '../../edm/index.js';
import type { Scope } from './scope.js';
import { constant, integer, join, once, sql, type Sql } from './sql.js';

/** What becomes of the brackets and commas of GeoJSON's coordinates, in this order; letters keep places until the commas of numbers are gone. */
type Rewriting = readonly (readonly [from: string, to: string])[];

const CLOSED: Rewriting = [
  ['[', '('],
  [']', ')'],
];
const POSITIONS: Rewriting = [
  ['],[', 'p'],
  [',', ' '],
];

/** Positions stand in parentheses of their own in points alone. [OData-ABNF fullPointLiteral and its kin] */
const REWRITINGS: Readonly<Record<string, Rewriting>> = {
  Point: [[',', ' '], ...CLOSED],
  MultiPoint: [...POSITIONS, ['p', '),('], ...CLOSED],
  LineString: [...POSITIONS, ['p', ','], ['[[', '['], [']]', ']'], ...CLOSED],
  Polygon: rings([
    ['[[[', '[['],
    [']]]', ']]'],
  ]),
  MultiLineString: rings([
    ['[[[', '[['],
    [']]]', ']]'],
  ]),
  MultiPolygon: [
    [']]],[[[', 'q'],
    ...rings([
      ['[[[[', '[[['],
      [']]]]', ']]]'],
      ['q', ')),(('],
    ]),
  ],
};

function rings(outer: Rewriting): Rewriting {
  return [[']],[[', 'r'], ...POSITIONS, ['p', ','], ['r', '),('], ...outer, ...CLOSED];
}

/** `SRID=4326;Point(142.1 64.1)` for the GeoJSON text of a shape, as documents hold it. [OData-URL 5.1.1.10.1] */
export function wellKnownText(shape: Sql, { qualifiedName }: ScalarType, scope: Scope): Sql {
  const [, family, kind = ''] = /^Edm\.Geo(graphy|metry)(.*)$/.exec(qualifiedName) ?? [];
  const standard = `EPSG:${family === 'graphy' ? '4326' : '0'}`;
  return once(shape, (text) => {
    const system = scope.dialect.geo.referenceSystem(text);
    const suffix = sql`',"crs":{"type":"name","properties":{"name":"' || ${system} || '"}}'`;
    const bare = sql`replace(${text}, coalesce(${suffix}, ' '), '')`;
    const written = Object.hasOwn(REWRITINGS, kind) ? textOf(kind, bare) : textOfAny(bare, scope);
    return sql`('SRID=' || substr(coalesce(${system}, ${constant(standard)}), 6) || ';' || ${written})`;
  });
}

/** A shape of one kind. */
function textOf(kind: string, shape: Sql): Sql {
  const parts: Rewriting = [[`${beginning(kind)}"coordinates":`, ''], ['}', ''], ['e+', 'e'], ...REWRITINGS[kind]!];
  const rewritten = parts.reduce(
    (part, [from, to]) => sql`replace(${part}, ${constant(from)}, ${constant(to)})`,
    shape,
  );
  return sql`(${constant(kind)} || ${rewritten})`;
}

/**
 * A shape of any kind, collections within each other too: each has its beginning, and collections an end, at a place in the
 * text; '~' comes behind what is below a place.
 */
function textOfAny(shape: Sql, { dialect, newAlias }: Scope): Sql {
  const { geo, values, strings } = dialect;
  const { table, shape: inner, index } = geo.shapes(sql`n.shape`);
  const nodes = sql`SELECT '' AS place, ${shape} AS shape UNION ALL SELECT n.place || CAST(100000000 + ${index} AS TEXT) || '/', ${inner} FROM n, ${table}`;
  const branches = Object.keys(REWRITINGS).map(
    (kind) => sql` WHEN ${begins(sql`n.shape`, kind)} THEN ${textOf(kind, sql`n.shape`)}`,
  );
  const comma = sql`CASE WHEN n.place = '' OR n.place LIKE '%100000000/' THEN '' ELSE ',' END`;
  const opening = sql`SELECT ${comma} || CASE${join(branches, '')} ELSE 'GeometryCollection(' END AS v, ${values.key(sql`n.place`, 'text')} AS i FROM n`;
  const closing = sql`SELECT ')' AS v, ${values.key(sql`(n.place || '~')`, 'text')} AS i FROM n WHERE ${begins(sql`n.shape`, 'GeometryCollection')}`;
  return sql`(WITH RECURSIVE n(place, shape) AS (${nodes}) SELECT ${strings.joined(sql`${opening} UNION ALL ${closing}`, sql`''`, newAlias())})`;
}

/** Canonical shapes have their type first. */
function beginning(kind: string): string {
  return `{"type":"${kind}",`;
}

function begins(shape: Sql, kind: string): Sql {
  const start = beginning(kind);
  return sql`substr(${shape}, 1, ${integer(start.length)}) = ${constant(start)}`;
}
