import type { NavigationProperty } from '../../edm/index.js';

import type { Place } from '../expression.js';
import type { BindContext, Origin } from './context.js';

/** How a place is reached: through these navigation properties, from this container element. */
interface Way {
  readonly through: readonly NavigationProperty[];
  /** Undefined: from the rows that the expression is about. */
  readonly from: Origin | undefined;
}

const NO_ORIGINS: ReadonlyMap<number, Origin> = new Map();

const START: Way = { through: [], from: undefined };

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
    case 'member':
    case 'dynamic':
    case 'cast':
    case 'keyed':
    case 'item':
    case 'slice':
    case 'filtered':
    case 'mapped':
      return wayTo(place.of, collections, context);
    case 'record':
      return place.of === undefined ? START : wayTo(place.of, collections, context);
    case 'column':
      return { through: place.via, from: place.container && { container: place.container } };
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
    case 'computed':
      return START;
    default:
      throw new Error(`Unknown place ${JSON.stringify(place satisfies never)}.`);
  }
}
