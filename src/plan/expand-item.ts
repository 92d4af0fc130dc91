import type { EntityType, Model, NavigationProperty, StructuredType } from '../edm/index.js';
import { badRequest, notImplemented, suggestion } from '../error/index.js';
import type { ExpandItem, QueryOptions } from '../url/index.js';

/** A navigation property to expand, with the casts around it. */
export interface ExpandedProperty {
  readonly property: NavigationProperty;
  /** The derived type whose entities alone have the property. */
  readonly onlyFor: EntityType | undefined;
  readonly target: EntityType;
  /** As it appears in the context URL. */
  readonly path: string;
}

/** `ns.Manager/directReports/ns.Employee`: casts may stand before and behind the property. */
export function resolveExpand({ path, at }: ExpandItem, start: EntityType, model: Model): ExpandedProperty {
  let type: StructuredType = start;
  let property: NavigationProperty | undefined;
  let onlyFor: EntityType | undefined;
  let target: EntityType | undefined;
  for (const name of path) {
    if (name.includes('.')) {
      const present = target ?? type;
      const cast = model.structuredType(name);
      if (cast?.kind !== 'entity' || !cast.isOrDerivesFrom(present)) {
        throw badRequest(`The type '${name}' does not derive from '${present.qualifiedName}'.`, {
          target: '$expand',
          position: at,
        });
      }
      if (property === undefined) {
        type = cast;
        onlyFor = cast;
      } else target = cast;
      continue;
    }
    if (property !== undefined)
      throw notImplemented(
        `The path '${path.join('/')}' in $expand goes through a navigation property; nest the second $expand.`,
        { target: '$expand', position: at },
      );
    property = type.navigationProperties.get(name);
    if (property === undefined) throw notExpandable(name, type, at);
    target = property.type;
  }
  if (property === undefined)
    throw badRequest(`'${path.join('/')}' in $expand names no navigation property.`, {
      target: '$expand',
      position: at,
    });
  return { property, onlyFor, target: target ?? property.type, path: path.join('/') };
}

function notExpandable(name: string, type: StructuredType, position: number): Error {
  const property = type.properties.get(name);
  if (property?.type.kind === 'complex')
    return notImplemented(`Expanding within the complex property '${name}' is not supported.`, {
      target: '$expand',
      position,
    });
  const message =
    property === undefined
      ? `Could not find a property named '${name}' on type '${type.qualifiedName}'.${suggestion(name, type.navigationProperties.keys())}`
      : `Expand is not allowed for property '${name}' according to the entity schema.`;
  return badRequest(message, { target: '$expand', position });
}

/** `$filter`, `$orderby` and their kin mean nothing to a single entity. */
export function refuseCollectionOptions({ options, as, path, at }: ExpandItem): void {
  const refused = (['filter', 'orderby', 'top', 'skip', 'count', 'search'] as const).find(
    (name) => options[name] !== undefined,
  );
  const name = refused === undefined ? undefined : `$${refused}`;
  if (name !== undefined || as === 'count') {
    throw badRequest(`'${path.join('/')}' leads to a single entity, to which ${name ?? '/$count'} cannot be applied.`, {
      target: '$expand',
      position: at,
    });
  }
}

/** `$levels=3` is the same expand nested three deep, as far as the type has the property. [OData-URL 5.1.3.1] */
export function withLevels(item: ExpandItem, target: EntityType, levelsLeft: number): QueryOptions {
  const { levels, ...others } = item.options;
  if (levels === undefined) return others;
  const wanted = levels.value === 'max' ? levelsLeft : levels.value;
  if (wanted < 1) throw badRequest('$levels must be at least 1, or max.', { target: '$levels', position: levels.at });
  const isRecursive = target.navigationProperties.has(item.path.at(-1)!) || item.path.at(-1)!.includes('.');
  if (wanted === 1 || !isRecursive) return others;
  const again: ExpandItem = { ...item, options: { ...item.options, levels: { ...levels, value: wanted - 1 } } };
  return {
    ...others,
    expand: { value: [...(others.expand?.value ?? []), again], text: others.expand?.text ?? '', at: item.at },
  };
}
