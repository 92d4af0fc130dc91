import { entityOf, type CreateEvent, type Entity, type StreamChange } from '../../behavior/index.js';
import { overlayItems, sentFor, sentText, writeJson, type EntityType, type JsonObject } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import { foreignKey, isDependent, keyOfDocument, pathOfRelation, schemaPath, type Relation } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { ChildDraft, Draft } from '../../validation/index.js';
import { documentOf } from '../row-document.js';

import { listedNames, refuseDeep } from '../restrictions.js';
import { keepPrincipals } from './foreign-keys.js';
import { withoutComputed } from './computed-values.js';
import { entityOfId } from './entity-id.js';
import { countUpPrincipals } from './principals.js';
import { link, relate } from './relate.js';
import { refuseUnrelated } from './required-relations.js';
import { collectionIn, ownerKey, relatedSlot, relationFrom, type Slot } from './slot.js';
import type { WriteContext } from './write-context.js';
import { writeStreams } from './write-streams.js';

interface Origin {
  readonly keepsKey?: boolean;
  readonly stream?: StreamChange;
}

/**
 * Stores a new entity with its relations and the related entities that came with it: what it depends on first, then
 * itself, then what depends on it.
 * `keepsKey`: the key comes from the URL of an upsert; `stream`: the bytes that a media entity came as. [OData-Protocol 11.4.2.2]
 */
export async function insertEntity(draft: Draft, slot: Slot, context: WriteContext, origin: Origin = {}): Promise<Row> {
  let document: JsonObject = {
    ...(context.parts.profile.takesComputed ? draft.document : withoutComputed(draft.type, draft.document)),
    ...ownerKey(slot.via),
  };
  refuseUnrelated(draft, document, slot, context);
  refuseNested(draft, slot, context);
  const before: Related[] = [];
  const after: Related[] = [];
  for (const each of related(draft, slot, context)) (isPrincipal(each.relation) ? before : after).push(each);
  for (const each of before) document = overlayItems(document, await principalKey(each, slot, context));
  const row = await insertRow(draft, document, slot, context, { ...origin, along: [...before, ...after] });
  const relation = slot.via?.relation;
  const isLinked = relation?.kind === 'linked';
  if (isLinked) await link(slot.via!.row, relation, row, context);
  for (const { relation: onward, ids, drafts } of after) {
    for (const id of ids) await relate(row, onward, await entityOfId(id, context, pathOfRelation(onward)), context);
    for (const child of drafts) await insertEntity(child, relatedSlot(row, onward, slot.container, context), context);
  }
  const stored = isLinked || after.length > 0 ? ((await context.unit.get(row)) ?? row) : row;
  if (draft.streams.length === 0) return stored;
  return { ...stored, streams: await writeStreams(stored, draft, context) };
}

/** The row alone, through the behaviours of its type. */
async function insertRow(
  draft: Draft,
  given: JsonObject,
  slot: Slot,
  context: WriteContext,
  { keepsKey = false, stream, along }: Origin & { readonly along: readonly Related[] },
): Promise<Row> {
  const { parts, unit, surroundings } = context;
  const type = draft.type as EntityType;
  const { profile } = parts;
  const document = withKey(type, given, keepsKey || profile.acceptsClientKeys, profile.newKey(type));
  const { annotations, defaulted } = draft;
  const sentOf = sentFor(Object.fromEntries(draft.sent), draft.document);
  const collection = collectionIn(slot, document);
  const event = {
    kind: 'create',
    type: type.qualifiedName,
    collection,
    via: slot.via && { entity: entityOf(slot.via.row), property: slot.via.relation.property.name },
    document,
    defaulted,
    annotations,
    ...comingAlong(along, context),
    ...(stream === undefined ? {} : { stream }),
    ...surroundings,
  } as const;
  const stored = await parts.behaviors.runForType<typeof event, Entity>('create', type, event, async () => {
    await keepPrincipals(type, collection, undefined, document, context);
    const kept = profile.canonical(type, document);
    const row = await unit.insert(
      {
        collection,
        key: slot.isSingle ? '' : filledKey(type, document),
        type: type.qualifiedName,
        document: writeJson(kept),
        sent: sentText(sentOf(document)),
      },
      slot.parent,
    );
    await countUpPrincipals(row, undefined, document, context);
    return { row, document: kept };
  });
  return stored.row;
}

