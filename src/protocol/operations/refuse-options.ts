import { badRequest } from '../../error/index.js';
import type { Target } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';

import type { Operation, OptionName } from './operation.js';

/** What means something to every request, or is looked at elsewhere. */
const ALWAYS: readonly string[] = ['aliases', 'custom', 'schemaversion'];

/** Refuses query options that mean nothing to an operation, since none is ever ignored. [OData-Protocol 11.2.1] */
export function refuseOptions({ options: allowed }: Pick<Operation, 'options'>, exchange: Exchange): void {
  const refused = Object.keys(exchange.tree.options).find(
    (name) => !ALWAYS.includes(name) && !allowed.includes(name as OptionName),
  );
  if (refused !== undefined)
    throw badRequest(`The $${refused} query option is not applicable to ${naming(exchange)}.`, {
      target: `$${refused}`,
    });
}

/** What a `GET` reads, in messages. */
const READ: Readonly<Record<Target['kind'], string>> = {
  service: 'the service document',
  metadata: 'the metadata document',
  batch: 'batches',
  collection: 'collections',
  entity: 'individual entities',
  property: 'properties',
  value: 'raw values',
  media: 'streams',
  count: 'counts',
  reference: 'references',
  function: 'results of functions',
  action: 'actions',
  delta: 'changes',
  result: 'values',
  crossjoin: 'cross joins',
  entityId: 'entity ids',
};

/** What a request is about, in messages. */
function naming({ target, request: { method } }: Exchange): string {
  if (method !== 'GET' && method !== 'HEAD') return `${method} requests`;
  return READ[target.kind];
}
