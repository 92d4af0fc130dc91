import { describe, expect, it } from '@jest/globals';

import { deepestFirst, parserDepth } from '../../../src/store/sql/parser-depth.js';
import { constant, join, name, sql, value, type Sql } from '../../../src/store/sql/sql.js';

const grown = (depth: number, start: Sql, wrap: (inner: Sql) => Sql): number => {
  let piece = start;
  for (let count = 0; count < depth; count++) piece = wrap(piece);
  return parserDepth(piece);
};

describe('parserDepth', () => {
  it.each([
    [sql`a`, 1],
    [sql`(a AND (b))`, 5],
    [sql`${name('a')} AND ${name('b')} AND ${name('c')}`, 3],
    [sql`a OR b AND c`, 5],
    [sql`f(a)`, 4],
    [sql`f(a, g(b))`, 9],
    [constant('SELECT (((('), 1],
    [sql`${value('((((')}`, 1],
    [join([sql`(a)`, sql`b`], ' AND '), 3],
  ])('%# is counted', (piece, depth) => expect(parserDepth(piece)).toBe(depth));

  it('grows with what stands within each other, and not with what stands beside each other', () => {
    const beside = (count: number) =>
      parserDepth(
        join(
          Array.from({ length: count }, () => sql`f(a)`),
          ', ',
        ),
      );
    expect(beside(100)).toBe(beside(2));
    expect(grown(10, sql`a`, (inner) => sql`(${inner} + 1)`)).toBeLessThan(
      grown(10, sql`a`, (inner) => sql`(1 + ${inner})`),
    );
    expect(grown(10, sql`a`, (inner) => sql`(SELECT ${inner} FROM t)`)).toBeGreaterThan(
      grown(10, sql`a`, (inner) => sql`(${inner})`),
    );
    expect(grown(10, sql`a`, (inner) => sql`CASE WHEN ${inner} THEN 1 ELSE 2 END`)).toBeGreaterThan(40);
  });
});

describe('deepestFirst', () => {
  it('leaves the order alone where nothing is deep', () => {
    const operands = [sql`a`, sql`((b))`];
    expect(deepestFirst(operands)).toBe(operands);
  });

  it('puts the deepest of deep operands before all others, which keep their order', () => {
    let deep = sql`a`;
    for (let count = 0; count < 30; count++) deep = sql`(${deep})`;
    const [a, b] = [sql`a`, sql`b`];
    expect(deepestFirst([a, deep, b])).toEqual([deep, a, b]);
  });
});
