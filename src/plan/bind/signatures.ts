import type { CanonicalFunction } from '../expression.js';

/** Types of the parameters and of the result, without `Edm.`; the first signature that fits is taken. */
export interface Signature {
  readonly name: CanonicalFunction;
  readonly parameters: readonly string[];
  readonly result: string;
}

/** One line per function: its signatures as the specification declares them. [OData-URL 5.1.1.5 to 5.1.1.11] */
const DECLARATIONS: readonly string[] = [
  'concat(String,String)String',
  'contains(String,String)Boolean',
  'endswith(String,String)Boolean',
  'startswith(String,String)Boolean',
  'indexof(String,String)Int32',
  'length(String)Int32',
  'substring(String,Int32)String',
  'substring(String,Int32,Int32)String',
  'matchesPattern(String,String)Boolean',
  'tolower(String)String',
  'toupper(String)String',
  'trim(String)String',
  'date(DateTimeOffset)Date',
  'time(DateTimeOffset)TimeOfDay',
  'year(Date)Int32',
  'year(DateTimeOffset)Int32',
  'month(Date)Int32',
  'month(DateTimeOffset)Int32',
  'day(Date)Int32',
  'day(DateTimeOffset)Int32',
  'hour(DateTimeOffset)Int32',
  'hour(TimeOfDay)Int32',
  'minute(DateTimeOffset)Int32',
  'minute(TimeOfDay)Int32',
  'second(DateTimeOffset)Int32',
  'second(TimeOfDay)Int32',
  'fractionalseconds(DateTimeOffset)Decimal',
  'fractionalseconds(TimeOfDay)Decimal',
  'totaloffsetminutes(DateTimeOffset)Int32',
  'totalseconds(Duration)Decimal',
  'now()DateTimeOffset',
  'mindatetime()DateTimeOffset',
  'maxdatetime()DateTimeOffset',
  'round(Decimal)Decimal',
  'round(Double)Double',
  'floor(Decimal)Decimal',
  'floor(Double)Double',
  'ceiling(Decimal)Decimal',
  'ceiling(Double)Double',
  'geo.distance(GeographyPoint,GeographyPoint)Double',
  'geo.distance(GeometryPoint,GeometryPoint)Double',
  'geo.intersects(GeographyPoint,GeographyPolygon)Boolean',
  'geo.intersects(GeometryPoint,GeometryPolygon)Boolean',
  'geo.length(GeographyLineString)Double',
  'geo.length(GeometryLineString)Double',
];

/** Signatures by function name in lower case: names are accepted in any case. [OData-Protocol 11.2.6.1.2] */
export const signatures: ReadonlyMap<string, readonly Signature[]> = indexSignatures();

/** What is known and cannot be computed. [OData-Aggregation 3.6] */
export const unsupportedFunctions: ReadonlySet<string> = new Set(['isdefined']);

/** `substring(Edm.String,Edm.Int32)` */
export function printSignature({ name, parameters }: Signature): string {
  return `${name}(${parameters.map((parameter) => `Edm.${parameter}`).join(',')})`;
}

function indexSignatures(): ReadonlyMap<string, readonly Signature[]> {
  const index = new Map<string, Signature[]>();
  for (const declaration of DECLARATIONS) {
    const [, name = '', parameters = '', result = ''] = /^(.+)\((.*)\)(.+)$/.exec(declaration)!;
    const signature: Signature = {
      name: name as CanonicalFunction,
      parameters: parameters === '' ? [] : parameters.split(','),
      result,
    };
    const key = name.toLowerCase();
    index.set(key, [...(index.get(key) ?? []), signature]);
  }
  return index;
}
