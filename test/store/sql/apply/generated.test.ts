import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { databases, type ThingsInTest, type Values } from './databases.js';
import {
  evaluate,
  hundredths,
  print,
  type Chain,
  type Key,
  type Piece,
  type Query,
  type Thing,
} from './interpreter.js';

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 6 });

const things: readonly Thing[] = fc
  .sample(
    fc.record({
      S: orNull(fc.constantFrom('a', 'b', 'C', 'ä')),
      I: orNull(fc.integer({ min: -4, max: 4 })),
      D: orNull(fc.integer({ min: -250, max: 250 })),
      B: orNull(fc.boolean()),
    }),
    { numRuns: 40, seed: 7 },
  )
  .map((thing, index) => ({ id: String(index), ...thing }));

const documents = things.map(({ D, ...others }) =>
  JSON.stringify(others).replace(/\}$/, `,"D":${D === null ? 'null' : hundredths(D)}}`),
);

const measure = fc.constantFrom('I' as const, 'D' as const);
const keys: fc.Arbitrary<Key[]> = fc.uniqueArray(fc.constantFrom<Key>('S', 'I', 'B'), { minLength: 1, maxLength: 2 });
const count = fc.integer({ min: 1, max: 12 });

const { chain } = fc.letrec<{ piece: Piece; chain: Chain }>((tie) => ({
  chain: fc.array(tie('piece'), { maxLength: 3, depthIdentifier: 'apply' }),
  piece: fc.oneof(
    { depthSize: 'small', depthIdentifier: 'apply', maxDepth: 3 },
    fc.record({ kind: fc.constant('filter' as const), measure, least: fc.integer({ min: -3, max: 3 }) }),
    fc.record({
      kind: fc.constant('these' as const),
      measure,
      method: fc.constantFrom('sum' as const, 'min' as const, 'max' as const),
    }),
    fc.record({ kind: fc.constant('orderby' as const), measure, isDescending: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('top' as const, 'skip' as const), count }),
    fc.record({ kind: fc.constantFrom('topcount' as const, 'bottomcount' as const), count, measure }),
    fc.record({
      kind: fc.constantFrom('topsum' as const, 'bottomsum' as const),
      amount: fc.integer({ min: -9, max: 9 }),
      measure,
    }),
    fc.record({ kind: fc.constant('groupby' as const), keys, inner: tie('chain') }),
    fc.record({ kind: fc.constant('concat' as const), left: tie('chain'), right: tie('chain') }),
  ),
}));

const query: fc.Arbitrary<Query> = fc.record({
  chain,
  end: fc.option(
    fc.record({
      keys: fc.oneof(keys, fc.constant([])),
      method: fc.constantFrom('sum' as const, 'min' as const, 'max' as const, 'countdistinct' as const),
      measure,
    }),
    { nil: undefined },
  ),
});

/** No order is defined between the rows of different groups. [OData-Aggregation 3.2.3.1] */
function unordered(rows: readonly Values[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}

/** Where groups were not put in order, what a position counts is anybody's choice. */
function dependsOnOrderOfGroups(pieces: Chain): boolean {
  const first = pieces.findIndex(hasGroups);
  const isPositional = (piece: Piece): boolean =>
    nestedIn(piece).length > 0
      ? nestedIn(piece).flat().some(isPositional)
      : !['filter', 'orderby', 'these'].includes(piece.kind);
  return (
    (first >= 0 && pieces.slice(first + 1).some(isPositional)) || pieces.flatMap(nestedIn).some(dependsOnOrderOfGroups)
  );
}

function hasGroups(piece: Piece): boolean {
  return piece.kind === 'groupby' || nestedIn(piece).flat().some(hasGroups);
}

function nestedIn(piece: Piece): Chain[] {
  if (piece.kind === 'groupby') return [piece.inner];
  return piece.kind === 'concat' ? [piece.left, piece.right] : [];
}

for (const [name, open] of databases) {
  describe(`generated transformations on ${name} [OData-Aggregation 3]`, () => {
    let database: ThingsInTest;
    beforeAll(async () => {
      database = await open();
      await database.put(documents);
    });
    afterAll(() => database.close());

    it('give what the specification says', async () => {
      await fc.assert(
        fc.asyncProperty(query, async (each) => {
          fc.pre(!dependsOnOrderOfGroups(each.chain));
          const text = print(each);
          const rows = await database.apply(text);
          expect({ text, rows: unordered(rows) }).toEqual({ text, rows: unordered(evaluate(each, things)) });
          expect(await database.count(text)).toBe(rows.length);
        }),
        { numRuns: 300, seed: 11, endOnFailure: false },
      );
    }, 60_000);
  });
}