/** What behaviours are told of the relations of a new entity. */
function comingAlong(along: readonly Related[], context: WriteContext): Pick<CreateEvent, 'comesWith' | 'bound'> {
  const behind = (name: string) => along.filter(({ relation: { property } }) => property.name === name);
  return {
    comesWith: (name) => behind(name).some(({ ids, drafts }) => ids.length + drafts.length > 0),
    async bound(name) {
      const entities: Entity[] = [];
      for (const id of behind(name).flatMap(({ ids }) => ids))
        entities.push(entityOf(await entityOfId(id, context, name)));
      return entities;
    },
  };
}

/** The empty key is that of what has none, such as a singleton; an entity of a collection cannot be addressed by it. */
function filledKey(type: EntityType, document: JsonObject): string {
  const key = keyOfDocument(type, document);
  const [property] = type.key;
  if (key === '' && property !== undefined)
    throw badRequest(`The key property '${property.name}' must not be empty.`, { target: property.name });
  return key;
}

/** Holds related entities that come along to what the schema allows for them. [Capabilities InsertRestrictions] */
function refuseNested({ children }: Draft, { container }: Slot, { parts }: WriteContext): void {
  for (const { property, within, drafts } of children) {
    if (drafts === null || drafts.length === 0) continue;
    refuseDeep([container, parts.model.container], 'DeepInsertSupport', property.name);
    const path = pathOfRelation({ property, within: schemaPath(within) });
    if (listedNames(container, 'InsertRestrictions', 'NonInsertableNavigationProperties').has(path))
      throw badRequest(`'${property.name}' takes no new entities here.`, { target: property.name });
  }
}

interface Related {
  readonly relation: Relation;
  readonly ids: readonly string[];
  readonly drafts: readonly Draft[];
}

function related(draft: Draft, slot: Slot, context: WriteContext): Related[] {
  const children = draft.children.filter(
    (child): child is ChildDraft & { drafts: readonly Draft[] } => child.drafts !== null,
  );
  return [
    ...draft.links.map((link) => ({
      relation: relationFrom(slot.container, link, context),
      ids: link.ids,
      drafts: [],
    })),
    ...children.map((child) => ({
      relation: relationFrom(slot.container, child, context),
      ids: [],
      drafts: child.drafts,
    })),
  ];
}

function isPrincipal(relation: Relation): boolean {
  return relation.kind === 'constrained' && isDependent(relation);
}

/** The foreign key to an entity that this one depends on, which is created now where it came along. */
async function principalKey(
  { relation, ids, drafts }: Related,
  slot: Slot,
  context: WriteContext,
): Promise<JsonObject> {
  if (relation.kind !== 'constrained') return {};
  const { property } = relation;
  if (ids.length + drafts.length > 1)
    throw badRequest(`'${property.name}' leads to a single entity.`, { target: property.name });
  const [id] = ids;
  const [draft] = drafts;
  if (id !== undefined) return foreignKey(relation, documentOf(await entityOfId(id, context, property.name)));
  if (draft === undefined) return {};
  const child: Slot = {
    type: property.type,
    collection: relation.collection,
    isSingle: false,
    container: containerNamed(relation.collection, slot, context),
    parent: undefined,
    via: undefined,
  };
  return foreignKey(relation, documentOf(await insertEntity(draft, child, context)));
}

function containerNamed(name: string, slot: Slot, { parts }: WriteContext): Slot['container'] {
  const child = parts.model.container?.child(name);
  return child?.kind === 'entitySet' ? child : slot.container;
}

/** Generated where the profile generates keys; a client's key is taken over or ignored, as the profile says. */
function withKey(
  type: EntityType,
  document: JsonObject,
  acceptsClientKeys: boolean,
  generated: ReturnType<WriteContext['parts']['profile']['newKey']>,
): JsonObject {
  for (const key of type.key) {
    const [name] = key.path;
    if (name === undefined || key.path.length > 1) continue;
    const isGiven = document[name] !== undefined && document[name] !== null;
    if (isGiven && (acceptsClientKeys || generated === undefined || type.key.length > 1)) continue;
    if (generated === undefined || type.key.length > 1) {
      throw badRequest(`The key property '${name}' of '${type.qualifiedName}' is missing.`, { target: name });
    }
    document[name] = generated;
  }
  return document;
}
