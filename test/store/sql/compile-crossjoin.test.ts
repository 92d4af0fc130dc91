import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { EntitySet, JsonObject, ScalarType } from '../../../src/edm/index.js';
import { parseJson } from '../../../src/edm/json.js';
import { ServiceError } from '../../../src/error/index.js';
import type { CrossjoinPlan, Expression, OrderTerm, Place } from '../../../src/plan/index.js';
import { print } from '../../plan/bind/print.js';
import { databases, type TestDatabase } from './database.js';
import { compareRows, evaluate, type Thing } from './evaluate.js';
import { documents } from './generate-documents.js';
import { filters, orders } from './generate-plans.js';
import { thing } from './model.js';
import { collections, plan } from './plans.js';

const RUNS = Number(process.env['MOCKGRAPH_RUNS'] ?? 60);
const SETS = ['left', 'right'] as const;

/** The same about the row of another range variable. */
function about<T>(value: T, variable: number, from = 0): T {
  if (Array.isArray(value)) return value.map((each) => about(each as unknown, variable, from)) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [name, about(member as unknown, variable, from)] as const,
  );
  const copy = Object.fromEntries(members) as T & { kind?: string; variable?: number };
  return copy.kind === 'variable' && copy.variable === from ? { ...copy, variable } : copy;
}

function valueOf(name: string, variable: number): Expression {
  const property = thing.properties.get(name)!;
  const of: Place = { kind: 'variable', variable, type: { type: thing, isCollection: false } };
  const type = property.type as ScalarType;
  return { kind: 'value', place: { kind: 'member', of, property, type: { type, isCollection: false } }, type };
}

function agreement(name: string): Expression {
  const [left, right] = [valueOf(name, -1), valueOf(name, -2)];
  const { type } = left as Extract<Expression, { kind: 'value' }>;
  return { kind: 'comparison', operator: 'eq', left, right, type };
}

const standsAlone = (expression: Expression): boolean => !print(expression).includes('>');

const conditions = fc
  .tuple(
    filters.filter(standsAlone),
    filters.filter(standsAlone),
    fc.constantFrom('S', 'I', 'B', 'D', 'L'),
    fc.constantFrom('and' as const, 'or' as const),
    fc.constantFrom('and' as const, 'or' as const),
  )
  .map(([one, other, name, inner, outer]): Expression => {
    const alone: Expression = { kind: 'logic', operator: inner, left: about(one, -1), right: about(other, -2) };
    return { kind: 'logic', operator: outer, left: agreement(name), right: alone };
  });

const terms = fc
  .tuple(orders, orders)
  .map(([one, other]) => [...about(one, -1), ...about(other, -2)].slice(0, 3))
  .filter((all) => all.every(({ expression }) => standsAlone(expression)));

const cases = fc.record({ where: conditions, order: terms, limit: fc.integer({ min: 1, max: 9 }) }).map((given) => ({
  ...given,
  [fc.toStringMethod]: () =>
    `${print(given.where)} by ${given.order.map(({ expression }) => print(expression)).join()}`,
}));

function crossjoin(where: Expression, order: readonly OrderTerm[]): CrossjoinPlan {
  const parts = SETS.map((name, index) => ({
    set: { name } as EntitySet,
    variable: -1 - index,
    plan: plan({ from: collections(name) }),
    as: 'entities' as const,
  }));
  return { parts, where, order, page: { limit: undefined, skip: 0 } };
}

/** Two rows as one, so that they can be compared by terms about either. */
function compare(order: readonly OrderTerm[], a: readonly Thing[], b: readonly Thing[]): number {
  for (const term of order) {
    const variable = print(term.expression).includes('v-2') ? -2 : -1;
    const own = { ...term, expression: about(term.expression, 0, variable) };
    const index = -1 - variable;
    const result = compareRows([own], { ...a[index]!, sequence: 0 }, { ...b[index]!, sequence: 0 });
    if (result !== 0) return result;
  }
  return a[0]!.sequence - b[0]!.sequence || a[1]!.sequence - b[1]!.sequence;
}

describe('cross joins [OData-URL 4.15]', () => {
  const open: TestDatabase[] = [];
  const rows: Thing[][] = [[], []];
  beforeAll(async () => {
    for (const [, start] of databases) open.push(await start());
    for (const [side, collection] of SETS.entries()) {
      const texts = fc.sample(documents, { numRuns: 6, seed: 40 + side });
      for (const database of open)
        await database.insert(texts.map((document, index) => ({ collection, key: `${collection}${index}`, document })));
      rows[side] = texts.map((text, sequence) => {
        const document = parseJson(text) as JsonObject;
        return { sequence, key: `${collection}${sequence}`, type: 't.Thing', document, related: new Map() };
      });
    }
  });
  afterAll(() => Promise.all(open.map((database) => database.close())));

  async function agree(where: Expression, order: OrderTerm[], limit: number): Promise<void> {
    const expected = rows[0]!
      .flatMap((left) => rows[1]!.map((right) => [left, right] as const))
      .filter(
        ([left, right]) =>
          evaluate(
            where,
            new Map([
              [-1, left],
              [-2, right],
            ]),
          ) === true,
      )
      .toSorted((a, b) => compare(order, a, b))
      .map((pair) => pair.map(({ key }) => key).join(' '));
    for (const database of open) {
      const whole = crossjoin(where, order);
      const found: string[] = [];
      let after: CrossjoinPlan['page']['after'];
      try {
        expect([database.name, await database.countCrossjoin(whole)]).toEqual([database.name, expected.length]);
        for (;;) {
          const page = await database.crossjoin({ ...whole, page: { limit, skip: 0, ...(after && { after }) } });
          found.push(...page.map((row) => row.rows.map(({ key }) => key).join(' ')));
          const last = page.at(-1);
          if (last === undefined || page.length < limit || found.length > expected.length) break;
          const sequences = last.rows.map(({ sequence }) => sequence);
          after = { values: [...last.order, sequences[0]!], sequence: sequences[1]! };
        }
      } catch (error) {
        if (error instanceof ServiceError && error.status === 501) continue;
        throw error;
      }
      expect([database.name, found]).toEqual([database.name, expected]);
    }
  }

  it('have the rows that a naive evaluator gives, in its order, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ({ where, order, limit }) => agree(where, order, limit)),
      { numRuns: RUNS * 3, seed: 7 },
    );
  }, 600_000);
});
