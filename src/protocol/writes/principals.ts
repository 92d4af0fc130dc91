import {
  valueAt,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type NavigationProperty,
  type Scalar,
} from '../../edm/index.js';
import { boundSet, havingValues, isUmbrella, keyText, wholeRows } from '../../plan/index.js';
import type { Address } from '../../store/index.js';

import { typeOfRow } from '../row-type.js';
import { leadingBack } from './dependents.js';
import { containerOfCollection } from './container-of-collection.js';
import type { WriteContext } from './write-context.js';

/** Where the entity stands that a foreign key leads to. */
export interface Principal {
  /** Undefined where no key names it, but other values do, or where it may stand in any of several sets. */
  readonly address: Address | undefined;
  readonly set: string;
  /** What its properties have to be, by their paths. */
  readonly values: ReadonlyMap<string, Scalar>;
}

/** The principal of a navigation property of a document in a collection; undefined where its foreign key is not all there. */
export function principalOf(
  property: NavigationProperty,
  collection: string,
  document: JsonObject,
  { parts: { model, profile } }: WriteContext,
): Principal | undefined {
  const { type, referentialConstraints } = property;
  const set = boundSet(model, containerOfCollection(collection, model), property);
  if (set === undefined || referentialConstraints.length === 0) return undefined;
  const values = new Map<string, Scalar>();
  for (const { dependent, principal } of referentialConstraints) {
    const value = valueAt(document, dependent) ?? null;
    if (value === null) return undefined;
    values.set(principal.join('/'), value as Scalar);
  }
  const isKey = type.key.length > 0 && type.key.every(({ path }) => values.has(path.join('/')));
  const address =
    isKey && !isUmbrella(type, model, profile.path)
      ? { collection: set.name, key: keyText(type, (name) => values.get(pathOfKey(type, name))!) }
      : undefined;
  return { address, set: set.name, values };
}

/** A key property may go by another name in URLs; constraints know its path. [CSDL-JSON 6.5] */
function pathOfKey(type: EntityType, name: string): string {
  return type.key.find((key) => key.name === name)!.path.join('/');
}

/** The navigation properties of a type whose foreign keys differ between two documents; undefined: there is none. */
export function* changedConstraints(
  type: EntityType,
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): Generator<NavigationProperty> {
  for (const property of type.navigationProperties.values()) {
    const isNew = property.referentialConstraints.some(
      ({ dependent }) => !isSameValue(before && valueAt(before, dependent), after && valueAt(after, dependent)),
    );
    if (isNew) yield property;
  }
}

/**
 * Counts up the entities that a changed foreign key led to and those that it leads to, where they lead back: the ETag of
 * an entity stands for its links too. [OData-Protocol 11.4.1.1]
 */
export async function countUpPrincipals(
  dependent: Address & { readonly type: string },
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  context: WriteContext,
): Promise<void> {
  for (const property of changedConstraints(typeOfRow(dependent, context.parts), before, after)) {
    if (leadingBack(property) === undefined) continue;
    for (const document of [before, after]) {
      const principal = document && principalOf(property, dependent.collection, document, context);
      if (principal !== undefined) await countUp(principal, property.type, dependent, context);
    }
  }
}

/** The dependent itself has changed anyway. */
async function countUp(
  { address, set, values }: Principal,
  type: EntityType,
  dependent: Address,
  { unit }: WriteContext,
): Promise<void> {
  const isOther = ({ collection, key }: Address): boolean =>
    collection !== dependent.collection || key !== dependent.key;
  if (address !== undefined) {
    if (isOther(address)) await unit.countUp(address);
    return;
  }
  const where = havingValues(type, values, 'and');
  if (where === undefined) return;
  const plan = { ...wholeRows(type, { kind: 'collections', collections: [set] }), where };
  for await (const row of unit.read(plan)) if (isOther(row)) await unit.countUp(row);
}

/** Whether two values of a foreign key, or of what it leads to, are the same; none is null. */
export function isSameValue(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return String(one ?? null) === String(other ?? null);
}
