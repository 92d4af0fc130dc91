import { createHash } from 'node:crypto';

import type { EntityType, KeyProperty, JsonObject, JsonValue, ScalarType } from '../edm/index.js';

/** `{66f5a359-4659-4830-9070-00047ec6ac6e}`, as in `String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color`. [Graph: singleValueLegacyExtendedProperty] */
const BRACED_GUID = /\{[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}/gi;

/** What documentation writes where a value belongs: `{id}`, `<user-id>`, or nothing. */
function isPlaceholder(value: JsonValue | undefined): boolean {
  if (typeof value !== 'string') return value === undefined || value === null;
  return /^\s*$|[{<].*[}>]/.test(value.replaceAll(BRACED_GUID, 'guid'));
}

/**
 * The document with its key. The path's key wins over the body's, unless the body says that the path names it by
 * another of its values: `/users/ada@contoso.com` with `{"id": "1", "userPrincipalName": "ada@contoso.com"}`.
 * `isNamed`: the path calls it so in any case. Where neither has one, it is made from `origin`, so that the same seed gets the same key again.
 */
export function withKey(
  type: EntityType,
  document: JsonObject,
  pathKey: string | undefined,
  origin: string,
  isNamed = false,
): JsonObject {
  const isKeyed = type.key.every((key) => !isPlaceholder(document[key.name]));
  if (pathKey === undefined || pathKey === '') {
    const missing = type.key.filter((key) => isPlaceholder(document[key.name]));
    return { ...document, ...Object.fromEntries(missing.map((key) => [key.name, valueFor(key, pathKey, origin)])) };
  }
  if (isKeyed && !isNamed && isNamedBy(type, document, decodeURIComponent(pathKey))) return document;
  return { ...document, ...keyMembers(type, pathKey) };
}

function isNamedBy(type: EntityType, document: JsonObject, text: string): boolean {
  const names = new Set(type.key.map((key) => key.name));
  const isSame = (value: JsonValue): boolean => typeof value === 'string' && value.toLowerCase() === text.toLowerCase();
  return (
    !type.key.some((key) => isSame(document[key.name]!)) &&
    Object.entries(document).some(([name, value]) => !names.has(name) && isSame(value))
  );
}

/** A canonical key as members of a document. */
export function keyMembers(type: EntityType, key: string): JsonObject {
  const texts = type.key.length === 1 ? [key] : key.split(',').map((part) => part.slice(part.indexOf('=') + 1));
  return Object.fromEntries(
    type.key.map(({ name, property }, index) => {
      const reading = (property.type as ScalarType).fromText(decodeURIComponent(texts[index] ?? ''), {});
      return [name, 'value' in reading ? reading.value : null];
    }),
  );
}

/** What stands alone is called like its place: `/users/1/drive` has the id `drive`. */
function valueFor({ property }: KeyProperty, pathKey: string | undefined, origin: string): JsonValue {
  return pathKey === '' && property.type.qualifiedName === 'Edm.String' ? origin : madeKey(property.type, origin);
}

/** A key value that is always the same for the same text. */
export function madeKey(type: unknown, origin: string): JsonValue {
  const scalar = type as ScalarType;
  const hex = createHash('sha256').update(origin).digest('hex');
  const guid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  for (const text of [guid, String(Number.parseInt(hex.slice(0, 7), 16)), '2021-01-01T00:00:00Z', '2021-01-01', '1']) {
    const reading = scalar.fromText(text, {});
    if ('value' in reading) return reading.value;
  }
  return null;
}
