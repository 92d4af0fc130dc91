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
import { keyOfDocument, pathOfAddress } from '../../plan/index.js';
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

/** The collection of what a function gives of an entity, in no set of its own: `books/1/names/a/range(address='A1')`. */
function placeBelow({ operation, binding, parameters }: OperationEvent): string | undefined {
  if (operation.kind !== 'function' || binding === undefined) return undefined;
  const given = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  const list = given.map(([name, value]) => `${name}=${encodeURIComponent(writeJson(value))}`).join(',');
  return `${pathOfAddress(binding.row)}/${operation.name}${list === '' ? '' : `(${list})`}`;
}

/**
 * What a declared operation answers that nothing implements: its own entity or stored ones where the return type fits, the
 * number of stored ones where it counts its collection, else a sample that is the same every time. `isFollowed`: the path
 * goes on behind the result, as in `names/a/range/format`, or the result is changed; then a single sample is stored, so that what is
 * written there lasts.
 */
export async function sampleResult(
  event: OperationEvent,
  { model, profile }: ServiceParts,
  isFollowed: boolean,
): Promise<OperationResult> {
  const { operation, binding, collection, entities } = event;
  const { returnType } = operation;
  const parts = { model, samples: profile.samples };
  if (returnType === undefined) return undefined;
  if (isCount(operation) && collection !== undefined) return (await entities.all(collection)).length;
  if (returnType.type.kind !== 'entity') return sampleValue(returnType, operation.name, parts);
  const type = returnType.type;
  if (!returnType.isCollection && binding !== undefined && isOf(binding, type)) return binding;
  const stored = await storedOf(type);
  const sample = stored.length > 0 ? stored : sampleEntity(type);
  if (returnType.isCollection) return sample;
  return stored.length > 0 || sample[0] === undefined ? sample[0] : kept(sample[0]);

  /** A sample that was stored before is that one, with all that was written since. */
  async function kept(made: Entity): Promise<Entity> {
    const place = placeBelow(event);
    if (place === undefined) return made;
    const { key, type: typeName } = made.row;
    const before = await entities.get({ collection: place, key });
    return before ?? (isFollowed ? entities.create(place, typeName, made.document) : made);
  }

  function isOf({ row }: Entity, wanted: EntityType): boolean {
    return model.structuredType(row.type)?.isOrDerivesFrom(wanted) ?? false;
  }

  async function storedOf(wanted: EntityType): Promise<readonly Entity[]> {
    const [set] = model.setsOf(wanted);
    const place = set?.name ?? (operation.bindingParameter?.reference.type === wanted ? collection : undefined);
    return place === undefined
      ? []
      : (await entities.all(place)).filter((entity) => isOf(entity, wanted)).slice(0, MANY);
  }

  function sampleEntity(wanted: EntityType): readonly Entity[] {
    const concrete = concreteType(wanted, model);
    if (concrete === undefined) return [];
    const document = sampleDocument(concrete, parts);
    const row = { sequence: 0, collection: operation.name, type: concrete.qualifiedName, version: 1, sent: undefined };
    const key = concrete.key.length === 0 ? '' : keyOfDocument(concrete, document);
    return [entityOf({ ...row, key, document: writeJson(document) })];
  }
}
