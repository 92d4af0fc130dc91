import { notImplemented } from '../error/index.js';
import type { CollectionTarget, EntityTarget, PropertyStep, Target } from '../plan/index.js';

/**
 * What hangs on an item of a collection can be read alone: items have no identity of their own, so that nothing could say
 * later which of them was meant. [OData-URL 4.10]
 */
export function refuseItemWrites(target: Target, method: string): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const step = itemOf(target);
  if (step !== undefined)
    throw notImplemented(`What starts from a single item of '${step.property.name}' can be read alone.`);
}

/** The item that a path leads through to streams or related entities. */
function itemOf(target: Target): PropertyStep | undefined {
  switch (target.kind) {
    case 'media':
      return itemIn(target.path) ?? itemBefore(target.of);
    case 'property':
      return itemBefore(target.of);
    case 'collection':
    case 'entity':
      return itemBefore(target);
    case 'value':
    case 'count':
    case 'reference':
      return itemOf(target.of);
    case 'action':
      return target.binding && itemOf(target.binding);
    default:
      return undefined;
  }
}

function itemBefore({ via }: CollectionTarget | EntityTarget): PropertyStep | undefined {
  return via && (itemIn(via.within) ?? itemBefore(via.parent));
}

function itemIn(path: readonly PropertyStep[]): PropertyStep | undefined {
  return path.find(({ ordinal }) => ordinal !== undefined);
}
