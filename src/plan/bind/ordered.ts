import type { Place } from '../expression.js';
import type { Operand } from './operand.js';

/** Whether the order of a collection means something: of lists, and of what the schema says it of. [OData-URL 5.1.1.1.1] */
export function isOrdered(operand: Operand): boolean {
  return operand.kind === 'list' || (operand.kind === 'collection' && isOrderedPlace(operand.place));
}

function isOrderedPlace(place: Place): boolean {
  switch (place.kind) {
    case 'made':
      return true;
    case 'related':
      return place.relation.property.annotation(ORDERED) === true;
    case 'root':
      return place.container?.kind === 'entitySet' && place.container.annotation(ORDERED) === true;
    case 'cast':
    case 'filtered':
    case 'slice':
    case 'mapped':
      return isOrderedPlace(place.of);
    case 'concat':
      return isOrderedPlace(place.first) && isOrderedPlace(place.second);
    default:
      return false;
  }
}

const ORDERED = 'Org.OData.Core.V1.Ordered';
