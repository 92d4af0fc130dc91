import { sridOf } from '../../edm/index.js';

import type { Expression } from '../expression.js';
import { fault } from './fault.js';

/** Shapes can be measured together where their coordinates belong to one system, as far as that is known. [CSDL-JSON 7.2.6] */
export function checkReferenceSystems(name: string, shapes: readonly Expression[], at: number): void {
  const known = shapes.map(knownSrid).filter((srid) => srid !== undefined);
  const other = known.find((srid) => srid !== known[0]);
  if (other !== undefined)
    throw fault(
      `The function '${name}' does not take shapes with the SRIDs ${String(known[0])} and ${String(other)}`,
      at,
    );
}

/** The SRID of a literal, or the one that the schema says a property's values have. */
function knownSrid(shape: Expression): number | undefined {
  if (shape.kind === 'literal')
    return shape.value === null || shape.type === undefined ? undefined : sridOf(shape.value, shape.type);
  if (shape.kind !== 'value' || shape.place.kind !== 'member') return undefined;
  const { srid } = shape.place.property.facets;
  return typeof srid === 'number' ? srid : undefined;
}
