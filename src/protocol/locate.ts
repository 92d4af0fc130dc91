import { writeJson, type EntityType, type JsonObject } from '../edm/index.js';
import { notFound } from '../error/index.js';
import { pathOfAddress, pathOfRelation, wholeRows, type EntityTarget, type ReadPlan } from '../plan/index.js';
import type { Address, Reader, Row } from '../store/index.js';
import { createValidator } from '../validation/index.js';
import { computedMember, mayBeComputed } from './computed-member.js';
import type { ServiceParts } from './exchange.js';

/** The row behind an entity target; 404 where there is none, or one of another type than a cast asks for. */
export async function locate(target: EntityTarget, reader: Reader, parts: ServiceParts): Promise<Row> {
  const row = await readRow(target, reader);
  if (row !== undefined && isOfType(row, target)) return row;
  const unwritten = row === undefined ? await unwrittenRow(target, reader, parts) : undefined;
  if (unwritten !== undefined) return unwritten;
  throw notFound(`Resource '${wayTo(target)}' does not exist.`);
}

function readRow(target: EntityTarget, reader: Reader): Promise<Row | undefined> {
  return target.address === undefined ? reader.first(planRow(target)) : reader.get(target.address);
}

/** What is there without a row: from the start, or as a behaviour computes it. */
async function unwrittenRow(target: EntityTarget, reader: Reader, parts: ServiceParts): Promise<Row | undefined> {
  if (target.isImplied) return impliedRow(target, reader, parts);
  if (!mayBeComputed(target, parts)) return undefined;
  const owner = await locate(target.via!.parent, reader, parts);
  const computed = await computedMember(target, owner, 'shown', reader, parts);
  // Where it cannot be computed any more, another request may have written it meanwhile.
  const row = computed ?? (await readRow(target, reader));
  return row !== undefined && isOfType(row, target) ? row : undefined;
}

/** The path that leads to an entity, with keys as segments. */
function wayTo({ address, via, source, contextPath, type }: EntityTarget): string {
  if (address !== undefined) return pathOfAddress(address);
  if (via === undefined) return contextPath ?? type.qualifiedName;
  const key = source.kind === 'keyed' ? `/${source.key}` : '';
  return `${wayTo(via.parent)}/${pathOfRelation(via.relation)}${key}`;
}

function planRow({ type, source, typeNames }: EntityTarget): ReadPlan {
  return { ...wholeRows(type, source), ...(typeNames === undefined ? {} : { typeNames }) };
}

function isOfType(row: Row, { typeNames }: EntityTarget): boolean {
  return typeNames === undefined || typeNames.includes(row.type);
}

/** What is there without ever having been written has the default values of its type. Its version 0 says that there is no row. */
async function impliedRow(target: EntityTarget, reader: Reader, parts: ServiceParts): Promise<Row | undefined> {
  const { address, declaredType } = target;
  if (declaredType.isAbstract || target.type !== declaredType) return undefined;
  if (target.via !== undefined) await locate(target.via.parent, reader, parts);
  const place = address ?? {
    collection: `${pathOfAddress(await locate(target.via!.parent, reader, parts))}/${pathOfRelation(target.via!.relation)}`,
    key: target.source.kind === 'keyed' ? target.source.key : '',
  };
  // Where unknown entities come into being, what was removed does not come back of itself.
  if (parts.maker !== undefined && (await reader.hasLost(place))) return undefined;
  const document = writeJson(impliedDocument(declaredType, place, parts));
  return { sequence: 0, ...place, type: declaredType.qualifiedName, version: 0, document, sent: undefined };
}

function impliedDocument(type: EntityType, { collection, key }: Address, parts: ServiceParts): JsonObject {
  const { profile } = parts;
  const [property] = type.key;
  const document = startOf(type, parts);
  const name = key === '' ? collection.slice(collection.lastIndexOf('/') + 1) : decodeURIComponent(key);
  const isText = property?.property.type.qualifiedName === 'Edm.String';
  return {
    ...document,
    ...(isText ? { [property.name]: name } : {}),
    ...profile.path.impliedMembers(type, { collection, key }),
  };
}

/**
 * The values of an entity that nobody wrote: default ones, or those of a sample where a service makes such. What begins a
 * tree is what its profile says and nothing else.
 */
function startOf(type: EntityType, { model, profile, maker }: ServiceParts): JsonObject {
  if (maker !== undefined && profile.path.treeOf(type) === undefined) return maker.sampleOf(type);
  const validator = createValidator(model, { ...profile.validation, missing: 'default' });
  return validator.read(type, {}, { kind: 'create' }).document;
}
