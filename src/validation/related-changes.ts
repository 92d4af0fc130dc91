import { isJsonObject, type JsonObject, type JsonValue } from '../edm/index.js';

import type { NestedItem, RelatedChange } from './draft.js';
import { describeKind } from './json-kind.js';
import type { DraftReading, RelatedValue } from './object-reading.js';
import { complain, readBinding, referenceId, targetOf } from './related.js';

/**
 * What an update says about related entities. The entities themselves are read later: whether one is new, and of which
 * type, only what is stored can tell. [OData-Protocol 11.4.3.1] [OData-JSON 15]
 */
export function readChanges(draft: DraftReading, isPartial: boolean): readonly RelatedChange[] {
  return draft.related.flatMap((value) => readChange(value, draft, isPartial) ?? []);
}

function readChange(value: RelatedValue, draft: DraftReading, isPartial: boolean): RelatedChange | undefined {
  const { property, within, json } = value;
  switch (value.as) {
    case 'binding': {
      const read = readBinding(value, draft);
      if (read?.drafts === null) return { kind: 'empty', property, within };
      return read?.ids && { kind: 'bind', property, within, ids: read.ids };
    }
    case 'delta': {
      const target = `${targetOf(value, draft)}@odata.delta`;
      if (!isPartial)
        return complain(draft, 'InvalidAnnotation', `'${target}' lists changes, which is for PATCH alone.`, target);
      if (!property.isCollection || !Array.isArray(json))
        return complain(draft, 'InvalidAnnotation', `'${target}' must be an array, of a collection's changes.`, target);
      const items = readItems(json, value, draft, true);
      return items && { kind: 'delta', property, within, items };
    }
    case 'value':
      return readWhole(value, draft);
  }
}

function readWhole(value: RelatedValue, draft: DraftReading): RelatedChange | undefined {
  const { property, within, json } = value;
  const target = targetOf(value, draft);
  if (property.isCollection && !Array.isArray(json)) {
    const message = `The navigation property '${target}' must be an array of ${property.reference.typeName}, not ${describeKind(json)}.`;
    return complain(draft, 'InvalidType', message, target);
  }
  if (json === null) {
    if (property.isNullable) return { kind: 'empty', property, within };
    return complain(draft, 'NullNotAllowed', `The navigation property '${target}' must not be null.`, target);
  }
  const items = readItems(property.isCollection && Array.isArray(json) ? json : [json], value, draft, false);
  return items && { kind: 'whole', property, within, items };
}

function readItems(
  items: readonly JsonValue[],
  value: RelatedValue,
  draft: DraftReading,
  isDelta: boolean,
): readonly NestedItem[] | undefined {
  const { property } = value;
  const path = targetOf(value, draft);
  const read = items.map((json, index) => {
    const target = property.isCollection ? `${path}/${String(index)}` : path;
    if (!isJsonObject(json)) {
      const message = `The navigation property '${target}' must be an object of type ${property.reference.typeName}, not ${describeKind(json)}.`;
      return complain(draft, json === null ? 'NullNotAllowed' : 'InvalidType', message, target);
    }
    const item = nestedItem(json, target);
    if (item === undefined)
      return complain(draft, 'InvalidAnnotation', `The reason of '${target}' must be changed or deleted.`, target);
    if (item.kind !== 'removed' || isDelta) return item;
    const message = `'${target}' is removed, which only a list of changes can say: '${property.name}@odata.delta'.`;
    return complain(draft, 'InvalidAnnotation', message, target);
  });
  return read.every((item) => item !== undefined) ? read : undefined;
}

/**
 * What an object within a list says about an entity; undefined where it does not say it right.
 * Examples: `{"@id": "Things(1)"}`, `{"@removed": {"reason": "deleted"}, "Id": 1}`, `{"Id": 1, "Name": "lamp"}`.
 */
export function nestedItem(json: JsonObject, target: string): NestedItem | undefined {
  const removed = json['@odata.removed'] ?? json['@removed'];
  if (removed === undefined) {
    const id = referenceId(json);
    return id === undefined ? { kind: 'entity', json, target } : { kind: 'reference', id, target };
  }
  const reason = isJsonObject(removed) ? (removed['reason'] ?? 'changed') : undefined;
  return reason === 'changed' || reason === 'deleted' ? { kind: 'removed', reason, json, target } : undefined;
}
