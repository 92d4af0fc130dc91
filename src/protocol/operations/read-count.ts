import { isJsonObject, parseJson, type JsonValue } from '../../edm/index.js';
import { notFound } from '../../error/index.js';
import { planRead, type CountTarget, type PropertyTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

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

/** The stored value at a property path; undefined where nothing is stored. 404 below a null. [OData-Protocol 11.2.4] */
export function propertyValue(row: Row, { path }: Pick<PropertyTarget, 'path'>): JsonValue | undefined {
  let value: JsonValue | undefined = parseJson(row.document);
  for (const { property } of path) {
    if (!isJsonObject(value))
      throw notFound(`The property '${property.name}' does not exist, since what it belongs to is null.`);
    value = value[property.name];
  }
  return value;
}
