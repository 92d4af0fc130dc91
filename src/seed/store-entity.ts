import { parseJson, sentFor, sentText, writeJson, type EntityType, type JsonObject } from '../edm/index.js';
import { changedMeanwhile, ServiceError } from '../error/index.js';
import {
  boundSet,
  containerOf,
  keyOfDocument,
  pathOfAddress,
  pathOfRelation,
  placesAfter,
  wholeRows,
  type CollectionTarget,
  type EntityTarget,
} from '../plan/index.js';
import type { Row } from '../store/index.js';
import type { Draft } from '../validation/index.js';

import { entityTypeNamed } from './concrete-types.js';
import { putUnderHolder } from './held.js';
import { withKey } from './keys.js';
import { relate } from './relate.js';
import type { Seeding } from './seeding.js';
import { relationFrom, slotAt, slotBehind, type Slot } from './slots.js';
import { targetNamed } from './target-named.js';
import { tolerantDraft } from './tolerant-draft.js';

/** Stores an entity with all that came with it, over one that has its place already. */
export async function storeDraft(draft: Draft, slot: Slot, origin: string, seeding: Seeding): Promise<Row> {
  const type = draft.type as EntityType;
  const name = slot.key === '' ? slot.collection.slice(slot.collection.lastIndexOf('/') + 1) : origin;
  const document = withKey(type, draft.document, slot.key, name, slot.isNamed);
  const key = slot.key === '' ? '' : keyOfDocument(type, document);
  const sent = sentFor(Object.fromEntries(draft.sent), draft.document)(document);
  const row = await put(
    {
      collection: slot.collection,
      key,
      type: type.qualifiedName,
      document: writeJson(seeding.canonical(type, document)),
      sent: sentText(sent),
    },
    seeding,
  );
  await storeStreams(row, draft, seeding);
  if (slot.via !== undefined) await relate(slot.via.row, slot.via.relation, row, seeding.unit);
  else if (row.version === 1) await putUnderHolder(row, seeding, (holder) => ensureEntity(holder, undefined, seeding));
  await storeRelated(row, draft, slot, seeding);
  return row;
}

/** Streams stand in a seed as they do in payloads: `Photo` with `Photo@odata.mediaContentType`, or `$value`. [OData-JSON 9, 10] */
async function storeStreams(row: Row, { streams }: Draft, { unit }: Seeding): Promise<void> {
  for (const { property, content } of streams) {
    const { version } = await unit.stream(row, property);
    await unit.writeStream(row, property, content, version);
  }
}

async function storeRelated(row: Row, draft: Draft, slot: Slot, seeding: Seeding): Promise<void> {
  for (const related of draft.children) {
    const relation = relationFrom(slot.container, related, seeding);
    for (const [index, child] of (related.drafts ?? []).entries()) {
      const place = slotBehind(row, relation, slot.container, child, seeding);
      await storeDraft(child, place, `${pathOfAddress(row)}/${pathOfRelation(related)}/${String(index)}`, seeding);
    }
  }
  for (const link of draft.links) {
    const relation = relationFrom(slot.container, link, seeding);
    for (const id of link.ids) {
      const target = entityNamed(id, pathOfRelation(link), seeding);
      if (target !== undefined)
        await relate(row, relation, await ensureEntity(target, undefined, seeding), seeding.unit);
    }
  }
}

/** The entity that a path names, made with the least that its type asks for where there is none; so are those it belongs to. */
export async function ensureEntity(target: EntityTarget, hint: EntityType | undefined, seeding: Seeding): Promise<Row> {
  const found = await findEntity(target, seeding);
  if (found !== undefined && isOfType(found, target)) return found;
  const present = found ?? (await findInSet(target, seeding));
  if (present !== undefined && isOfType(present, target)) {
    const type = entityTypeNamed(present.type, seeding.model) ?? target.type;
    const document = parseJson(present.document) as JsonObject;
    const { via } = await openSlot(target, { type, document }, seeding);
    if (via !== undefined) await relate(via.row, via.relation, present, seeding.unit);
    return present;
  }
  const given = present === undefined ? {} : (parseJson(present.document) as JsonObject);
  const type = present === undefined ? (hint ?? target.type) : target.type;
  const slot = await openSlot(target, { type, document: given }, seeding);
  const implied = target.isImplied ? seeding.rules.impliedMembers(type, { ...slot, key: slot.key ?? '' }) : {};
  return storeDraft(tolerantDraft(type, { ...implied, ...given }, seeding), slot, 'seed', seeding);
}

/** An entity that a path reaches by a reference, where it stands by itself, whether the reference is there or not. */
export async function findInSet(target: EntityTarget, seeding: Seeding): Promise<Row | undefined> {
  const whole = setBehind(target, seeding);
  if (whole === undefined || target.source.kind !== 'keyed') return undefined;
  return seeding.unit.first(wholeRows(whole.type, { kind: 'keyed', of: whole.source, key: target.source.key }));
}

/** The set in which what a path reaches by a reference stands by itself. */
export function setBehind(
  { via }: EntityTarget,
  { model, rules }: Pick<Seeding, 'model' | 'rules'>,
): CollectionTarget | undefined {
  if (via === undefined || via.relation.kind === 'contained') return undefined;
  const set = boundSet(model, containerOf(via.parent, model), via.relation.property, via.relation.within);
  if (set === undefined) return undefined;
  const whole = targetNamed(set.name, { model, rules });
  return whole.kind === 'collection' ? whole : undefined;
}

/** Where the entity at a path goes, once those before it are there. */
export async function openSlot(
  target: EntityTarget,
  seeded: Pick<Draft, 'type' | 'document'>,
  seeding: Seeding,
): Promise<Slot> {
  const parent = target.via === undefined ? undefined : await ensureEntity(target.via.parent, undefined, seeding);
  return slotAt(target, seeded, parent, seeding);
}

export async function findEntity(
  { type, source, address }: EntityTarget,
  { unit }: Pick<Seeding, 'unit'>,
): Promise<Row | undefined> {
  return address === undefined ? unit.first(wholeRows(type, source)) : unit.get(address);
}

export function isOfType(row: Row, { typeNames }: EntityTarget): boolean {
  return typeNames === undefined || typeNames.includes(row.type);
}

async function put(row: Parameters<Seeding['unit']['insert']>[0], { unit, model, stored }: Seeding): Promise<Row> {
  const present = await unit.get(row);
  const result = present === undefined ? await unit.insert(row) : await unit.replace(row, present.version);
  if (result === undefined) throw changedMeanwhile('entity');
  if (present !== undefined) {
    const places = placesAfter(model.entityTypeOrThrow(row.type), model, documentOf(present), documentOf(row));
    if (places !== undefined) await unit.rehang(result, places);
  }
  stored.push(pathOfAddress(result));
  return result;
}

function documentOf({ document }: { readonly document: string }): JsonObject {
  return parseJson(document) as JsonObject;
}

/** What an id of any origin names: `https://graph.microsoft.com/v1.0/users/1` is `users/1`. */
function entityNamed(id: string, property: string, seeding: Seeding): EntityTarget | undefined {
  const { dropped, isStrict } = seeding;
  try {
    const target = targetNamed(id.replace(/^https?:\/\/[^/]+\/[^/]+\/|^\//i, ''), seeding);
    if (target.kind === 'entity') return target;
  } catch (error) {
    if (!(error instanceof ServiceError) || isStrict) throw error;
  }
  dropped.push({ code: 'InvalidAnnotation', message: `'${id.slice(0, 200)}' names no entity.`, target: property });
  return undefined;
}
