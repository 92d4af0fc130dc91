import { entityOf, type Annotations, type Entity } from '../../behavior/index.js';
import {
  documentWith,
  isJsonObject,
  overlay,
  parseJson,
  sentFor,
  sentText,
  valueAt,
  writeJson,
  type EntityType,
  type JsonObject,
} from '../../edm/index.js';
import { badRequest, changedMeanwhile } from '../../error/index.js';
import { keyOfDocument, placesAfter, type WrittenPath } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { Draft } from '../../validation/index.js';

import { checkPayloadEtag } from '../headers/etag.js';
import { documentOf } from '../row-document.js';
import { typeOfRow } from '../row-type.js';
import { NO_ANNOTATIONS } from './annotated.js';
import { fixedMembers, refuseImmutable, withoutComputed } from './computed-values.js';
import { follow, followersOf, keepPrincipals } from './foreign-keys.js';
import { countUpPrincipals } from './principals.js';
import { refuseNonUpdatable } from './settable.js';
import type { Slot } from './slot.js';
import type { WriteContext } from './write-context.js';
import { withoutForeignKeys } from './without-foreign-keys.js';
import { writeHanging } from './write-hanging.js';

/**
 * Changes an entity: an update lays what is given over what is there, a replacement resets what is left out.
 * The key may be repeated in an update, but not changed; a replacement ignores it. [OData-Protocol 11.4.3]
 */
export async function changeEntity(
  present: Row,
  draft: Draft,
  kind: 'update' | 'replace',
  container: Slot['container'],
  context: WriteContext,
): Promise<Row> {
  const type = draft.type as EntityType;
  refuseOtherType(type, typeOfRow(present, context.parts));
  if (context.checksEtags && draft.etag !== undefined) checkPayloadEtag(draft.etag, present, '@odata.etag');
  const before = documentOf(present);
  const named = withoutForeignKeys(draft.document, draft.changes);
  const given = context.parts.profile.takesComputed ? named : withoutComputed(type, named);
  const document = kind === 'replace' ? replaced(type, before, given) : overlay(before, given);
  refuseNonUpdatable(container, before, given);
  refuseImmutable(type, before, kind === 'replace' ? {} : document);
  if (kind === 'update') refuseOtherKey(type, present, overlay(before, named));
  const sent =
    kind === 'replace'
      ? sentFor(Object.fromEntries(draft.sent), draft.document)(document)
      : sentFor(overlaySent(present.sent, draft), overlay(before, draft.document))(document);
  const row = await writeRow(present, document, sent, context, draft.annotations);
  return writeHanging(row, draft, { verb: kind, changeEntity }, container, context);
}

/**
 * Writes a whole document over a row, through the behaviours of its type; a row of version 0 is not there yet. `written` says
 * what alone is meant to change.
 */
export async function writeRow(
  present: Row,
  document: JsonObject,
  sent: JsonObject,
  context: WriteContext,
  annotations: Annotations = NO_ANNOTATIONS,
  written?: WrittenPath,
): Promise<Row> {
  const { parts, unit, surroundings } = context;
  const { collection, key, type: typeName, version } = present;
  const type = typeOfRow(present, parts);
  const entity = entityOf(present);
  const { qualifiedName } = type;
  const sentOf = sentFor(sent, document);
  const event = { kind: 'update', type: qualifiedName, entity, document, annotations, ...surroundings } as const;
  const stored = await parts.behaviors.runForType<typeof event, Entity>('update', type, event, async () => {
    const next = {
      collection,
      key,
      type: typeName,
      document: writeJson(parts.profile.canonical(type, document)),
      sent: sentText(sentOf(document)),
    };
    await keepPrincipals(type, collection, entity.document, document, context);
    const followers = await followersOf(present, entity.document, document, context);
    const row = version === 0 ? await unit.insert(next) : await unit.replace(next, version);
    if (row === undefined) throw changedMeanwhile('entity');
    const places = placesAfter(type, parts.model, entity.document, document, written);
    if (places !== undefined && version > 0) await unit.rehang(row, places);
    await follow(followers, context);
    await countUpPrincipals(row, version === 0 ? undefined : entity.document, document, context);
    return entityOf(row);
  });
  return stored.row;
}

/**
 * A replacement keeps the key, what clients cannot set (computed and immutable values), and foreign keys that it does
 * not mention. [OData-Protocol 11.4.3]
 */
function replaced(type: EntityType, before: JsonObject, given: JsonObject): JsonObject {
  return { ...overlay(foreignKeys(type, before), given), ...fixedMembers(type, before), ...keyMembers(type, before) };
}

function foreignKeys(type: EntityType, before: JsonObject): JsonObject {
  const paths = [...type.navigationProperties.values()].flatMap(({ referentialConstraints }) =>
    referentialConstraints.map(({ dependent }) => dependent),
  );
  return paths.reduce<JsonObject>((all, path) => {
    const value = valueAt(before, path);
    return value === undefined ? all : overlay(all, documentWith(path, value));
  }, {});
}

function keyMembers(type: EntityType, document: JsonObject): JsonObject {
  return Object.fromEntries(type.key.map((key) => [key.path[0]!, document[key.path[0]!] ?? null]));
}

function refuseOtherKey(type: EntityType, present: Row, document: JsonObject): void {
  if (type.key.length === 0 || present.key === '' || keyOfDocument(type, document) === present.key) return;
  throw badRequest('The key of an entity cannot be changed.', { target: type.key.map((each) => each.name).join(',') });
}

/** Texts as they were sent, of what the update leaves alone and of what it brings. */
export function overlaySent(before: string | undefined, draft: Pick<Draft, 'document' | 'sent'>): JsonObject {
  if (before === undefined) return Object.fromEntries(draft.sent);
  const given = pointers(draft.document, '');
  const kept = Object.entries(parseJson(before) as JsonObject).filter(
    ([pointer]) => !given.some((each) => pointer === each || pointer.startsWith(`${each}/`)),
  );
  return Object.fromEntries([...kept, ...draft.sent]);
}

/** JSON Pointers of all values of a document that are no objects. [RFC 6901] */
function pointers(value: JsonObject, prefix: string): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const pointer = `${prefix}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return isJsonObject(member) ? pointers(member, pointer) : [pointer];
  });
}

/** What only another type has would be taken and never shown. */
function refuseOtherType(type: EntityType, present: EntityType): void {
  if (type === present) return;
  throw badRequest(
    `The entity is of the type '${present.qualifiedName}', which cannot be changed to '${type.qualifiedName}'.`,
    { target: '@odata.type' },
  );
}
