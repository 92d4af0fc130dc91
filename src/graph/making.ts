import type { JsonObject } from '../edm/index.js';

/** What is known where an entity is made. */
export interface Making {
  /** With its id, and what the client gave. */
  readonly document: JsonObject;
  /** Names of members that it has by the schema alone, since the client left them out. */
  readonly defaulted: ReadonlySet<string>;
  /** The path of the collection that it stands in. */
  readonly collection: string;
  readonly now: string;
  /** The user or group in whose mailbox it is; undefined where nobody knows it by name. */
  owner(): Promise<JsonObject | undefined>;
  /** The user who asks. */
  caller(): Promise<JsonObject | undefined>;
  /** The entity that contains the collection. */
  container(): Promise<JsonObject | undefined>;
  /** The first member of a set whose properties have these values; undefined too where the schema has no such set. */
  known(set: string, values: JsonObject): Promise<JsonObject | undefined>;
}

/** What the service writes into a new entity where the client says nothing. */
export type FirstValues = (making: Making) => JsonObject | Promise<JsonObject>;

/** The id of an entity; the empty text where it has none. */
export function idOf({ id }: JsonObject): string {
  return typeof id === 'string' ? id : '';
}

/** `1` and `2` of `teams/1/channels/2/messages`, by the names before them. */
export function keyAfter(name: string, collection: string): string | undefined {
  const segments = collection.split('/');
  const at = segments.indexOf(name);
  return at < 0 || segments[at + 1] === undefined ? undefined : decodeURIComponent(segments[at + 1]!);
}
