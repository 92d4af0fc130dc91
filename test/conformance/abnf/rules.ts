import { primitiveType } from '../../../src/edm/index.js';
import { type ServiceError } from '../../../src/error/index.js';
import {
  type Expression,
  type Literal,
  parseExpression,
  parsePath,
  parseQuery,
  parseUrl,
} from '../../../src/url/index.js';

/** Reads the whole input by one production or throws. */
export type RuleReader = (input: string) => unknown;

const serviceRoot = /^https?:\/\/[^/]+\/(?:(?:MyService|OData\/OData\.svc|service)\/)?/;

function absoluteUrl(input: string): unknown {
  if (!serviceRoot.test(input)) throw new Error('no service root');
  return parseUrl(input.replace(serviceRoot, ''));
}

/** Reads an expression that is still percent-encoded; positions count from its first character. */
function expression(input: string): Expression {
  return shifted('$filter='.length, () => parseQuery(`$filter=${input}`)).filter!.value;
}

function shifted<T>(length: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message, position = length } = error as ServiceError;
    throw Object.assign(new Error(message), { position: position - length });
  }
}

/** A single query option: what follows an ampersand is no longer part of it. */
function singleOption(input: string): unknown {
  if (input.includes('&')) throw Object.assign(new Error('more than one option'), { position: input.indexOf('&') });
  return parseQuery(input);
}

/** In a path, where an ampersand ends nothing. */
function stringLiteral(input: string): unknown {
  return shifted(2, () => parsePath(`f(${input})`));
}

function literal(...types: readonly Literal['type'][]): RuleReader {
  return (input) => {
    const value = expression(input);
    if (value.kind !== 'literal' || !types.includes(value.type))
      throw new Error(`no literal of type ${types.join(', ')}`);
    return value;
  };
}

function value(typeName: string): RuleReader {
  return (input) => {
    const reading = primitiveType(typeName)!.fromText(input, { scale: 'floating' });
    if ('problem' in reading) throw new Error(reading.problem);
    return reading.value;
  };
}

/** Payload text of some primitive type; enumeration members look like identifiers. */
function primitiveValue(input: string): unknown {
  const names = ['Boolean', 'Guid', 'Duration', 'DateTimeOffset', 'Date', 'TimeOfDay', 'Decimal', 'Double', 'Binary'];
  const geo = ['GeographyPoint', 'GeographyPolygon', 'GeographyLineString'];
  for (const name of [...names, ...geo]) {
    const reading = primitiveType(`Edm.${name}`)?.fromText(input, { scale: 'floating' });
    if (reading !== undefined && 'value' in reading) return reading.value;
  }
  return enumValue(input);
}

/** Without a position, because the text around the input is made up. */
function enumValue(input: string): unknown {
  try {
    return parseExpression(`Namespace.Type'${input}'`);
  } catch (error) {
    throw new Error((error as Error).message, { cause: error });
  }
}

const numbers = literal('integer', 'decimal', 'double');

export const rules: Readonly<Record<string, RuleReader>> = {
  anyExpr: (input) => expression(`Items/${input}`),
  binaryLiteral: literal('binary'),
  boolCommonExpr: expression,
  boolcommonExpr: expression,
  boolean: literal('boolean'),
  booleanValue: value('Edm.Boolean'),
  byteValue: value('Edm.Byte'),
  commonExpr: expression,
  compute: parseQuery,
  customQueryOption: parseQuery,
  date: literal('date'),
  dateTimeOffsetLiteral: literal('dateTimeOffset'),
  dateTimeOffsetValue: value('Edm.DateTimeOffset'),
  dateTimeOffsetValueInUrl: literal('dateTimeOffset'),
  dateValue: value('Edm.Date'),
  decimalLiteral: numbers,
  decimalValue: value('Edm.Decimal'),
  deltatoken: singleOption,
  doubleLiteral: numbers,
  doubleValue: value('Edm.Double'),
  durationLiteral: literal('duration', 'string'),
  durationValue: value('Edm.Duration'),
  entitySetName: parsePath,
  enumLiteral: literal('enum', 'string'),
  enumValue,
  expand: parseQuery,
  filter: parseQuery,
  firstMemberExpr: expression,
  functionParameter: (input) => parsePath(`f(${input})`),
  guid: literal('guid'),
  int16Literal: numbers,
  int16Value: value('Edm.Int16'),
  int32Literal: numbers,
  int32Value: value('Edm.Int32'),
  int64Literal: numbers,
  int64Value: value('Edm.Int64'),
  isofExpr: expression,
  notExpr: expression,
  null: literal('null'),
  odataIdentifier: parsePath,
  odataRelativeUri: parseUrl,
  odataUri: absoluteUrl,
  orderBy: parseQuery,
  orderby: parseQuery,
  primitiveLiteral: expression,
  primitiveValue,
  propertyPathExpr: expression,
  queryOptions: parseQuery,
  resourcePath: parsePath,
  sbyteLiteral: numbers,
  sbyteValue: value('Edm.SByte'),
  search: parseQuery,
  searchExpr: (input) => shifted('$search='.length, () => parseQuery(`$search=${input}`)),
  select: parseQuery,
  singleLiteral: numbers,
  singleValue: value('Edm.Single'),
  skiptoken: singleOption,
  stringInUrl: (input) => expression(`[${input}]`),
  stringLiteral,
  systemQueryOption: parseQuery,
  timeOfDayLiteral: literal('timeOfDay'),
  timeOfDayValue: value('Edm.TimeOfDay'),
  ...Object.fromEntries(
    ['Collection', 'LineString', 'MultiLineString', 'MultiPoint', 'MultiPolygon', 'Point', 'Polygon'].flatMap(
      (shape) => [
        [`geography${shape}`, literal('geography')],
        [`geometry${shape}`, literal('geometry')],
      ],
    ),
  ),
};

/** Rules of the grammar that are not about request URLs and literals. */
export const outOfScope: Readonly<Record<string, string>> = {
  context: 'context URLs are written by the service, never read',
  header: 'headers belong to the protocol layer',
  includeAnnotationsPreference: 'preferences belong to the protocol layer',
  maxpagesizePreference: 'preferences belong to the protocol layer',
  prefer: 'preferences belong to the protocol layer',
  preference: 'preferences belong to the protocol layer',
  'request-id': 'batch requests belong to the protocol layer',
};
