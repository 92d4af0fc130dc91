import {
  concreteType,
  entityOf,
  sampleDocument,
  sampleValue,
  type Entity,
  type OperationEvent,
  type OperationResult,
} from '../../behavior/index.js';
import { writeJson, type EntityType, type Operation } from '../../edm/index.js';
import { keyOfDocument } from '../../plan/index.js';
import type { ServiceParts } from '../exchange.js';

/** How many stored entities stand in for a collection that nothing computes. */
const MANY = 5;

/** A whole number of a collection's entities, by its name: `mobileApps/getMobileAppCount`. */
function isCount({ name, returnType, bindingParameter }: Operation): boolean {
  return (
    bindingParameter?.reference.isCollection === true &&
    returnType?.isCollection === false &&
    /^Edm\.Int(16|32|64)$/.test(returnType.typeName) &&
    /count$/i.test(name)
  );
}

/**
 * What a declared operation answers that nothing implements: its own entity or stored ones where the return type fits, the
 * number of stored ones where it counts its collection, else a sample that is the same every time.
 */
export async function sampleResult(
  { operation, binding, collection, entities }: OperationEvent,
  { model }: ServiceParts,
): Promise<OperationResult> {
  const { returnType } = operation;
  if (returnType === undefined) return undefined;
  if (isCount(operation) && collection !== undefined) return (await entities.all(collection)).length;
  if (returnType.type.kind !== 'entity') return sampleValue(returnType, operation.name, model);
  const type = returnType.type;
  if (!returnType.isCollection && binding !== undefined && isOf(binding, type)) return binding;
  const stored = await storedOf(type);
  const sample = stored.length > 0 ? stored : sampleEntity(type);
  return returnType.isCollection ? sample : sample[0];

  function isOf({ row }: Entity, wanted: EntityType): boolean {
    return model.structuredType(row.type)?.isOrDerivesFrom(wanted) ?? false;
  }

  async function storedOf(wanted: EntityType): Promise<readonly Entity[]> {
    const set = [...(model.container?.children.values() ?? [])].find(
      (child) => child.kind === 'entitySet' && child.type === wanted,
    );
    const place = set?.name ?? (operation.bindingParameter?.reference.type === wanted ? collection : undefined);
    return place === undefined
      ? []
      : (await entities.all(place)).filter((entity) => isOf(entity, wanted)).slice(0, MANY);
  }

  function sampleEntity(wanted: EntityType): readonly Entity[] {
    const concrete = concreteType(wanted, model);
    if (concrete === undefined) return [];
    const document = sampleDocument(concrete, model);
    const row = { sequence: 0, collection: operation.name, type: concrete.qualifiedName, version: 1, sent: undefined };
    const key = concrete.key.length === 0 ? '' : keyOfDocument(concrete, document);
    return [entityOf({ ...row, key, document: writeJson(document) })];
  }
}
