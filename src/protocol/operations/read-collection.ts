import type { CollectionTarget } from '../../plan/index.js';

import { collectionAnswer } from './collection-answer.js';
import { follow, followsChanges } from './delta.js';
import type { Operation } from './operation.js';
import { pagingOf } from './page.js';
import { planOf } from '../url-memory.js';

/** `GET` of a collection of entities, whose changes the client may want to follow from then on. [OData-Protocol 11.2.6, 11.3] */
export const readCollection: Operation<CollectionTarget> = {
  options: [
    'filter',
    'orderby',
    'select',
    'expand',
    'search',
    'compute',
    'top',
    'skip',
    'count',
    'skiptoken',
    'deltatoken',
    'format',
  ],
  async run(exchange) {
    if (followsChanges(exchange)) return follow(exchange);
    const paging = pagingOf(exchange);
    const plan = planOf(exchange, paging.page);
    return collectionAnswer(exchange, paging, plan);
  },
};
