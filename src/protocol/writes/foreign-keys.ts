import type { EntityType, JsonObject, JsonValue, NavigationProperty, Scalar } from '../../edm/index.js';
import { badRequest, hasStatus } from '../../error/index.js';
import { boundSet, isUmbrella, keyText } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

import { containerOfCollection } from './slot.js';
import { dependenciesOn } from './dependents.js';
import { relatedRows, writeDocument } from './relate.js';
import type { WriteContext } from './write-context.js';

/**
 * Holds foreign keys that are new to entities that exist, and keeps those from being removed meanwhile.
 * [OData-Protocol 11.4.3, CSDL-JSON 8.5]
 */
export async function keepPrincipals(
  type: EntityType,
  collection: string,
  before: JsonObject | undefined,
  after: JsonObject,
  context: WriteContext,
): Promise<void> {
  for (const property of type.navigationProperties.values()) {
    if (property.referentialConstraints.length === 0) continue;
    const names = property.referentialConstraints.map(({ dependent }) => dependent);
    const isNew = names.some((name) => !isSame(before?.[name], after[name]));
    if (isNew) await keepPrincipal(property, collection, after, context);
  }
}

async function keepPrincipal(
  property: NavigationProperty,
  collection: string,
  document: JsonObject,
  { unit, parts }: WriteContext,
): Promise<void> {
  const { model, profile } = parts;
  const set = boundSet(model, containerOfCollection(collection, model), property);
  const values = new Map(
    property.referentialConstraints.map(({ dependent, principal }) => [principal, document[dependent] ?? null]),
  );
  const isKey =
    property.type.key.length > 0 && property.type.key.every(({ name }) => (values.get(name) ?? null) !== null);
  if (set === undefined || !isKey || isUmbrella(property.type, model, profile.path)) return;
  try {
    await unit.keep({ collection: set.name, key: keyText(property.type, (name) => values.get(name) as Scalar) });
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    const names = property.referentialConstraints.map(({ dependent }) => dependent).join(', ');
    throw badRequest(`'${names}' leads to no entity of '${set.name}'.`, { target: names, cause: error });
  }
}

/** Entities whose foreign keys have to follow a change, with the values that they get. */
export type Followers = readonly { readonly row: Row; readonly values: JsonObject }[];

/** Foreign keys follow the values that they are tied to; asked for before these change. [OData-Protocol 11.4.3] */
export async function followersOf(
  row: Row,
  before: JsonObject,
  after: JsonObject,
  context: WriteContext,
): Promise<Followers> {
  const followers: { row: Row; values: JsonObject }[] = [];
  for (const { relation } of dependenciesOn(row.collection, context.parts.model)) {
    const changed = relation.pairs.filter(({ here: [name = ''] }) => !isSame(before[name], after[name]));
    if (changed.length === 0) continue;
    const values = Object.fromEntries(changed.map(({ here, there }) => [there[0]!, after[here[0]!] ?? null]));
    for (const each of await relatedRows(row, relation, context)) followers.push({ row: each, values });
  }
  return followers;
}

export async function follow(followers: Followers, context: WriteContext): Promise<void> {
  for (const { row, values } of followers) await writeDocument(row, values, context);
}

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return String(one ?? null) === String(other ?? null);
}
