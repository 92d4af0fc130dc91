import { isJsonObject, type JsonValue } from '../../edm/index.js';
import type { FirstValues } from '../making.js';

/** What new parts of sites, their permissions, terms and connections begin with. */
export const FIRST_VALUES_OF_SITES: Readonly<Record<string, FirstValues>> = {
  // [Graph: Create a columnDefinition in a site, in a list, in a content type]
  'microsoft.graph.columnDefinition': ({ document: { name } }) => ({ displayName: name ?? null }),
  // Lists are generic unless something else is said. [Graph: Create a new list]
  'microsoft.graph.list': () => ({ list: { template: 'genericList' } }),
  // What is granted to whom has two names, of which the first is deprecated. [Graph: permission resource type]
  'microsoft.graph.permission': ({ document }) => {
    const { grantedTo, grantedToIdentities, grantedToIdentitiesV2, grantedToV2 } = document;
    return {
      grantedTo: grantedToV2 ?? null,
      grantedToIdentities: Array.isArray(grantedToIdentitiesV2) ? grantedToIdentitiesV2.map(identitiesOf) : [],
      grantedToIdentitiesV2: grantedToIdentities ?? [],
      grantedToV2: grantedTo ?? null,
    };
  },
  // [Graph: group resource type of the term store]
  'microsoft.graph.termStore.group': () => ({ scope: 'global' }),
  // A connection is a draft until it has a schema. [Graph: externalConnection resource type, state]
  'microsoft.graph.externalConnectors.externalConnection': () => ({ state: 'draft' }),
};

/** A set of identities without those that only SharePoint knows. [Graph: identitySet, sharePointIdentitySet resource types] */
function identitiesOf(value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  const { application = null, device = null, user = null } = value;
  return { application, device, user };
}
