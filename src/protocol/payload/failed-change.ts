import { isJsonObject, writeJson, type EntityType, type JsonObject, type JsonValue } from '../../edm/index.js';
import type { ServiceError } from '../../error/index.js';
import type { DeltaItem } from './read-delta.js';

const EXCEPTION = '@Org.OData.Core.V1.DataModificationException';
const CONTENT_ID = '@Org.OData.Core.V1.ContentID';

/** What kind of change has failed. [Core DataModificationOperationKind] */
export type FailedOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'link' | 'unlink';

export interface FailedChange {
  readonly item: DeltaItem;
  readonly operation: FailedOperation;
  readonly error: ServiceError;
  readonly type: EntityType;
}

/**
 * A change that could not be made, told by its opposite: of an entity that could not be created, that it is removed; of
 * one that could not be deleted, that it is there. [OData-Protocol 11.4.12]
 */
export function writeFailedChange({ item, operation, error, type }: FailedChange): string {
  return writeJson({
    ...identity(item, type),
    ...(operation === 'insert' ? removed(item) : {}),
    ...(item.json[CONTENT_ID] === undefined ? {} : { [CONTENT_ID]: item.json[CONTENT_ID] }),
    [EXCEPTION]: {
      failedOperation: operation,
      responseCode: error.status,
      info: {
        code: error.code,
        message: error.message,
        ...(error.target === undefined ? {} : { target: error.target }),
        severity: 'error',
      },
    },
  });
}

function identity(item: DeltaItem, type: EntityType): JsonObject {
  const { json } = item;
  if (item.kind !== 'member') {
    const opposite = item.kind === 'link' ? 'deletedLink' : 'link';
    const context = String(json['@odata.context'] ?? json['@context']).replace(/\w+$/, opposite);
    const { source, relationship, linked } = item;
    return { '@odata.context': context, source, relationship, target: linked };
  }
  const id: JsonValue | undefined =
    json['@odata.id'] ?? json['@id'] ?? (json['reason'] === undefined ? undefined : json['id']);
  const keys = type.key.flatMap(({ path: [name = ''] }) => {
    const value = json[name];
    return value === undefined || Array.isArray(value) || isJsonObject(value) ? [] : [[name, value] as const];
  });
  return { ...(typeof id === 'string' ? { '@odata.id': id } : {}), ...Object.fromEntries(keys) };
}

function removed(item: DeltaItem): JsonObject {
  return item.kind === 'member' ? { '@odata.removed': {} } : {};
}
