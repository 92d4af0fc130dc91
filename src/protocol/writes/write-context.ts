import { entitiesOf, entityOf, type Entity, type Surroundings } from '../../behavior/index.js';
import { resolvePath } from '../../plan/index.js';
import type { Unit } from '../../store/index.js';
import { parsePath } from '../../url/index.js';
import type { Exchange, ServiceParts } from '../exchange.js';
import type { Making } from '../maker.js';
import { locateStored } from '../materialize.js';

import { pathOfId } from './path-of-id.js';

/** What every write within one request needs. */
export interface WriteContext {
  readonly parts: ServiceParts;
  readonly unit: Unit;
  /** What is made because the request names it. */
  readonly making: Making | undefined;
  /** Absolute URL of the service root, to tell own entity ids from foreign ones. */
  readonly root: string;
  readonly surroundings: Surroundings;
  /** Whether ETags in payloads are conditions, as of OData 4.01; before, they are ignored. [OData-Protocol 11.4.3] */
  readonly checksEtags: boolean;
}

export function writeContext({ parts, request, making }: Exchange, unit: Unit): WriteContext {
  const { model } = parts;
  const rules = parts.profile.path;
  const at = async (path: string): Promise<Entity> => {
    const target = resolvePath(parsePath(pathOfId(path, request.root)), { model, rules, aliases: new Map() });
    if (target.kind !== 'entity') throw new Error(`'${path}' names no entity.`);
    return entityOf(await locateStored(target, unit, parts));
  };
  return {
    parts,
    unit,
    making,
    root: request.root,
    checksEtags: request.headers.get('odata-version')?.trim() === '4.01',
    surroundings: { model, entities: entitiesOf(unit, model, rules, at), now: parts.now() },
  };
}
