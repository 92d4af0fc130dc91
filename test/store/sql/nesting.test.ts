import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { postgresError } from '../../../src/store/connection/postgres-errors.js';
import { sqliteError } from '../../../src/store/connection/sqlite-errors.js';
import { databases, type TestDatabase } from './database.js';
import { plan, where } from './plans.js';

const nested = (depth: number, start: string, wrap: (inner: string) => string): string => {
  let text = start;
  for (let count = 0; count < depth; count++) text = wrap(text);
  return text;
};

/** How an expression grows, and how deep it must at least be allowed to become. */
const GROWTHS: readonly (readonly [name: string, grow: (depth: number) => string, least: number])[] = [
  ['not', (depth) => nested(depth, 'B', (inner) => `not (${inner})`), 40],
  ['and within or', (depth) => nested(depth, 'B', (inner) => `(B and (B or ${inner}))`), 30],
  ['a chain of or', (depth) => Array.from({ length: depth }, () => 'I eq 1').join(' or '), 120],
  ['a chain of and', (depth) => Array.from({ length: depth }, () => "startswith(S,'a')").join(' and '), 120],
  ['concat', (depth) => `${nested(depth, 'S', (inner) => `concat(${inner},'x')`)} eq 'a'`, 40],
  ['concat on the right', (depth) => `${nested(depth, 'S', (inner) => `concat('x',${inner})`)} eq 'a'`, 40],
  ['tolower', (depth) => `${nested(depth, 'S', (inner) => `tolower(${inner})`)} eq 'a'`, 40],
  ['substring', (depth) => `${nested(depth, 'S', (inner) => `substring(${inner},1)`)} eq 'a'`, 40],
  ['integers added', (depth) => `${nested(depth, 'I', (inner) => `${inner} add 1`)} eq 1`, 40],
  ['decimals added', (depth) => `${nested(depth, 'D', (inner) => `(${inner} add 1)`)} eq 1`, 40],
  ['decimals compared', (depth) => `${nested(depth, 'D', (inner) => `(1 sub ${inner})`)} lt 1`, 40],
  ['doubles multiplied', (depth) => `${nested(depth, 'F', (inner) => `(2 mul ${inner})`)} lt 1`, 40],
  ['round', (depth) => `${nested(depth, 'D', (inner) => `round(${inner})`)} lt 1`, 40],
  ['durations', (depth) => `${nested(depth, 'Span', (inner) => `${inner} add duration'P1D'`)} lt duration'P1D'`, 25],
  ['case', (depth) => nested(depth, 'B', (inner) => `case(${inner}:true,true:false)`), 40],
  ['any', (depth) => nestedAny(depth), 9],
  ['casts', (depth) => `${nested(depth, 'I', (inner) => `cast(cast(${inner},Edm.String),Edm.Int32)`)} eq 1`, 20],
];

function nestedAny(depth: number): string {
  let text = 'B';
  for (let count = depth; count > 0; count--) text = `Friends/any(x${count}:x${count}/B or ${text})`;
  return text;
}

for (const [name, open] of databases) {
  describe(`deep expressions on ${name}`, () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await open();
      await database.insert([{ key: 'a', document: '{"S":"a","I":1,"B":true,"D":0.5,"F":1,"Span":"PT1S"}' }]);
    });
    afterAll(() => database.close());

    it.each(GROWTHS)('%s is answered or refused, never more than the database takes', async (_, grow, least) => {
      for (let depth = 1; depth <= 45; depth++) {
        const filtered = plan({ where: where(grow(depth)) });
        const problem = await database.read(filtered).then(
          () => undefined,
          (error: unknown) => (name === 'SQLite' ? sqliteError(error, '') : postgresError(error, '')),
        );
        if (problem !== undefined) expect(problem).toMatchObject({ status: 400 });
        if (depth <= least) expect([depth, problem]).toEqual([depth, undefined]);
      }
    });

    it('takes long chains and lists', async () => {
      const chain = Array.from({ length: 600 }, (_, index) => `I eq ${index}`).join(' or ');
      const list = Array.from({ length: 500 }, (_, index) => index).join(',');
      expect(await database.read(plan({ where: where(`(${chain}) and I in (${list})`) }))).toHaveLength(1);
    });
  });
}
