import { isJsonObject, parseJson, type EntityType, type JsonObject, type JsonValue, type Model } from '../edm/index.js';
import { badRequest, type ErrorDetail } from '../error/index.js';
import {
  keyOfDocument,
  wholeRows,
  withNested,
  type CollectionTarget,
  type EntityTarget,
  type PathRules,
  type PropertyTarget,
} from '../plan/index.js';
import type { Row, Space } from '../store/index.js';
import { createValidator } from '../validation/index.js';

import { entityTypeNamed } from './concrete-types.js';
import { withKey } from './keys.js';
import type { Seeding } from './seeding.js';
import { slotAt } from './slots.js';
import { ensureEntity, findEntity, findInSet, openSlot, storeDraft } from './store-entity.js';
import { targetNamed } from './target-named.js';
import { tolerantDraft } from './tolerant-draft.js';

/** The service that is seeded, by what it is made of. */
export interface SeedTarget {
  readonly model: Model;
  readonly rules: PathRules;
  readonly space: Space;
  /** The document of an entity in the form in which the service keeps it; as it is where nothing is said. */
  readonly canonical?: Seeding['canonical'];
}

export interface SeedRequest {
  /** Resource path without the service root and a query: `users/1/messages`. */
  readonly path: string;
  /** One resource, or `{"value": […]}` where the path names a collection. */
  readonly body: JsonObject;
  /** Qualified name of the resource's type, where it does not name it itself. */
  readonly type?: string | undefined;
  /** `ensure` makes what is missing and leaves alone what is there, `upsert` stores as given. */
  readonly mode: 'ensure' | 'upsert';
  /** Whether what does not agree with the schema is refused rather than left out. */
  readonly strict?: boolean | undefined;
}

export interface SeedReport {
  /** Canonical paths of the entities that were stored. */
  readonly stored: readonly string[];
  /** What was left out because it does not agree with the schema. */
  readonly dropped: readonly ErrorDetail[];
}

/** Puts entities where the service's own reads find them; each call is one transaction. */
export interface Seeder {
  seed(request: SeedRequest): Promise<SeedReport>;
  /** Takes seeded entities away again; says how many there were. */
  unseed(request: Pick<SeedRequest, 'path' | 'body' | 'type'>): Promise<number>;
  /** Takes away everything. */
  reset(): Promise<void>;
}

type Seeded = CollectionTarget | EntityTarget | PropertyTarget;

export function createSeeder({ model, rules, space, canonical = (_, document) => document }: SeedTarget): Seeder {
  const validator = createValidator(model, {
    missing: 'default',
    enumNumbers: true,
    inlineStreams: true,
    anyDynamicName: true,
  });
  const within = <T>(isStrict: boolean, work: (seeding: Seeding) => Promise<T>): Promise<T> =>
    space.write((unit) => work({ model, rules, canonical, validator, unit, isStrict, dropped: [], stored: [] }));
  return {
    seed: (request) =>
      within(request.strict === true, async (seeding) => {
        await seedAt(targetOf(request.path, seeding), request, seeding);
        return { stored: [...new Set(seeding.stored)], dropped: seeding.dropped };
      }),
    unseed: (request) => within(false, (seeding) => remove(targetOf(request.path, seeding), request, seeding)),
    reset: () => space.clear(),
  };
}

