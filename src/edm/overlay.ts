import { isJsonObject, type JsonObject, type JsonValue } from './json.js';

/** Members of complex values that are not given stay as they are, unless the value changes its type. */
export function overlay(before: JsonObject, given: JsonObject): JsonObject {
  const result = { ...before };
  for (const [name, value] of Object.entries(given)) {
    const present = result[name];
    result[name] =
      isJsonObject(value) && isJsonObject(present) && isSameType(present, value) ? overlay(present, value) : value;
  }
  return result;
}

/** The same, where members of items are given by the ordinals of these: `{"Places": {"0": {"Zip": 5}}}`. */
export function overlayItems(before: JsonObject, given: JsonObject): JsonObject {
  return overlay(before, onItems(before, given));
}

function onItems(before: JsonObject, changes: JsonObject): JsonObject {
  const members = Object.entries(changes).map(([name, value]) => {
    const present = before[name];
    if (!isJsonObject(value)) return [name, value] as const;
    if (isJsonObject(present)) return [name, onItems(present, value)] as const;
    if (!Array.isArray(present)) return [name, value] as const;
    return [name, present.map((item, ordinal) => changedItem(item, value[String(ordinal)]))] as const;
  });
  return Object.fromEntries(members);
}

function changedItem(item: JsonValue, changes: JsonValue | undefined): JsonValue {
  return isJsonObject(item) && isJsonObject(changes) ? overlay(item, onItems(item, changes)) : item;
}

function isSameType(present: JsonObject, given: JsonObject): boolean {
  const type: JsonValue | undefined = given['@odata.type'];
  return type === undefined || type === present['@odata.type'];
}

/** `{ Place: { Inner: members } }`: members of the complex value that names lead to. */
export function placedWithin(names: readonly string[], members: JsonObject): JsonObject {
  return names.reduceRight<JsonObject>((inner, name) => ({ [name]: inner }), members);
}

/** The value that a path of names leads to; undefined where there is none. */
export function valueAt(document: JsonObject, path: readonly string[]): JsonValue | undefined {
  return valueWithin(document, path.slice(0, -1))[path.at(-1)!];
}

/** A document with one value, at the end of a path. */
export function documentWith(path: readonly string[], value: JsonValue): JsonObject {
  return placedWithin(path.slice(0, -1), { [path.at(-1)!]: value });
}

/** The complex value that names, and ordinals of items, lead to; empty where there is none. */
export function valueWithin(document: JsonObject, names: readonly string[]): JsonObject {
  const value = names.reduce<JsonValue | undefined>(
    (outer, name) => (Array.isArray(outer) ? outer[Number(name)] : isJsonObject(outer) ? outer[name] : undefined),
    document,
  );
  return isJsonObject(value) ? value : {};
}

/** The document with a value put at a path of names and ordinals; complex values on the way are made where they are missing. */
export function placed(document: JsonValue | undefined, path: readonly string[], value: JsonValue): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(document)) return document.with(Number(name), placed(document[Number(name)], rest, value));
  const present = isJsonObject(document) ? document : {};
  return { ...present, [name]: placed(present[name], rest, value) };
}
