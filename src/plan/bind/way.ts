import type { NavigationProperty } from '../../edm/index.js';

import type { Place } from '../expression.js';
import { ownerOf } from '../owner-of.js';
import type { BindContext, Origin } from './context.js';

/** How a place is reached: through these navigation properties, from this container element. */
interface Way {
  readonly through: readonly NavigationProperty[];
  /** Undefined: from the rows that the expression is about. */
  readonly from: Origin | undefined;
}

const NO_ORIGINS: ReadonlyMap<number, Origin> = new Map();

const START: Way = { through: [], from: undefined };

/** What rows were made of may stand in no container element that is known. */
function originOf({ container, rows }: Extract<Place, { kind: 'column' }>): Origin | undefined {
  return container === undefined && rows === undefined ? undefined : { container };
}

/** Climbs from a place to where it starts, through the collections that range variables go over. */
export function wayTo(place: Place, collections: readonly Place[], context: BindContext): Way {
  switch (place.kind) {
    case 'variable': {
      const collection = collections[place.variable - 1];
      if (collection !== undefined) return wayTo(collection, collections, context);
      return { through: [], from: context.origins?.get(place.variable) };
    }
    case 'related': {
      const { through, from } = wayTo(place.of, collections, context);
      return { through: [...through, place.relation.property], from };
    }
    case 'column':
      return { through: place.via, from: originOf(place) };
    case 'within': {
      const collection = collections[place.variable - 1];
      const { through, from } = wayTo(place.place, [], { ...context, origins: NO_ORIGINS });
      return { through, from: from ?? (collection && wayTo(collection, collections, context).from) };
    }
    case 'root':
      return { through: [], from: { container: place.container } };
    case 'resource': {
      const { resource } = context;
      const { through, from } = wayTo(place.place, [], { ...context, origins: resource?.origins ?? NO_ORIGINS });
      return { through, from: from ?? resource };
    }
    case 'concat':
      return wayTo(place.first, collections, context);
    case 'made': {
      const named = place.items.find((item) => item.kind === 'whole');
      return named === undefined ? START : wayTo(named.place, collections, context);
    }
    default: {
      const owner = ownerOf(place);
      return owner === undefined ? START : wayTo(owner, collections, context);
    }
  }
}
