import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { JsonObject } from '../../../src/edm/index.js';
import { parseJson } from '../../../src/edm/json.js';
import { ServiceError } from '../../../src/error/index.js';
import { rowOf, type Expression, type ItemsPlan, type OrderTerm } from '../../../src/plan/index.js';
import { print } from '../../plan/bind/print.js';
import { databases, type TestDatabase } from './database.js';
import { compareRows, evaluate, type Thing } from './evaluate.js';
import { documents } from './generate-documents.js';
import { filters, orders } from './generate-plans.js';

const RUNS = Number(process.env['MOCKGRAPH_RUNS'] ?? 60);

/** Values lead to no entities, which is what `>` stands for in print. */
const leadsNowhere = (expression: Expression): boolean => !print(expression).includes('>');

const cases = fc
  .record({
    items: fc.array(documents, { maxLength: 8 }),
    where: filters.filter(leadsNowhere),
    order: orders.filter((terms) => terms.every(({ expression }) => leadsNowhere(expression))),
    skip: fc.nat({ max: 3 }),
    limit: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
  })
  .map((given) => ({ ...given, [fc.toStringMethod]: () => `${print(given.where)} over ${given.items.join()}` }));

function thingOf(text: string, sequence: number): Thing {
  return { sequence, key: '', type: 't.Thing', document: parseJson(text) as JsonObject, related: new Map() };
}

/** As a function gives it. */
function collection(json: string): Pick<ItemsPlan, 'row' | 'path'> {
  return { row: rowOf({ value: parseJson(json) }, 't.Thing'), path: ['value'] };
}

describe('items of a collection of values [OData-Protocol 11.2.6]', () => {
  const open: TestDatabase[] = [];
  beforeAll(async () => {
    for (const [, start] of databases) open.push(await start());
  });
  afterAll(() => Promise.all(open.map((database) => database.close())));

  it('are those that a naive evaluator takes, in its order', async () => {
    const agree = async (items: readonly string[], where: Expression, order: OrderTerm[], page: ItemsPlan['page']) => {
      const all = items
        .map(thingOf)
        .filter((thing) => evaluate(where, new Map([[0, thing]])) === true)
        .toSorted((a, b) => compareRows(order, a, b))
        .map(({ sequence }) => sequence);
      const plan: ItemsPlan = { ...collection(`[${items.join(',')}]`), where, order, page };
      const { skip, limit = all.length } = page;
      for (const database of open) {
        try {
          expect([database.name, await database.countItems(plan)]).toEqual([database.name, all.length]);
          expect([database.name, await database.items(plan)]).toEqual([database.name, all.slice(skip, skip + limit)]);
        } catch (error) {
          if (!(error instanceof ServiceError) || error.status !== 501) throw error;
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(cases, ({ items, where, order, skip, limit }) => agree(items, where, order, { skip, limit })),
      { numRuns: RUNS * 4, seed: 5 },
    );
  }, 600_000);

  it.each(['[]', '[null]', '[null,null,null]'])('may be none or nothing: %s', async (json) => {
    for (const database of open) {
      const plan: ItemsPlan = { ...collection(json), order: [], page: { limit: undefined, skip: 0 } };
      const count = (JSON.parse(json) as unknown[]).length;
      expect(await database.items(plan)).toEqual(Array.from({ length: count }, (_, index) => index));
      expect(await database.countItems(plan)).toBe(count);
    }
  });
});
