import type { EntityTarget } from '../../plan/index.js';
import { isUnchanged, etagOf } from '../headers/etag.js';

import { entityAnswer } from './entity-answer.js';
import { locate } from './locate.js';
import type { Operation } from './operation.js';
import { EVERYTHING } from './plan-row.js';

/** `GET` of one entity. [OData-Protocol 11.2.2] */
export const readEntity: Operation<EntityTarget> = {
  options: ['format'],
  async run(exchange) {
    const { target, parts, request, space } = exchange;
    const row = await locate(target, space, parts);
    if (isUnchanged(request, row)) return { status: 304, headers: new Map([['ETag', etagOf(row)]]) };
    return entityAnswer(exchange, target, row, EVERYTHING);
  },
};
