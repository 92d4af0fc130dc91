import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import { nestedItem, type NestedItem } from '../../validation/index.js';

/** One change of a list of changes that a client sends. [OData-JSON 15] */
export type DeltaItem =
  | { readonly kind: 'member'; readonly json: JsonObject; readonly item: NestedItem; readonly set: string | undefined }
  | {
      readonly kind: 'link' | 'deletedLink';
      readonly json: JsonObject;
      readonly source: string;
      readonly relationship: string;
      readonly linked: string;
      readonly target: string;
    };

/** `{"@context": "#$delta", "value": […]}`; 400 for everything else. [OData-JSON 15.5] */
export function readDelta(body: JsonValue | undefined): readonly DeltaItem[] {
  const context = isJsonObject(body) ? contextOf(body) : undefined;
  if (!isJsonObject(body) || context === undefined || !/(^#|\/)\$delta$/.test(context)) {
    throw badRequest('A collection is updated by a list of changes: {"@odata.context": "#$delta", "value": […]}.', {
      target: '@odata.context',
    });
  }
  const value = body['value'];
  if (!Array.isArray(value)) throw badRequest('The changes must stand in an array named "value".', { target: 'value' });
  return value.map((json, index) => readItem(json, `value/${String(index)}`));
}

/** `{"value": […]}` with all members that the collection is to have. [OData-Protocol 11.4.12] */
export function readMembers(body: JsonValue | undefined): readonly NestedItem[] {
  const value = isJsonObject(body) ? body['value'] : undefined;
  if (!Array.isArray(value)) throw badRequest('A collection is replaced by {"value": […]}.', { target: 'value' });
  return value.map((json, index) => {
    const target = `value/${String(index)}`;
    const item = memberItem(objectAt(json, target), target);
    if (item.kind === 'removed')
      throw badRequest(`'${target}' is removed, which only a list of changes can say.`, { target });
    return item;
  });
}

function readItem(given: JsonValue, target: string): DeltaItem {
  const json = objectAt(given, target);
  const [, set, kind] = /([^#/]*)\/\$(\w+)$/.exec(contextOf(json) ?? '') ?? [];
  switch (kind) {
    case 'link':
    case 'deletedLink':
      return {
        kind,
        json,
        source: textAt('source', json, target),
        relationship: textAt('relationship', json, target),
        linked: textAt('target', json, target),
        target,
      };
    case 'deletedEntity':
      return { kind: 'member', json, item: deletedEntity(json, target), set };
    case undefined:
    case 'entity':
      return { kind: 'member', json, item: memberItem(json, target), set };
    default:
      throw badRequest(`The context of '${target}' is not that of an entity, a deleted entity or a link.`, { target });
  }
}

/** As of OData 4.0, `{"@odata.context": "#Things/$deletedEntity", "id": "Things(1)", "reason": "deleted"}`. */
function deletedEntity(json: JsonObject, target: string): NestedItem {
  if (json['@removed'] !== undefined || json['@odata.removed'] !== undefined) return memberItem(json, target);
  const id = json['id'] ?? json['@odata.id'] ?? json['@id'];
  if (typeof id !== 'string') throw badRequest(`'${target}' must have the id of the deleted entity.`, { target });
  const reason = json['reason'] ?? 'deleted';
  return memberItem({ '@odata.removed': { reason }, '@odata.id': id }, target);
}

function memberItem(json: JsonObject, target: string): NestedItem {
  const item = nestedItem(json, target);
  if (item === undefined) throw badRequest(`The reason of '${target}' must be changed or deleted.`, { target });
  return item;
}

function objectAt(json: JsonValue, target: string): JsonObject {
  if (!isJsonObject(json)) throw badRequest(`'${target}' must be a JSON object.`, { target });
  return json;
}

function textAt(name: string, json: JsonObject, target: string): string {
  const value = json[name];
  if (typeof value !== 'string') throw badRequest(`'${target}/${name}' must be a string.`, { target });
  return value;
}

function contextOf(json: JsonObject): string | undefined {
  const context = json['@odata.context'] ?? json['@context'];
  return typeof context === 'string' ? context : undefined;
}
