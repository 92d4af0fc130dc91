/** Where an entity stands that contains a collection, and the property that this is there. */
interface Container {
  readonly collection: string;
  readonly key: string;
  readonly property: string;
}

/** What contains a collection: `users/1/messages/2/attachments` is the `attachments` of `2` in `users/1/messages`. */
export function containedIn(path: string): Container | undefined {
  const [, collection, key, property] = /^(.+)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  return collection === undefined ? undefined : { collection, key: key!, property: property! };
}
