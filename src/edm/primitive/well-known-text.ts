import {
  checkCoordinates,
  COORDINATE_DEPTH,
  type Coordinates,
  DEEPEST_COLLECTION,
  type LocatedShape,
  type Shape,
  ShapeError,
  shapeKindOf,
  type SimpleShapeKind,
} from './geo-shape.js';

const TOKEN = /\s*([a-z]+|[(),]|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*/giy;

/** Example: `SRID=4326;Point(142.1 64.1)`. [OData-ABNF fullPointLiteral] */
export function readWellKnownText(text: string, defaultSrid: number): LocatedShape {
  const match = /^SRID=(\d{1,5});/i.exec(text);
  const tokens = tokenize(text, match?.[0].length ?? 0);
  const shape = readShape(tokens, 0);
  if (!tokens.isAtEnd) throw malformed();
  return { shape, srid: match ? Number(match[1]) : defaultSrid };
}

export function writeWellKnownText({ shape, srid }: LocatedShape): string {
  return `SRID=${srid};${writeShape(shape)}`;
}

class Tokens {
  readonly #tokens: readonly string[];
  #index = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#index === this.#tokens.length;
  }

  get next(): string {
    return this.#tokens[this.#index] ?? '';
  }

  take(): string {
    const token = this.next;
    this.#index++;
    return token;
  }

  expect(token: string): void {
    if (this.take() !== token) throw malformed();
  }
}

function tokenize(text: string, start: number): Tokens {
  const tokens: string[] = [];
  TOKEN.lastIndex = start;
  let end = start;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    tokens.push(match[1]!);
    end = TOKEN.lastIndex;
  }
  if (end < text.length) throw malformed();
  return new Tokens(tokens);
}

function readShape(tokens: Tokens, depth: number): Shape {
  const kind = shapeKindOf(tokens.take());
  if (kind === undefined) throw malformed();
  if (kind === 'GeometryCollection') {
    if (depth === DEEPEST_COLLECTION) throw new ShapeError('must not nest collections that deep');
    return { kind, shapes: readList(tokens, () => readShape(tokens, depth + 1)) };
  }
  const coordinates = readCoordinates(tokens, kind);
  checkCoordinates(kind, coordinates);
  return { kind, coordinates };
}

/** Positions stand in parentheses of their own in points alone, that is in `Point` and `MultiPoint`. */
function readCoordinates(tokens: Tokens, kind: SimpleShapeKind): Coordinates {
  if (kind === 'Point') return readPoint(tokens);
  if (kind === 'MultiPoint') return readList(tokens, () => readPoint(tokens));
  return readNested(tokens, COORDINATE_DEPTH[kind]);
}

function readNested(tokens: Tokens, depth: number): Coordinates {
  return depth === 1 ? readPosition(tokens) : readList(tokens, () => readNested(tokens, depth - 1));
}

function readPoint(tokens: Tokens): Coordinates {
  tokens.expect('(');
  const position = readPosition(tokens);
  tokens.expect(')');
  return position;
}

function readList<Item>(tokens: Tokens, readItem: () => Item): Item[] {
  tokens.expect('(');
  const items: Item[] = [];
  while (tokens.next !== ')') {
    if (items.length > 0) tokens.expect(',');
    items.push(readItem());
  }
  tokens.expect(')');
  return items;
}

function readPosition(tokens: Tokens): Coordinates {
  const numbers: number[] = [];
  while (/^[+-]?\d/.test(tokens.next)) numbers.push(Number(tokens.take()));
  if (numbers.length < 2 || numbers.length > 4 || !numbers.every(Number.isFinite)) throw malformed();
  return numbers.map((number) => (number === 0 ? 0 : number));
}

function writeShape(shape: Shape): string {
  if (shape.kind === 'GeometryCollection') return `${shape.kind}(${shape.shapes.map(writeShape).join(',')})`;
  return shape.kind + writeCoordinates(shape.coordinates, shape.kind);
}

function writeCoordinates(coordinates: Coordinates, kind: SimpleShapeKind): string {
  if (kind === 'Point') return `(${writePosition(coordinates)})`;
  if (kind === 'MultiPoint')
    return `(${coordinates.map((point) => `(${writePosition(point as Coordinates)})`).join(',')})`;
  return writeNested(coordinates, COORDINATE_DEPTH[kind]);
}

function writeNested(coordinates: Coordinates, depth: number): string {
  if (depth === 1) return writePosition(coordinates);
  return `(${coordinates.map((item) => writeNested(item as Coordinates, depth - 1)).join(',')})`;
}

function writePosition(position: Coordinates): string {
  return position.map((number) => String(number).replace('e+', 'e')).join(' ');
}

function malformed(): ShapeError {
  return new ShapeError('must be well-known text such as SRID=4326;Point(142.1 64.1)');
}
