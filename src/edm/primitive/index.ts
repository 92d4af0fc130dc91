import { binaryType } from './binary.js';
import { booleanType } from './boolean.js';
import { dateTimeOffsetType } from './date-time-offset.js';
import { dateType } from './date.js';
import { decimalType } from './decimal.js';
import { durationType } from './duration.js';
import { doubleType, singleType } from './floating-point.js';
import { geoTypes } from './geo-type.js';
import { guidType } from './guid.js';
import { int64Type } from './int64.js';
import { byteType, int16Type, int32Type, sByteType } from './integer.js';
import type { PrimitiveType } from './primitive-type.js';
import { streamType } from './stream.js';
import { stringType } from './string.js';
import { timeOfDayType } from './time-of-day.js';
import { primitiveTypeType, untypedType } from './untyped.js';

export { offsetMinutes } from './date-time-offset.js';
export { durationToSeconds } from './duration.js';
export { sridOf } from './geo-type.js';
export type { PrimitiveType } from './primitive-type.js';

const TYPES: ReadonlyMap<string, PrimitiveType> = new Map(
  [
    binaryType,
    booleanType,
    byteType,
    dateType,
    dateTimeOffsetType,
    decimalType,
    doubleType,
    durationType,
    guidType,
    int16Type,
    int32Type,
    int64Type,
    sByteType,
    singleType,
    streamType,
    stringType,
    timeOfDayType,
    ...geoTypes,
    primitiveTypeType,
    untypedType,
  ].map((type) => [type.qualifiedName, type]),
);

/** A primitive type by its qualified name, `Edm.PrimitiveType` and `Edm.Untyped` included. [CSDL-JSON 3.3] */
export function primitiveType(name: string): PrimitiveType | undefined {
  return TYPES.get(name);
}
