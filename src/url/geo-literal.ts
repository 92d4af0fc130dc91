const shapes = 'Point|LineString|Polygon|MultiPoint|MultiLineString|MultiPolygon|Collection|GeometryCollection';
const shapePattern = new RegExp(`(?:${shapes})(?=\\()`, 'iy');
const sridPattern = /SRID=\d{1,5};/iy;
const positionPattern = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?: -?\d+(?:\.\d+)?(?:e[+-]?\d+)?){1,3}/iy;
const deepestNesting = 20;

/** `SRID=0;Point(142.1 64.1)`: well-known text with its reference system. [OData-ABNF fullPointLiteral, fullPolygonLiteral] */
export function isGeoText(text: string): boolean {
  const start = skip(sridPattern, text, 0);
  return start > 0 && shapeEnd(text, start, 0) === text.length;
}

/** The end of a shape, a parenthesised list or a position; -1 where none of them begins. */
function shapeEnd(text: string, start: number, depth: number): number {
  if (depth > deepestNesting) return -1;
  let index = skip(shapePattern, text, start);
  if (text[index] !== '(') return depth > 0 && index === start ? positionEnd(text, start) : -1;
  if (text[index + 1] === ')') return index + 2;
  do {
    index = shapeEnd(text, index + 1, depth + 1);
  } while (index > 0 && text[index] === ',');
  return index > 0 && text[index] === ')' ? index + 1 : -1;
}

function positionEnd(text: string, start: number): number {
  const end = skip(positionPattern, text, start);
  return end > start ? end : -1;
}

function skip(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : index;
}
