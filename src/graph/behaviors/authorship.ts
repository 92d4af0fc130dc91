import type { Behavior, CreateEvent, Entities, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import type { JsonObject, JsonValue, Model, Property } from '../../edm/index.js';
import { ME } from '../graph-paths.js';

const CREATED = ['createdBy'];
const MODIFIED = ['lastModifiedBy', 'modifiedBy'];

/**
 * The service writes down who made an entity and who changed it last, where its type has a place for that and the client
 * named nobody: the user that `/me` is, once that has a name. [Graph: identitySet, driveItem, shift, accessPackage]
 */
export function authorship(model: Model): Behavior {
  const root = model.type('microsoft.graph.entity');
  if (root?.kind !== 'entity') return {};
  const create: Handler<CreateEvent, Entity> = async (event, next) => {
    const names = [...CREATED, ...MODIFIED].filter((name) => !isNamed(event.document[name]));
    await sign(event.document, event.type, names, event.entities, model);
    return next();
  };
  const update: Handler<UpdateEvent, Entity> = async ({ document, entity, entities }, next) => {
    const isGiven = (name: string) => JSON.stringify(document[name]) !== JSON.stringify(entity.document[name]);
    const names = MODIFIED.filter((name) => !isGiven(name));
    await sign(document, entity.row.type, names, entities, model);
    return next();
  };
  return { create: { [root.qualifiedName]: create }, update: { [root.qualifiedName]: update } };
}

async function sign(
  document: JsonObject,
  typeName: string,
  names: readonly string[],
  entities: Entities,
  model: Model,
): Promise<void> {
  const properties = names.flatMap((name) => model.structuredType(typeName)?.properties.get(name) ?? []);
  if (properties.length === 0) return;
  const me = (await entities.get({ collection: 'users', key: ME }))?.document ?? {};
  if (typeof me['displayName'] !== 'string') return;
  for (const property of properties) {
    const signature = property.isCollection ? undefined : signatureFor(property, me);
    if (signature !== undefined) document[property.name] = signature;
  }
}

function isNamed(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A set of identities with the user, the user's identity, or the principal name, as the property's type has it. */
function signatureFor({ type }: Property, me: JsonObject): JsonValue | undefined {
  if (type.qualifiedName === 'Edm.String') return me['userPrincipalName'] ?? ME;
  if (type.kind !== 'complex') return undefined;
  const user = type.properties.get('user')?.type;
  if (user?.kind === 'complex') return { user: identity(me) };
  return type.properties.has('userPrincipalName')
    ? { ...identity(me), userPrincipalName: me['userPrincipalName'] ?? null }
    : undefined;
}

function identity(me: JsonObject): JsonObject {
  return { id: ME, displayName: me['displayName'] ?? null };
}
