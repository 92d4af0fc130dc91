import type { Behavior, CreateEvent, Entities, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import {
  isJsonObject,
  oncePer,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type Model,
  type Property,
  type StructuredType,
} from '../../edm/index.js';
import { callerOf, identityOf } from '../caller.js';

const CREATED = ['createdBy'];
const MODIFIED = ['lastModifiedBy', 'modifiedBy'];

/**
 * The service writes down who made an entity and who changed it last, where its type has a place for that and the client
 * named nobody: the user that `/me` is, unless that was written without a name. [Graph: identitySet, driveItem, shift, accessPackage]
 */
export function authorship(model: Model): Behavior {
  const create: Handler<CreateEvent, Entity> = async ({ document, type, entities }, next) => {
    const declared = model.entityTypeOrThrow(type);
    const places = placesFor(declared).filter(({ name }) => !isNamed(document[name]));
    if (places.length > 0) await sign(document, places, isOfShifts(declared), entities);
    return next();
  };
  const update: Handler<UpdateEvent, Entity> = async ({ type, document, entity, entities }, next) => {
    const isGiven = (name: string) => JSON.stringify(document[name]) !== JSON.stringify(entity.document[name]);
    const declared = model.entityTypeOrThrow(type);
    const places = placesFor(declared).filter(({ name }) => MODIFIED.includes(name) && !isGiven(name));
    if (places.length > 0) await sign(document, places, isOfShifts(declared), entities);
    return next();
  };
  return { create: { 'Edm.EntityType': create }, update: { 'Edm.EntityType': update } };
}

/** Identities in Microsoft Teams may be conversations; a user is none. [Graph: changeTrackedEntity and identitySet resource types] */
const isOfShifts = oncePer((type: EntityType): boolean =>
  type.lineage.some(({ qualifiedName }) => qualifiedName === 'microsoft.graph.changeTrackedEntity'),
);

/** The properties of a type that say who. */
const placesFor = oncePer((type: StructuredType): readonly Property[] =>
  [...CREATED, ...MODIFIED].flatMap((name) => type.properties.get(name) ?? []),
);

async function sign(
  document: JsonObject,
  properties: readonly Property[],
  isOfTeams: boolean,
  entities: Entities,
): Promise<void> {
  const me = await callerOf(entities);
  if (me === undefined) return;
  for (const property of properties) {
    const signature = property.isCollection ? undefined : signatureFor(property, me, isOfTeams);
    if (signature !== undefined) document[property.name] = signature;
  }
}

/** What must not be null is there by default, with members that name nobody. */
function isNamed(value: JsonValue | undefined): boolean {
  if (isJsonObject(value)) return Object.values(value).some((member) => isNamed(member));
  return value !== undefined && value !== null && value !== '';
}

/** A set of identities with the user, the user's identity, or the principal name, as the property's type has it. */
function signatureFor({ type }: Property, me: JsonObject, isOfTeams: boolean): JsonValue | undefined {
  if (type.qualifiedName === 'Edm.String') return me['userPrincipalName'] ?? me['id'] ?? null;
  if (type.kind !== 'complex') return undefined;
  const user = type.properties.get('user')?.type;
  if (user?.kind === 'complex') {
    const tellsConversation = isOfTeams && type.isOpen;
    return { user: identityOf(me), ...(tellsConversation ? { conversation: null } : {}) };
  }
  return type.properties.has('userPrincipalName')
    ? { ...identityOf(me), userPrincipalName: me['userPrincipalName'] ?? null }
    : undefined;
}
