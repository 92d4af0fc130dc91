import type { Entity, OperationResult } from '../../behavior/index.js';
import type { EntitySet, EntityType, JsonValue, Operation, TypeReference } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { OperationTarget } from '../../plan/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { etagOf } from '../headers/etag.js';
import type { WriteOptions } from '../payload/write-options.js';
import type { ServiceResponse } from '../request.js';

/** The result of an operation, as its return type says: nothing, a value, an entity, or several. [OData-Protocol 11.5.3] */
export function operationAnswer(
  exchange: Exchange<OperationTarget>,
  operation: Operation,
  result: OperationResult,
  isSample: boolean,
): ServiceResponse {
  refuseOptions(exchange, operation);
  const { returnType } = operation;
  if (returnType === undefined) return noContent();
  if (returnType.type.kind !== 'entity')
    return valueAnswer(exchange, returnType, (result ?? null) as JsonValue, isSample);
  const type = returnType.type;
  const set = setOf(exchange, type);
  if (!returnType.isCollection) {
    if (result === undefined || result === null) return noContent();
    const { row } = result as Entity;
    const head = contextAnnotation(exchange, set === undefined ? type.qualifiedName : `${set.name}/$entity`);
    const etag = exchange.parts.profile.etags === 'always' ? etagOf(row) : undefined;
    const body = exchange.parts.writer.write(row, {
      ...writeOptions(exchange, type, isSample),
      head,
      alwaysType: isSample || set === undefined,
      ...(etag === undefined ? {} : { etag }),
    });
    return json(exchange, 200, body, etag === undefined ? [] : [['ETag', etag]]);
  }
  const members = (result as readonly Entity[]).map(({ row }) =>
    exchange.parts.writer.write(row, {
      ...writeOptions(exchange, type, isSample),
      alwaysType: isSample || set === undefined,
    }),
  );
  return json(
    exchange,
    200,
    `{${contextAnnotation(exchange, set?.name ?? returnType.toString())}"value":[${members.join(',')}]}`,
  );
}

function valueAnswer(
  exchange: Exchange<OperationTarget>,
  reference: TypeReference,
  value: JsonValue,
  isSample: boolean,
): ServiceResponse {
  if (value === null && !reference.isCollection) return noContent();
  const text = exchange.parts.writer.writeReference(reference, value, writeOptions(exchange, undefined, isSample));
  const context = contextAnnotation(exchange, reference.toString());
  if (reference.type.kind !== 'complex' || reference.isCollection)
    return json(exchange, 200, `{${context}"value":${text}}`);
  return json(exchange, 200, text === '{}' ? `{${context.slice(0, -1)}}` : `{${context}${text.slice(1)}`);
}

/** The set that returned entities belong to: by the import, the binding, or as the only set of the type. [OData-Protocol 10.13] */
function setOf({ target, parts }: Exchange<OperationTarget>, type: EntityType): EntitySet | undefined {
  if (target.entitySet !== undefined) return target.entitySet;
  const { binding } = target;
  if (
    binding !== undefined &&
    binding.kind !== 'property' &&
    binding.origin?.kind === 'entitySet' &&
    type.isOrDerivesFrom(binding.origin.type)
  )
    return binding.origin;
  const sets = [...(parts.model.container?.children.values() ?? [])].filter(
    (child): child is EntitySet => child.kind === 'entitySet' && child.type === type,
  );
  return sets.length === 1 ? sets[0] : undefined;
}

function writeOptions(
  { format, preferences, request }: Exchange,
  declaredType: EntityType | undefined,
  isMadeUp: boolean,
): WriteOptions {
  return {
    declaredType: declaredType as EntityType,
    shape: { contextList: '' },
    format,
    preferences,
    root: request.root,
    isMadeUp,
  };
}

/** Nothing but the format of a result can be chosen; the rest of what a client asks for would change what it is. */
function refuseOptions({ tree }: Exchange, operation: Operation): void {
  const { aliases, custom, schemaversion, format, ...others } = tree.options;
  const [refused] = Object.keys(others);
  if (refused !== undefined)
    throw badRequest(`$${refused} cannot be applied to the result of '${operation.name}'.`, { target: `$${refused}` });
}
