import type { EntityType, JsonObject, Scalar, ScalarType } from '../edm/index.js';
import { badRequest } from '../error/index.js';

/**
 * The canonical text of a key, under which the store files an entity: percent-encoded, so that it never holds a slash.
 * One key property: its value. Several: `a=1,b=x` in the order of the key. A singleton has the empty key.
 */
export function keyText(type: EntityType, valueOf: (name: string) => Scalar): string {
  const [first, ...others] = type.key;
  if (first === undefined) return '';
  const encode = (key: typeof first): string =>
    encoded(scalarType(key.property.type).toText(valueOf(key.name)), key.name);
  return others.length === 0 ? encode(first) : type.key.map((key) => `${key.name}=${encode(key)}`).join(',');
}

/** Half a surrogate pair is no character, so that no URL could name the entity. [RFC 8259 8.2] */
function encoded(text: string, target: string): string {
  if (/\p{Surrogate}/u.test(text)) throw badRequest('The key holds half a surrogate pair.', { target });
  return encodeURIComponent(text);
}

/** The key of a canonical document. Every key property must be there. */
export function keyOfDocument(type: EntityType, document: JsonObject): string {
  return keyText(type, (name) => {
    const path = type.key.find((key) => key.name === name)!.path;
    let value: unknown = document;
    for (const step of path) value = (value as JsonObject)[step];
    return value as Scalar;
  });
}

/** The key as it stands in parentheses in a URL: `'a'`, `1`, `a=1,b='x'`; percent-encoded. [OData-URL 4.3.1] */
export function keyPredicate(type: EntityType, key: string): string {
  const literal = (property: ScalarType, text: string): string => {
    const reading = property.fromText(decodeURIComponent(text), {});
    return 'value' in reading ? encodeURIComponent(property.toLiteral(reading.value)) : text;
  };
  const [first, ...others] = type.key;
  if (first === undefined) return key;
  if (others.length === 0) return literal(scalarType(first.property.type), key);
  return key
    .split(',')
    .map((part, index) => {
      const [name = '', text = ''] = part.split('=');
      return `${name}=${literal(scalarType(type.key[index]!.property.type), text)}`;
    })
    .join(',');
}

/** The path under which an entity's contained collections stand. */
export function pathOfAddress(address: { readonly collection: string; readonly key: string }): string {
  return address.key === '' ? address.collection : `${address.collection}/${address.key}`;
}

/** Key properties are primitive or enumeration values by the schema's own rules. [CSDL-JSON 6.5] */
function scalarType(type: { readonly kind: string }): ScalarType {
  return type as ScalarType;
}
