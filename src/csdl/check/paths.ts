import type { CsdlObject } from '../../edm/index.js';

import { typeOf, type Catalog, type Declaration } from './catalog.js';

/** Where a path of properties and type casts ends: at a member, or at a cast to a type. */
export interface PathEnd {
  readonly member: CsdlObject | undefined;
  /** The structured type there; absent where the values are scalar or the type is not known. */
  readonly type: Declaration | undefined;
}

/** Follows a path such as `Address/org.example.CountryAddress/Country` from a type; undefined where it breaks. */
export function resolvePath(catalog: Catalog, start: Declaration, path: string): PathEnd | undefined {
  let end: PathEnd = { member: undefined, type: start };
  for (const step of path.split('/')) {
    const next = follow(catalog, end, step);
    if (!next) return undefined;
    end = next;
  }
  return end;
}

function follow(catalog: Catalog, { member, type }: PathEnd, step: string): PathEnd | undefined {
  if (step.includes('.')) {
    const cast = catalog.find(step, 'EntityType', 'ComplexType');
    return cast && { member, type: cast };
  }
  const next = type && catalog.membersOf(type).get(step);
  return next && { member: next, type: catalog.find(typeOf(next), 'EntityType', 'ComplexType') };
}
