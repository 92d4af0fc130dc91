import { notImplemented } from '../../error/index.js';
import { planRead, type CountTarget } from '../../plan/index.js';
import type { QueryOptions } from '../../url/index.js';
import { propertyValue } from '../payload/property-value.js';

import { locate } from './locate.js';
import { refuseMissingParent } from './missing-parent.js';
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
      if (count === 0) await refuseMissingParent(of, space, parts);
    } else {
      refuseOptions(tree.options);
      const value = propertyValue(await locate(of.of, space, parts), of);
      count = Array.isArray(value) ? value.length : 0;
    }
    return { status: 200, headers: new Map([['Content-Type', 'text/plain;charset=utf-8']]), body: String(count) };
  },
};

/** Conditions on the items of a structural property are not evaluated, and so not accepted. */
function refuseOptions({ filter, search, apply }: QueryOptions): void {
  const [refused] = Object.entries({ filter, search, apply }).filter(([, option]) => option !== undefined);
  if (refused !== undefined)
    throw notImplemented(`$${refused[0]} on the items of a property is not supported.`, { target: `$${refused[0]}` });
}
