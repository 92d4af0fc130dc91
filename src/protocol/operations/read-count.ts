import { planRead, type CountTarget } from '../../plan/index.js';
import { propertyValue } from '../payload/property-value.js';

import { countOfItems } from './items-of.js';
import { locate } from '../locate.js';
import { refuseMissingParent } from './missing-parent.js';
import type { Operation } from './operation.js';
import { planContextOf } from '../plan-context.js';
import { itemsPlace } from './property-answer.js';
import { refuseOptions } from './refuse-options.js';

/** `GET …/$count`: how many members there are, as plain text. [OData-Protocol 11.2.10] */
export const readCount: Operation<CountTarget> = {
  options: ['filter', 'search'],
  async run(exchange) {
    const { target, tree, space, parts } = exchange;
    const { of } = target;
    let count: number;
    if (of.kind === 'collection') {
      count = await space.count(planRead(of, tree.options, { limit: undefined, skip: 0 }, planContextOf(exchange)));
      if (count === 0) await refuseMissingParent(of, space, parts);
    } else {
      refuseOptions({ options: ['filter', 'search'] }, exchange);
      const row = await locate(of.of, space, parts);
      const value = propertyValue(row, of);
      count = await countOfItems(exchange, itemsPlace(row, of, parts.model), Array.isArray(value) ? value : []);
    }
    return { status: 200, headers: new Map([['Content-Type', 'text/plain;charset=utf-8']]), body: String(count) };
  },
};
