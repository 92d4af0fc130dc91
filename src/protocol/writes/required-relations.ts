import { valueAt, type JsonObject, type NavigationProperty } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { Draft } from '../../validation/index.js';

import type { Slot } from './slot.js';
import type { WriteContext } from './write-context.js';

/**
 * A new entity comes with those that its type cannot do without: in the payload, by their keys, or by the way it is
 * created through one of them. [OData-Protocol 11.4.2, CSDL-JSON 8.1]
 */
export function refuseUnrelated(draft: Draft, document: JsonObject, slot: Slot, { parts }: WriteContext): void {
  if (parts.profile.validation.missing !== 'required') return;
  for (const property of draft.type.navigationProperties.values()) {
    if (property.isCollection || property.isNullable || isGiven(property, draft, document) || leadsBack(property, slot))
      continue;
    throw badRequest(`'${property.name}' is missing: the entity cannot be without it.`, {
      target: property.name,
      details: [{ code: 'MissingProperty', target: property.name, message: `'${property.name}' is missing.` }],
    });
  }
}

function isGiven(property: NavigationProperty, { links, children }: Draft, document: JsonObject): boolean {
  const keys = property.referentialConstraints.map(({ dependent }) => valueAt(document, dependent) ?? null);
  if (keys.length > 0 && keys.every((value) => value !== null)) return true;
  return (
    links.some((link) => link.property === property && link.ids.length > 0) ||
    children.some((child) => child.property === property && (child.drafts?.length ?? 0) > 0)
  );
}

/** Whether the entity is created behind the other end of a relation. */
function leadsBack(property: NavigationProperty, { via }: Slot): boolean {
  const there = via?.relation.property;
  return there !== undefined && (there.partner === property || property.partner === there);
}

/** A relation that an entity cannot do without may be changed, and not ended. */
export function refuseEnd(property: NavigationProperty): void {
  const { partner } = property;
  const needed = [property, partner].find((each) => each !== undefined && !each.isCollection && !each.isNullable);
  if (needed === undefined) return;
  throw badRequest(`The relation '${needed.name}' cannot be ended, only changed: the entity cannot be without it.`, {
    target: needed.name,
  });
}
