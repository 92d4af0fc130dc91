import { offsetMinutes, type EnumType, type PrimitiveType, type ScalarType } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';
import type { Literal } from '../../url/index.js';

import type { LiteralExpression } from '../expression.js';
import { fault } from './fault.js';
import { edm } from './primitives.js';

/** The type that a literal has where nothing beside it says more. [OData-URL 5.1.1.14.1] */
export function naturalType(literal: Literal): PrimitiveType {
  switch (literal.type) {
    case 'null':
      return edm('Untyped');
    case 'boolean':
      return edm('Boolean');
    case 'integer':
      return integerType(literal.text);
    case 'decimal':
      return edm('Decimal');
    case 'double':
      return edm('Double');
    case 'string':
    case 'enum':
      return edm('String');
    case 'guid':
      return edm('Guid');
    case 'date':
      return edm('Date');
    case 'dateTimeOffset':
      return edm('DateTimeOffset');
    case 'timeOfDay':
      return edm('TimeOfDay');
    case 'duration':
      return edm('Duration');
    case 'binary':
      return edm('Binary');
    case 'geography':
      return edm(`Geography${shapeOf(literal.text)}`);
    case 'geometry':
      return edm(`Geometry${shapeOf(literal.text)}`);
  }
}

/** Whether the text of a literal is a value of a type. */
export function fits(literal: Literal, type: ScalarType): boolean {
  return 'value' in type.fromText(literal.text, {});
}

/** The canonical value of a literal; what is no value of the type is the client's mistake. */
export function readLiteral(literal: Literal, type: ScalarType): LiteralExpression {
  const reading = type.fromText(textFor(literal, type), {});
  if ('problem' in reading) throw fault(`The literal ${reading.problem}`, literal.at, hint(literal, type));
  const offset = type.qualifiedName === 'Edm.DateTimeOffset' ? offsetMinutes(literal.text) : 0;
  return { kind: 'literal', value: reading.value, type, ...(offset !== 0 && { offset }) };
}

function hint({ text }: Literal, type: ScalarType): string {
  if (type.kind !== 'enum') return '';
  const names = (type as EnumType).members.map(({ name }) => name);
  return suggestion(text, names);
}

function integerType(text: string): PrimitiveType {
  for (const name of ['Int32', 'Int64'] as const) {
    const type = edm(name);
    if ('value' in type.fromText(text, {})) return type;
  }
  return edm('Decimal');
}

/** A date stands for its midnight in UTC. */
function textFor(literal: Literal, type: ScalarType): string {
  const isPromotedDate = literal.type === 'date' && type.qualifiedName === 'Edm.DateTimeOffset';
  return isPromotedDate ? `${literal.text}T00:00:00Z` : literal.text;
}

const SHAPES = ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon', 'Collection'];

/** `SRID=0;Point(1 2)` is a `Point`. */
function shapeOf(text: string): string {
  const word = /^(?:SRID=\d+;)?(?:Geometry)?([a-z]+)/i.exec(text)?.[1]?.toLowerCase();
  return SHAPES.find((shape) => shape.toLowerCase() === word) ?? '';
}
