import { entitiesOf, type Surroundings } from '../../behavior/index.js';
import type { Unit } from '../../store/index.js';
import type { Exchange, ServiceParts } from '../exchange.js';

/** What every write within one request needs. */
export interface WriteContext {
  readonly parts: ServiceParts;
  readonly unit: Unit;
  /** Absolute URL of the service root, to tell own entity ids from foreign ones. */
  readonly root: string;
  readonly surroundings: Surroundings;
  /** Whether ETags in payloads are conditions, as of OData 4.01; before, they are ignored. [OData-Protocol 11.4.3] */
  readonly checksEtags: boolean;
}

export function writeContext({ parts, request }: Exchange, unit: Unit): WriteContext {
  return {
    parts,
    unit,
    root: request.root,
    checksEtags: request.headers.get('odata-version')?.trim() === '4.01',
    surroundings: { model: parts.model, entities: entitiesOf(unit, parts.model, parts.profile.path), now: parts.now() },
  };
}
