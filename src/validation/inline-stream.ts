import {
  primitiveType,
  writeJson,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type StructuredType,
} from '../edm/index.js';

import type { MemberRule } from './member-rule.js';
import type { ObjectReading } from './object-reading.js';

/** What bytes are that come without a type. [RFC 9110 8.3] */
const UNKNOWN = 'application/octet-stream';
const MEDIA = '$value';

/**
 * Takes the content of a stream out of a payload: of a stream property, or of a media entity by the name `$value`. Text
 * stands there as it is, JSON as JSON, and all else in base64url. [OData-JSON 9, 10]
 * Example: `{"Photo@odata.mediaContentType": "image/png", "Photo": "iVBORw0"}`. Says whether the member was one.
 */
export function takeStream(
  name: string,
  json: JsonObject,
  type: StructuredType,
  rule: MemberRule | undefined,
  reading: ObjectReading,
): boolean {
  const { draft } = reading;
  if (draft.payload.options.inlineStreams !== true || !hasStreamsOfItsOwn(reading)) return false;
  const isMedia = name === MEDIA && type.kind === 'entity' && type.hasStream;
  const isProperty = rule?.reference.typeName === 'Edm.Stream' && !rule.reference.isCollection;
  if (!isMedia && !isProperty) return false;
  const prefix = isMedia ? '' : name;
  const given = json[`${prefix}@odata.mediaContentType`] ?? json[`${prefix}@mediaContentType`];
  const contentType = typeof given === 'string' ? given : UNKNOWN;
  const value = json[name]!;
  const bytes = value === null ? undefined : bytesOf(value, contentType);
  if (value !== null && bytes === undefined) {
    const target = reading.targetOf(name);
    const message = `'${target}' must be the content of a stream: text or JSON for such types, base64url for all others.`;
    draft.payload.violations.report('InvalidValue', target, () => message);
  }
  const declared = isProperty ? type.properties.get(name)! : (type as EntityType);
  draft.streams.push({
    property: isMedia ? '' : reading.pathOf(name),
    declared,
    content: bytes && { contentType, bytes },
  });
  return true;
}

/** Entities and complex values of theirs have; items of collections without order change their places, and values alone have no address. */
function hasStreamsOfItsOwn({ path, isAddressable }: ObjectReading): boolean {
  return path === '' || isAddressable;
}

function bytesOf(value: JsonValue, contentType: string): Uint8Array | undefined {
  if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType)) return Buffer.from(writeJson(value));
  if (typeof value !== 'string') return undefined;
  if (/^text\//i.test(contentType)) return Buffer.from(value);
  const reading = primitiveType('Edm.Binary')!.fromJson(value, {});
  return 'value' in reading ? Buffer.from(String(reading.value), 'base64url') : undefined;
}
