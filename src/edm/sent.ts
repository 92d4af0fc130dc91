import { isJsonObject, parseJson, writeJson, type JsonObject, type JsonValue } from './json.js';

/** Values as clients sent them, by JSON Pointer, where they differ from the canonical ones that are stored. [RFC 6901] */
export type Sent = Readonly<Record<string, JsonValue>>;

/**
 * Remembers which values of a document the sent ones stand for; what it gives leaves out those for which another document
 * has something else, so that no answer repeats what was not stored.
 */
export function sentFor(sent: Sent, meant: JsonObject): (document: JsonObject) => JsonObject {
  const remembered = Object.entries(sent).map(([pointer, value]) => ({
    pointer,
    value,
    stands: textAt(meant, pointer),
  }));
  return (document) =>
    Object.fromEntries(
      remembered
        .filter(({ pointer, stands }) => textAt(document, pointer) === stands)
        .map(({ pointer, value }) => [pointer, value]),
    );
}

/** What a row keeps of the values that were sent, as JSON text, when its document changes. */
export function keptSent(sent: string | undefined, before: JsonObject, after: JsonObject): string | undefined {
  return sent === undefined ? undefined : sentText(sentFor(parseJson(sent) as JsonObject, before)(after));
}

/** The form in which rows keep them; undefined where there are none. */
export function sentText(sent: JsonObject): string | undefined {
  return Object.keys(sent).length === 0 ? undefined : writeJson(sent);
}

function textAt(document: JsonObject, pointer: string): string | undefined {
  const value = pointer
    .split('/')
    .slice(1)
    .reduce<JsonValue | undefined>(
      (outer, name) => (Array.isArray(outer) ? outer[Number(name)] : isJsonObject(outer) ? outer[name] : undefined),
      document,
    );
  return value === undefined ? undefined : writeJson(value);
}
