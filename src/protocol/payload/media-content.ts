import type { CsdlValue, EntityType, Property, StructuredType } from '../../edm/index.js';
import { unsupportedMediaType } from '../../error/index.js';
import type { StreamContent } from '../../store/index.js';
import type { ServiceParts } from '../exchange.js';
import { readBytes } from './read-body.js';
import type { ServiceRequest } from '../request.js';

const ACCEPTABLE = 'Org.OData.Core.V1.AcceptableMediaTypes';
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;.*)?$/;
/** What bytes are that come without a type. [RFC 9110 8.3] */
const UNKNOWN = 'application/octet-stream';

/** The body as the content of a stream; 415 where the schema does not accept its type. [Core AcceptableMediaTypes] */
export async function readContent(
  request: ServiceRequest,
  element: EntityType | Property,
  { profile }: ServiceParts,
): Promise<StreamContent> {
  const contentType = request.headers.get('content-type')?.trim() || UNKNOWN;
  refuseMediaType(contentType, element);
  return { contentType, bytes: await readBytes(request, profile.limits.maxBody) };
}

/** 415 for what is no media type, or not one of those that the schema accepts. [Core AcceptableMediaTypes] */
export function refuseMediaType(contentType: string, element: EntityType | Property): void {
  if (!MEDIA_TYPE.test(contentType))
    throw unsupportedMediaType(`The Content-Type '${contentType.slice(0, 100)}' is not a media type.`);
  const acceptable = acceptableTypes(element);
  if (acceptable !== undefined && !acceptable.some((range) => isIn(contentType, range))) {
    const types = acceptable.join(', ');
    throw unsupportedMediaType(
      `The Content-Type '${contentType.slice(0, 100)}' is not accepted for '${element.name}', only ${types}.`,
    );
  }
}

function acceptableTypes(element: EntityType | Property): readonly string[] | undefined {
  let value: CsdlValue | undefined = element.annotation(ACCEPTABLE);
  if (element.kind === 'entity') {
    for (let base: StructuredType | undefined = element.baseType; value === undefined && base; base = base.baseType)
      value = base.annotation(ACCEPTABLE);
  }
  return Array.isArray(value) ? value.map(String) : undefined;
}

/** Example: `image/png` is in `image/*`. */
function isIn(contentType: string, range: string): boolean {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  const wanted = range.trim().toLowerCase();
  return wanted === '*/*' || wanted === type || (wanted.endsWith('/*') && type.startsWith(wanted.slice(0, -1)));
}
