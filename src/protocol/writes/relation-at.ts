import { containerOf, relationOf, stepNames, type Relation, type Via } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { ServiceParts } from '../exchange.js';
import { settledPath } from '../payload/property-value.js';

/** The relation of a path from a stored entity; an item that is counted from the end is named by its ordinal. [OData-URL 4.10] */
export function relationAt({ parent, relation, within }: Via, row: Row, { model, profile }: ServiceParts): Relation {
  if (within.every(({ ordinal = 0 }) => ordinal >= 0)) return relation;
  const names = stepNames(settledPath(within, row));
  return relationOf(model, profile.path, containerOf(parent, model), relation.property, names);
}
