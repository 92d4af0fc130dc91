import type { ScalarType } from '../../edm/index.js';
import type { Scope } from './scope.js';
import { constant, once, sql, type Sql } from './sql.js';

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

/** `SRID=4326;Point(142.1 64.1)` for a shape of a simple type, given as the GeoJSON text that documents hold. [OData-URL 5.1.1.10.1] */
export function wellKnownText(shape: Sql, { qualifiedName }: ScalarType, { dialect }: Scope): Sql {
  const [, family, kind = ''] = /^Edm\.Geo(graphy|metry)(.+)$/.exec(qualifiedName) ?? [];
  const standard = `EPSG:${family === 'graphy' ? '4326' : '0'}`;
  return once(shape, (text) => {
    const system = dialect.geo.referenceSystem(text);
    const suffix = sql`',"crs":{"type":"name","properties":{"name":"' || ${system} || '"}}'`;
    const bare = sql`replace(${text}, coalesce(${suffix}, ' '), '')`;
    const parts: Rewriting = [[`{"type":"${kind}","coordinates":`, ''], ['}', ''], ['e+', 'e'], ...REWRITINGS[kind]!];
    const coordinates = parts.reduce(
      (part, [from, to]) => sql`replace(${part}, ${constant(from)}, ${constant(to)})`,
      bare,
    );
    return sql`('SRID=' || substr(coalesce(${system}, ${constant(standard)}), 6) || ${constant(`;${kind}`)} || ${coordinates})`;
  });
}
