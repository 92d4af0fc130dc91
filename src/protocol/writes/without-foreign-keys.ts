import { isJsonObject, type JsonObject } from '../../edm/index.js';
import type { RelatedChange } from '../../validation/index.js';

/** What a payload says of a related entity counts more than the foreign key beside it. [OData-Protocol 11.4.3] */
export function withoutForeignKeys(document: JsonObject, changes: readonly RelatedChange[]): JsonObject {
  return changes
    .flatMap(({ property, within }) =>
      property.referentialConstraints.map(({ dependent }) => [...within, ...dependent]),
    )
    .reduce(withoutValueAt, document);
}

function withoutValueAt(value: JsonObject, [name = '', ...further]: readonly string[]): JsonObject {
  if (further.length === 0) return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
  const inner = value[name];
  if (isJsonObject(inner)) return { ...value, [name]: withoutValueAt(inner, further) };
  if (!Array.isArray(inner)) return value;
  const [ordinal, ...path] = further;
  const items = inner.map((item, index) =>
    isJsonObject(item) && String(index) === ordinal ? withoutValueAt(item, path) : item,
  );
  return { ...value, [name]: items };
}
