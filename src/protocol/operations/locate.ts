import { writeJson, type EntityType, type JsonObject } from '../../edm/index.js';
import { notFound } from '../../error/index.js';
import type { EntityTarget } from '../../plan/index.js';
import { pathOfAddress } from '../../plan/index.js';
import type { Address, Reader, Row } from '../../store/index.js';
import type { ServiceParts } from '../exchange.js';
import { planRow } from './plan-row.js';

/** The row behind an entity target; 404 where there is none, or one of another type than a cast asks for. */
export async function locate(target: EntityTarget, reader: Reader, parts: ServiceParts): Promise<Row> {
  const row = target.address === undefined ? await reader.first(planRow(target)) : await reader.get(target.address);
  if (row !== undefined && isOfType(row, target)) return row;
  const implied = row === undefined ? impliedSingleton(target, parts) : undefined;
  if (implied !== undefined) return implied;
  throw notFound(
    `Resource '${target.address === undefined ? target.contextPath : pathOfAddress(target.address)}' does not exist.`,
  );
}

/** The address of the entity that contains a collection: without reading where it is known. */
export async function addressOf(target: EntityTarget, reader: Reader, parts: ServiceParts): Promise<Address> {
  return target.address ?? (await locate(target, reader, parts));
}

function isOfType(row: Row, { typeNames }: EntityTarget): boolean {
  return typeNames === undefined || typeNames.includes(row.type);
}

/** A singleton that was never written has the default values of its type. Its version 0 says that no row is there. */
function impliedSingleton(target: EntityTarget, parts: ServiceParts): Row | undefined {
  const { origin, address } = target;
  if (
    !target.isSingleton ||
    origin?.kind !== 'singleton' ||
    address === undefined ||
    !parts.profile.path.singletonExists(origin)
  )
    return undefined;
  return {
    sequence: 0,
    ...address,
    type: target.declaredType.qualifiedName,
    version: 0,
    document: writeJson(impliedDocument(target.declaredType, origin.name, parts)),
    sent: undefined,
  };
}

function impliedDocument(type: EntityType, name: string, { profile, validator }: ServiceParts): JsonObject {
  if (profile.validation.missing === 'required') return {};
  const [key] = type.key;
  const { document } = validator.read(type, {}, { kind: 'create' });
  return key?.property.type.qualifiedName === 'Edm.String' ? { ...document, [key.name]: name } : document;
}
