import type { EntityType } from '../edm/index.js';
import { internal } from '../error/index.js';
import { targetAt } from '../plan/index.js';
import type { Row } from '../store/index.js';

import type { ServiceParts } from './exchange.js';

/**
 * The type of a stored entity as this service knows it: where another service over the same data stored a type that
 * this schema lacks, the type that this schema declares for the place; where it has no such place either, the one that
 * is declared for what led there.
 */
export function typeOfRow(
  { type: name, collection }: Pick<Row, 'type' | 'collection'>,
  { model, profile }: Pick<ServiceParts, 'model' | 'profile'>,
  declared?: EntityType,
): EntityType {
  const type = model.type(name);
  if (type?.kind === 'entity') return type;
  const place = targetAt({ collection }, { model, rules: profile.path, aliases: new Map() });
  if (place !== undefined) return place.type;
  if (declared !== undefined) return declared;
  throw internal(`There is no type for the entities of '${collection}'.`);
}
