import { isCsdlObject, oncePer, type CsdlValue, type Element } from '../../edm/index.js';
import type { CollectionTarget, EntityTarget, PropertyTarget, Target } from '../../plan/index.js';

const REVISIONS = 'Org.OData.Core.V1.Revisions';

/** What the schema says about the end of an element. [Core Revisions] */
export interface Deprecation {
  /** Day from which on it is deprecated: `2024-04-10`. */
  readonly date: string | undefined;
  /** Day on which it goes. */
  readonly removalDate: string | undefined;
}

/** The deprecated elements that a request goes through: sets, types, properties and operations. */
export const deprecationsOf = oncePer((target: Target): readonly Deprecation[] =>
  [...new Set(elementsOf(target))].flatMap(revisionsOf),
);

function elementsOf(target: Target): readonly Element[] {
  switch (target.kind) {
    case 'collection':
    case 'entity':
      return elementsOfResource(target);
    case 'property':
      return elementsOfProperty(target);
    case 'value':
      return elementsOfProperty(target.of);
    case 'media':
      return [...elementsOfResource(target.of), ...target.path.map(({ property }) => property)];
    case 'count':
    case 'reference':
      return elementsOf(target.of);
    case 'delta':
      return elementsOf(target.call);
    case 'action':
    case 'function':
      return [...target.overloads, ...(target.binding === undefined ? [] : elementsOf(target.binding))];
    case 'result':
      return target.path.map(({ property }) => property);
    case 'service':
    case 'metadata':
    case 'batch':
    case 'entityId':
    case 'crossjoin':
      return [];
    default:
      return target satisfies never;
  }
}

function elementsOfResource({ origin, type, via }: CollectionTarget | EntityTarget): readonly Element[] {
  const own = origin === undefined ? [type] : [origin, type];
  return via === undefined ? own : [...elementsOfResource(via.parent), via.relation.property, ...own];
}

function elementsOfProperty({ of, path }: PropertyTarget): readonly Element[] {
  return [...elementsOfResource(of), ...path.map(({ property }) => property)];
}

function revisionsOf(element: Element): readonly Deprecation[] {
  const revisions = element.annotation(REVISIONS);
  if (!Array.isArray(revisions)) return [];
  return revisions
    .filter(isCsdlObject)
    .flatMap(({ Kind: kind, Date: date, RemovalDate: removalDate }) =>
      isDeprecated(kind) ? [{ date: textOf(date), removalDate: textOf(removalDate) }] : [],
    );
}

/** By its bare name in JSON, qualified in XML. */
function isDeprecated(kind: CsdlValue | undefined): boolean {
  return typeof kind === 'string' && /(^|\/)Deprecated$/.test(kind);
}

function textOf(value: CsdlValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
