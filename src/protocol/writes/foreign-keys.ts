import {
  documentWith,
  overlay,
  valueAt,
  type EntityType,
  type JsonObject,
  type NavigationProperty,
} from '../../edm/index.js';
import { badRequest, hasStatus } from '../../error/index.js';
import type { Address, Row } from '../../store/index.js';

import { dependenciesOn } from './dependents.js';
import { changedConstraints, isSameValue, principalOf } from './principals.js';
import { relatedRows } from './related-rows.js';
import type { WriteContext } from './write-context.js';
import { writeDocument } from './write-document.js';

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
  for (const property of changedConstraints(type, before, after)) {
    const address = principalOf(property, collection, after, context)?.address;
    if (address !== undefined) await keepPrincipal(property, address, context);
  }
}

async function keepPrincipal(property: NavigationProperty, address: Address, { unit }: WriteContext): Promise<void> {
  try {
    await unit.keep(address);
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    const names = property.referentialConstraints.map(({ dependent }) => dependent.join('/')).join(', ');
    throw badRequest(`'${names}' leads to no entity of '${address.collection}'.`, { target: names, cause: error });
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
    const changed = relation.pairs.filter(({ here }) => !isSameValue(valueAt(before, here), valueAt(after, here)));
    if (changed.length === 0) continue;
    const values = changed
      .map(({ here, there }) => documentWith(there, valueAt(after, here) ?? null))
      .reduce(overlay, {});
    for (const each of await relatedRows(row, relation, context)) followers.push({ row: each, values });
  }
  return followers;
}

export async function follow(followers: Followers, context: WriteContext): Promise<void> {
  for (const { row, values } of followers) await writeDocument(row, values, context);
}
