import type { Element, EntityType, JsonObject, Property } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import { listedNames } from '../restrictions.js';

import { isComputed, isImmutable } from './computed-values.js';

/** Refuses to set a property alone that clients cannot set: key, computed, immutable, not updatable. [OData-Protocol 11.4.9] */
export function refuseFixed(
  property: Property,
  type: EntityType,
  origin: Element | undefined,
  takesComputed: boolean,
): void {
  const { name } = property;
  const isKey = type.key.some((key) => key.path.length === 1 && key.property === property);
  if (isKey) throw badRequest('The key of an entity cannot be changed.', { target: name });
  const isFixed = isImmutable(property) || (isComputed(property) && !takesComputed);
  if (isFixed || listedNames(origin, 'UpdateRestrictions', 'NonUpdatableProperties').has(name))
    throw badRequest(`The property '${name}' cannot be changed.`, { target: name });
}

/** Refuses another value for what the place declares as not updatable; the same value may be repeated. [OData-Protocol 11.4.3] */
export function refuseNonUpdatable(origin: Element | undefined, before: JsonObject, given: JsonObject): void {
  for (const name of listedNames(origin, 'UpdateRestrictions', 'NonUpdatableProperties')) {
    if (given[name] !== undefined && String(given[name]) !== String(before[name] ?? null))
      throw badRequest(
        `The property '${name}' cannot be changed, as the UpdateRestrictions of '${origin!.name}' say.`,
        {
          target: name,
        },
      );
  }
}
