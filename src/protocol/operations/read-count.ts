import { planRead, type CountTarget } from '../../plan/index.js';
import { propertyValue } from '../payload/property-value.js';

import { locate } from './locate.js';
import type { Operation } from './operation.js';
import { planContextOf } from './plan-context.js';

/** `GET …/$count`: how many members there are, as plain text. [OData-Protocol 11.2.9] */
export const readCount: Operation<CountTarget> = {
  options: ['filter', 'search'],
  async run(exchange) {
    const { target, tree, space, parts } = exchange;
    const { of } = target;
    let count: number;
    if (of.kind === 'collection') {
      count = await space.count(planRead(of, tree.options, { limit: undefined, skip: 0 }, planContextOf(exchange)));
    } else {
      const value = propertyValue(await locate(of.of, space, parts), of);
      count = Array.isArray(value) ? value.length : 0;
    }
    return { status: 200, headers: new Map([['Content-Type', 'text/plain;charset=utf-8']]), body: String(count) };
  },
};