function targetOf(path: string, seeding: Seeding): Seeded {
  const target = targetNamed(path.replace(/^\//, ''), seeding);
  if (target.kind === 'collection' || target.kind === 'entity' || target.kind === 'property') return target;
  throw badRequest(`'${path}' names no entity, collection or property.`, { target: 'path' });
}

async function seedAt(target: Seeded, request: SeedRequest, seeding: Seeding): Promise<void> {
  switch (target.kind) {
    case 'collection':
      for (const [index, item] of itemsOf(request.body).entries())
        await seedMember(target, item, index, request, seeding);
      return;
    case 'entity':
      await seedEntity(target, request, seeding);
      return;
    case 'property':
      await seedProperty(target, request, seeding);
  }
}

async function seedMember(
  target: CollectionTarget,
  item: JsonObject,
  index: number,
  { path, type, mode }: SeedRequest,
  seeding: Seeding,
): Promise<void> {
  const draft = tolerantDraft(typeNamed(type, target.type, item, seeding), item, seeding);
  const parent = target.via === undefined ? undefined : await ensureEntity(target.via.parent, undefined, seeding);
  const slot = slotAt(target, draft, parent, seeding);
  const origin = `${path}/${String(index)}`;
  if (mode === 'ensure' && (await memberAt(target, draft.type as EntityType, draft.document, origin, seeding))) return;
  await storeDraft(draft, slot, origin, seeding);
}

async function seedEntity(
  target: EntityTarget,
  { body, type, mode, path }: SeedRequest,
  seeding: Seeding,
): Promise<void> {
  const hint = typeNamed(type, target.type, body, seeding);
  const present = (await findEntity(target, seeding)) ?? (await findInSet(target, seeding));
  if (mode === 'ensure' && present !== undefined) {
    await ensureEntity(target, hint, seeding);
    return;
  }
  const presentType = present === undefined ? undefined : entityTypeNamed(present.type, seeding.model);
  const isKept = body['@odata.type'] === undefined && presentType?.isOrDerivesFrom(hint) === true;
  await storeAt(target, isKept ? presentType : hint, body, path, seeding, present);
}

async function storeAt(
  target: EntityTarget,
  type: EntityType,
  body: JsonObject,
  origin: string,
  seeding: Seeding,
  present?: Row,
): Promise<void> {
  const { isImplied, address } = target;
  // What is there from the start keeps what a seed says nothing of.
  const implied = isImplied && address !== undefined ? seeding.rules.impliedMembers(type, address) : {};
  const draft = tolerantDraft(type, { ...implied, ...body }, seeding);
  const slot = await openSlot(target, draft, seeding);
  const isNamed = slot.key !== undefined || type.key.every((key) => draft.document[key.name] !== undefined);
  await storeDraft(draft, isNamed || present === undefined ? slot : { ...slot, key: present.key }, origin, seeding);
}

/** `users/1/mailboxSettings`: the entity is made where it is missing, and the value laid over it. */
async function seedProperty(target: PropertyTarget, { body, path }: SeedRequest, seeding: Seeding): Promise<void> {
  const row = await ensureEntity(target.of, undefined, seeding);
  const { type } = target;
  const given: JsonValue = type === undefined || target.reference.isCollection ? (body['value'] ?? null) : body;
  const nested = target.path.reduceRight<JsonValue>((value, { property }) => ({ [property.name]: value }), given);
  const document = parseJson(row.document) as JsonObject;
  const draft = tolerantDraft(
    entityTypeNamed(row.type, seeding.model) ?? target.of.type,
    { ...document, ...(nested as JsonObject) },
    seeding,
  );
  const slot = await openSlot(target.of, draft, seeding);
  await storeDraft(draft, { ...slot, collection: row.collection, key: row.key }, path, seeding);
}

async function remove(
  target: Seeded,
  { path, body, type }: Pick<SeedRequest, 'path' | 'body' | 'type'>,
  seeding: Seeding,
): Promise<number> {
  const rows: (Row | undefined)[] = [];
  if (target.kind === 'property') throw badRequest(`'${path}' names a property, which cannot be taken away.`);
  if (target.kind === 'entity') rows.push(await findEntity(target, seeding));
  else
    for (const [index, item] of itemsOf(body).entries()) {
      const draft = tolerantDraft(typeNamed(type, target.type, item, seeding), item, seeding);
      rows.push(await memberAt(target, draft.type as EntityType, draft.document, `${path}/${String(index)}`, seeding));
    }
  let count = 0;
  for (const row of rows) {
    const present = row === undefined ? undefined : await seeding.unit.get(row);
    if (present !== undefined && (await seeding.unit.remove(present, present.version))) count++;
  }
  return count;
}

async function memberAt(
  target: CollectionTarget,
  memberType: EntityType,
  document: JsonObject,
  origin: string,
  { unit }: Seeding,
): Promise<Row | undefined> {
  const key = keyOfDocument(memberType, withKey(memberType, document, undefined, origin));
  const { type, source } = withNested(target);
  return unit.first(wholeRows(type, { kind: 'keyed', of: source, key }));
}

/** The type that a request names for its resources, where that is one the place allows; else the declared one. */
function typeNamed(name: string | undefined, declared: EntityType, body: JsonObject, { model }: Seeding): EntityType {
  const named = name === undefined ? undefined : model.structuredType(name.replace(/^#/, ''));
  const isFitting = named?.kind === 'entity' && named.isOrDerivesFrom(declared);
  return isFitting && body['@odata.type'] === undefined ? named : declared;
}

function itemsOf(body: JsonObject): JsonObject[] {
  const value = body['value'];
  if (!Array.isArray(value) || !value.every(isJsonObject))
    throw badRequest('The path names a collection, so the body must be {"value": […]} with objects.', {
      target: 'body',
    });
  return value;
}
